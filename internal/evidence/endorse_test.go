package evidence_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"siida.id/internal/account"
	"siida.id/internal/agency"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/evidence"
	"siida.id/internal/innovation"
)

// posts has every head hold their office as Plt.
type posts struct{}

func (posts) Acting(context.Context, string) (account.Acting, error) { return account.Plt, nil }

// head is a context in which somebody heads agencies.
func head(t *testing.T, name string, agencies ...string) context.Context {
	who := actor.Actor{ID: name, Name: "Kepala " + name, Region: servicetest.Home}
	for _, a := range agencies {
		who.Assignments = append(who.Assignments, actor.Assignment{Role: actor.Kepala, Agency: a})
	}
	return actor.With(t.Context(), who)
}

const above = "induk"

// raise hangs the own agency below another, and has the region ask its head or not.
func (w *world) raise(asks bool) {
	w.t.Helper()
	ctx := servicetest.As(w.t, "admin")
	if _, err := w.agencies.ByID(ctx, above); err != nil {
		w.must(w.agencies.Add(ctx, agency.Agency{ID: above, Name: "Dinas Induk", Kind: "dinas"}))
		w.must(w.agencies.Save(ctx, agency.Agency{ID: servicetest.Own, Name: "Dinas own", Kind: "dinas", Parent: above}))
	}
	w.must(w.agencies.SaveSettings(ctx, agency.Settings{ParentEndorses: asks}))
}

// head is the state of the own innovation for the head of an agency.
func (w *world) head(agencyID string) evidence.Head {
	w.t.Helper()
	heads, err := w.Endorsements(servicetest.As(w.t, "admin"), w.own, year)
	w.must(err)
	at := slices.IndexFunc(heads, func(h evidence.Head) bool { return h.AgencyID == agencyID })
	if at < 0 {
		w.t.Fatalf("%s is not asked", agencyID)
	}
	return heads[at]
}

// sign has somebody endorse the own innovation as it is.
func (w *world) sign(ctx context.Context, m evidence.Move, agencyID string) error {
	return w.Do(ctx, m, w.own, year, agencyID, w.head(servicetest.Own).Now.String())
}

// bring brings the own innovation's endorsement to a standing, given by "kepala".
func (w *world) bring(to evidence.EndorsementStatus) {
	w.t.Helper()
	kepala := head(w.t, "kepala", servicetest.Own)
	if w.head(servicetest.Own).Endorsement.By != "" {
		w.must(w.sign(kepala, evidence.Revoke, servicetest.Own))
	}
	if to == evidence.Missing {
		return
	}
	w.must(w.sign(kepala, evidence.Endorse, servicetest.Own))
	if to == evidence.Changed {
		now := w.question(photo).Answer
		w.must(w.Save(servicetest.As(w.t, "operator"), w.own, year, photo, evidence.Entry{Choice: fmt.Sprint(now.Level%3 + 1), Version: now.Version}, nil))
	}
}

// Every move from every standing, by whoever may be near, with the period open
// and closed: the head alone moves, and only the person who gave takes back.
func TestMovesOfAnEndorsement(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.raise(false)
		people := map[string]context.Context{
			"the giver":          head(t, "kepala", servicetest.Own),
			"his successor":      head(t, "baru", servicetest.Own),
			"the head above":     head(t, "atas", above),
			"the head elsewhere": head(t, "lain", servicetest.Other),
			"operator":           servicetest.As(t, "operator"),
			"brida":              servicetest.As(t, "brida"),
			"admin":              servicetest.As(t, "admin"),
			"another region":     servicetest.As(t, "away"),
			"visitor":            servicetest.As(t, "visitor"),
			"a head of all": actor.With(t.Context(), actor.Actor{ // no such appointment is made, and it would be nobody's office
				ID: "x", Region: servicetest.Home, Assignments: []actor.Assignment{{Role: actor.Kepala}},
			}),
			"who heads what is above": actor.With(t.Context(), actor.Actor{
				ID: "y", Region: servicetest.Home,
				Assignments: []actor.Assignment{{Role: actor.Kepala, Agency: above}, {Role: actor.Kepala, Agency: servicetest.Own, Below: true}},
			}),
		}
		heads := []string{"the giver", "his successor"}
		missing := []string{"the head elsewhere", "another region", "the head above"} // Below comes with the session alone
		want := func(who string, from evidence.EndorsementStatus, m evidence.Move, shut bool) string {
			switch {
			case who == "visitor":
				return "unknown"
			case slices.Contains(missing, who):
				return "missing"
			case !slices.Contains(heads, who):
				return "forbidden"
			case shut:
				return "conflict"
			case m == evidence.Revoke && from != evidence.Missing && who != "the giver":
				return "forbidden"
			case m == evidence.Endorse && from == evidence.Endorsed, m == evidence.Revoke && from == evidence.Missing, m == "lain":
				return "conflict"
			}
			return "yes"
		}
		for _, shut := range []bool{false, true} {
			for _, from := range []evidence.EndorsementStatus{evidence.Missing, evidence.Endorsed, evidence.Changed} {
				for _, m := range []evidence.Move{evidence.Endorse, evidence.Revoke, "lain"} {
					for name, who := range people {
						w.shut(false)
						w.bring(from)
						w.shut(shut)
						before := w.entries()
						got, want := servicetest.Outcome(w.sign(who, m, servicetest.Own)), want(name, from, m, shut)
						if got != want {
							t.Errorf("%s by %s from %s, closed %v: %s, want %s", m, name, from, shut, got, want)
						}
						if logged := w.entries() - before; (logged == 1) != (want == "yes") || logged > 1 {
							t.Errorf("%s by %s from %s, closed %v: %d entries of the log", m, name, from, shut, logged)
						}
						if standing := w.head(servicetest.Own).Status(); want != "yes" && standing != from {
							t.Errorf("%s by %s was refused, and yet it is %s, not %s", m, name, standing, from)
						}
						if h := w.head(servicetest.Own); h.Endorsement.By == "baru" { // for bring
							w.shut(false)
							w.must(w.sign(people["his successor"], evidence.Revoke, servicetest.Own))
						}
					}
				}
			}
		}
	})
}

func TestEndorsing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		kepala := head(t, "kepala", servicetest.Own)
		seen := w.head(servicetest.Own).Now.String()
		w.must(w.Save(servicetest.As(t, "operator"), w.own, year, letter, w.proven("2", 0), nil))
		if err := w.Do(kepala, evidence.Endorse, w.own, year, servicetest.Own, seen); fault.KindOf(err) != fault.Conflict || fault.KeyOf(err) != "evidence.endorsed_other" {
			t.Errorf("endorsing what he has not seen: %v", err)
		}
		w.must(w.sign(kepala, evidence.Endorse, servicetest.Own))
		got := w.head(servicetest.Own).Endorsement
		if got.By != "kepala" || got.Name != "Kepala kepala" || got.Acting != account.Plt || got.AgencyName != "Dinas own" || !got.At.Equal(w.now) {
			t.Errorf("it says %+v", got)
		}
		if w.head(servicetest.Own).Status() != evidence.Endorsed {
			t.Error("it does not hold")
		}
		proof := w.question(letter).Proofs[0].ID
		w.must(w.Detach(servicetest.As(t, "operator"), w.own, year, letter, proof))
		if s := w.head(servicetest.Own).Status(); s != evidence.Changed {
			t.Errorf("without its evidence it is %s", s)
		}
		w.must(w.sign(kepala, evidence.Endorse, servicetest.Own))
		i, err := w.Innovations.ByID(kepala, w.own)
		w.must(err)
		_, err = w.Innovations.Change(servicetest.As(t, "admin"), w.own, innovation.Form{
			Name: i.Name, Affair: i.Affair, AppliedOn: string(i.AppliedOn), Design: "Lain", Version: i.Version,
		})
		w.must(err)
		if s := w.head(servicetest.Own).Status(); s != evidence.Changed {
			t.Errorf("with another profile it is %s", s)
		}
		for name, at := range map[string][2]string{"no innovation": {"none", year}, "no period": {w.own, "2031"}, "of another region": {w.far, year}} {
			if err := w.Do(kepala, evidence.Endorse, at[0], at[1], servicetest.Own, ""); fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s: %v", name, err)
			}
			if _, err := w.Endorsements(kepala, at[0], at[1]); fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s: %v", name, err)
			}
		}
		w.log.Err = errors.New("full")
		if err := w.sign(kepala, evidence.Endorse, servicetest.Own); fault.KindOf(err) != fault.Internal || w.head(servicetest.Own).Status() != evidence.Changed {
			t.Errorf("without its trail it stays: %v", err)
		}
	})
}

// Where the region says so the head above endorses as well, before or after.
func TestTheHeadAboveEndorsesToo(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.raise(false)
		admin := servicetest.As(t, "admin")
		endorsed := func(what string, want bool) {
			t.Helper()
			heads, err := w.Endorsements(admin, w.own, year)
			w.must(err)
			if heads.Endorsed() != want {
				t.Errorf("%s: endorsed is %v; missing are %+v", what, heads.Endorsed(), heads.Missing())
			}
		}
		both := head(t, "rangkap", servicetest.Own, above) // heads both for the time being
		endorsed("at first", false)
		if err := w.sign(both, evidence.Endorse, above); fault.KindOf(err) != fault.Forbidden || fault.KeyOf(err) != "evidence.not_asked" {
			t.Errorf("where nobody asks him: %v", err)
		}
		w.must(w.sign(both, evidence.Endorse, servicetest.Own))
		endorsed("by the own head, who alone is asked", true)
		w.raise(true)
		endorsed("once the other is asked too", false)
		w.must(w.sign(both, evidence.Endorse, above))
		endorsed("by both", true)
		w.must(w.sign(both, evidence.Revoke, servicetest.Own))
		endorsed("by the head above alone", false)
		w.must(w.sign(both, evidence.Endorse, servicetest.Own))
		endorsed("by the head above first", true)
		if (evidence.Heads{}).Endorsed() {
			t.Error("what nobody is asked about is not endorsed")
		}
	})
}

// A head sees what is finished, and what has changed since they endorsed it.
func TestWaiting(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		kepala := head(t, "kepala", servicetest.Own)
		check := func(what string, who context.Context, want ...string) {
			t.Helper()
			all, err := w.PendingEndorsements(who, w.question(letter).Period)
			w.must(err)
			var got []string
			for id, one := range all {
				got = append(got, fmt.Sprint(map[string]string{w.own: "own", w.twin: "twin"}[id], one.Changed))
			}
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("%s: %v, want %v", what, got, want)
			}
		}
		check("nothing is finished", kepala)
		for _, row := range w.question(letter).Period.Pack.Rows("innovation") {
			w.must(w.Save(servicetest.As(t, "operator"), w.own, year, row.Code, evidence.Entry{Choice: "0", Finished: true}, nil))
		}
		check("one is", kepala, "ownfalse")
		for _, persona := range []string{"operator", "admin", "brida", "away", "nobody"} {
			check("of "+persona, servicetest.As(t, persona))
		}
		check("elsewhere", head(t, "lain", servicetest.Other))
		w.must(w.sign(kepala, evidence.Endorse, servicetest.Own))
		check("it is endorsed", kepala)
		w.must(w.Save(servicetest.As(t, "operator"), w.own, year, photo, evidence.Entry{Choice: "1", Version: 1}, nil))
		check("it has changed", kepala, "owntrue")
		if _, err := w.PendingEndorsements(servicetest.As(t, "visitor"), w.question(letter).Period); fault.KindOf(err) != fault.Unknown {
			t.Errorf("a visitor: %v", err)
		}
	})
}
