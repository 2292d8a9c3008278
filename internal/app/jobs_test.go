package app_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/app"
	"siida.id/internal/auth"
	"siida.id/internal/base/zone"
	"siida.id/internal/index"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/region"
	"siida.id/internal/test/world"
)

// until waits until ok returns true; the limit allows for a loaded machine.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for range 6000 {
		if ok() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("never: %s", what)
}

// work runs the jobs of a world until stop is called or the test ends.
func work(t *testing.T, w *world.Regions) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { w.Jobs.Run(ctx); close(ended) }()
	stop = func() { cancel(); <-ended }
	t.Cleanup(stop)
	return stop
}

func snapshots(t *testing.T, w *world.Regions, r region.Region) []index.Snapshot {
	t.Helper()
	list, err := w.Index.Store.Snapshots(region.Within(t.Context(), r), "2026")
	world.Must(t, err)
	return list
}

// tried returns the number of jobs with a failed try.
func tried(t *testing.T, w *world.Regions) (n int) {
	t.Helper()
	world.Must(t, w.DB.ReaderPool().QueryRowContext(t.Context(), `select count(*) from river_job where errors is not null`).Scan(&n))
	return n
}

// atRest reports whether there were jobs and all are done.
func atRest(t *testing.T, w *world.Regions) bool {
	t.Helper()
	var all, done int
	world.Must(t, w.DB.ReaderPool().QueryRowContext(t.Context(), `
		select count(*), count(case when state = 'completed' then 1 end)
		from river_job`).Scan(&all, &done))
	return all > 0 && all == done
}

// A day ends at midnight in the region's zone.
func TestDaysEndInTheRegionsZone(t *testing.T) {
	var regions []region.Region
	for _, name := range []string{"WIB", "WITA", "WIT"} {
		z, _ := zone.Parse(name)
		regions = append(regions, region.Region{Code: name, Zone: z})
	}
	for now, want := range map[string][]string{
		"2026-12-31T21:59:59+07:00": {"WIB 2026-12-30", "WITA 2026-12-30", "WIT 2026-12-30"},
		"2026-12-31T22:00:00+07:00": {"WIB 2026-12-30", "WITA 2026-12-30", "WIT 2026-12-31"},
		"2026-12-31T23:00:00+07:00": {"WIB 2026-12-30", "WITA 2026-12-31", "WIT 2026-12-31"},
		"2026-12-31T23:59:59+07:00": {"WIB 2026-12-30", "WITA 2026-12-31", "WIT 2026-12-31"},
		"2027-01-01T00:00:00+07:00": {"WIB 2026-12-31", "WITA 2026-12-31", "WIT 2026-12-31"},
	} {
		at, err := time.Parse(time.RFC3339, now)
		world.Must(t, err)
		var got []string
		for _, run := range app.DaysOver(t.Context(), regions, at) {
			if fmt.Sprintf("{%s}", run.Key) != fmt.Sprint(run.Args) {
				t.Errorf("the job with key %s is for %v", run.Key, run.Args)
			}
			got = append(got, run.Region+" "+run.Key)
		}
		if !slices.Equal(got, want) {
			t.Errorf("at %s: %q, want %q", now, got, want)
		}
	}
}

// The index of a day includes an answer of 23.30; its snapshot is stored after the
// region's midnight, also if the program was not running then.
func TestDailySnapshot(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		here := region.Within(t.Context(), w.Home)
		today := zone.Today(here, w.Clock()).AddDays(1)
		var now atomic.Pointer[time.Time]
		at := func(days, hour, minute int) {
			moment := zone.At(here, today.AddDays(days), hour, minute)
			now.Store(&moment)
		}
		at(0, 23, 0)
		w.Clock = func() time.Time { return *now.Load() }
		stop := work(t, w)
		kept := func() (list []string) { // days, and whether they include the evening
			for _, m := range snapshots(t, w, w.Home) {
				whole, err := w.Index.Store.SnapshotOn(here, "2026", m.Day)
				world.Must(t, err)
				list = append(list, fmt.Sprint(m.Day, " ", strings.Contains(whole.Facts, "Sore Hari")))
			}
			return list
		}
		until(t, "yesterday, where the period was open", func() bool { return len(kept()) == 1 })
		at(0, 23, 30)
		_, err := w.DB.Exec(here, `update innovations set name = 'Sore Hari' where region_id = $1`, w.Home.Code)
		world.Must(t, err)
		due := func() { world.Must(t, w.Jobs.InsertDue(t.Context(), map[string]string{})) }
		due()
		at(1, 0, 0)
		due()
		until(t, "the day that has ended", func() bool { return len(kept()) == 2 })
		stop()
		due() // again; the keys exist

		at(4, 8, 0)
		stop = work(t, w)
		until(t, "the last of three days, and the first", func() bool { return len(kept()) == 4 })
		stop()
		want := []string{fmt.Sprint(today.AddDays(-1), " false")}
		for _, n := range []int{0, 1, 3} {
			want = append(want, fmt.Sprint(today.AddDays(n), " true"))
		}
		if diff := cmp.Diff(want, kept()); diff != "" {
			t.Error(diff)
		}
		if n := tried(t, w); n > 0 {
			t.Errorf("%d jobs failed", n)
		}
	})
}

// Expired sessions, old failures and the leftovers of broken uploads are deleted once
// a day, nothing else.
func TestSweeps(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		here := region.Within(t.Context(), w.Home)
		start := w.Clock()
		w.Clock = func() time.Time { return start.AddDate(0, 0, 8) }
		client := auth.ClientInfo{Address: "192.0.2.1"}
		_, err := w.Auth.SignIn(here, "operator", world.Passphrase, client)
		world.Must(t, err)
		w.Clock = func() time.Time { return start.AddDate(0, 0, 6) }
		for range 2 {
			if _, err := w.Auth.SignIn(here, "operator", "salah", client); err == nil {
				t.Fatal("a wrong password is taken")
			}
			w.Clock = func() time.Time { return start.AddDate(0, 0, 8) }
		}
		left := filepath.Join(w.Files, ".tmp", "left")
		world.Must(t, os.WriteFile(left, []byte("part"), 0o600))
		old := start.AddDate(-1, 0, 0)
		world.Must(t, os.Chtimes(left, old, old))
		count := func(r region.Region) string {
			n, err := sqldb.One(t.Context(), w.DB, sqldb.Self[string], `
				select cast((select count(*) from sessions where region_id = $1) as text) || ' ' ||
					cast((select count(*) from login_failures where region_id = $1) as text)`, r.Code)
			world.Must(t, err)
			return n
		}
		work(t, w)
		until(t, "one session and one failure are left", func() bool {
			_, err := os.Stat(left)
			return count(w.Home) == "1 1" && count(w.Away) == "0 0" && os.IsNotExist(err)
		})
		if n := tried(t, w); n > 0 {
			t.Errorf("%d jobs failed", n)
		}
	})
}
