package backup

import (
	"fmt"
	"maps"
	"slices"
)

// arranger passes on the rows of a table that refers to itself, each behind those to
// which it refers.
type arranger struct {
	table   Table
	add     func(row []any) error
	columns map[string]int

	passed  map[string]bool    // what rows that were passed on can be referred to by
	waiting map[string][][]any // rows by the first thing that they refer to and that is not there yet
}

func newArranger(t Table, add func(row []any) error) *arranger {
	a := &arranger{table: t, add: add, columns: map[string]int{}, passed: map[string]bool{}, waiting: map[string][][]any{}}
	for i, c := range t.Columns {
		a.columns[c.Name] = i
	}
	return a
}

// put takes the next row.
func (a *arranger) put(row []any) error {
	for ready := [][]any{row}; len(ready) > 0; {
		row, ready = ready[0], ready[1:]
		if missing, ok := a.missing(row); ok {
			a.waiting[missing] = append(a.waiting[missing], row)
			continue
		}
		if err := a.add(row); err != nil {
			return err
		}
		for _, key := range a.own(row) {
			if !a.passed[key] {
				a.passed[key] = true
				ready = append(ready, a.waiting[key]...)
				delete(a.waiting, key)
			}
		}
	}
	return nil
}

// end returns an error if rows still wait.
func (a *arranger) end() error {
	if len(a.waiting) > 0 {
		return fmt.Errorf("rows refer to one another in a circle, or to rows that are not there: %v", slices.Sorted(maps.Keys(a.waiting)))
	}
	return nil
}

// missing returns something that a row refers to and that is not there yet.
func (a *arranger) missing(row []any) (key string, ok bool) {
	own := a.own(row)
	for i, r := range a.table.Self {
		key, ok := a.key(i, r.From, row)
		if ok && !a.passed[key] && key != own[i] {
			return key, true
		}
	}
	return "", false
}

// own returns by what a row can be referred to, for each reference.
func (a *arranger) own(row []any) []string {
	keys := make([]string, len(a.table.Self))
	for i, r := range a.table.Self {
		keys[i], _ = a.key(i, r.To, row)
	}
	return keys
}

// key returns the values of columns for a reference; false if one is null, by which a
// row refers to nothing.
func (a *arranger) key(reference int, columns []string, row []any) (string, bool) {
	key := fmt.Append(nil, reference)
	for _, c := range columns {
		v := row[a.columns[c]]
		if v == nil {
			return "", false
		}
		key = fmt.Appendf(key, " %#v", v)
	}
	return string(key), true
}
