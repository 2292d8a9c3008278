package boardsql_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/agency"
	"siida.id/internal/agency/agencysql"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/board"
	"siida.id/internal/board/boardsql"
	"siida.id/internal/evidence"
	"siida.id/internal/evidence/evidencesql"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/innovation"
	"siida.id/internal/innovation/innovationsql"
	"siida.id/internal/period"
	"siida.id/internal/period/periodsql"
	"siida.id/internal/regional"
	"siida.id/internal/regional/regionalsql"
)

var at = time.Date(2026, 3, 2, 8, 30, 0, 0, time.UTC)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// fixture is a store with two regions that have the same agencies, a1 and a2 below a0,
// and the same periods.
type fixture struct {
	*boardsql.Store
	t           *testing.T
	home, away  context.Context
	agencies    *agencysql.Store
	innovations *innovationsql.Store
	answers     *evidencesql.Store
	everything  board.Scope
}

func each(t *testing.T, fn func(t *testing.T, f *fixture)) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		f := &fixture{
			Store: &boardsql.Store{DB: db}, t: t, agencies: &agencysql.Store{DB: db}, innovations: &innovationsql.Store{DB: db}, answers: &evidencesql.Store{DB: db},
			home: actor.With(t.Context(), actor.Actor{Region: "18.01"}), away: actor.With(t.Context(), actor.Actor{Region: "18.02"}),
			everything: board.Scope{Region: true},
		}
		for _, ctx := range []context.Context{f.home, f.away} {
			must(t, f.agencies.Add(ctx, agency.Agency{ID: "a0", Name: "Induk", Kind: "dinas"}))
			for _, id := range []string{"a1", "a2"} {
				must(t, f.agencies.Add(ctx, agency.Agency{ID: id, Name: "Dinas " + id, Kind: "dinas", Parent: "a0"}))
			}
			for _, year := range []int{2026, 2027} {
				must(t, (&periodsql.Store{DB: db}).Add(ctx, period.Period{ID: time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).Format("2006"), Year: year, OpenedAt: at}))
			}
		}
		fn(t, f)
	})
}

// innovation adds one that was changed so many days after at.
func (f *fixture) innovation(ctx context.Context, id, owner string, days int, state innovation.State) {
	f.t.Helper()
	must(f.t, f.innovations.Save(ctx, innovation.Innovation{ID: id, AgencyID: owner, Name: id, State: state, CreatedAt: at, ChangedAt: at.AddDate(0, 0, days)}))
}

// answer saves an answer so many days after at, with a link that proves it.
func (f *fixture) answer(ctx context.Context, id, year, code string, days int, proven bool) {
	f.t.Helper()
	moment := at.AddDate(0, 0, days)
	must(f.t, f.answers.SaveAnswer(ctx, evidence.Answer{InnovationID: id, PeriodID: year, Code: code, Level: 2, By: "p1", At: moment}))
	if proven {
		d := evidence.Document{ID: id + year + code, InnovationID: id, Kind: "link", Subject: "Tautan", Address: "https://contoh.example/", By: "p1", At: moment}
		must(f.t, f.answers.AddDocument(ctx, d))
		must(f.t, f.answers.Use(ctx, d.ID, year, code, moment))
	}
	must(f.t, f.answers.RefreshSummary(ctx, id, year))
}

// endorse endorses an innovation in 2026 by the heads that are asked, or by the first.
func (f *fixture) endorse(ctx context.Context, id string, heads int, days int) {
	f.t.Helper()
	p, err := f.answers.ProgressOf(ctx, id, "2026")
	must(f.t, err)
	for _, h := range p.Heads[:heads] {
		must(f.t, f.answers.Endorse(ctx, evidence.Endorsement{
			InnovationID: id, PeriodID: "2026", AgencyID: h.AgencyID, AgencyName: h.AgencyName, By: "p1", Name: "Ibu Kepala", At: at.AddDate(0, 0, days), Of: h.Now,
		}))
	}
}

func (f *fixture) check(what string, ctx context.Context, scope board.Scope, want ...board.Figures) {
	f.t.Helper()
	ctx, statements := sqldb.Counted(ctx)
	got, err := f.Figures(ctx, "2026", scope, at.AddDate(0, 0, 10))
	if diff := cmp.Diff(want, got); err != nil || diff != "" || statements.Load() != 1 {
		f.t.Errorf("%s: %v, %d statements %s", what, err, statements.Load(), diff)
	}
}

func TestFigures(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		day := func(n int) time.Time { return at.AddDate(0, 0, n) }
		f.innovation(f.home, "i1", "a1", 1, innovation.Active)
		f.innovation(f.home, "i2", "a1", 2, innovation.Active)
		f.innovation(f.home, "i3", "a1", 30, innovation.Withdrawn)
		f.innovation(f.home, "i4", "a2", 3, innovation.Active)
		f.innovation(f.away, "i1", "a1", 0, innovation.Active)
		f.check("no answers", f.home, f.everything,
			board.Figures{AgencyID: "a1", Innovations: 2, Last: day(2)}, board.Figures{AgencyID: "a2", Innovations: 1, Last: day(3)})
		f.answer(f.home, "i1", "2026", "SID-16", 9, true)
		f.answer(f.home, "i1", "2026", "SID-17", 10, true)
		f.answer(f.home, "i1", "2026", "SID-18", 11, false)
		f.answer(f.home, "i1", "2027", "SID-16", 20, true)
		f.answer(f.home, "i2", "2026", "SID-16", 4, true)
		f.answer(f.home, "i3", "2026", "SID-16", 12, true)
		f.answer(f.away, "i1", "2026", "SID-16", 12, true)
		own := board.Figures{AgencyID: "a1", Innovations: 2, Answered: 4, Finished: 3, Proven: 3, Recent: 1, Last: day(11)}
		second := board.Figures{AgencyID: "a2", Innovations: 1, Last: day(3)}
		f.check("with answers", f.home, f.everything, own, second)
		f.check("one agency", f.home, board.Scope{Agencies: []string{"a1", "x"}}, own)
		f.check("none", f.home, board.Scope{})
		f.check("another region", f.away, f.everything, board.Figures{AgencyID: "a1", Innovations: 1, Answered: 1, Finished: 1, Proven: 1, Recent: 1, Last: day(12)})

		f.endorse(f.home, "i1", 1, 13)
		f.endorse(f.home, "i4", 1, 5) // without any answer
		own.Endorsed, own.Last, second.Endorsed, second.Last = 1, day(13), 1, day(5)
		f.check("endorsed", f.home, f.everything, own, second)
		must(t, f.agencies.SaveSettings(f.home, agency.Settings{ParentEndorses: true}))
		own.Endorsed, second.Endorsed = 0, 0
		f.check("the head above is asked too", f.home, f.everything, own, second)
		f.endorse(f.home, "i1", 2, 14)
		own.Endorsed, own.Last = 1, day(14)
		f.check("and endorses", f.home, f.everything, own, second)
		must(t, f.innovations.BumpVersion(f.home, "i1"))
		own.Endorsed, own.Last = 0, day(11)
		f.check("the profile has changed", f.home, f.everything, own, second)
		f.endorse(f.home, "i1", 2, 15)
		must(t, f.answers.EndUse(f.home, "i12026SID-17", "2026", "SID-17", day(16)))
		must(t, f.answers.RefreshSummary(f.home, "i1", "2026"))
		own.Finished, own.Proven, own.Recent, own.Last = 2, 2, 0, day(16)
		f.check("evidence was detached", f.home, f.everything, own, second)
		must(t, f.answers.ResumeUse(f.home, "i12026SID-17", "2026", "SID-17", day(15)))
		must(t, f.answers.RefreshSummary(f.home, "i1", "2026"))
		own.Finished, own.Proven, own.Recent, own.Endorsed, own.Last = 3, 3, 1, 1, day(15)
		f.check("and attached again: what was endorsed is there", f.home, f.everything, own, second)
	})
}

func TestRequests(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		requests := &regionalsql.Store{DB: f.DB}
		add := func(ctx context.Context, id, owner, year string, due day.Day, state regional.RequestState, replied time.Time) {
			r := regional.Request{ID: id, PeriodID: year, Code: "SPD-1", AgencyID: owner, Due: due, State: state, AskedBy: "p1", AskedAt: at}
			r.Data.At = replied
			must(t, requests.SaveRequest(ctx, r))
		}
		add(f.home, "r1", "a1", "2026", "2026-03-01", regional.Asked, time.Time{})
		add(f.home, "r2", "a1", "2026", "2026-02-20", regional.Returned, at)
		add(f.home, "r3", "a1", "2026", "2026-03-02", regional.Asked, time.Time{})
		add(f.home, "r4", "a1", "2026", "2026-01-01", regional.Accepted, at.Add(time.Hour))
		add(f.home, "r5", "a1", "2027", "2026-01-01", regional.Asked, time.Time{})
		add(f.home, "r6", "a2", "2026", "2026-01-01", regional.Withdrawn, time.Time{})
		add(f.away, "r1", "a1", "2026", "2026-03-09", regional.Answered, at)
		for ctx, want := range map[context.Context][]board.Requests{
			f.home: {{AgencyID: "a1", Waiting: 3, Overdue: 2, First: "2026-02-20", Replied: at.Add(time.Hour)}, {AgencyID: "a2"}},
			f.away: {{AgencyID: "a1", Replied: at}},
		} {
			got, err := f.Requests(ctx, "2026", "2026-03-02")
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Errorf("%v %s", err, diff)
			}
		}
	})
}

func TestThresholds(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		check := func(ctx context.Context, want board.Thresholds) {
			t.Helper()
			if got, err := f.Thresholds(ctx); err != nil || got != want {
				t.Errorf("%+v, %v, want %+v", got, err, want)
			}
		}
		check(f.home, board.DefaultThresholds())
		must(t, f.SaveThresholds(f.home, board.Thresholds{QuietDays: 30, PaceDays: 7}))
		must(t, f.SaveThresholds(f.home, board.Thresholds{QuietDays: 10, PaceDays: 21}))
		check(f.home, board.Thresholds{QuietDays: 10, PaceDays: 21})
		check(f.away, board.DefaultThresholds())
	})
}
