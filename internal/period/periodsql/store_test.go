package periodsql_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/period"
	"siida.id/internal/period/periodsql"
)

func TestPeriods(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s := &periodsql.Store{DB: db}
		home := actor.With(t.Context(), actor.Actor{Region: "18.01"})
		away := actor.With(t.Context(), actor.Actor{Region: "18.02"})
		at := time.Date(2026, 5, 4, 3, 2, 1, 0, time.UTC)
		older := period.Period{ID: "2023", Year: 2023, PackID: "iid-2023", PackSum: "aa", OpenedAt: at}
		newer := period.Period{ID: "2026", Year: 2026, PackID: "iid-2026", PackSum: "bb", OpenedAt: at}
		if _, err := s.Current(home); fault.KindOf(err) != fault.NotFound {
			t.Errorf("Current of none = %v, want NotFound", err)
		}
		for _, p := range []period.Period{newer, older} {
			if err := s.Add(home, p); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Add(home, older); fault.KindOf(err) != fault.Conflict {
			t.Errorf("the same year again = %v, want Conflict", err)
		}
		got, err := s.All(home)
		if diff := cmp.Diff([]period.Period{newer, older}, got); err != nil || diff != "" {
			t.Errorf("All: %v %s", err, diff)
		}
		if got, err := s.Current(home); err != nil || got != newer {
			t.Errorf("Current = %v, %v", got, err)
		}
		if got, err := s.ByID(home, "2023"); err != nil || got != older {
			t.Errorf("ByID = %v, %v", got, err)
		}
		if _, err := s.ByID(away, "2023"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("from another region: %v, want NotFound", err)
		}
	})
}
