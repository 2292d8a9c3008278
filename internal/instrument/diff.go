package instrument

import (
	"fmt"
	"strconv"
	"strings"
)

// Change is a difference between two packs; a nil value is missing in that pack.
type Change struct {
	Part   string  `json:"part"` // such as SID-16.weight
	Before *string `json:"before"`
	After  *string `json:"after"`
}

// Diff returns the changes from a to b: first removed and changed parts in a's order,
// then new ones in b's. Sources and certainties are not compared: they are no part of
// the instrument.
func Diff(a, b *Pack) (changes []Change) {
	before, after := flatten(a), flatten(b)
	for _, part := range before.order {
		was, is, still := before.text[part], after.text[part], after.has(part)
		switch {
		case !still:
			changes = append(changes, Change{part, &was, nil})
		case was != is:
			changes = append(changes, Change{part, &was, &is})
		}
	}
	for _, part := range after.order {
		if is := after.text[part]; !before.has(part) {
			changes = append(changes, Change{part, nil, &is})
		}
	}
	return changes
}

// flat is a pack as lines of text by the name of their part.
type flat struct {
	order []string
	text  map[string]string
}

func (f *flat) has(part string) bool {
	_, ok := f.text[part]
	return ok
}

func (f *flat) put(part string, value any) {
	f.order = append(f.order, part)
	f.text[part] = fmt.Sprint(value)
}

func (f *flat) list(part string, items []string) { f.put(part, strings.Join(items, "; ")) }

func flatten(p *Pack) *flat {
	f := &flat{text: map[string]string{}}
	f.put("status", p.Status)
	f.put("divisor_minimum", p.Divisor.Value)
	f.put("gate", maybe(p.Gate.Value))
	f.put("total_maximum", p.Total.Value)
	f.put("rounding", fmt.Sprintf("%s %d/%d", p.Rounding.Mode, p.Rounding.Places, p.Rounding.MeanPlaces))
	f.put("minimum_words", p.MinimumWords.Value)
	for _, a := range p.Aspects {
		f.put(a.Code+".name", a.Name)
		f.put(a.Code+".maximum", a.Max.Value)
		f.put(a.Code+".rows_known", a.RowsKnown)
	}
	for _, v := range p.Variables {
		f.put(v.Code+".name", v.Name)
	}
	f.put(p.Count.Code+".name", p.Count.Name)
	f.put(p.Count.Code+".weight", p.Count.Weight.Value)
	f.put(p.Count.Code+".cap", p.Count.Cap.Value)
	f.put(p.Count.Code+".maximum", p.Count.Max.Value)
	for _, b := range p.Predicates.Bands {
		f.put("predicates."+b.Label, b.From.Round(2).String()+"–"+b.To.Round(2).String())
	}
	f.eligibility(p.Eligibility)
	for i := range p.Indicators {
		f.indicator(&p.Indicators[i])
	}
	f.lists(p)
	return f
}

func (f *flat) eligibility(e Eligibility) {
	f.put("eligibility.applied_from", maybe(e.AppliedFrom.Value))
	f.put("eligibility.applied_to", maybe(e.AppliedTo.Value))
	f.put("eligibility.developed_within", maybe(e.Developed.Value))
	f.list("eligibility.stages", e.Stages.Value)
	f.list("eligibility.counting_stages", e.Counting.Value)
}

func (f *flat) indicator(i *Indicator) {
	f.put(i.Code+".name", i.Name)
	f.put(i.Code+".definition", i.Definition)
	f.put(i.Code+".aspect", i.Aspect)
	f.put(i.Code+".variable", i.Variable.Value)
	f.put(i.Code+".weight", i.Weight.Value)
	f.put(i.Code+".mandatory", maybe(i.Mandatory))
	f.options(i.Code, i.Options)
	for _, a := range i.Alternatives {
		f.put(i.Code+"."+a.Code+".name", a.Name)
		f.options(i.Code+"."+a.Code, a.Options)
	}
	if e := i.Evidence; e != nil {
		f.evidence(i.Code+".evidence", e)
	}
}

func (f *flat) options(part string, options []Option) {
	for _, o := range options {
		f.put(part+".option."+strconv.Itoa(o.Level), o.Text)
	}
}

func (f *flat) evidence(part string, e *Evidence) {
	kinds := make([]string, len(e.Kinds))
	for i, k := range e.Kinds {
		kinds[i] = string(k)
	}
	f.put(part+".description", e.Description)
	f.list(part+".kinds", kinds)
	f.list(part+".formats", e.Formats)
	if y := e.Years; y != nil {
		f.put(part+".years", fmt.Sprintf("%s (%s…%s)", y.Text, maybe(y.From), maybe(y.To)))
	}
	if e.Note != "" {
		f.put(part+".note", e.Note)
	}
}

func (f *flat) lists(p *Pack) {
	for _, g := range p.Affairs {
		f.list("affairs."+g.Name, g.Items)
		f.put("affairs."+g.Name+".basic", g.Basic)
	}
	for _, g := range p.Themes {
		f.list("themes."+g.Name, g.Items)
	}
	f.list("initiators", p.Initiators.Items)
	f.list("forms", p.Forms.Items)
	f.list("kinds", p.Kinds.Items)
}

// maybe formats a value as in the file, null if it is unknown.
func maybe[T any](value *T) string {
	if value == nil {
		return "null"
	}
	return fmt.Sprint(*value)
}
