package registrysql_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/agency"
	"siida.id/internal/agency/agencysql"
	"siida.id/internal/base/actor"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/innovation"
	"siida.id/internal/innovation/innovationsql"
	"siida.id/internal/registry"
	"siida.id/internal/registry/registrysql"
)

// Another region sees nothing; every query against a plain filter is in package registry.
func TestStoreIsOfARegion(t *testing.T) {
	at := time.Date(2026, 3, 2, 8, 30, 0, 0, time.UTC)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s := &registrysql.Store{DB: db}
		home := actor.With(t.Context(), actor.Actor{Region: "18.01"})
		away := actor.With(t.Context(), actor.Actor{Region: "18.02"})
		must((&agencysql.Store{DB: db}).Add(home, agency.Agency{ID: "a1", Name: "Dinas", Kind: "dinas"}))
		must((&innovationsql.Store{DB: db}).Save(home, innovation.Innovation{ID: "i1", AgencyID: "a1", Name: "S-TRAVIS", AppliedOn: "2024-02-01", CreatedAt: at, ChangedAt: at}))
		all := registry.Selection{Scope: innovation.Scope{Region: true}, Days: innovation.EligibleDays{Until: "2026-01-01"}, Total: 20, Sort: registry.ByName}
		want := registry.Row{ID: "i1", Name: "S-TRAVIS", AgencyID: "a1", AgencyName: "Dinas", AppliedOn: "2024-02-01", ChangedAt: at, Counts: true, Total: 20}
		rows, err := s.Rows(home, all, 10, 0)
		if diff := cmp.Diff([]registry.Row{want}, rows); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
		if n, err := s.Counts(home, all); err != nil || n[registry.All] != 1 || n[registry.Lacking] != 1 || n[registry.NotCounted] != 0 {
			t.Errorf("%v, %v", n, err)
		}
		if years, err := s.Years(home, all.Scope); err != nil || !cmp.Equal(years, []string{"2024"}) {
			t.Errorf("%v, %v", years, err)
		}
		if rows, err := s.Rows(away, all, 10, 0); err != nil || len(rows) != 0 {
			t.Errorf("away: %v, %v", rows, err)
		}
		if n, err := s.Counts(away, all); err != nil || n[registry.All] != 0 {
			t.Errorf("away: %v, %v", n, err)
		}
		if years, err := s.Years(away, all.Scope); err != nil || len(years) != 0 {
			t.Errorf("away: %v, %v", years, err)
		}
	})
}
