package sqldb

import "context"

// Translate lets tests say whether the disk is exhausted.
var Translate = translate

// ExecText runs a text that is put together at run time.
func ExecText(ctx context.Context, db *DB, text string) (int64, error) {
	return db.Exec(ctx, stmt(text))
}
