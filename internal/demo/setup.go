package demo

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/agency"
	"siida.id/internal/auth"
	"siida.id/internal/base/actor"
)

// createRegion creates the region with its agencies and people.
func (m *builder) createRegion(ctx context.Context) error {
	if err := m.Regions.Add(ctx, m.here); err != nil {
		return err
	}
	if err := m.createAdmin(ctx); err != nil {
		return err
	}
	for _, a := range m.w.Agencies {
		ctx, err := m.as(ctx, m.w.People[0].Login)
		if err != nil {
			return err
		}
		made, err := m.Agencies.Create(ctx, agency.Entry{Name: a.Name, Kind: agency.Kind(a.Kind), Parent: m.agencies[a.Parent]})
		if err != nil {
			return fmt.Errorf("agency %s: %w", a.Name, err)
		}
		m.agencies[a.Key] = made.ID
	}
	for _, p := range m.w.allPeople()[1:] {
		if err := m.addPerson(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

// createAdmin creates the administrator as in a real installation: by the
// one-time link.
func (m *builder) createAdmin(ctx context.Context) error {
	p := m.w.People[0]
	token, _, err := m.Auth.SetupLink(ctx, m.here.Code)
	if err != nil {
		return fmt.Errorf("link: %w", err)
	}
	form := auth.SetupForm{Name: p.Name, Login: p.Login, Password: m.w.Password, Again: m.w.Password}
	tokens, err := m.Auth.Setup(ctx, token, form, auth.ClientInfo{})
	if err != nil {
		return fmt.Errorf("person %s: %w", p.Login, err)
	}
	admin, err := m.Auth.Resume(ctx, tokens.Session)
	if err != nil {
		return fmt.Errorf("person %s: %w", p.Login, err)
	}
	admin.Session = "" // the session ends here, and the scenario goes on
	m.people[p.Login] = admin
	return m.Auth.SignOut(ctx, tokens.Session)
}

// allPeople returns the listed people, and derived ones: an operator of each
// agency that has innovations, the heads of some, and companions.
func (w world) allPeople() []personRow {
	list := slices.Clone(w.People)
	add := func(login, role, agency, acting string) {
		n := len(list)
		name := w.Names.Given[n%len(w.Names.Given)] + " " + w.Names.Family[n%len(w.Names.Family)]
		list = append(list, personRow{Login: login, Name: name, Role: role, Agency: agency, Acting: acting, Quiet: true})
	}
	for _, i := range w.Innovations {
		has := slices.ContainsFunc(list, func(p personRow) bool {
			return p.Agency == i.Agency && p.Role == string(actor.Operator)
		})
		if !has {
			add(i.Agency, string(actor.Operator), i.Agency, "")
		}
	}
	for _, key := range w.Heads {
		add("kepala."+key, string(actor.Kepala), key, string(account.Definitif))
	}
	for at := range w.Deputies {
		add("pendamping."+strconv.Itoa(at+1), string(actor.Pendamping), "", "")
	}
	return list
}

// addPerson adds a person who can act from then on.
func (m *builder) addPerson(ctx context.Context, p personRow) error {
	ctx, err := m.as(ctx, m.w.People[0].Login)
	if err != nil {
		return err
	}
	made, err := m.Auth.Enrol(ctx, account.Person{Name: p.Name, Login: p.Login}, m.w.Password, m.assignments(p)...)
	if err != nil {
		return fmt.Errorf("person %s: %w", p.Login, err)
	}
	who := actor.Actor{ID: made.ID, Name: made.Name, Region: m.here.Code}
	for _, a := range m.assignments(p) {
		who.Assignments = append(who.Assignments, a.Assignment)
	}
	m.people[p.Login] = who
	return nil
}

func (m *builder) assignments(p personRow) (list []account.Assignment) {
	agencies := []string{p.Agency}
	if at, companion := m.w.deputy(p); companion {
		agencies = m.w.Deputies[at]
	}
	for _, key := range agencies {
		list = append(list, account.Assignment{
			Assignment: actor.Assignment{Role: actor.Role(p.Role), Agency: m.agencies[key]},
			Acting:     account.Acting(p.Acting), From: begin(p.From), Until: begin(p.Until),
		})
	}
	return list
}

// deputy returns a companion's index in Deputies.
func (w world) deputy(p personRow) (at int, is bool) {
	for at := range w.Deputies {
		if p.Login == "pendamping."+strconv.Itoa(at+1) {
			return at, true
		}
	}
	return 0, false
}

// begin is the moment at which a day begins in the regency; zero for none.
func begin(day string) time.Time {
	t, err := time.Parse(time.RFC3339, day+"T00:00:00+07:00")
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}

// endAssignments ends all assignments of a person.
func (m *builder) endAssignments(ctx context.Context, p personRow) error {
	ctx, err := m.as(ctx, m.w.People[0].Login)
	if err != nil {
		return err
	}
	left := m.people[p.Login].ID
	e, err := m.Accounts.ByID(ctx, left)
	if err != nil {
		return err
	}
	for _, a := range e.Assignments {
		if err := m.Accounts.EndAssignment(ctx, left, a.ID, ""); err != nil {
			return err
		}
	}
	return nil
}

// merge merges one agency into another.
func (m *builder) merge(ctx context.Context) error {
	ctx, err := m.as(ctx, m.w.People[0].Login)
	if err != nil {
		return err
	}
	w := m.w.Merger
	return m.Agencies.Merge(ctx, m.agencies[w.From], agency.MergeEntry{
		DecreeForm: agency.DecreeForm{Number: w.Number, Signed: w.Signed, On: w.On}, Into: agency.Target{ID: m.agencies[w.Into]},
	})
}
