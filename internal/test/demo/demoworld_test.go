package demo

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/app"
	"siida.id/internal/index"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/period"
	"siida.id/internal/regional"
	"siida.id/internal/test/world"
)

// checkDemo checks the contents of the demo.
func checkDemo(t *testing.T, p *app.Program) {
	t.Helper()
	ctx := world.AsBrida(t, p)
	if n, err := p.Audit.Verify(ctx); err != nil || n < 1200 {
		t.Errorf("the audit log has %d entries, %v", n, err)
	}
	if r, err := p.Status.Check(t.Context()); err != nil || len(r.Findings) > 0 {
		t.Errorf("the check finds %v, %v", r.Findings, err)
	}
	periods, err := p.Periods.All(ctx)
	world.Must(t, err)
	if len(periods) != 2 || periods[0].ID != "2027" || periods[0].State != period.Open || periods[1].State != period.Closed {
		t.Errorf("periods %+v, want 2027 open and 2026 closed", periods)
	}
	closed := demoYear(t, p, ctx, "2026", "42.75", "Inovatif", 55, 8)
	var missing []string
	for _, a := range closed.Affairs {
		if a.Innovations == 0 {
			missing = append(missing, a.Name)
		}
	}
	if !slices.Equal(missing, []string{"Sosial"}) {
		t.Errorf("no innovation is about %v, want one affair", missing)
	}
	keys := map[string]bool{}
	for _, o := range closed.Omitted {
		keys[o.Verdict.Key] = true
	}
	for _, why := range []string{"early", "late", "stage", "withdrawn", "archived"} {
		if !keys["innovation.eligible_"+why] {
			t.Errorf("none is left out because of %s: %v", why, keys)
		}
	}
	demoYear(t, p, ctx, "2027", "16.30", "Kurang Inovatif", 31, 37)
	demoAnswers(t, p, ctx)
	demoAgencies(t, p, ctx)
	demoKinds(t, p, ctx)
	demoRequests(t, p, ctx)
	demoGuidance(t, p, ctx)
	demoLetters(t, p, ctx, closed)
}

// demoYear checks the index of a year, which has risen from day to day.
func demoYear(t *testing.T, p *app.Program, ctx context.Context, year, figure, predicate string, counted, left int) index.Report {
	t.Helper()
	r, err := p.Index.Of(ctx, year)
	world.Must(t, err)
	if got := r.Result.Index.String(); got != figure || r.Result.Predicate != predicate {
		t.Errorf("%s: index %s, %s; want %s, %s", year, got, r.Result.Predicate, figure, predicate)
	}
	if len(r.Counted) != counted || len(r.Omitted) != left || counted+left < 60 {
		t.Errorf("%s: %d innovations count and %d do not, want %d and %d", year, len(r.Counted), len(r.Omitted), counted, left)
	}
	days := 0
	for at, m := range r.Snapshots {
		if at > 0 && m.Kind == r.Snapshots[at-1].Kind && m.Figure < r.Snapshots[at-1].Figure {
			t.Errorf("%s: the index falls on %s", year, m.Day)
		}
		days++
	}
	if days < 5 {
		t.Errorf("%s: marks of %d days", year, days)
	}
	return r
}

// demoAnswers counts answers: proven ones, drafts and gaps.
func demoAnswers(t *testing.T, p *app.Program, ctx context.Context) {
	t.Helper()
	proven, drafts, gaps := 0, 0, 0
	for _, year := range []string{"2026", "2027"} {
		pinned, err := p.Periods.ByID(ctx, year)
		world.Must(t, err)
		all, err := p.Evidence.CompletenessOf(ctx, pinned)
		world.Must(t, err)
		for _, c := range all {
			proven += c.Proven
			drafts += c.Answered - c.Proven
			gaps += c.Total - c.Answered
		}
	}
	kept, err := sqldb.List(ctx, p.DB, func(n *[2]string) []any { return []any{&n[0], &n[1]} }, `
		select f.name, f.media
		from documents d
		join files f on f.region_id = d.region_id and f.id = d.file_id
		order by f.id`)
	world.Must(t, err)
	media := map[string]int{}
	for _, f := range kept {
		media[f[1]]++
		if !strings.HasPrefix(f[0], "contoh-") {
			t.Errorf("a file is called %s", f[0])
		}
	}
	if proven < 600 || drafts < 20 || gaps < 200 || media["application/pdf"] < 400 || media["image/jpeg"] < 100 || len(media) != 2 {
		t.Errorf("%d answers are proven, %d are not, %d are missing; files %v", proven, drafts, gaps, media)
	}
}

// demoAgencies checks agencies and people.
func demoAgencies(t *testing.T, p *app.Program, ctx context.Context) {
	t.Helper()
	all, err := p.Agencies.AllIncludingEnded(ctx)
	world.Must(t, err)
	living, merged := 0, 0
	for _, a := range all {
		if a.Lives() {
			living++
		} else {
			merged++
		}
	}
	if living < 25 || merged != 1 {
		t.Errorf("%d agencies, and %d merged", living, merged)
	}
	ended, coming, acting, then := 0, 0, map[account.Acting]int{}, time.Date(2026, 11, 26, 8, 0, 0, 0, time.UTC) // after the last step
	for number, last := 1, 1; number <= last; number++ {
		list, err := p.Accounts.List(ctx, account.Filter{Number: number})
		world.Must(t, err)
		last = list.Last
		for _, person := range list.People {
			e, err := p.Accounts.ByID(ctx, person.ID)
			world.Must(t, err)
			for _, a := range e.Assignments {
				switch a.State(then) {
				case account.Ended:
					ended++
				case account.Coming:
					coming++
				case account.Counting:
					acting[a.Acting]++
				}
			}
		}
	}
	if ended < 3 || coming != 1 || acting[account.Plt] != 1 || acting[account.Plh] != 1 {
		t.Errorf("%d assignments have ended, %d are to begin, heads: %v", ended, coming, acting)
	}
}

// demoRequests checks the data requests: one of each visible state, and what was
// accepted is in the answer.
func demoRequests(t *testing.T, p *app.Program, ctx context.Context) {
	t.Helper()
	l, err := p.Regional.Listing(ctx, "2027")
	world.Must(t, err)
	states := map[regional.RequestState]int{}
	for _, r := range l.List {
		states[r.State]++
	}
	want := map[regional.RequestState]int{regional.Asked: 2, regional.Answered: 1, regional.Returned: 1, regional.Accepted: 1}
	if !maps.Equal(states, want) {
		t.Errorf("requests %v, want %v", states, want)
	}
	q, err := p.Regional.Question(ctx, "2027", "SPD-03")
	world.Must(t, err)
	if len(q.Proofs) != 1 || q.Proofs[0].AgencyID == "" || len(q.Answer.Figures) != 1 || q.Answer.Level != 0 {
		t.Errorf("what was accepted is in the answer: %+v, %+v", q.Answer, q.Proofs)
	}
}
