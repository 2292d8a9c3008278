package sqldb

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// collation is the encoding and collation of a PostgreSQL database.
type collation struct {
	database, encoding string
	provider           string // c, i or b, as in pg_database
	locale             string // the locale of the provider
}

// checkCollation returns a RefusedError for a PostgreSQL database that does not order
// text by its bytes, as SQLite does: lists, and pages that continue after a key,
// would differ between machines and versions of libraries.
func (db *DB) checkCollation(ctx context.Context) error {
	if db.Engine == SQLite {
		return nil
	}
	fields := func(c *collation) []any { return []any{&c.database, &c.encoding, &c.provider, &c.locale} }
	// The names of the columns differ between versions; to_jsonb hides that.
	c, err := One(ctx, db, fields, `
		select datname, pg_encoding_to_char(encoding), provider,
			case when provider = 'c' then datcollate else coalesce(d ->> 'datlocale', d ->> 'daticulocale', '') end
		from pg_database
		cross join lateral to_jsonb(pg_database) as d
		cross join lateral coalesce(d ->> 'datlocprovider', 'c') as provider
		where datname = current_database()`)
	if err != nil {
		return fmt.Errorf("collation: %w", err)
	}
	if c.encoding == "UTF8" && c.byBytes() {
		return nil
	}
	return RefusedError(fmt.Sprintf(
		"the PostgreSQL database %s has encoding %s and orders text by %s of %s; SI-IDA needs UTF8 and C or C.UTF-8. Make the database, in PostgreSQL 15 or later, with: "+
			"createdb --template=template0 --encoding=UTF8 --locale-provider=libc --locale=C.UTF-8 %[1]s",
		c.database, c.encoding, c.locale, map[string]string{"c": "libc", "i": "icu", "b": "builtin"}[c.provider]))
}

// byBytes reports whether text is ordered by its bytes, as in all locales of the
// builtin provider.
func (c collation) byBytes() bool {
	name := strings.ToLower(strings.ReplaceAll(c.locale, "-", ""))
	return c.provider == "b" || c.provider == "c" && slices.Contains([]string{"c", "posix", "c.utf8"}, name)
}
