package index

import (
	"context"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/decimal"
	"siida.id/internal/base/fault"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/scoring"
)

// Excerpt is the index of one agency or one innovation: its contribution to the
// region's index, and the steps that would add most.
type Excerpt struct {
	Report   Report // of the region
	Agency   Agency
	Only     *Entry         // the innovation, on its own page
	Counted  []Entry        // of the agency, by name
	Omitted  []Omission     // of the agency, by name
	Total    scoring.Points // the sum of the maturities of Counted
	Gain     decimal.Ratio  // in points of the index, not rounded
	Parts    []scoring.Part // of the innovations' aspect; the divisor is the number of Counted
	Steps    []Step
	Verdict  Omission // of the one innovation that does not count; zero if it does
	Counting bool
}

// OfAgency returns the index of an agency to those who may read its innovations;
// NotFound to others, and for an agency that the facts do not have.
func (s *Service) OfAgency(ctx context.Context, periodID, agencyID string) (Excerpt, error) {
	return s.excerpt(ctx, periodID, func(e Entry) bool { return e.AgencyID == agencyID }, func(f Facts) (string, string) { return agencyID, "" })
}

// OfInnovation is OfAgency for one innovation.
func (s *Service) OfInnovation(ctx context.Context, periodID, id string) (Excerpt, error) {
	return s.excerpt(ctx, periodID, func(e Entry) bool { return e.ID == id }, func(f Facts) (string, string) {
		for _, h := range f.Innovations {
			if h.ID == id {
				return h.AgencyID, id
			}
		}
		return "", ""
	})
}

func (s *Service) excerpt(ctx context.Context, periodID string, in func(Entry) bool, whose func(Facts) (agency, innovation string)) (Excerpt, error) {
	p, err := s.period(ctx, periodID)
	if err != nil {
		return Excerpt{}, err
	}
	computed, err := s.now(ctx, p)
	if err != nil {
		return Excerpt{}, err
	}
	agencyID, only := whose(computed.facts)
	m := Excerpt{}
	for _, a := range computed.facts.Agencies {
		if a.ID == agencyID {
			m.Agency = a
		}
	}
	if m.Agency.ID == "" || !mayOpen(actor.From(ctx), agencyID) {
		return Excerpt{}, fault.New(fault.NotFound, "fault.not_found")
	}
	m.Report = computed.view(ctx, p)
	m.fill(computed, in, only)
	return m, nil
}

func (m *Excerpt) fill(computed *Computation, in func(Entry) bool, only string) {
	var own scoring.Answers
	for _, e := range m.Report.Counted {
		if in(e) {
			m.Counted = append(m.Counted, e)
			m.Total += e.Maturity
			own.Innovations = append(own.Innovations, scoring.Innovation{
				Levels: computed.scorer.InnovationLevels(e.Levels.Proven.Of),
			})
		}
	}
	for _, o := range m.Report.Omitted {
		if in(Entry{Innovation: o.Innovation}) {
			m.Omitted = append(m.Omitted, o)
		}
	}
	m.Gain = share(m.Report.Result, len(m.Counted), m.Total)
	for _, part := range computed.scorer.PartsOver(own, max(len(own.Innovations), 1)) {
		if part.Aspect.Scope == instrument.PerInnovation {
			m.Parts = append(m.Parts, part)
		}
	}
	if only != "" {
		if m.Counting = len(m.Counted) > 0; m.Counting {
			m.Only = &m.Counted[0]
		} else if len(m.Omitted) > 0 {
			m.Verdict = m.Omitted[0]
		}
	}
	if m.Report.Period.State == period.Open {
		m.Steps = computed.steps(false, in)
	}
}

// Row is one indicator across all innovations that the actor may open.
type Row struct {
	Report    Report
	Indicator *instrument.Indicator
	Reason    *scoring.Reason // of the region's own indicator
	Level     int             // likewise
	Entries   []RowEntry      // of an innovations' indicator, by name
	Others    int
}

// RowEntry is the answer of one innovation.
type RowEntry struct {
	Entry
	Level, Unproven int
	Reason          *scoring.Reason
}

// OfIndicator returns what one indicator earns, and from which answers;
// NotFound for an unknown code.
func (s *Service) OfIndicator(ctx context.Context, periodID, code string) (Row, error) {
	p, err := s.period(ctx, periodID)
	if err != nil {
		return Row{}, err
	}
	indicator, known := p.Pack.Indicator(code)
	if !known {
		return Row{}, fault.New(fault.NotFound, "fault.not_found")
	}
	computed, err := s.now(ctx, p)
	if err != nil {
		return Row{}, err
	}
	r := Row{Report: computed.view(ctx, p), Indicator: indicator}
	r.Others = r.Report.Others
	if indicator.Aspect == p.Pack.Aspect(instrument.PerRegion).Code {
		r.Level, r.Others = computed.facts.Region.Proven.Of(code), 0
		r.Reason = computed.scorer.Row(at(p.Pack.Rows(instrument.PerRegion), code), r.Level)
		return r, nil
	}
	place := at(p.Pack.Rows(instrument.PerInnovation), code)
	for _, e := range r.Report.Counted {
		level := e.Levels.Proven.Of(code)
		r.Entries = append(r.Entries, RowEntry{e, level, e.Levels.Unproven.Of(code), computed.scorer.InnovationRow(place, level)})
	}
	return r, nil
}

func at(rows []*instrument.Indicator, code string) int {
	for i, row := range rows {
		if row.Code == code {
			return i
		}
	}
	return -1
}
