package question

import (
	"cmp"
	"slices"

	"siida.id/internal/instrument"
	"siida.id/internal/period"
)

// Place is an indicator among those of a scope in a period.
type Place struct {
	Period    period.Pinned
	Indicator *instrument.Indicator
	scope     instrument.Scope
}

// At returns the place of a code; NotFound if that scope has no such indicator.
func At(p period.Pinned, scope instrument.Scope, code string) (Place, error) {
	row, err := p.Indicator(scope, code)
	return Place{p, row, scope}, err
}

// Previous returns the indicator before this one in the order of the sheet; nil at
// the start.
func (p Place) Previous() *instrument.Indicator { return p.neighbour(-1) }

// Next returns the indicator after this one in the order of the sheet; nil at the
// end.
func (p Place) Next() *instrument.Indicator { return p.neighbour(+1) }

func (p Place) neighbour(step int) *instrument.Indicator {
	rows := inOrder(p.Period.Pack.Rows(p.scope))
	for i, row := range rows {
		if at := i + step; row.Code == p.Indicator.Code && at >= 0 && at < len(rows) {
			return rows[at]
		}
	}
	return nil
}

// inOrder returns rows of a pack in the order of their sheet: those of a variable
// together, at the place of the first one.
func inOrder(rows []*instrument.Indicator) []*instrument.Indicator {
	first := map[string]int{}
	for i, row := range rows {
		if _, seen := first[row.Variable.Value]; !seen {
			first[row.Variable.Value] = i
		}
	}
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b *instrument.Indicator) int {
		return cmp.Compare(first[a.Variable.Value], first[b.Variable.Value])
	})
	return rows
}

// Group is the rows of a variable of the pack.
type Group[R any] struct {
	Name string
	Rows []R
}

// Groups calls row for each indicator of a scope, in the order of the pack, and
// groups the results by variable.
func Groups[R any](pack *instrument.Pack, scope instrument.Scope, row func(i int, indicator *instrument.Indicator) R) (groups []Group[R]) {
	for i, indicator := range pack.Rows(scope) {
		variable, _ := pack.Variable(indicator.Variable.Value)
		at := slices.IndexFunc(groups, func(g Group[R]) bool { return g.Name == variable.Name })
		if at < 0 {
			at = len(groups)
			groups = append(groups, Group[R]{Name: variable.Name})
		}
		groups[at].Rows = append(groups[at].Rows, row(i, indicator))
	}
	return groups
}
