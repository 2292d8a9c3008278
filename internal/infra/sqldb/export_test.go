package sqldb

import "context"

// Translate is translate, with a given state of the disk.
var Translate = translate

// OrdersByBytes is collation.byBytes.
func OrdersByBytes(provider, locale string) bool {
	return collation{provider: provider, locale: locale}.byBytes()
}

// ExecText executes a text that is not a constant.
func ExecText(ctx context.Context, db *DB, text string) (int64, error) {
	return db.Exec(ctx, stmt(text))
}
