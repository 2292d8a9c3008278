package references

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/agency"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/zone"
	"siida.id/internal/innovation"
	"siida.id/internal/period"
	"siida.id/internal/regional"
	"siida.id/internal/test/world"
)

// office is an agency without innovations that others wait for: it has an extension, a
// data request to one of its people and one to all of them, and an innovation is offered
// to it.
type office struct {
	id, person      string
	named, anybody  string // data requests
	offered         string // an innovation of the own agency
	extended        time.Time
	admin, brida    context.Context
	decree          agency.DecreeForm
	today, tomorrow day.Day
}

func newOffice(t *testing.T, w *world.Regions, name, login string) office {
	t.Helper()
	o := office{admin: world.Acting(t, w.Program, w.Home, "admin"), brida: world.Acting(t, w.Program, w.Home, "brida")}
	o.today = zone.Today(o.admin, w.Clock())
	o.tomorrow = o.today.AddDays(1)
	o.decree = agency.DecreeForm{Number: "800/9/2026", Signed: string(o.today), On: string(o.today)}
	made, err := w.Agencies.Create(o.admin, agency.Entry{Name: name, Kind: "dinas"})
	world.Must(t, err)
	o.id = made.ID
	invite, err := w.Accounts.Create(o.admin, account.PersonForm{Name: "Rina", Login: login}, account.TaskForm{Role: "operator", Agency: o.id})
	world.Must(t, err)
	o.person = invite.Person.ID
	o.extended = zone.At(o.admin, o.today.AddDays(20), 16, 0)
	o.extend(t, w)
	o.named, o.anybody = o.ask(t, w, "SPD-04", o.id+"/"+o.person), o.ask(t, w, "SPD-08", o.id)
	o.offered = o.offer(t, w, "Inovasi untuk "+name)
	return o
}

func typed(ctx context.Context, at time.Time) period.When { return period.FormatMoment(ctx, at) }

// extend gives the office more time in the period, whose window it closes tomorrow.
func (o office) extend(t *testing.T, w *world.Regions) {
	t.Helper()
	c, err := w.Periods.Calendar(o.admin, "2026")
	world.Must(t, err)
	if c.Closes.IsZero() {
		world.Must(t, w.Periods.SetWindow(o.admin, "2026", period.WindowEntry{Closes: typed(o.admin, zone.At(o.admin, o.tomorrow, 16, 0)), Version: c.Version}))
	}
	world.Must(t, w.Periods.Extend(o.admin, "2026", period.ExtensionEntry{Agency: o.id, Until: typed(o.admin, o.extended), Reason: "Banjir"}))
}

func (o office) ask(t *testing.T, w *world.Regions, code, to string) string {
	t.Helper()
	ids, err := w.Regional.Ask(o.brida, regional.AskEntry{Codes: []string{code}, To: to, Due: string(o.tomorrow)})
	world.Must(t, err)
	return ids[code]
}

func (o office) offer(t *testing.T, w *world.Regions, name string) string {
	t.Helper()
	i, err := w.Innovations.Register(o.admin, innovation.Form{Agency: w.IDs["own"].Agency, Name: name, Affair: "Sosial", AppliedOn: "2025-02-03", Design: "Isi"})
	world.Must(t, err)
	world.Must(t, w.Innovations.AskTransfer(o.admin, i.ID, o.id, "Lebih cocok di sana"))
	return i.ID
}

// request returns a data request as BRIDA reads it.
func (o office) request(t *testing.T, w *world.Regions, id string) regional.Opened {
	t.Helper()
	r, err := w.Regional.Opened(o.brida, id)
	world.Must(t, err)
	return r
}

// home returns the home page of a person.
func (o office) home(t *testing.T, w *world.Regions, login string) string {
	t.Helper()
	handler := world.Pages(t, w.Program)
	return world.AnswerTo(t, hosted{handler}, w.People[login], http.MethodGet, "/", "").Body.String()
}

// hosted serves every request on the host of the first region.
type hosted struct{ http.Handler }

func (h hosted) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	r.Host = world.HomeHost
	r.Header.Set("Accept-Language", "id")
	h.Handler.ServeHTTP(w, r)
}

func (o office) until(t *testing.T, w *world.Regions, agencyID string) time.Time {
	t.Helper()
	c, err := w.Periods.Calendar(o.admin, "2026")
	world.Must(t, err)
	return c.End(c.Extensions, period.Data{AgencyID: agencyID})
}

// merge merges the office into the other agency.
func (o office) merge(t *testing.T, w *world.Regions) {
	t.Helper()
	world.Must(t, w.Agencies.Merge(o.admin, o.id, agency.MergeEntry{DecreeForm: o.decree, Into: agency.Target{ID: w.IDs["other"].Agency}}))
}

func contains(t *testing.T, what, page string, want ...string) {
	t.Helper()
	for _, text := range want {
		if !strings.Contains(page, text) {
			t.Errorf("%s lacks %q: %s", what, text, page)
		}
	}
}

// Case A1: an extension follows the agency into each successor, and ends with it.
func TestCaseA1ExtensionsFollowTheAgency(t *testing.T) {
	acts := map[string]struct {
		do   func(o office, w *world.Regions) error
		goes []string // places whose agencies get it
	}{
		"a merger": {func(o office, w *world.Regions) error {
			return w.Agencies.Merge(o.admin, o.id, agency.MergeEntry{DecreeForm: o.decree, Into: agency.Target{ID: w.IDs["other"].Agency}})
		}, []string{"other"}},
		"a split": {func(o office, w *world.Regions) error {
			return w.Agencies.Split(o.admin, o.id, agency.SplitEntry{DecreeForm: o.decree, Into: []agency.Target{{ID: w.IDs["other"].Agency}, {ID: w.IDs["own"].Agency}}})
		}, []string{"other", "own"}},
		"a closing": {func(o office, w *world.Regions) error { return w.Agencies.Close(o.admin, o.id, o.decree) }, nil},
	}
	for name, act := range acts {
		t.Run(name, func(t *testing.T) {
			world.Each(t, func(t *testing.T, w *world.Regions) {
				o := newOffice(t, w, "Dinas Kosong", "rina")
				world.Must(t, act.do(o, w))
				window := o.until(t, w, "")
				if got := o.until(t, w, o.id); !got.Equal(window) {
					t.Errorf("the agency that ended has until %s, not %s", got, window)
				}
				for _, place := range []string{"other", "own"} {
					want := window
					for _, at := range act.goes {
						if at == place {
							want = o.extended
						}
					}
					if got := o.until(t, w, w.IDs[place].Agency); !got.Equal(want) {
						t.Errorf("%s has until %s, not %s", place, got, want)
					}
				}
			})
		})
	}
}

// Case A2: a data request goes to the successor, and its people and BRIDA are told; it
// ends aloud with an agency that is closed.
func TestCaseA2DataRequestsFollowTheAgency(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		o := newOffice(t, w, "Dinas Kosong", "rina")
		shut := newOffice(t, w, "Dinas Tutup", "sari")
		o.merge(t, w)
		world.Must(t, w.Agencies.Close(o.admin, shut.id, o.decree))
		for id, person := range map[string]string{o.named: o.person, o.anybody: ""} {
			r := o.request(t, w, id)
			if r.AgencyID != w.IDs["other"].Agency || r.PersonID != person || r.State != regional.Asked || r.Former.AgencyID != o.id {
				t.Errorf("after the merger: %+v", r.Request)
			}
		}
		for _, id := range []string{shut.named, shut.anybody} {
			if r := o.request(t, w, id); !r.Lapsed() || r.PersonID != "" && r.PersonID != shut.person {
				t.Errorf("after the closing: %+v", r.Request)
			}
		}
		contains(t, "BRIDA's home", o.home(t, w, "brida"), "kini dijawab Dinas other, semula Dinas Kosong", "Dinas Tutup ditutup")
	})
}

// Case A3: an offered innovation waits for the successor, and the owner is told when
// nobody can answer any more.
func TestCaseA3OffersFollowTheAgency(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		o := newOffice(t, w, "Dinas Kosong", "rina")
		shut := newOffice(t, w, "Dinas Tutup", "sari")
		back := newOffice(t, w, "Dinas Pulang", "tuti")
		o.merge(t, w)
		world.Must(t, w.Agencies.Close(o.admin, shut.id, o.decree))
		world.Must(t, w.Agencies.Merge(o.admin, back.id, agency.MergeEntry{DecreeForm: o.decree, Into: agency.Target{ID: w.IDs["own"].Agency}}))
		h, err := w.Innovations.Handling(o.admin, o.offered)
		world.Must(t, err)
		if h.Transfer == nil || h.Transfer.To != w.IDs["other"].Agency || h.Transfer.FormerName != "Dinas Kosong" {
			t.Fatalf("after the merger: %+v", h.Transfer)
		}
		receiver := world.Acting(t, w.Program, w.Home, "rahasia-other")
		world.Must(t, w.Innovations.AnswerTransfer(receiver, o.offered, innovation.Accept, ""))
		for _, id := range []string{shut.offered, back.offered} {
			if h, err := w.Innovations.Handling(o.admin, id); err != nil || h.Transfer != nil {
				t.Errorf("nobody can answer it, and it is open: %+v, %v", h.Transfer, err)
			}
		}
		home := o.home(t, w, "operator")
		contains(t, "the owner's home", home, "Tawaran Inovasi untuk Dinas Tutup berakhir")
		if strings.Contains(home, "Inovasi untuk Dinas Pulang berakhir") {
			t.Errorf("what came true is no news: %s", home)
		}
		world.Must(t, w.Innovations.AskTransfer(o.admin, shut.offered, w.IDs["other"].Agency, ""))
		if home := o.home(t, w, "operator"); strings.Contains(home, "Tawaran Inovasi untuk Dinas Tutup berakhir") {
			t.Errorf("offered again, and still told: %s", home)
		}
	})
}

// An archived innovation stays with an agency that ends. It is restored once it has gone
// to another one.
func TestArchivedInnovationOfAnEndedAgency(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		o := newOffice(t, w, "Dinas Kosong", "rina")
		other := w.IDs["other"]
		world.Must(t, w.Innovations.Do(o.admin, other.Innovation, innovation.Archive, ""))
		world.Must(t, w.Agencies.Merge(o.admin, other.Agency, agency.MergeEntry{DecreeForm: o.decree, Into: agency.Target{ID: w.IDs["own"].Agency}}))
		if err := w.Innovations.Do(o.admin, other.Innovation, innovation.Restore, ""); fault.KeyOf(err) != "innovation.owner_ended" {
			t.Errorf("restored to an agency that has ended: %v", err)
		}
		h, err := w.Innovations.Handling(o.admin, other.Innovation)
		world.Must(t, err)
		if !h.Stranded || len(h.Agencies) == 0 {
			t.Errorf("it cannot be transferred: %+v", h)
		}
		world.Must(t, w.Innovations.AskTransfer(o.admin, other.Innovation, w.IDs["own"].Agency, ""))
		world.Must(t, w.Innovations.AnswerTransfer(o.admin, other.Innovation, innovation.Accept, ""))
		world.Must(t, w.Innovations.Do(o.admin, other.Innovation, innovation.Restore, ""))
		h, err = w.Innovations.Handling(o.admin, other.Innovation)
		world.Must(t, err)
		if h.State != innovation.Active || h.AgencyID != w.IDs["own"].Agency || h.Stranded {
			t.Errorf("restored: %+v", h)
		}
	})
}

// An agency that has offered an innovation and merges leaves the offer open.
func TestOffersOfAnAgencyThatMergesStayOpen(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		o := newOffice(t, w, "Dinas Kosong", "rina")
		world.Must(t, w.Agencies.Merge(o.admin, w.IDs["own"].Agency, agency.MergeEntry{DecreeForm: o.decree, Into: agency.Target{ID: w.IDs["other"].Agency}}))
		h, err := w.Innovations.Handling(o.admin, o.offered)
		world.Must(t, err)
		if h.AgencyID != w.IDs["other"].Agency || h.Transfer == nil || h.Transfer.To != o.id {
			t.Errorf("%s, %+v", h.AgencyID, h.Transfer)
		}
	})
}

// Case A4: a request to a person who is gone goes back to all of the agency, whatever
// has taken the person away, and BRIDA reads so.
func TestCaseA4RequestsReturnToTheAgency(t *testing.T) {
	task := func(o office, w *world.Regions) string {
		e, err := w.Accounts.ByID(o.admin, o.person)
		if err != nil {
			return ""
		}
		return e.Assignments[0].ID
	}
	for name, gone := range map[string]func(o office, w *world.Regions) error{
		"the task ends": func(o office, w *world.Regions) error {
			return w.Accounts.EndAssignment(o.admin, o.person, task(o, w), "")
		},
		"the person is deactivated": func(o office, w *world.Regions) error {
			return w.Accounts.SetActive(o.admin, o.person, false)
		},
		"the task ends today, by a job": func(o office, w *world.Regions) error {
			if err := w.Accounts.EndAssignment(o.admin, o.person, task(o, w), string(o.today)); err != nil {
				return err
			}
			clock := w.Clock
			defer func() { w.Clock = clock }()
			w.Clock = func() time.Time { return clock().AddDate(0, 0, 2) }
			return w.Accounts.Release(regionContext(o.admin)) // as the job of that day
		},
		"the people are split off": func(o office, w *world.Regions) error {
			return w.Agencies.Split(o.admin, o.id, agency.SplitEntry{
				DecreeForm: o.decree, Into: []agency.Target{{ID: w.IDs["other"].Agency}, {ID: o.id}}, Others: map[string]int{"request-" + o.named: 1},
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			world.Each(t, func(t *testing.T, w *world.Regions) {
				o := newOffice(t, w, "Dinas Kosong", "rina")
				before := o.request(t, w, o.named)
				world.Must(t, gone(o, w))
				r := o.request(t, w, o.named)
				if r.PersonID != "" || r.AgencyID != o.id || r.Former.PersonID != o.person || r.Former.PersonName != "Rina" || r.Version <= before.Version {
					t.Errorf("the request is %+v", r.Request)
				}
				contains(t, "BRIDA's home", o.home(t, w, "brida"), "kini untuk semua Deputi Dinas Kosong: Rina tidak lagi bertugas")
			})
		})
	}
}

// regionContext returns ctx without its person, as jobs have it.
func regionContext(ctx context.Context) context.Context {
	return actor.With(ctx, actor.Actor{Region: actor.From(ctx).Region})
}

// Case A4: two people of one name are told apart where one is asked.
func TestCaseA4NamesakesAreToldApart(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		o := newOffice(t, w, "Dinas Kosong", "rina.satu")
		_, err := w.Accounts.Create(o.admin, account.PersonForm{Name: "rina", Login: "rina.dua"}, account.TaskForm{Role: "operator", Agency: o.id})
		world.Must(t, err)
		_, err = w.Accounts.Create(o.admin, account.PersonForm{Name: "Tono", Login: "tono"}, account.TaskForm{Role: "pendamping", Agency: o.id})
		world.Must(t, err)
		page := w.Ask(t, world.Pages(t, w.Program), "brida", http.MethodGet, "/permintaan-data/baru", "").Body.String()
		contains(t, "the form", page, ">Rina, Operator (rina.satu)<", ">rina, Operator (rina.dua)<", ">Tono, Pendamping<")
	})
}

// Case C24: after a merger nobody holds a task twice.
func TestCaseC24NobodyHoldsATaskTwice(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		o := newOffice(t, w, "Dinas Kosong", "rina")
		second := newOffice(t, w, "Dinas Dua", "sari")
		other := w.IDs["other"].Agency
		for _, task := range []account.TaskForm{
			{Role: "operator", Agency: second.id},
			{Role: "pendamping", Agency: o.id, From: string(o.today)},
			{Role: "pendamping", Agency: other, From: string(o.today.AddDays(10)), Until: string(o.today.AddDays(20))},
		} {
			world.Must(t, w.Accounts.Assign(o.admin, o.person, task))
		}
		world.Must(t, w.Agencies.Merge(o.admin, o.id, agency.MergeEntry{DecreeForm: o.decree, With: second.id, Into: agency.Target{ID: other}}))
		e, err := w.Accounts.ByID(o.admin, o.person)
		world.Must(t, err)
		held := map[actor.Role]map[day.Day]int{}
		for _, a := range e.Assignments {
			for d := range 40 {
				on := o.today.AddDays(d)
				if noon := zone.At(o.admin, on, 12, 0); a.Agency == other && a.State(noon) == account.Counting {
					if held[a.Role] == nil {
						held[a.Role] = map[day.Day]int{}
					}
					held[a.Role][on]++
				}
			}
		}
		for _, role := range []actor.Role{actor.Operator, actor.Pendamping} {
			if len(held[role]) != 40 && len(held[role]) != 39 { // today's noon may be over before the merger
				t.Errorf("%s on %d of 40 days", role, len(held[role]))
			}
			for on, n := range held[role] {
				if n != 1 {
					t.Errorf("%s %d times on %s", role, n, on)
				}
			}
		}
	})
}
