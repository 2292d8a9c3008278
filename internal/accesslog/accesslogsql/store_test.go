package accesslogsql_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/accesslog"
	"siida.id/internal/accesslog/accesslogsql"
	"siida.id/internal/account"
	"siida.id/internal/account/accountsql"
	"siida.id/internal/audit"
	"siida.id/internal/audit/auditsql"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/background"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
)

var at = time.Date(2026, 3, 2, 8, 30, 0, 0, time.UTC)

// world is a service with two people, rina and wati, in region 18.01, and rina in 18.02.
type world struct {
	*accesslog.Service
	t   *testing.T
	db  *sqldb.DB
	now time.Time
	n   int
}

func each(t *testing.T, fn func(w *world)) {
	t.Helper()
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		w := &world{t: t, db: db, now: at}
		store := &accesslogsql.Store{DB: db}
		w.Service = &accesslog.Service{
			Store: store, Pending: accesslog.NewPending(store, db), Strangers: accesslog.NewPending(store, db), Now: func() time.Time { return w.now },
			NewID: func() string { w.n++; return fmt.Sprintf("%04d", w.n) },
		}
		people := &accountsql.Store{DB: db}
		w.must(people.Add(w.in("18.01", ""), account.Person{ID: "rina", Name: "Rina", Login: "rina"}, nil))
		w.must(people.Add(w.in("18.01", ""), account.Person{ID: "wati", Name: "Ani", Login: "wati"}, nil))
		w.must(people.Add(w.in("18.02", ""), account.Person{ID: "rina", Name: "Rina", Login: "rina"}, nil))
		fn(w)
	})
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// in returns a context of a person; rina is an admin.
func (w *world) in(region, person string) context.Context {
	who := actor.Actor{Region: region, ID: person, Name: person}
	if person == "rina" {
		who.Assignments = []actor.Assignment{{Role: actor.Admin}}
	}
	return actor.With(w.t.Context(), who)
}

// note notes a request and writes it.
func (w *world) note(region, person, path string, outcome accesslog.Outcome) {
	w.t.Helper()
	w.Note(w.in(region, person), accesslog.Entry{Address: "192.0.2.1", Route: "GET /x/{id}", Path: path, Outcome: outcome})
	w.must(errors.Join(w.Pending.Flush(w.t.Context()), w.Strangers.Flush(w.t.Context())))
}

// list returns the entries of region 18.01 as "person path status".
func (w *world) list(f accesslog.Filter) (list []string) {
	w.t.Helper()
	p, err := w.Entries(w.in("18.01", "rina"), f)
	w.must(err)
	for _, e := range p.Rows {
		list = append(list, fmt.Sprintf("%s %s %s", e.Person, e.Path, e.Outcome))
	}
	return list
}

func TestEntries(t *testing.T) {
	each(t, func(w *world) {
		w.note("18.01", "wati", "/x/1", accesslog.OutcomeForbidden)
		w.note("18.01", "wati", "/x/1", accesslog.OutcomeOpened)
		w.note("18.02", "rina", "/x/9", accesslog.OutcomeForbidden)
		w.now = at.Add(48 * time.Hour)
		w.note("18.01", "rina", "/x/2", accesslog.OutcomeOpened)
		w.note("18.01", "", "/x/3", accesslog.OutcomeNotFound)
		for name, tt := range map[string]struct {
			f    accesslog.Filter
			want string
		}{
			"all":                  {accesslog.Filter{}, "rina /x/2 opened, wati /x/1 opened, wati /x/1 forbidden"},
			"a person":             {accesslog.Filter{Person: "wati"}, "wati /x/1 opened, wati /x/1 forbidden"},
			"what was opened":      {accesslog.Filter{What: accesslog.Opened}, "rina /x/2 opened, wati /x/1 opened"},
			"what was refused":     {accesslog.Filter{What: accesslog.Refused}, "wati /x/1 forbidden"},
			"from a day on":        {accesslog.Filter{From: day.Day("2026-03-03")}, "rina /x/2 opened"},
			"until a day":          {accesslog.Filter{To: day.Day("2026-03-02")}, "wati /x/1 opened, wati /x/1 forbidden"},
			"nobody":               {accesslog.Filter{Person: "budi"}, ""},
			"after the first page": {accesslog.Filter{Before: "0002"}, "wati /x/1 forbidden"},
		} {
			if got := strings.Join(w.list(tt.f), ", "); got != tt.want {
				w.t.Errorf("%s: %s, want %s", name, got, tt.want)
			}
		}
		for name, ctx := range map[string]context.Context{"a visitor": w.in("18.01", ""), "no admin": w.in("18.01", "wati")} {
			_, entries := w.Entries(ctx, accesslog.Filter{})
			_, entriesAudit := w.Audit(ctx, accesslog.Filter{})
			_, _, export := w.ExportEntries(ctx, accesslog.Filter{})
			_, _, exportAudit := w.ExportAudit(ctx, accesslog.Filter{})
			_, counts := w.Counts(ctx)
			for _, err := range []error{entries, entriesAudit, export, exportAudit, counts} {
				if kind := fault.KindOf(err); kind != fault.Unknown && kind != fault.Forbidden {
					w.t.Errorf("%s: %v", name, err)
				}
			}
		}
		counts, err := w.Counts(w.in("18.01", "rina"))
		if diff := cmp.Diff([]accesslog.Count{{Route: "GET /x/{id}", Outcome: accesslog.OutcomeNotFound, N: 1}}, counts); err != nil || diff != "" {
			w.t.Error(err, diff)
		}
		w.now = at.Add(91 * 24 * time.Hour)
		w.must(w.Sweep(w.in("18.01", "")))
		if got := strings.Join(w.list(accesslog.Filter{}), ", "); got != "rina /x/2 opened" {
			w.t.Errorf("after 91 days: %s", got)
		}
		w.now = at.Add(93 * 24 * time.Hour)
		w.must(w.Sweep(w.in("18.01", "")))
		left, err := sqldb.One(w.t.Context(), w.db, sqldb.Self[string], `
			select (select count(*) from access_entries) || ' ' || (select count(*) from refusal_counts)`)
		if left != "1 0" || err != nil {
			w.t.Errorf("left %s, %v: want the entry of the other region", left, err)
		}
	})
}

// Strangers cannot fill the queue of the others, and in one batch each hour has its own
// limit.
func TestCaseS8RefusalsByHour(t *testing.T) {
	each(t, func(w *world) {
		for i := range 12_000 {
			w.Note(w.in("18.01", ""), accesslog.Entry{Route: "GET /x/{id}", Path: fmt.Sprint("/x/", i), Outcome: accesslog.OutcomeUnknown})
		}
		for i := range 400 {
			w.now = at.Add(time.Duration(i/200) * time.Hour)
			w.Note(w.in("18.01", "wati"), accesslog.Entry{Route: "GET /x/{id}", Path: fmt.Sprint("/x/", i), Outcome: accesslog.OutcomeNotFound})
		}
		w.must(w.Pending.Flush(w.t.Context()))
		stored, _, err := w.ExportEntries(w.in("18.01", "rina"), accesslog.Filter{})
		if len(stored) != 400 || err != nil {
			w.t.Errorf("%d entries, %v: want all of both hours", len(stored), err)
		}
		if err := w.Strangers.Flush(w.t.Context()); !errors.Is(err, background.ErrLost) {
			w.t.Errorf("more strangers than there is room for: %v", err)
		}
		counts, err := w.Counts(w.in("18.01", "rina"))
		if len(counts) != 1 || counts[0].N != 10_000 || err != nil {
			w.t.Errorf("%v, %v", counts, err)
		}
	})
}

// Of one person no more than 300 refusals an hour are entries; the others are counted,
// as those of strangers are.
func TestCaseS8RefusalsAreBounded(t *testing.T) {
	each(t, func(w *world) {
		for i := range 310 {
			w.Note(w.in("18.01", "wati"), accesslog.Entry{Route: "GET /x/{id}", Path: fmt.Sprint("/x/", i), Outcome: accesslog.OutcomeNotFound})
			w.Note(w.in("18.01", ""), accesslog.Entry{Route: "POST /masuk", Outcome: accesslog.OutcomeThrottled})
			if i%100 == 0 {
				w.must(errors.Join(w.Pending.Flush(w.t.Context()), w.Strangers.Flush(w.t.Context())))
			}
		}
		w.must(w.Strangers.Flush(w.t.Context()))
		w.note("18.01", "wati", "/x/1", accesslog.OutcomeOpened) // is no refusal
		stored, more, err := w.ExportEntries(w.in("18.01", "rina"), accesslog.Filter{})
		if len(stored) != 301 || more || err != nil {
			w.t.Errorf("%d entries, %v, %v", len(stored), more, err)
		}
		counts, err := w.Counts(w.in("18.01", "rina"))
		want := []accesslog.Count{{Route: "POST /masuk", Outcome: accesslog.OutcomeThrottled, N: 310}, {Route: "GET /x/{id}", Outcome: accesslog.OutcomeNotFound, N: 10}}
		if diff := cmp.Diff(want, counts); err != nil || diff != "" {
			w.t.Error(err, diff)
		}
		first, err := w.Entries(w.in("18.01", "rina"), accesslog.Filter{What: accesslog.Refused})
		seen := len(first.Rows)
		for page := first; page.Next != "" && err == nil; seen += len(page.Rows) {
			page, err = w.Entries(w.in("18.01", "rina"), accesslog.Filter{What: accesslog.Refused, Before: page.Next})
		}
		if len(first.Rows) != 50 || seen != 300 || err != nil {
			w.t.Errorf("%d on the first page, %d on all, %v", len(first.Rows), seen, err)
		}
		w.now = at.Add(time.Hour)
		w.note("18.01", "wati", "/x/late", accesslog.OutcomeForbidden)
		if got := w.list(accesslog.Filter{}); got[0] != "wati /x/late forbidden" {
			w.t.Errorf("the next hour: %s", got[0])
		}
	})
}

func TestAudit(t *testing.T) {
	each(t, func(w *world) {
		log := &audit.Log{Store: &auditsql.Store{DB: w.db}, Tx: w.db, NewID: w.NewID, Now: w.Now, Random: strings.NewReader(strings.Repeat("x", 1000))}
		w.must(log.Append(w.in("18.01", "rina"), audit.Person.Of("wati"), "account.person_added", audit.Details{audit.KeyName: "Ani"}))
		w.must(log.Append(w.in("18.02", "rina"), audit.Person.Of("x"), "account.person_added", nil))
		w.now = at.Add(48 * time.Hour)
		w.must(log.Append(w.in("18.01", "wati"), audit.Agency.Of("a1"), "agency.added", nil))
		w.must(log.Append(w.in("18.01", ""), audit.AgencySettings.Of(), "agency.settings_changed", nil))
		for name, tt := range map[string]struct {
			f    accesslog.Filter
			want []int64
		}{
			"all":                    {accesslog.Filter{}, []int64{3, 2, 1}},
			"a person":               {accesslog.Filter{Person: "wati"}, []int64{2}},
			"a kind":                 {accesslog.Filter{Kind: audit.Agency}, []int64{2}},
			"a kind without an id":   {accesslog.Filter{Kind: audit.AgencySettings}, []int64{3}},
			"until a day":            {accesslog.Filter{To: "2026-03-03"}, []int64{1}},
			"after the first page":   {accesslog.Filter{Before: "3"}, []int64{2, 1}},
			"a page that is no page": {accesslog.Filter{Before: "x"}, []int64{3, 2, 1}},
		} {
			p, err := w.Audit(w.in("18.01", "rina"), tt.f)
			var got []int64
			for _, e := range p.Rows {
				got = append(got, e.Seq)
			}
			if !slices.Equal(got, tt.want) || err != nil {
				w.t.Errorf("%s: %v, %v; want %v", name, got, err, tt.want)
			}
			if len(p.People) != 2 || p.People[0].Name != "Ani" {
				w.t.Errorf("people %v, want Ani and Rina", p.People)
			}
		}
	})
}

func TestStore(t *testing.T) {
	each(t, func(w *world) {
		ctx, other := w.in("18.01", ""), w.in("18.02", "")
		for i, e := range []accesslog.Entry{
			{Outcome: accesslog.OutcomeForbidden, At: at.Add(-time.Second)}, {Outcome: accesslog.OutcomeNotFound, At: at}, {Outcome: accesslog.OutcomeOpened, At: at},
		} {
			e.ID, e.Person, e.Name, e.Route = fmt.Sprint(i), "rina", "Rina", "GET /x"
			w.must(w.Store.Add(ctx, e))
		}
		for _, tt := range []struct {
			ctx    context.Context
			person string
			since  time.Time
			want   int
		}{{ctx, "rina", at, 1}, {ctx, "rina", at.Add(-time.Second), 2}, {ctx, "wati", at.Add(-time.Second), 0}, {other, "rina", at.Add(-time.Second), 0}} {
			if got, err := w.Store.Refusals(tt.ctx, tt.person, tt.since); got != tt.want || err != nil {
				t.Errorf("Refusals of %s since %v: %d, %v; want %d", tt.person, tt.since, got, err, tt.want)
			}
		}
		list, err := w.Store.List(ctx, accesslog.Range{Until: at.Add(time.Hour), Limit: 2})
		want := accesslog.Entry{ID: "2", At: at, Person: "rina", Name: "Rina", Route: "GET /x", Outcome: accesslog.OutcomeOpened}
		if err != nil || len(list) != 2 || list[0] != want {
			t.Errorf("%+v, %v; want %+v first", list, err, want)
		}
		for _, hour := range []time.Time{at, at, at.Add(-time.Hour)} {
			w.must(w.Store.AddCount(ctx, accesslog.Count{Hour: hour, Route: "GET /x", Outcome: accesslog.OutcomeNotFound, N: 2}))
		}
		for since, n := range map[time.Time]int{at.Add(-2 * time.Hour): 6, at.Add(-time.Hour): 4} {
			counts, err := w.Store.Counts(ctx, since)
			if diff := cmp.Diff([]accesslog.Count{{Route: "GET /x", Outcome: accesslog.OutcomeNotFound, N: n}}, counts); err != nil || diff != "" {
				t.Error(err, diff)
			}
		}
	})
}
