package registry_test

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"siida.id/internal/agency"
	"siida.id/internal/agency/agencysql"
	"siida.id/internal/audit/audittest"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/decimal"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/base/testclock"
	"siida.id/internal/base/text"
	"siida.id/internal/base/zone"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/innovation"
	"siida.id/internal/innovation/innovationsql"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/period/periodsql"
	"siida.id/internal/registry"
	"siida.id/internal/registry/registrysql"
)

// row is a row of the world, with what the list does not show.
type row struct {
	registry.Row
	design string
}

// world is a region of random innovations in a tree of agencies.
type world struct {
	*registry.Service
	rows     []row
	agencies []agency.Agency
	pack     *instrument.Pack
	today    day.Day
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// parts are of what names and designs are made.
var parts = []string{"Café", "Ma'ruf", "100%", "gizi_anak", "Sehat", "10", "9", "DESA", "naïve", "ikan-asin", "\"kutip\"", "Zø"}

func each(t *testing.T, fn func(t *testing.T, w *world)) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		packs, err := instrument.Embedded()
		must(t, err)
		admin := servicetest.As(t, "admin")
		w := &world{today: zone.Today(admin, testclock.Now())}
		agencies := &agencysql.Store{DB: db}
		for _, a := range []agency.Agency{
			{ID: servicetest.Own, Name: "Dinas Kesehatan"},
			{ID: servicetest.Other, Name: "Dinas Sosial"},
			{ID: "unit", Name: "Puskesmas Sehat", Parent: servicetest.Own},
			{ID: "below", Name: "Posyandu", Parent: "unit"},
		} {
			a.Kind = "dinas"
			must(t, agencies.Add(admin, a))
			w.agencies = append(w.agencies, a)
		}
		periods := &period.Service{Store: &periodsql.Store{DB: db}, Packs: packs, Log: &audittest.Log{Real: audittest.Silent{}}, Tx: db, Now: testclock.Now}
		opened, err := periods.Open(admin, "iid-2026")
		must(t, err)
		pinned, err := periods.Pin(opened)
		must(t, err)
		w.pack = pinned.Pack
		w.Service = &registry.Service{Store: &registrysql.Store{DB: db}, Agencies: agencies, Periods: periods, Now: testclock.Now}
		w.fill(t, db, admin, &innovationsql.Store{DB: db})
		fn(t, w)
	})
}

// fill adds random innovations, always the same, and one of another region.
func (w *world) fill(t *testing.T, db *sqldb.DB, ctx context.Context, store *innovationsql.Store) {
	t.Helper()
	r := rand.New(rand.NewPCG(17, 4))
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	days := []string{"", "", "2021-05-06", "2024-01-01", "2024-12-31", "2025-02-03", "2099-01-01"}
	now := testclock.Now().UTC().Truncate(time.Second)
	total := len(w.pack.Rows(instrument.PerInnovation))
	for n := range 130 {
		a := w.agencies[r.IntN(len(w.agencies))]
		i := innovation.Innovation{
			ID: fmt.Sprintf("i%03d", r.IntN(900)*1000+n), AgencyID: a.ID, AgencyName: a.Name, Name: pick(parts...) + " " + pick(parts...), Affair: pick("", "Kesehatan", "Sosial"),
			TriedOn: day.Day(pick(days...)), AppliedOn: day.Day(pick(days...)), DevelopedOn: day.Day(pick(days...)),
			State: innovation.State(pick("", "", "", "", "ditarik", "arsip")), Design: pick(parts...) + "\n" + pick(parts...),
			Profile:   innovation.Profile{Law: pick(parts...)},
			CreatedAt: now, ChangedAt: now.AddDate(0, 0, -r.IntN(5)),
		}
		must(t, store.Save(ctx, i))
		one := row{Row: registry.Row{
			ID: i.ID, Name: i.Name, AgencyID: a.ID, AgencyName: a.Name, Affair: i.Affair, TriedOn: i.TriedOn, AppliedOn: i.AppliedOn,
			DevelopedOn: i.DevelopedOn, State: i.State, ChangedAt: i.ChangedAt, Total: total,
			Counts: i.Eligible(w.pack.Eligibility, w.today).Counts,
		}, design: i.Design + " " + i.Law}
		if r.IntN(4) > 0 {
			one.Finished = []int{0, 1, total - 1, total}[r.IntN(4)]
			one.Answered, one.Points, one.Mend = one.Finished, decimal.FromInt(r.IntN(4)*one.Finished), r.IntN(2)
			changed := now.AddDate(0, 0, -r.IntN(5))
			_, err := db.Exec(ctx, `
				insert into answer_summaries (region_id, innovation_id, period_id, answered, finished, detail, points, mend, changed_at)
				values ($1, $2, '2026', $3, $4, '{}', $5, $6, $7)`,
				actor.From(ctx).Region, i.ID, one.Answered, one.Finished, one.Points, one.Mend, sqldb.Time(changed))
			must(t, err)
			if changed.After(one.ChangedAt) {
				one.ChangedAt = changed
			}
		}
		w.rows = append(w.rows, one)
	}
	away := servicetest.As(t, "away")
	must(t, (&agencysql.Store{DB: db}).Add(away, agency.Agency{ID: "away", Name: "Dinas lain", Kind: "dinas"}))
	must(t, store.Save(away, innovation.Innovation{ID: "away", AgencyID: "away", Name: parts[0], CreatedAt: testclock.Now(), ChangedAt: testclock.Now()}))
}

// below reports whether an agency is another one or below it.
func (w *world) below(id, top string) bool {
	for id != top {
		at := slices.IndexFunc(w.agencies, func(a agency.Agency) bool { return a.ID == id })
		if at < 0 || w.agencies[at].Parent == "" {
			return false
		}
		id = w.agencies[at].Parent
	}
	return true
}

// finds is the plain filter, apart from the status.
func (w *world) finds(who actor.Actor, q registry.Query, r row) bool {
	is := func(asked, value string) bool { return asked == "" || asked == value }
	profile := innovation.Innovation{TriedOn: r.TriedOn, AppliedOn: r.AppliedOn}
	key := text.SortKey(r.Name+" "+r.design) + " " + text.SortKey(r.AgencyName)
	return innovation.MayRead(who, r.AgencyID) && (q.Agency == "" || w.below(r.AgencyID, q.Agency)) && is(q.Affair, r.Affair) &&
		is(string(q.Stage), string(profile.Stage())) && is(q.Year, profile.Cohort()) &&
		!slices.ContainsFunc(strings.Fields(text.SortKey(q.Words)), func(word string) bool { return !strings.Contains(key, word) })
}

func compare(by registry.Sort) func(a, b row) int {
	uncounted := func(r row) int {
		if r.Counts {
			return 0
		}
		return 1
	}
	return func(a, b row) int {
		first := map[registry.Sort]int{
			registry.ByLacking: cmp.Or(cmp.Compare(uncounted(a), uncounted(b)), cmp.Compare(a.Finished, b.Finished)),
			registry.ByPoints:  cmp.Compare(b.Points, a.Points),
			registry.ByChange:  b.ChangedAt.Compare(a.ChangedAt),
		}[by]
		return cmp.Or(first, strings.Compare(text.SortKey(a.Name), text.SortKey(b.Name)), strings.Compare(a.ID, b.ID))
	}
}

// Every filter, order and page has the rows of a plain filter, and each count is the
// length of the list that it opens, for every role.
func TestBrowseIsAPlainFilter(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		readers := map[string]context.Context{}
		for _, persona := range []string{"brida", "admin", "operator", "other", "nobody"} {
			readers[persona] = servicetest.As(t, persona)
		}
		for _, role := range []actor.Role{actor.Pimpinan, actor.Kepala, actor.Pendamping} {
			who := actor.Actor{ID: string(role), Region: servicetest.Home, Assignments: []actor.Assignment{{Role: role}}}
			if role != actor.Pimpinan {
				who.Assignments = []actor.Assignment{{Role: role, Agency: "unit"}, {Role: role, Agency: "below", Below: true}}
			}
			readers[string(role)] = actor.With(t.Context(), who)
		}
		personas := slices.Sorted(maps.Keys(readers))
		rapid.Check(t, func(rt *rapid.T) {
			some := func(label string, values ...string) string { return rapid.SampledFrom(values).Draw(rt, label) }
			persona := some("who", personas...)
			ctx := readers[persona]
			q := registry.Query{
				Words:  some("words", "", "", "cafe", "CAFÉ sehat", "maruf", "100", "9 desa", "dinas", "posyandu gizi", "zø", "' OR 1=1", "%", "_", `\`),
				Agency: some("agency", "", "", servicetest.Own, "unit", servicetest.Other, "none", "away"),
				Affair: some("affair", "", "", "Kesehatan", "Pertanian"),
				Stage:  innovation.Stage(some("stage", "", "", string(innovation.Initiative), string(innovation.Trial), string(innovation.Application))),
				Year:   some("year", "", "", "2024", "2025", "2%"),
				Status: rapid.SampledFrom(registry.Statuses()).Draw(rt, "status"), Sort: rapid.SampledFrom(registry.Sorts()).Draw(rt, "sort"),
				Number: rapid.IntRange(-1, 5).Draw(rt, "page"),
			}
			l, err := w.Browse(ctx, q)
			if err != nil {
				rt.Fatal(err)
			}
			counts, found := registry.Counts{}, []row{}
			for _, s := range registry.Statuses() {
				counts[s] = 0
			}
			for _, r := range w.rows {
				if !w.finds(actor.From(ctx), q, r) {
					continue
				}
				for _, s := range registry.Statuses() {
					if s.Has(r.Row) {
						counts[s]++
					}
				}
				if q.Status.Has(r.Row) {
					found = append(found, r)
				}
			}
			if diff := gocmp.Diff(counts, l.Counts); diff != "" {
				rt.Errorf("counts (-want +got): %s", diff)
			}
			slices.SortFunc(found, compare(q.Sort))
			last := max((len(found)+registry.PageSize-1)/registry.PageSize, 1)
			number := min(max(q.Number, 1), last)
			var want []registry.Row
			for _, r := range found[(number-1)*registry.PageSize : min(number*registry.PageSize, len(found))] {
				want = append(want, r.Row)
			}
			if diff := gocmp.Diff(want, l.Rows); diff != "" || l.Query.Number != number || l.Last != last {
				rt.Errorf("page %d of %d, want %d of %d (-want +got): %s", l.Query.Number, l.Last, number, last, diff)
			}
			if l.Total() != len(found) {
				rt.Errorf("the page says %d, want %d", l.Total(), len(found))
			}
		})
	})
}

// A reader is offered what they may read, and no more; the number of statements does not
// depend on it.
func TestBrowseOffersWhatMayBeRead(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for persona, want := range map[string]int{"brida": 4, "operator": 1, "nobody": 0} {
			ctx, statements := sqldb.Counted(servicetest.As(t, persona))
			l, err := w.Browse(ctx, registry.Query{})
			if err != nil || len(l.Agencies) != want || l.Any != (want > 0) || len(l.Years) > 0 != (want > 0) {
				t.Errorf("%s: %d agencies, %v, any %v, %v", persona, len(l.Agencies), l.Years, l.Any, err)
			}
			if n := statements.Load(); n > 5 {
				t.Errorf("%s: %d statements", persona, n)
			}
		}
		if _, err := w.Browse(servicetest.As(t, "visitor"), registry.Query{}); fault.KindOf(err) != fault.Unknown {
			t.Errorf("visitor: %v", err)
		}
	})
}
