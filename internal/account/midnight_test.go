package account_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/auth/authtest"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/base/zone"
)

// An assignment includes its first and last day, in the region's zone.
func TestCaseB7AssignmentsFollowTheRegionsDays(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		admin := w.Admin()
		for i, m := range servicetest.Midnights(t) {
			here := zone.With(admin, m.Zone)
			w.Clock = m.Last.Add(-48 * time.Hour)
			made := func(login, agency, from, until string) account.InviteCode {
				invite, err := w.Create(here, account.PersonForm{Name: "Orang", Login: fmt.Sprint(login, i)},
					account.TaskForm{Role: "operator", Agency: agency, From: from, Until: until})
				if err != nil {
					t.Fatalf("%s: %s: %v", m, login, err)
				}
				return invite
			}
			ends := made("akhir", servicetest.Own, "", string(m.Day))
			begins := made("awal", servicetest.Own, string(m.Then), string(m.Then))
			taken := made("cabut", servicetest.Own, "", "")
			moves := made("pindah", servicetest.Other, "", "")
			e, err := w.ByID(here, taken.Person.ID)
			if err != nil {
				t.Fatal(err)
			}
			if err := w.EndAssignment(here, taken.Person.ID, e.Assignments[0].ID, string(m.Day)); err != nil {
				t.Fatalf("%s: %v", m, err)
			}
			if err := w.MoveStaff(here, servicetest.Other, servicetest.Own, m.Then); err != nil {
				t.Fatalf("%s: %v", m, err)
			}
			for _, tt := range []struct {
				name       string
				invite     account.InviteCode
				last, next string // the agency at 23.59 and at 00.00
			}{
				{"one that ends", ends, servicetest.Own, ""},
				{"one that begins", begins, "", servicetest.Own},
				{"one that was ended", taken, servicetest.Own, ""},
				{"one that moves", moves, servicetest.Other, servicetest.Own},
			} {
				for at, want := range map[time.Time]string{m.Last: tt.last, m.Next: tt.next} {
					who, err := w.Auth.Store.Actor(here, tt.invite.Person.ID, "", at)
					got := ""
					for _, a := range who.Assignments {
						got += a.Agency
					}
					if err != nil || got != want {
						t.Errorf("%s: %s serves %q at %s, %v; want %q", m, tt.name, got, at, err, want)
					}
				}
			}
			e, err = w.ByID(here, begins.Person.ID)
			if err != nil || e.Assignments[0].FirstDay(here) != m.Then || e.Assignments[0].LastDay(here) != m.Then {
				t.Errorf("%s: one that begins is from %s to %s, %v", m, e.Assignments[0].FirstDay(here), e.Assignments[0].LastDay(here), err)
			}
			// The last day is over at midnight in the region's zone.
			for at, want := range map[time.Time]string{m.Last: "", m.Next: "last=account.last_past last=account.until_early"} {
				w.Clock = at
				invite := made(fmt.Sprint("kini", at.Minute()), servicetest.Own, "", "")
				e, err := w.ByID(here, invite.Person.ID)
				if err != nil {
					t.Fatal(err)
				}
				if got := authtest.FaultKeys(w.EndAssignment(here, invite.Person.ID, e.Assignments[0].ID, string(m.Day))); got != want {
					t.Errorf("%s: an assignment whose last day is that day, at %s: %q, want %q", m, at, got, want)
				}
				if first := e.Assignments[0].FirstDay(here); first != zone.Day(here, at) || (first == m.Day) != at.Equal(m.Last) {
					t.Errorf("%s: one that begins at %s begins on %s", m, at, first)
				}
			}
			if who := actor.From(here); !who.Serves("", actor.Admin) {
				t.Fatal("the admin is none")
			}
		}
	})
}

// When a region's zone changes, assignments keep their first and last day; a start or
// end within a day stays the same moment.
func TestDaysOfAssignmentsFollowTheZone(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		admin := w.Admin()
		jakarta, jayapura := zone.With(admin, "Asia/Jakarta"), zone.With(admin, "Asia/Jayapura")
		w.Clock = time.Date(2026, 8, 30, 5, 0, 0, 0, time.UTC)
		person := func(login, from, until string) string {
			invite, err := w.Create(jakarta, account.PersonForm{Name: "Orang", Login: login},
				account.TaskForm{Role: "operator", Agency: servicetest.Own, From: from, Until: until})
			if err != nil {
				t.Fatal(err)
			}
			return invite.Person.ID
		}
		days := person("hari", "2026-08-31", "2026-12-31")
		endless := person("mulai", "2026-09-01", "")
		hour := person("kini", "", "")
		w.Clock = time.Date(2026, 8, 31, 16, 30, 0, 0, time.UTC) // 23.30 WIB
		last := person("malam", "", "2026-08-31")
		moved := func(from, to string, want int) {
			t.Helper()
			n := 0
			err := w.Accounts.Tx.InTx(admin, func(ctx context.Context) (err error) { n, err = w.ZoneChanged(ctx, from, to); return err })
			if err != nil || n != want {
				t.Errorf("from %s to %s: %d moved, %v; want %d", from, to, n, err, want)
			}
		}
		moved("Asia/Jakarta", "Asia/Jayapura", 3)
		of := func(person string) account.Assignment {
			t.Helper()
			e, err := w.ByID(admin, person)
			if err != nil {
				t.Fatal(err)
			}
			return e.Assignments[0]
		}
		if a := of(days); a.FirstDay(jayapura) != "2026-08-31" || a.LastDay(jayapura) != "2026-12-31" || !a.From.Equal(zone.Start(jayapura, "2026-08-31")) {
			t.Errorf("from day to day: from %s until %s", a.From, a.Until)
		}
		for at, want := range map[string]int{
			"2026-08-30T14:59:00Z": 0, "2026-08-30T15:00:00Z": 1, "2026-12-31T14:59:00Z": 1, "2026-12-31T15:00:00Z": 0,
		} {
			moment, err := time.Parse(time.RFC3339, at)
			if err != nil {
				t.Fatal(err)
			}
			if who, err := w.Auth.Store.Actor(admin, days, "", moment); err != nil || len(who.Assignments) != want {
				t.Errorf("at %s: %v, %v", at, who.Assignments, err)
			}
		}
		if a := of(endless); !a.From.Equal(zone.Start(jayapura, "2026-09-01")) || !a.Until.IsZero() {
			t.Errorf("from a day on: from %s until %s", a.From, a.Until)
		}
		if a := of(hour); !a.From.Equal(time.Date(2026, 8, 30, 5, 0, 0, 0, time.UTC)) || !a.Until.IsZero() {
			t.Errorf("from now on: from %s until %s", a.From, a.Until)
		}
		if a := of(last); !a.Until.Equal(a.From) {
			t.Errorf("over before it began: from %s until %s", a.From, a.Until)
		}
		moved("Asia/Jayapura", "Asia/Jakarta", 2)
		if a := of(days); !a.From.Equal(zone.Start(jakarta, "2026-08-31")) || a.LastDay(jakarta) != "2026-12-31" {
			t.Errorf("and back: from %s until %s", a.From, a.Until)
		}
	})
}
