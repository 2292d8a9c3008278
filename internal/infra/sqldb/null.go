package sqldb

import "database/sql"

// Optional makes v an argument of a statement: null where it is zero, as an empty
// text or no day. The schema stores nothing as null and never as an empty text.
func Optional[T comparable](v T) any {
	var none T
	if v == none {
		return nil
	}
	return v
}

// ScanOptional reads a column into v; null makes it zero.
func ScanOptional[T comparable](v *T) sql.Scanner { return optional[T]{v} }

type optional[T comparable] struct{ to *T }

// Scan implements sql.Scanner.
func (o optional[T]) Scan(src any) error {
	if v, ok := src.(T); ok { // most are text, and many
		*o.to = v
		return nil
	}
	var n sql.Null[T]
	err := n.Scan(src)
	*o.to = n.V
	return err
}
