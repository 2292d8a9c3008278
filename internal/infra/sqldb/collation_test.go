package sqldb_test

import (
	"errors"
	"path"
	"strings"
	"testing"

	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/migrations"
)

// A PostgreSQL database that orders text differently from SQLite is refused before
// anything is changed.
func TestCollation(t *testing.T) {
	for options, refusal := range map[string]string{
		"":                           "",
		"locale 'C' encoding 'UTF8'": "",
		"locale_provider icu icu_locale 'und' locale 'C.UTF-8'":   "has encoding UTF8 and orders text by und of icu;",
		"locale_provider icu icu_locale 'id-ID' locale 'C'":       "orders text by id-ID of icu;",
		"locale_provider libc locale 'C' encoding 'SQL_ASCII'":    "has encoding SQL_ASCII and orders text by C of libc;",
		"locale_provider libc locale 'POSIX' encoding 'UTF8'":     "",
		"locale_provider libc locale 'C.utf8' encoding 'UNICODE'": "",
	} {
		dsn := sqldbtest.NewPostgres(t, options)
		db, err := sqldb.Open(t.Context(), dsn)
		if err != nil {
			t.Fatal(err)
		}
		err = db.Migrate(t.Context(), migrations.Files)
		tables, failed := sqldb.One(t.Context(), db, sqldb.Self[int], `select count(*) from pg_tables where schemaname = 'public'`)
		if err := errors.Join(failed, db.Close()); err != nil {
			t.Fatal(err)
		}
		if refusal == "" {
			if err != nil || tables == 0 {
				t.Errorf("%q: %d tables, %v", options, tables, err)
			}
			continue
		}
		name, _, _ := strings.Cut(path.Base(dsn), "?")
		command := "createdb --template=template0 --encoding=UTF8 --locale-provider=libc --locale=C.UTF-8 " + name
		refused, ok := errors.AsType[sqldb.RefusedError](err)
		if !ok || !strings.Contains(refused.Error(), refusal) || !strings.HasSuffix(refused.Error(), command) || tables != 0 {
			t.Errorf("%q: %d tables, %v; want that it is refused: %s", options, tables, err, refusal)
		}
	}
}

// Locales of other servers, which this machine may not have.
func TestOrdersByBytes(t *testing.T) {
	for collation, want := range map[[2]string]bool{
		{"c", "C"}: true, {"c", "POSIX"}: true, {"c", "C.UTF-8"}: true, {"c", "C.utf8"}: true,
		{"c", "en_US.UTF-8"}: false, {"c", "id_ID.utf8"}: false, {"c", ""}: false,
		{"i", "und"}: false, {"i", "C"}: false, {"i", "en-US-u-va-posix"}: false,
		{"b", "C"}: true, {"b", "C.UTF-8"}: true, {"b", "PG_UNICODE_FAST"}: true,
	} {
		if got := sqldb.OrdersByBytes(collation[0], collation[1]); got != want {
			t.Errorf("%q: %v, want %v", collation, got, want)
		}
	}
}
