package scoringcli

import (
	"context"
	"strings"

	"siida.id/internal/base/decimal"
	"siida.id/internal/base/jsondoc"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/scoring"
)

// result is the document that is written. Its decimals are strings with a decimal
// point in every language, so that no reader parses them as floats.
type result struct {
	Instrument  string       `json:"instrument"`
	SPD         share        `json:"spd"`
	Innovations []innovation `json:"innovations"`
	Divisor     int          `json:"divisor"`
	Mean        string       `json:"mean"`
	Count       count        `json:"count"`
	Total       string       `json:"total"`
	Max         string       `json:"max"`
	Index       string       `json:"index"`
	Predicate   string       `json:"predicate"`
	Reasons     []reason     `json:"reasons"`
}

type share struct {
	Points string `json:"points"`
	Max    string `json:"max"`
}

type innovation struct {
	ID       string `json:"id"`
	Maturity string `json:"maturity"`
}

type count struct {
	N        int    `json:"n"`
	Points   string `json:"points"`
	Covered  int    `json:"covered"`
	Required *int   `json:"required"`
}

type reason struct {
	Figure    string `json:"figure"`
	Rule      string `json:"rule"`
	Text      string `json:"text"`
	Source    string `json:"source"`
	Certainty string `json:"certainty"`
}

func output(ctx context.Context, doc document, rows bool) result {
	p := doc.instrument.Pack()
	points := func(d decimal.Decimal) string { return d.Round(p.Rounding.Places).String() }
	r := doc.instrument.Score(doc.answers)
	out := result{
		Instrument:  p.ID,
		SPD:         share{points(r.SPD.Points), points(r.SPD.Max)},
		Innovations: make([]innovation, len(doc.ids)),
		Divisor:     r.Divisor,
		Mean:        r.Mean.Round(p.Rounding.MeanPlaces).String(),
		Count:       count{r.Count.N, points(r.Count.Points), r.Count.Covered, r.Count.Required},
		Total:       r.Total.Round(p.Rounding.Places).String(),
		Max:         points(r.Max),
		Index:       r.Index.String(),
		Predicate:   r.Predicate,
	}
	for i, id := range doc.ids {
		out.Innovations[i] = innovation{id, points(r.Maturity[i])}
	}
	out.Reasons = explain(ctx, doc, r, rows)
	return out
}

// explain returns the reasons in the order of the figures in the document, those of
// rows after the figure that they are part of.
func explain(ctx context.Context, doc document, r scoring.Result, rows bool) (list []reason) {
	in := doc.instrument
	add := func(at jsondoc.Path, r scoring.Reason) { list = append(list, message(ctx, in, at, r)) }
	addRows := func(at jsondoc.Path, reasons []*scoring.Reason) {
		if rows {
			for _, r := range reasons {
				add(at.Key(r.Code), *r)
			}
		}
	}
	for _, why := range in.Explain(r) {
		add(jsondoc.Path(why.Figure), why)
		if why.Figure != scoring.FigureSPDMax {
			continue
		}
		addRows("spd", in.Rows(doc.answers.Region))
		for i, maturity := range r.Maturity {
			at := jsondoc.Path("innovations").Index(i)
			add(at.Key("maturity"), in.Maturity(maturity))
			addRows(at.Key("answers"), in.InnovationRows(doc.answers.Innovations[i].Levels))
		}
	}
	return list
}

func message(ctx context.Context, in *scoring.Instrument, at jsondoc.Path, r scoring.Reason) reason {
	titles := make([]string, len(r.Sources))
	for i, code := range r.Sources {
		titles[i] = in.Pack().SourceTitle(code)
	}
	source := strings.Join(titles, "; ")
	if source == "" {
		source = i18n.T(ctx, "scoring.source_input")
	}
	return reason{at.String(), string(r.Rule), i18n.Format(ctx, r.Key, r.Args), source, string(r.Certainty)}
}
