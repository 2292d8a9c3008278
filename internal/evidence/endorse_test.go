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

// posts is a Posts in which every head is Plt.
type posts struct{}

func (posts) Acting(context.Context, string) (account.Acting, error) { return account.Plt, nil }

// head returns a context of a person who is head of agencies.
func head(t *testing.T, name string, agencies ...string) context.Context {
	who := actor.Actor{ID: name, Name: "Kepala " + name, Region: servicetest.Home}
	for _, a := range agencies {
		who.Assignments = append(who.Assignments, actor.Assignment{Role: actor.Kepala, Agency: a})
	}
	return actor.With(t.Context(), who)
}

const above = "induk"

// raise puts the own agency below another one, and sets whether the region asks its
// head.
func (w *world) raise(asks bool) {
	w.t.Helper()
	ctx := servicetest.As(w.t, "admin")
	if _, err := w.agencies.ByID(ctx, above); err != nil {
		w.must(w.agencies.Add(ctx, agency.Agency{ID: above, Name: "Dinas Induk", Kind: "dinas"}))
		w.must(w.agencies.Save(ctx, agency.Agency{ID: servicetest.Own, Name: "Dinas own", Kind: "dinas", Parent: above}))
	}
	w.must(w.agencies.SaveSettings(ctx, agency.Settings{ParentEndorses: asks}))
}

// head returns the state of the own innovation for the head of an agency.
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

// sign makes a move on the own innovation with its current content.
func (w *world) sign(ctx context.Context, m evidence.Move, agencyID string) error {
	return w.Do(ctx, m, w.own, year, agencyID, w.head(servicetest.Own).Now.String())
}

// bring brings the own innovation's endorsement by "kepala" to a status.
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

// Every move from every status, by various people, with the period open and closed:
// only the head may make it, and only the person who endorsed may revoke.
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
			"a head of all": actor.With(t.Context(), actor.Actor{ // such an assignment cannot exist, and is no office
				ID: "x", Region: servicetest.Home, Assignments: []actor.Assignment{{Role: actor.Kepala}},
			}),
			"who heads what is above": actor.With(t.Context(), actor.Actor{
				ID: "y", Region: servicetest.Home,
				Assignments: []actor.Assignment{{Role: actor.Kepala, Agency: above}, {Role: actor.Kepala, Agency: servicetest.Own, Below: true}},
			}),
		}
		heads := []string{"the giver", "his successor"}
		missing := []string{"the head elsewhere", "another region", "the head above"} // only a session has Below
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

// If the region's settings require it, the head above endorses too, before or after.
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
		both := head(t, "rangkap", servicetest.Own, above) // head of both for the time being
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

// A head has pending endorsements for finished innovations and for those that have
// changed since.
func TestPendingEndorsements(t *testing.T) {
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
			w.must(w.Save(servicetest.As(t, "operator"), w.own, year, row.Code, evidence.Entry{Choice: "0", Marked: true}, nil))
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
