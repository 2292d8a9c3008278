package innovationsql_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/agency"
	"siida.id/internal/agency/agencysql"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/innovation"
	"siida.id/internal/innovation/innovationsql"
)

var at = time.Date(2026, 3, 2, 8, 30, 0, 0, time.UTC)

func TestInnovations(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s := &innovationsql.Store{DB: db}
		home := actor.With(t.Context(), actor.Actor{Region: "18.01"})
		away := actor.With(t.Context(), actor.Actor{Region: "18.02"})
		for _, id := range []string{"a1", "a2", "a3"} {
			if err := (&agencysql.Store{DB: db}).Add(home, agency.Agency{ID: id, Name: "Dinas " + id, Kind: "dinas"}); err != nil {
				t.Fatal(err)
			}
		}
		first := innovation.Innovation{
			ID: "i1", AgencyID: "a1", AgencyName: "Dinas a1", Name: "S-TRAVIS", Affair: "Perhubungan", TriedOn: "2023-11-01",
			AppliedOn: "2024-02-01", DevelopedOn: "2025-05-06", Design: "Dasar hukum\nCara kerja", MadeAt: at, ChangedAt: at,
		}
		second := innovation.Innovation{ID: "i2", AgencyID: "a2", AgencyName: "Dinas a2", Name: "Poetri Bisa", MadeAt: at, ChangedAt: at}
		for _, i := range []innovation.Innovation{first, second} {
			if err := s.Save(home, i); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Save(home, first); fault.KindOf(err) != fault.Conflict {
			t.Errorf("a second save of version zero = %v, want Conflict", err)
		}
		first.Version, second.Version = 1, 1
		got, err := s.ByID(home, "i1")
		if diff := cmp.Diff(first, got); err != nil || diff != "" {
			t.Errorf("ByID: %v %s", err, diff)
		}
		if _, err := s.ByID(away, "i1"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("from another region: %v, want NotFound", err)
		}
		for _, tt := range []struct {
			scope innovation.Scope
			want  []innovation.Innovation
		}{
			{innovation.Scope{Region: true}, []innovation.Innovation{second, first}},
			{innovation.Scope{Agencies: []string{"a1", "a3"}}, []innovation.Innovation{first}},
			{innovation.Scope{Agencies: []string{"a2", "a1"}}, []innovation.Innovation{second, first}},
			{innovation.Scope{}, nil},
		} {
			got, err := s.List(home, tt.scope)
			if diff := cmp.Diff(tt.want, got); err != nil || diff != "" {
				t.Errorf("List(%v): %v %s", tt.scope, err, diff)
			}
		}
		if list, err := s.List(away, innovation.Scope{Region: true}); err != nil || list != nil {
			t.Errorf("List of another region = %v, %v", list, err)
		}
		first.Name = "S-TRAVIS 2"
		if err := s.Save(home, first); err != nil {
			t.Error(err)
		}
		if err := s.Save(home, first); fault.KindOf(err) != fault.Conflict {
			t.Errorf("saving what has moved on = %v, want Conflict", err)
		}
	})
}
