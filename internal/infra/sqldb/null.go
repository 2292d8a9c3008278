package sqldb

import "database/sql"

// Optional returns v as an argument of a statement: null if it is zero. The schema
// has null for missing values, never an empty text.
func Optional[T comparable](v T) any {
	var none T
	if v == none {
		return nil
	}
	return v
}

// ScanOptional scans a column into v, null as zero.
func ScanOptional[T comparable](v *T) sql.Scanner { return optional[T]{v} }

type optional[T comparable] struct{ to *T }

// Scan implements sql.Scanner.
func (o optional[T]) Scan(src any) error {
	if v, ok := src.(T); ok { // the most common types
		*o.to = v
		return nil
	}
	var n sql.Null[T]
	err := n.Scan(src)
	*o.to = n.V
	return err
}
