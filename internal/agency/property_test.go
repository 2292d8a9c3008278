package agency_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"siida.id/internal/agency"
	"siida.id/internal/agency/agencysql"
	"siida.id/internal/audit"
	"siida.id/internal/audit/auditsql"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/id"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
)

// life is a region with random acts, day by day, and properties that must hold after
// each.
type life struct {
	*world
	ctx        context.Context
	today      time.Time
	things     int
	people     int
	closed     map[string]bool               // agencies whose innovations may have ended with them
	namesToday map[day.Day]map[string]string // the names of each day, as read on it
}

func (l *life) day() day.Day { return day.Of(l.today) }

func (l *life) decree() agency.DecreeForm {
	return agency.DecreeForm{Number: "800/1", Signed: string(l.day()), On: string(l.day())}
}

func (l *life) all(t *rapid.T) (list []agency.Agency) {
	list, err := l.AllIncludingEnded(l.ctx)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func (l *life) living(t *rapid.T) (ids []string) {
	for _, a := range l.all(t) {
		if a.Lives() {
			ids = append(ids, a.ID)
		}
	}
	return ids
}

// pick returns an existing agency, sometimes an ended or unknown one.
func (l *life) pick(t *rapid.T, label string) string {
	ids := l.living(t)
	if rapid.IntRange(0, 20).Draw(t, label+" strange") == 0 {
		ids = []string{"none"}
		for _, a := range l.all(t) {
			ids = append(ids, a.ID)
		}
	}
	return rapid.SampledFrom(ids).Draw(t, label)
}

func (l *life) target(t *rapid.T, label string) agency.Target {
	if rapid.Bool().Draw(t, label+" new") {
		return agency.Target{Name: l.name(t, label), Kind: "dinas"}
	}
	return agency.Target{ID: l.pick(t, label)}
}

func (l *life) name(t *rapid.T, label string) string {
	return "Dinas " + rapid.StringMatching("[A-F][a-c]").Draw(t, label+" name")
}

// act does one random thing, which may be refused.
func (l *life) act(t *rapid.T) error {
	one := l.pick(t, "agency")
	switch rapid.SampledFrom([]string{"add", "edit", "rename", "merge", "merge", "split", "split", "close"}).Draw(t, "act") {
	case "add":
		_, err := l.Create(l.ctx, agency.Entry{Name: l.name(t, "new"), Kind: "dinas", Parent: one, From: string(l.day())})
		return err
	case "edit":
		e := agency.Entry{Kind: "uptd"}
		for _, a := range l.all(t) {
			if a.ID == one {
				e.From, e.Version = string(a.From), a.Version
			}
		}
		e.Parent = l.pick(t, "parent")
		return l.Edit(l.ctx, one, e)
	case "rename":
		return l.Rename(l.ctx, one, l.name(t, "other"), l.decree())
	case "merge":
		e := agency.MergeEntry{DecreeForm: l.decree(), Into: l.target(t, "into")}
		if rapid.Bool().Draw(t, "two") {
			e.With = l.pick(t, "with")
		}
		return l.Merge(l.ctx, one, e)
	case "close":
		holdings, _ := l.holdings.Innovations(l.ctx, one)
		for person, at := range l.staff.at {
			if at == one && len(holdings) == 0 {
				l.closed[person] = true
			}
		}
		return l.Close(l.ctx, one, l.decree())
	}
	return l.Split(l.ctx, one, l.sharing(t, one))
}

func (l *life) sharing(t *rapid.T, one string) agency.SplitEntry {
	e := agency.SplitEntry{
		DecreeForm: l.decree(), Into: []agency.Target{l.target(t, "first"), l.target(t, "second")},
		Things: map[string]int{}, Units: map[string]int{}, People: rapid.IntRange(0, 1).Draw(t, "people"),
	}
	if rapid.IntRange(0, 3).Draw(t, "stays") == 0 {
		e.Into[0] = agency.Target{ID: one}
	}
	holdings, _ := l.holdings.Innovations(l.ctx, one)
	for _, h := range holdings {
		e.Things[h.ID] = rapid.IntRange(0, 1).Draw(t, "thing")
	}
	for _, a := range l.all(t) {
		if a.Parent == one {
			e.Units[a.ID] = rapid.IntRange(0, 1).Draw(t, "unit")
		}
	}
	return e
}

// check checks the properties.
func (l *life) check(t *rapid.T) {
	byID := map[string]agency.Agency{}
	for _, a := range l.all(t) {
		byID[a.ID] = a
	}
	if len(l.holdings.owners) != l.things || len(l.staff.at) != l.people {
		t.Fatalf("%d innovations and %d people, there were %d and %d", len(l.holdings.owners), len(l.staff.at), l.things, l.people)
	}
	for thing, owners := range l.holdings.owners {
		if a := byID[owners[len(owners)-1]]; !a.Lives() || !a.On(l.day()) {
			t.Fatalf("innovation %s belongs to %+v on %s", thing, a, l.day())
		}
		for i := 1; i < len(owners); i++ {
			if owners[i] == owners[i-1] || !l.follows(t, owners[i-1], owners[i]) {
				t.Fatalf("innovation %s came from %s to %s without an act", thing, owners[i-1], owners[i])
			}
		}
	}
	for person, at := range l.staff.at {
		if at == "" && l.closed[person] {
			continue
		}
		if a := byID[at]; !a.Lives() {
			t.Fatalf("%s serves %+v", person, a)
		}
	}
	for _, a := range byID {
		if a.Lives() && a.Parent != "" && !byID[a.Parent].Lives() {
			t.Fatalf("%+v stands below %+v, which has ended", a, byID[a.Parent])
		}
		for at, steps := a.Parent, 0; at != ""; at, steps = byID[at].Parent, steps+1 {
			if steps > len(byID) {
				t.Fatalf("%+v stands below itself", a)
			}
		}
	}
	l.checkNames(t)
}

func (l *life) follows(t *rapid.T, from, to string) bool {
	acts, err := l.Store.Acts(l.ctx, from)
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(acts, func(a agency.Act) bool { return a.From == from && a.To == to })
}

// checkNames reads the names of every past day, which must not have changed.
func (l *life) checkNames(t *rapid.T) {
	for on, want := range l.namesToday {
		got, err := l.NamesOn(l.ctx, on)
		if err != nil {
			t.Fatal(err)
		}
		for agencyID, name := range want {
			if got[agencyID] != name {
				t.Fatalf("%s was %s on %s and now %s", agencyID, name, on, got[agencyID])
			}
		}
	}
}

// state returns all that a refused act must not change.
func (l *life) state(t *rapid.T) string {
	owners, at := map[string]string{}, maps.Clone(l.staff.at)
	for thing := range l.holdings.owners {
		owners[thing] = l.holdings.owner(thing)
	}
	return fmt.Sprint(l.all(t), owners, at)
}

func TestActs(t *testing.T) {
	t.Parallel()
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		regions, done := 0, map[string]int{}
		rapid.Check(t, func(t *rapid.T) {
			regions++
			l := newLife(t, db, fmt.Sprintf("r%d", regions))
			for range rapid.IntRange(3, 12).Draw(t, "acts") {
				names, err := l.NamesOn(l.ctx, l.day())
				if err != nil {
					t.Fatal(err)
				}
				l.namesToday[l.day()] = names
				l.today = l.today.AddDate(0, 0, rapid.IntRange(1, 40).Draw(t, "days"))
				before := l.state(t)
				switch err := l.act(t); {
				case err == nil:
					done["done"]++
				case fault.KindOf(err) == fault.Internal:
					t.Fatal(err)
				default:
					done["refused"]++
					if after := l.state(t); after != before {
						t.Fatalf("refused with %v, and yet\n%s\nbecame\n%s", err, before, after)
					}
				}
				l.check(t)
			}
		})
		if done["done"] < done["refused"] {
			t.Errorf("too few acts are carried out: %v", done)
		}
	})
}

func newLife(t *rapid.T, db *sqldb.DB, region string) *life {
	l := &life{today: time.Date(2020, 1, 2, 3, 0, 0, 0, time.UTC), closed: map[string]bool{}, namesToday: map[day.Day]map[string]string{}}
	clock := func() time.Time { return l.today }
	l.world = &world{holdings: &holdings{map[string][]string{}}, staff: &staff{map[string]string{}}}
	l.Service = &agency.Service{
		Store: &agencysql.Store{DB: db}, Holdings: l.holdings, Staff: l.staff, Tx: db, NewID: id.New, Now: clock,
		Log: &audit.Log{Store: &auditsql.Store{DB: db}, Tx: db, NewID: id.New, Now: clock, Random: rand.Reader},
	}
	l.ctx = actor.With(context.Background(), actor.Actor{ID: "admin", Region: region, Assignments: []actor.Assignment{{Role: actor.Admin}}})
	var ids []string
	for i := range rapid.IntRange(2, 6).Draw(t, "agencies") {
		parent := ""
		if len(ids) > 0 && rapid.Bool().Draw(t, "below") {
			parent = rapid.SampledFrom(ids).Draw(t, "parent")
		}
		a, err := l.Create(l.ctx, agency.Entry{Name: fmt.Sprintf("Dinas %d", i), Kind: "dinas", Parent: parent})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, a.ID)
	}
	for ; l.things < 8; l.things++ {
		l.holdings.owners[fmt.Sprintf("i%d", l.things)] = []string{rapid.SampledFrom(ids).Draw(t, "owner")}
	}
	for ; l.people < 5; l.people++ {
		l.staff.at[fmt.Sprintf("p%d", l.people)] = rapid.SampledFrom(ids).Draw(t, "place")
	}
	return l
}
