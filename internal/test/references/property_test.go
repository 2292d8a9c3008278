package references

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/agency"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/zone"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/innovation"
	"siida.id/internal/period"
	"siida.id/internal/regional"
	"siida.id/internal/test/world"
)

func split(listed string) (table, column string) {
	table, column, _ = strings.Cut(listed, ".")
	return table, column
}

func at(condition string, now time.Time) string {
	return strings.ReplaceAll(condition, "{now}", sqldb.Time(now))
}

// life is a region in which things are asked, offered and extended at random, and
// agencies and people end at random.
type life struct {
	*world.Regions
	t            *testing.T
	random       *rand.Rand
	admin, brida context.Context
	made         int
}

func (l *life) date(days int) string { return string(zone.Today(l.admin, l.Clock()).AddDays(days)) }

func (l *life) living() (ids []string) {
	all, err := l.Agencies.All(l.admin)
	world.Must(l.t, err)
	for _, a := range all {
		ids = append(ids, a.ID)
	}
	return ids
}

func pick[T any](l *life, list []T) T { return list[l.random.IntN(len(list))] }

// name returns a new name.
func (l *life) name(kind string) string {
	l.made++
	return fmt.Sprintf("%s %d", kind, l.made)
}

func (l *life) decree() agency.DecreeForm {
	return agency.DecreeForm{Number: l.name("800"), Signed: l.date(0), On: l.date(0)}
}

func (l *life) target() agency.Target {
	if l.random.IntN(3) == 0 {
		return agency.Target{Name: l.name("Dinas"), Kind: "dinas"}
	}
	return agency.Target{ID: pick(l, l.living())}
}

func (l *life) profile(id string) agency.Profile {
	p, err := l.Agencies.Profile(l.admin, id)
	world.Must(l.t, err)
	return p
}

// fill adds an agency with all that can refer to one, and to its people.
func (l *life) fill() error {
	a, err := l.Agencies.Create(l.admin, agency.Entry{Name: l.name("Dinas"), Kind: "dinas"})
	if err != nil {
		return err
	}
	if l.random.IntN(2) == 0 {
		if _, err := l.Agencies.Create(l.admin, agency.Entry{Name: l.name("UPTD"), Kind: "uptd", Parent: a.ID}); err != nil {
			return err
		}
	}
	until := ""
	if l.random.IntN(3) == 0 {
		until = l.date(l.random.IntN(4))
	}
	made, err := l.Accounts.Create(l.admin, account.PersonForm{Name: l.name("Orang"), Login: strings.ReplaceAll(l.name("orang"), " ", ".")},
		account.TaskForm{Role: "operator", Agency: a.ID, Until: until})
	if err != nil {
		return err
	}
	e := period.ExtensionEntry{Agency: a.ID, Until: typed(l.admin, l.Clock().AddDate(0, 0, 40+l.random.IntN(9))), Reason: "Banjir"}
	if err := l.Periods.Extend(l.admin, "2026", e); err != nil {
		return err
	}
	for _, to := range []string{a.ID, a.ID + "/" + made.Person.ID} {
		if _, err := l.Regional.Ask(l.brida, regional.AskEntry{Codes: []string{"SPD-04"}, To: to, Due: l.date(30)}); err != nil {
			return err
		}
	}
	if l.random.IntN(2) == 0 {
		return nil // so that it can be closed
	}
	if _, err := l.Innovations.Register(l.admin, innovation.Form{Agency: a.ID, Name: l.name("Inovasi"), Affair: "Sosial", AppliedOn: "2025-02-03", Design: "Isi"}); err != nil {
		return err
	}
	return l.offer()
}

// offer offers an innovation to an agency.
func (l *life) offer() error {
	all, err := l.Innovations.List(l.admin)
	if err != nil {
		return err
	}
	return l.Innovations.AskTransfer(l.admin, pick(l, all).ID, pick(l, l.living()), "")
}

func (l *life) merge() error {
	e := agency.MergeEntry{DecreeForm: l.decree(), Into: l.target()}
	if l.random.IntN(2) == 0 {
		e.With = pick(l, l.living())
	}
	return l.Agencies.Merge(l.admin, pick(l, l.living()), e)
}

func (l *life) split() error {
	p := l.profile(pick(l, l.living()))
	sharing, err := l.Agencies.Sharing(l.admin, p)
	if err != nil {
		return err
	}
	e := agency.SplitEntry{
		DecreeForm: l.decree(), Into: []agency.Target{l.target(), l.target()},
		Things: map[string]int{}, Units: map[string]int{}, Others: map[string]int{}, People: l.random.IntN(2),
	}
	if l.random.IntN(2) == 0 {
		e.Into[0] = agency.Target{ID: p.ID}
	}
	for _, h := range sharing.Holdings {
		e.Things[h.ID] = l.random.IntN(2)
	}
	for _, u := range sharing.Units {
		e.Units[u.ID] = l.random.IntN(2)
	}
	for _, r := range sharing.Others {
		if !r.Shared && l.random.IntN(2) == 0 {
			e.Others[r.Key()] = l.random.IntN(2)
		}
	}
	return l.Agencies.Split(l.admin, p.ID, e)
}

func (l *life) close() error { return l.Agencies.Close(l.admin, pick(l, l.living()), l.decree()) }

// person returns one of the people who were added here.
func (l *life) person() account.Entry {
	list, err := l.Accounts.List(l.admin, account.Filter{Number: 1})
	world.Must(l.t, err)
	list.People = slices.DeleteFunc(list.People, func(e account.Entry) bool { return !strings.HasPrefix(e.Login, "orang.") })
	if len(list.People) == 0 {
		return account.Entry{}
	}
	return pick(l, list.People)
}

func (l *life) endTask() error {
	e := l.person()
	if len(e.Assignments) == 0 {
		return nil
	}
	last := ""
	if l.random.IntN(2) == 0 {
		last = l.date(l.random.IntN(3))
	}
	return l.Accounts.EndAssignment(l.admin, e.ID, pick(l, e.Assignments).ID, last)
}

func (l *life) deactivate() error {
	e := l.person()
	if e.ID == "" {
		return nil
	}
	return l.Accounts.SetActive(l.admin, e.ID, l.random.IntN(4) == 0)
}

// sleep passes to another day, on which the daily job has run.
func (l *life) sleep() error {
	now := l.Clock().AddDate(0, 0, 1)
	l.Clock = func() time.Time { return now }
	return l.Accounts.Release(actor.With(l.admin, actor.Actor{Region: l.Home.Code}))
}

// archive archives the period, or opens it again.
func (l *life) archive() error {
	p, err := l.Periods.Store.ByID(l.admin, "2026")
	if err != nil {
		return err
	}
	if p.State == period.Archived {
		_, err := l.Periods.Open(l.admin, p.PackID)
		return err
	}
	if err := l.Periods.Do(l.admin, "2026", period.Close); err != nil {
		return err
	}
	return l.Periods.Archive(l.admin, "2026", "2026")
}

// After every act no open reference is left with an agency that has ended or a person
// who is gone, and history is as it was.
func TestNoOpenReferenceIsLeft(t *testing.T) {
	const seeds, acts = 6, 40
	world.Each(t, func(t *testing.T, first *world.Regions) {
		done, open := map[string]int{}, map[string]int{}
		for seed := range uint64(seeds) {
			l := &life{Regions: world.Again(t, first), t: t, random: rand.New(rand.NewPCG(seed, 0))}
			l.admin, l.brida = world.Acting(t, l.Program, l.Home, "admin"), world.Acting(t, l.Program, l.Home, "brida")
			c, err := l.Periods.Calendar(l.admin, "2026")
			world.Must(t, err)
			world.Must(t, l.Periods.SetWindow(l.admin, "2026", period.WindowEntry{Closes: typed(l.admin, l.Clock().AddDate(0, 0, 39)), Version: c.Version}))
			for range 4 {
				if err := l.fill(); err != nil && fault.KindOf(err) == fault.Internal {
					t.Fatal(err)
				}
			}
			for n := range acts {
				l.step(fmt.Sprintf("seed %d, act %d", seed, n), done)
				for listed, c := range columns {
					if c.open != "" {
						open[listed] = max(open[listed], openNow(t, l.DB, listed, l.Clock()))
					}
				}
			}
		}
		t.Logf("done: %v; open at most: %v", done, open)
		for _, act := range []string{"fill", "offer", "merge", "split", "close", "end a task", "deactivate", "sleep", "archive"} {
			if done[act] < 3 {
				t.Errorf("%s was done %d times: %v", act, done[act], done)
			}
		}
		for listed, most := range open {
			if most == 0 {
				t.Errorf("no world has an open reference in %s", listed)
			}
		}
	})
}

// step carries out an act at random and checks what it leaves.
func (l *life) step(where string, done map[string]int) {
	l.t.Helper()
	do := []struct {
		name string
		call func() error
	}{
		{"fill", l.fill},
		{"offer", l.offer},
		{"merge", l.merge},
		{"split", l.split},
		{"close", l.close},
		{"close", l.close},
		{"end a task", l.endTask},
		{"deactivate", l.deactivate},
		{"sleep", l.sleep},
		{"archive", l.archive},
	}
	act := pick(l, do)
	before := map[string]map[string]int{}
	for listed, c := range columns {
		if c.history != "" {
			before[listed] = history(l.t, l.DB, listed)
		}
	}
	err := act.call()
	switch {
	case err == nil:
		done[act.name]++
	case fault.KindOf(err) == fault.Internal:
		l.t.Fatalf("%s: %s: %v", where, act.name, err)
	}
	if left := dangling(l.t, l.DB, l.Clock()); len(left) > 0 {
		l.t.Fatalf("%s: %s leaves %v", where, act.name, left)
	}
	for listed, counts := range before {
		after := history(l.t, l.DB, listed)
		for id, n := range counts {
			if after[id] < n {
				l.t.Fatalf("%s: %s changes history in %s: %s %d times, before %d", where, act.name, listed, id, after[id], n)
			}
		}
	}
	if twice := count(l.t, l.DB, at(`
		select count(*)
		from assignments t
		join assignments o on o.region_id = t.region_id and o.person_id = t.person_id and o.id > t.id and o.role = t.role
			and coalesce(o.agency, '') = coalesce(t.agency, '') and o.valid_from < coalesce(t.valid_until, '9') and t.valid_from < coalesce(o.valid_until, '9')
			and t.valid_from < coalesce(t.valid_until, '9') and o.valid_from < coalesce(o.valid_until, '9')`, l.Clock())); twice > 0 {
		l.t.Fatalf("%s: %s: %d tasks are held twice", where, act.name, twice)
	}
}
