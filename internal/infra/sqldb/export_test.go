package sqldb

import "context"

// Translate lets tests say whether the disk is exhausted.
var Translate = translate

// OrdersByBytes is what is made of a provider and its locale.
func OrdersByBytes(provider, locale string) bool {
	return collation{provider: provider, locale: locale}.byBytes()
}

// ExecText runs a text that is put together at run time.
func ExecText(ctx context.Context, db *DB, text string) (int64, error) {
	return db.Exec(ctx, stmt(text))
}
