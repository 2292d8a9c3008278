package periodsql_test

import (
	"context"
	"strconv"
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
		older := period.Period{ID: "2023", Year: 2023, PackID: "iid-2023", PackSHA256: "aa", OpenedAt: at, State: period.Open, MovedAt: at}
		newer := period.Period{ID: "2026", Year: 2026, PackID: "iid-2026", PackSHA256: "bb", OpenedAt: at, State: period.Open, MovedAt: at, Opens: at, Closes: at.Add(time.Hour), Note: "x"}
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
		if got, err := s.ByID(home, "2023"); err != nil || got != older {
			t.Errorf("ByID = %v, %v", got, err)
		}
		for name, lock := range map[string]func(context.Context, string) (period.Period, error){"LockShared": s.LockShared, "Lock": s.Lock} {
			err := db.InTx(home, func(ctx context.Context) error {
				got, err := lock(ctx, "2026")
				if got != newer {
					t.Errorf("%s = %+v", name, got)
				}
				return err
			})
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			err = db.InTx(away, func(ctx context.Context) error {
				_, err := lock(ctx, "2026")
				return err
			})
			if fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s from another region = %v, want NotFound", name, err)
			}
		}
		if _, err := s.ByID(away, "2023"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("from another region: %v, want NotFound", err)
		}
	})
}

func TestDeadlinesAndExtensions(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s := &periodsql.Store{DB: db}
		home := actor.With(t.Context(), actor.Actor{Region: "18.01"})
		away := actor.With(t.Context(), actor.Actor{Region: "18.02"})
		at := time.Date(2026, 5, 4, 3, 2, 1, 0, time.UTC)
		for _, year := range []int{2026, 2027} {
			if err := s.Add(home, period.Period{ID: strconv.Itoa(year), Year: year, OpenedAt: at}); err != nil {
				t.Fatal(err)
			}
		}
		first := period.Deadline{ID: "d1", Name: "Bukti", At: at}
		second := period.Deadline{ID: "d2", Name: "Pemeriksaan", At: at.Add(time.Hour)}
		early := period.Extension{ID: "e1", PeriodID: "2026", Until: at, Reason: "r", ByID: "p", ByName: "P", GrantedAt: at}
		late := period.Extension{ID: "e2", PeriodID: "2026", Agency: "a1", AgencyName: "A", Until: at, Reason: "r", ByID: "p", ByName: "P", GrantedAt: at.Add(time.Hour)}
		for _, err := range []error{
			s.Move(home, "2027", period.Open, period.Closed, at.Add(time.Hour)),
			s.Save(home, period.Period{ID: "2026", Opens: at, Closes: at.Add(time.Hour), Note: "n"}),
			s.AddDeadline(home, "2026", second), s.AddDeadline(home, "2026", first), s.AddDeadline(home, "2027", first),
			s.Extend(home, "2026", early), s.Extend(home, "2026", late),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		for name, err := range map[string]error{
			"a state it has left": s.Move(home, "2027", period.Open, period.Closed, at), "another region": s.Move(away, "2026", period.Open, period.Closed, at),
		} {
			if fault.KindOf(err) != fault.Conflict {
				t.Errorf("Move of %s = %v, want Conflict", name, err)
			}
		}
		want := period.Period{
			ID: "2026", Year: 2026, OpenedAt: at, State: period.Open, MovedAt: at, Opens: at, Closes: at.Add(time.Hour), Note: "n", Version: 1,
		}
		if got, err := s.ByID(home, "2026"); err != nil || got != want {
			t.Errorf("ByID = %+v, %v", got, err)
		}
		deadlines, err := s.Deadlines(home, "2026")
		if diff := cmp.Diff([]period.Deadline{first, second}, deadlines); err != nil || diff != "" {
			t.Errorf("Deadlines: %v %s", err, diff)
		}
		extensions, err := s.Extensions(home, "2026")
		if diff := cmp.Diff([]period.Extension{late, early}, extensions); err != nil || diff != "" {
			t.Errorf("Extensions: %v %s", err, diff)
		}
		if err := s.DropDeadline(away, "2026", "d1"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("DropDeadline of another region = %v, want NotFound", err)
		}
		if err := s.DropDeadline(home, "2026", "d1"); err != nil {
			t.Error(err)
		}
		if left, err := s.Deadlines(home, "2026"); err != nil || len(left) != 1 {
			t.Errorf("left %v, %v", left, err)
		}
		ended := early
		ended.Ended, ended.EndedID, ended.EndedName = at.Add(2*time.Hour), "q", "Q"
		if err := s.Unextend(away, "2026", ended); fault.KindOf(err) != fault.NotFound {
			t.Errorf("Unextend of another region = %v, want NotFound", err)
		}
		if err := s.Unextend(home, "2026", ended); err != nil {
			t.Error(err)
		}
		if err := s.Unextend(home, "2026", ended); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a second Unextend = %v, want NotFound", err)
		}
		if list, err := s.Extensions(home, "2026"); err != nil || !cmp.Equal([]period.Extension{late, ended}, list) {
			t.Errorf("after Unextend: %+v, %v", list, err)
		}
		if left, err := s.Extensions(away, "2026"); err != nil || len(left) != 0 {
			t.Errorf("another region's %v, %v", left, err)
		}
		next := late
		next.ID, next.Agency, next.AgencyName, next.FollowsID, next.FollowsName = "e3", "a2", "B", "e2", "A"
		if err := s.Extend(home, "2026", next); err != nil {
			t.Error(err)
		}
		for _, tt := range []struct {
			ctx    context.Context
			agency string
			now    time.Time
			want   []period.Extension
		}{
			{home, "a2", at.Add(-time.Second), []period.Extension{next}},
			{home, "a1", at.Add(-time.Second), []period.Extension{late}},
			{home, "a1", at, nil},
			{away, "a1", at.Add(-time.Second), nil},
		} {
			if list, err := s.OpenExtensions(tt.ctx, tt.agency, tt.now); err != nil || !cmp.Equal(tt.want, list) {
				t.Errorf("open of %s at %s: %+v, %v", tt.agency, tt.now, list, err)
			}
		}
		if err := s.Move(home, "2026", period.Open, period.Archived, at); err != nil {
			t.Error(err)
		}
		if list, err := s.OpenExtensions(home, "a1", at.Add(-time.Second)); err != nil || len(list) != 1 {
			t.Errorf("open in an archived period: %+v, %v", list, err)
		}
	})
}
