package creationsql_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/account"
	"siida.id/internal/account/accountsql"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/creation"
	"siida.id/internal/creation/creationsql"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
)

// A claim is the first of its id, in its region.
func TestClaims(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s := &creationsql.Store{DB: db}
		first := creation.Claim{ID: "c1", Person: "p1", Location: "/inovasi/c1?tersimpan=1", SHA256: "ab", At: time.Date(2026, 3, 2, 1, 30, 0, 0, time.UTC)}
		other := first
		other.Location, other.SHA256 = "/sk/c1", "cd"
		for _, code := range []string{"18.01", "18.02"} {
			ctx := actor.With(t.Context(), actor.Actor{ID: "p1", Region: code})
			if err := (&accountsql.Store{DB: db}).Add(ctx, account.Person{ID: "p1", Name: "Ani", Login: "ani", Active: true}, nil); err != nil {
				t.Fatal(err)
			}
			if _, err := s.ByID(ctx, "c1"); fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s: before: %v", code, err)
			}
			for n, c := range []creation.Claim{first, other} {
				if added, err := s.Add(ctx, c); err != nil || added != (n == 0) {
					t.Errorf("%s: add %d = %v, %v", code, n, added, err)
				}
			}
			got, err := s.ByID(ctx, "c1")
			if diff := cmp.Diff(first, got); err != nil || diff != "" {
				t.Errorf("%s: %v %s", code, err, diff)
			}
		}
	})
}
