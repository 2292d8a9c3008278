package innovation

import (
	"context"
	"slices"
	"unicode/utf8"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
	"siida.id/internal/base/zone"
	"siida.id/internal/instrument"
)

// Limits in characters. No official limit is known; these are ten times the longest
// profiles that were found.
const (
	longestName   = 200
	longestLine   = 500
	longestText   = 20_000
	longestDesign = 60_000
)

// Form is a profile as it was typed.
type Form struct {
	Agency, Name, Affair            string
	TriedOn, AppliedOn, DevelopedOn string
	Design                          string
	Profile
	Decrees  []string // the ids of those that name it
	SameName string   // the id of another innovation of the agency whose name may be the same
	Version  int64
}

// DesignWords returns the number of words in all parts of the rancang bangun.
func (f Form) DesignWords() int {
	return Innovation{Design: f.Design, Profile: f.Profile}.DesignWords()
}

// FormOf returns the form with the stored values of an innovation.
func FormOf(i Innovation) Form {
	return Form{
		Agency: i.AgencyID, Name: i.Name, Affair: i.Affair, TriedOn: string(i.TriedOn), AppliedOn: string(i.AppliedOn),
		DevelopedOn: string(i.DevelopedOn), Design: i.Design, Profile: i.Profile, Decrees: i.DecreeIDs, Version: i.Version,
	}
}

// fill sets the values of a form in i, or returns all its mistakes in the order of
// the form.
func (s *Service) fill(ctx context.Context, i *Innovation, f Form, pack *instrument.Pack, owned bool) error {
	var check fault.Check
	stored, before := *i, i.Profile
	check.That(owned, "agency", "innovation.agency_choose")
	i.Name = text.Line(f.Name)
	check.That(i.Name != "", "name", "innovation.name_missing")
	check.That(utf8.RuneCountInString(i.Name) <= longestName, "name", "innovation.name_long", fault.Args{"Most": longestName})
	if owned {
		if err := s.nameIsNew(ctx, *i, stored.Name, f.SameName, &check); err != nil {
			return err
		}
	}
	i.Affair, i.Profile = f.Affair, f.Profile
	check.That(pack.HasAffair(f.Affair), "affair", "innovation.affair_choose")
	i.lists(before, pack, &check)
	i.days(f, stored, zone.Today(ctx, s.Now()), &check)
	i.place(&check)
	i.texts(f, &check)
	if err := s.lineage(ctx, i, before, &check); err != nil {
		return err
	}
	if err := s.decreesExist(ctx, i.DecreeIDs, f.Decrees, &check); err != nil {
		return err
	}
	return check.Err()
}

// sameName is the field of Form.SameName.
const sameName fault.FieldName = "same_name"

// nameIsNew asks about a name that its agency, which is locked, has given to another
// innovation already, unless confirmed is the id of one of these. Archived ones do not
// matter, and neither does a name that people would not tell from the one before.
func (s *Service) nameIsNew(ctx context.Context, i Innovation, before, confirmed string, check *fault.Check) error {
	if i.Name == "" || before != "" && text.SameName(i.Name, before) {
		return nil
	}
	others, err := s.Store.Named(ctx, i.AgencyID, i.Name)
	if err != nil {
		return err
	}
	others = slices.DeleteFunc(others, func(o Innovation) bool { return o.ID == i.ID })
	if len(others) == 0 {
		return nil
	}
	known := slices.ContainsFunc(others, func(o Innovation) bool { return o.ID == confirmed })
	first := others[0]
	check.That(known, sameName, "innovation.same_name", fault.Args{"Agency": first.AgencyName, "Name": first.Name, "ID": first.ID})
	return nil
}

// SameNameOf returns the id of the innovation about whose name err asks, which
// Form.SameName confirms; empty if it asks about none.
func SameNameOf(err error) (id string) {
	for _, f := range fault.FieldsOf(err) {
		if f.Name == sameName {
			id, _ = f.Args["ID"].(string)
		}
	}
	return id
}

// lists checks the values that are chosen from lists of the pack. An unchanged value
// is accepted even if this pack spells it differently, and so are unchanged themes.
func (i *Innovation) lists(before Profile, pack *instrument.Pack, check *fault.Check) {
	for _, one := range []struct {
		name           fault.FieldName
		chosen, before string
		items          []string
	}{
		{"initiator", i.Initiator, before.Initiator, pack.Initiators.Items},
		{"class", i.Class, before.Class, Classes()},
		{"kind", i.Kind, before.Kind, pack.Kinds.Items},
		{"shape", i.Shape, before.Shape, pack.Forms.Items},
	} {
		ok := one.chosen == "" || one.chosen == one.before || slices.Contains(one.items, one.chosen)
		check.That(ok, one.name, "innovation.list_choose")
	}
	i.OtherAffairs = text.Distinct(i.OtherAffairs)
	foreign := slices.ContainsFunc(i.OtherAffairs, func(a string) bool { return !pack.HasAffair(a) })
	check.That(!foreign, "other_affairs", "innovation.affair_choose")
	check.That(!slices.Contains(i.OtherAffairs, i.Affair), "other_affairs", "innovation.affair_twice")
	i.Themes = text.Distinct(i.Themes)
	for _, theme := range before.Themes {
		if !knownTheme(pack, theme) && !slices.Contains(i.Themes, theme) {
			i.Themes = append(i.Themes, theme)
		}
	}
	strange := slices.ContainsFunc(i.Themes, func(t string) bool { return !knownTheme(pack, t) && !slices.Contains(before.Themes, t) })
	check.That(!strange, "themes", "innovation.list_choose")
}

// days parses the dates and checks their order, and that they have come. A stored date in
// the future, of an older version, stays.
func (i *Innovation) days(f Form, before Innovation, today day.Day, check *fault.Check) {
	var tried, applied, developed bool
	i.TriedOn, tried = day.Parse(f.TriedOn)
	i.AppliedOn, applied = day.Parse(f.AppliedOn)
	i.DevelopedOn, developed = day.Parse(f.DevelopedOn)
	check.That(tried, "tried_on", "innovation.day_unclear")
	check.That(i.TriedOn <= today || i.TriedOn == before.TriedOn, "tried_on", "fault.day_future")
	check.That(applied, "applied_on", "innovation.day_unclear")
	check.That(i.AppliedOn <= today || i.AppliedOn == before.AppliedOn, "applied_on", "fault.day_future")
	check.That(!tried || !applied || i.AppliedOn == "" || i.TriedOn <= i.AppliedOn, "applied_on", "innovation.days_reversed")
	check.That(developed, "developed_on", "innovation.day_unclear")
	check.That(i.DevelopedOn <= today || i.DevelopedOn == before.DevelopedOn, "developed_on", "fault.day_future")
	check.That(!applied || !developed || i.DevelopedOn == "" || i.AppliedOn != "" && i.AppliedOn <= i.DevelopedOn,
		"developed_on", "innovation.developed_early")
}

// texts trims the texts, and requires some text of the rancang bangun.
func (i *Innovation) texts(f Form, check *fault.Check) {
	long := func(name fault.FieldName, value string, max int) {
		check.That(utf8.RuneCountInString(value) <= max, name, "innovation.text_long", fault.Args{"Most": max})
	}
	for _, t := range i.lines() {
		*t.at = text.Line(*t.at)
		long(t.name, *t.at, t.max)
	}
	for _, t := range i.prose() {
		*t.at = text.Paragraphs(*t.at)
		long(t.name, *t.at, t.max)
	}
	i.Design = text.Paragraphs(f.Design)
	check.That(i.DesignWords() > 0, "design", "innovation.design_missing")
	check.That(utf8.RuneCountInString(i.Design) <= longestDesign, "design", "innovation.design_long", fault.Args{"Most": longestDesign})
}

// lineage checks that an earlier innovation belongs to the same agency and is not a
// continuation of this one. An unchanged choice from before a transfer is accepted.
func (s *Service) lineage(ctx context.Context, i *Innovation, before Profile, check *fault.Check) error {
	if i.EarlierID == "" || i.EarlierID == before.EarlierID {
		return nil
	}
	agencyID := i.AgencyID
	list, err := s.Store.List(ctx, Scope{Agencies: []string{agencyID}})
	if err != nil {
		return err
	}
	earlier := map[string]string{}
	for _, one := range list {
		earlier[one.ID] = one.EarlierID
	}
	_, known := earlier[i.EarlierID]
	check.That(known && MayRead(actor.From(ctx), agencyID), "earlier", "innovation.earlier_choose")
	for at, steps := i.EarlierID, 0; at != "" && steps <= len(list); at, steps = earlier[at], steps+1 {
		if at == i.ID {
			check.That(false, "earlier", "innovation.earlier_circle")
			break
		}
	}
	return nil
}

// decreesExist checks the newly chosen decrees.
func (s *Service) decreesExist(ctx context.Context, before, chosen []string, check *fault.Check) error {
	for _, id := range chosen {
		if slices.Contains(before, id) {
			continue
		}
		known, err := s.Decrees.Exists(ctx, id)
		if err != nil {
			return err
		}
		check.That(known, "decrees", "innovation.list_choose")
	}
	return nil
}
