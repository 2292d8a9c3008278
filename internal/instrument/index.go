package instrument

import "slices"

// index maps the names of a pack's parts to them; it is built when the pack is read.
type index struct {
	indicators map[string]*Indicator
	rows       map[Scope][]*Indicator
	aspects    map[Scope]*Aspect
	variables  map[string]*Variable
	sources    map[string]string
	affairs    []string
	basic      map[string]bool
}

func (p *Pack) build() {
	p.index = index{
		indicators: map[string]*Indicator{}, rows: map[Scope][]*Indicator{}, aspects: map[Scope]*Aspect{},
		variables: map[string]*Variable{}, sources: map[string]string{}, basic: map[string]bool{},
	}
	scopes := map[string]Scope{}
	for i := range p.Aspects {
		a := &p.Aspects[i]
		p.index.aspects[a.Scope], scopes[a.Code] = a, a.Scope
	}
	for i := range p.Indicators {
		row := &p.Indicators[i]
		scope := scopes[row.Aspect]
		p.index.indicators[row.Code] = row
		p.index.rows[scope] = append(p.index.rows[scope], row)
	}
	for i := range p.Variables {
		p.index.variables[p.Variables[i].Code] = &p.Variables[i]
	}
	for _, s := range p.Sources {
		p.index.sources[s.Code] = s.Title
	}
	for _, g := range p.Affairs {
		p.index.affairs = append(p.index.affairs, g.Items...)
		for _, affair := range g.Items {
			p.index.basic[affair] = g.Basic
		}
	}
}

// Indicator returns the indicator with that code.
func (p *Pack) Indicator(code string) (*Indicator, bool) {
	row, ok := p.index.indicators[code]
	return row, ok
}

// Rows returns the indicators of an aspect in the national order.
func (p *Pack) Rows(s Scope) []*Indicator { return p.index.rows[s] }

// Aspect returns the aspect with scope s.
func (p *Pack) Aspect(s Scope) *Aspect { return p.index.aspects[s] }

// Variable returns the variable with that code.
func (p *Pack) Variable(code string) (*Variable, bool) {
	v, ok := p.index.variables[code]
	return v, ok
}

// SourceTitle returns the title of a source.
func (p *Pack) SourceTitle(code string) string { return p.index.sources[code] }

// AffairNames returns all affairs, group by group.
func (p *Pack) AffairNames() []string { return slices.Clone(p.index.affairs) }

// HasAffair reports whether the pack has an affair of that spelling.
func (p *Pack) HasAffair(affair string) bool {
	_, ok := p.index.basic[affair]
	return ok
}

// IsBasic reports whether affair is a basic service.
func (p *Pack) IsBasic(affair string) bool { return p.index.basic[affair] }

// Predicate returns the band of a rounded index.
func (p *Pack) Predicate(index Points) (Band, bool) {
	for _, b := range p.Predicates.Bands {
		if b.From <= index && index <= b.To {
			return b, true
		}
	}
	return Band{}, false
}
