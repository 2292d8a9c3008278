package agencysql_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/agency"
	"siida.id/internal/agency/agencysql"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
)

func TestAgencies(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s := &agencysql.Store{DB: db}
		home := actor.With(t.Context(), actor.Actor{Region: "18.01"})
		away := actor.With(t.Context(), actor.Actor{Region: "18.02"})
		list := []agency.Agency{
			{ID: "a1", Name: "Dinas Kesehatan", Kind: "dinas"},
			{ID: "a2", Name: "dinas Sosial", Kind: "dinas"},
			{ID: "a3", Name: "Badan Riset", Kind: "badan"},
		}
		for _, a := range list {
			if err := s.Add(home, a); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Add(home, agency.Agency{ID: "a4", Name: "DINAS SOSIAL", Kind: "badan"}); fault.KindOf(err) != fault.Conflict {
			t.Errorf("the same name in capitals = %v, want Conflict", err)
		}
		if err := s.Add(away, list[0]); err != nil {
			t.Errorf("the same agency in another region: %v", err)
		}
		got, err := s.All(home)
		if diff := cmp.Diff([]agency.Agency{list[2], list[0], list[1]}, got); err != nil || diff != "" {
			t.Errorf("All: %v %s", err, diff)
		}
		if got, err := s.ByID(home, "a2"); err != nil || got != list[1] {
			t.Errorf("ByID = %v, %v", got, err)
		}
		if _, err := s.ByID(away, "a2"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("from another region: %v, want NotFound", err)
		}
	})
}
