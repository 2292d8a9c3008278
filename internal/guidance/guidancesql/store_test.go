package guidancesql_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/file"
	"siida.id/internal/file/filetest"
	"siida.id/internal/guidance"
	"siida.id/internal/guidance/guidancesql"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/period"
	"siida.id/internal/period/periodsql"
)

var at = time.Date(2026, 3, 2, 8, 30, 0, 123_000_000, time.UTC)

// each calls fn with a store and two regions that have the same periods.
func each(t *testing.T, fn func(t *testing.T, s *guidancesql.Store, home, away context.Context)) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		home := actor.With(t.Context(), actor.Actor{Region: "18.01"})
		away := actor.With(t.Context(), actor.Actor{Region: "18.02"})
		for _, ctx := range []context.Context{home, away} {
			must(t, (&periodsql.Store{DB: db}).Add(ctx, period.Period{ID: "2026", Year: 2026, OpenedAt: at}))
		}
		fn(t, &guidancesql.Store{DB: db}, home, away)
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func refused(t *testing.T, what string, err error, want fault.Kind) {
	t.Helper()
	if err == nil || fault.KindOf(err) != want {
		t.Errorf("%s = %v, want kind %d", what, err, want)
	}
}

func TestGuidance(t *testing.T) {
	each(t, func(t *testing.T, s *guidancesql.Store, home, away context.Context) {
		_, err := s.Guidance(home, "2026", "SID-16")
		refused(t, "guidance that was never given", err, fault.NotFound)
		g := guidance.Guidance{PeriodID: "2026", Code: "SID-16", Words: "Lampirkan SK", By: "p1", At: at}
		must(t, s.Save(home, g))
		refused(t, "a second first save", s.Save(home, g), fault.Conflict)
		g.Version, g.Words, g.By = 1, "Bukan nota dinas", "p2"
		must(t, s.Save(home, g))
		refused(t, "saving what has moved on", s.Save(home, g), fault.Conflict)
		g.Version = 2
		got, err := s.Guidance(home, "2026", "SID-16")
		if diff := cmp.Diff(g, got); err != nil || diff != "" {
			t.Errorf("saved: %v %s", err, diff)
		}
		_, err = s.Guidance(away, "2026", "SID-16")
		refused(t, "that of another region", err, fault.NotFound)
		refused(t, "that of no period", s.Save(home, guidance.Guidance{PeriodID: "none", At: at}), fault.Internal)
	})
}

func TestSamples(t *testing.T) {
	each(t, func(t *testing.T, s *guidancesql.Store, home, away context.Context) {
		sample := func(id, code string, v guidance.Verdict, caption string) guidance.Sample {
			t.Helper()
			one := guidance.Sample{PeriodID: "2026", Code: code, Verdict: v, Caption: caption, By: "p1", At: at, Record: file.Record{
				ID: id, Purpose: "guidance", Name: id + ".pdf", Media: "application/pdf", Size: 9, SHA256: "aa", State: file.Checked,
				ReceivedBy: "p1", ReceivedAt: at,
			}}
			filetest.Add(t, home, s.DB, one.Record)
			must(t, s.AddSample(home, one))
			return one
		}
		wrong := sample("c1", "SID-16", guidance.Wrong, "Tanpa tanda tangan")
		right := sample("c2", "SID-16", guidance.Right, "SK lengkap, halaman 1")
		sample("c3", "SID-17", guidance.Right, "Lain")
		refused(t, "the same again", s.AddSample(home, wrong), fault.Conflict)
		if got, err := s.SampleByID(home, "c1"); err != nil || got != wrong {
			t.Errorf("it is %+v, %v", got, err)
		}
		_, err := s.SampleByID(away, "c1")
		refused(t, "one of another region", err, fault.NotFound)
		check := func(what string, ctx context.Context, want ...guidance.Sample) {
			t.Helper()
			got, err := s.Samples(ctx, "2026", "SID-16")
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Errorf("%s: %v %s", what, err, diff)
			}
		}
		check("what is right first", home, right, wrong)
		check("of another region", away)
		refused(t, "taking off one of another region", s.DropSample(away, "c2"), fault.NotFound)
		must(t, s.DropSample(home, "c2"))
		check("one is taken off", home, wrong)
	})
}
