package innovationsql_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/innovation"
	"siida.id/internal/period"
	"siida.id/internal/period/periodsql"
)

// A close stores every profile as it is, a later close of the same period replaces them,
// and neither sees another region.
func TestClosed(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s, home, away := seedRegions(t, db)
		must(t, (&periodsql.Store{DB: db}).Add(home, period.Period{ID: "2026", Year: 2026, PackID: "iid-2026", PackSHA256: "aa", OpenedAt: at, MovedAt: at}))
		must(t, (&periodsql.Store{DB: db}).Add(away, period.Period{ID: "2026", Year: 2026, PackID: "iid-2026", PackSHA256: "aa", OpenedAt: at, MovedAt: at}))
		i := innovation.Innovation{
			ID: "c1", AgencyID: "a1", AgencyName: "Dinas 1", Name: "S-TRAVIS", Affair: "Perhubungan", TriedOn: "2023-11-01",
			AppliedOn: "2024-02-01", DevelopedOn: "2025-05-06", Design: "Dasar hukum\nCara kerja", Profile: full, CreatedAt: at, ChangedAt: at,
			State: innovation.Withdrawn, StateNote: "Ganda",
		}
		must(t, s.Save(home, i))
		i.Version = 1
		changed := func(want int) {
			t.Helper()
			if n, err := s.ChangedSince(home, "2026", at.Add(time.Hour)); err != nil || n != want {
				t.Errorf("ChangedSince = %d, %v, want %d", n, err, want)
			}
		}
		changed(0)
		must(t, s.SaveClosed(away, "2026", at))
		if _, err := s.ClosedByID(home, "2026", "c1"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("before the close: %v, want NotFound", err)
		}
		check := func(want innovation.Innovation, closed time.Time) {
			t.Helper()
			got, err := s.ClosedByID(home, "2026", "c1")
			if diff := cmp.Diff(innovation.ClosedProfile{Innovation: want, ClosedAt: closed}, got); err != nil || diff != "" {
				t.Errorf("ClosedByID: %v %s", err, diff)
			}
		}
		must(t, s.SaveClosed(home, "2026", at.Add(time.Hour)))
		check(i, at.Add(time.Hour))
		changed(0)

		later := i
		later.Name, later.State, later.StateNote, later.ChangedAt = "Lain", innovation.Active, "", at.Add(2*time.Hour)
		must(t, s.Save(home, later))
		check(i, at.Add(time.Hour))
		changed(1)
		if _, err := s.ClosedByID(away, "2026", "c1"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("from another region: %v, want NotFound", err)
		}

		later.Version = 2
		must(t, s.SaveClosed(home, "2026", at.Add(3*time.Hour)))
		check(later, at.Add(3*time.Hour))
		changed(0)

		_, err := db.Exec(home, `delete from closed_profiles`) // of a close before they were stored
		must(t, err)
		changed(1)
	})
}
