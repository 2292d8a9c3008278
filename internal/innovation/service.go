package innovation

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"siida.id/internal/agency"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/uow"
	"siida.id/internal/period"
)

// What a form takes at most, in letters. No official limit is known; these
// hold ten times the longest profiles that were found.
const (
	longestName   = 200
	longestDesign = 60_000
)

// Service holds the rules of innovations.
type Service struct {
	Store    Store
	Agencies Agencies
	Periods  *period.Service
	Log      Log
	Tx       uow.Transactor
	NewID    func() string
	Now      func() time.Time
}

// Form is a profile as a person types it.
type Form struct {
	Agency, Name, Affair            string
	TriedOn, AppliedOn, DevelopedOn string
	Design                          string
	Version                         int64
}

// FormOf is the form of an innovation as it stands.
func FormOf(i Innovation) Form {
	return Form{
		Agency: i.AgencyID, Name: i.Name, Affair: i.Affair, TriedOn: string(i.TriedOn), AppliedOn: string(i.AppliedOn),
		DevelopedOn: string(i.DevelopedOn), Design: i.Design, Version: i.Version,
	}
}

// List lists the innovations that the actor may open, by name.
func (s *Service) List(ctx context.Context) ([]Innovation, error) {
	who := actor.From(ctx)
	if !who.SignedIn() {
		return nil, fault.New(fault.Unknown, "fault.sign_in")
	}
	return s.Store.List(ctx, ScopeOf(who))
}

// ByID returns one innovation to whoever may open it; to others it is NotFound.
func (s *Service) ByID(ctx context.Context, id string) (Innovation, error) {
	if !actor.From(ctx).SignedIn() {
		return Innovation{}, fault.New(fault.Unknown, "fault.sign_in")
	}
	i, err := s.Store.ByID(ctx, id)
	if err != nil {
		return Innovation{}, err
	}
	return i, CheckRead(ctx, i.AgencyID)
}

// Editable returns one innovation to whoever may change it.
func (s *Service) Editable(ctx context.Context, id string) (Innovation, error) {
	i, err := s.ByID(ctx, id)
	if err != nil {
		return Innovation{}, err
	}
	return i, CheckEdit(ctx, i.AgencyID)
}

// Owners lists the agencies for which the actor may register an innovation;
// Forbidden where there is none he could ever register for.
func (s *Service) Owners(ctx context.Context) (list []agency.Agency, err error) {
	who := actor.From(ctx)
	if !who.SignedIn() {
		return nil, fault.New(fault.Unknown, "fault.sign_in")
	}
	if !MayRegister(who) {
		return nil, fault.New(fault.Forbidden, "fault.forbidden")
	}
	all, err := s.Agencies.All(ctx)
	for _, a := range all {
		if MayEdit(who, a.ID) {
			list = append(list, a)
		}
	}
	return list, err
}

// Register makes an innovation. It returns Invalid with every field that
// needs a repair; an agency that is not the actor's is one that he cannot choose.
func (s *Service) Register(ctx context.Context, f Form) (Innovation, error) {
	if _, err := s.Owners(ctx); err != nil {
		return Innovation{}, err
	}
	i := Innovation{ID: s.NewID(), AgencyID: f.Agency, MadeAt: s.Now()}
	return s.save(ctx, i, f, "daftar")
}

// Change replaces the profile. It returns Conflict when somebody else saved it
// since the form was opened. The owner does not change here.
func (s *Service) Change(ctx context.Context, id string, f Form) (Innovation, error) {
	i, err := s.Editable(ctx, id)
	if err != nil {
		return Innovation{}, err
	}
	if f.Version != i.Version {
		return Innovation{}, fault.New(fault.Conflict, "innovation.moved_on")
	}
	return s.save(ctx, i, f, "ubah")
}

func (s *Service) save(ctx context.Context, i Innovation, f Form, event string) (Innovation, error) {
	now, err := s.Periods.Current(ctx)
	if err != nil {
		return Innovation{}, err
	}
	if err := s.fill(ctx, &i, f, now); err != nil {
		return Innovation{}, err
	}
	i.ChangedAt = s.Now()
	err = s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.Save(ctx, i); err != nil {
			return err
		}
		return s.Log.Append(ctx, "innovation/"+i.ID, event, map[string]string{
			"nama": i.Name, "perangkat daerah": i.AgencyID, "urusan": i.Affair,
			"uji coba": string(i.TriedOn), "penerapan": string(i.AppliedOn),
			"pengembangan": string(i.DevelopedOn),
		})
	})
	if fault.KindOf(err) == fault.Conflict {
		return Innovation{}, fault.New(fault.Conflict, "innovation.moved_on").Because(err)
	}
	if err != nil {
		return Innovation{}, fmt.Errorf("innovation %s: %s: %w", i.ID, event, err)
	}
	i.Version++
	return i, nil
}

// fill puts what was typed into i, or returns all that needs a repair.
func (s *Service) fill(ctx context.Context, i *Innovation, f Form, now period.Pinned) error {
	var check fault.Check
	if i.Version == 0 {
		_, err := s.Agencies.ByID(ctx, f.Agency)
		if kind := fault.KindOf(err); err != nil && kind != fault.NotFound {
			return err
		}
		check.That(err == nil && MayEdit(actor.From(ctx), f.Agency), "perangkat", "innovation.agency_choose")
	}
	i.Name = strings.Join(strings.Fields(f.Name), " ")
	check.That(i.Name != "", "nama", "innovation.name_missing")
	check.That(utf8.RuneCountInString(i.Name) <= longestName, "nama", "innovation.name_long", fault.Args{"Most": longestName})
	i.Affair = f.Affair
	check.That(now.Pack.HasAffair(f.Affair), "urusan", "innovation.affair_choose")
	i.days(f, &check)
	i.Design = strings.TrimSpace(strings.ReplaceAll(f.Design, "\r\n", "\n"))
	check.That(i.Design != "", "rancang", "innovation.design_missing")
	check.That(utf8.RuneCountInString(i.Design) <= longestDesign, "rancang", "innovation.design_long", fault.Args{"Most": longestDesign})
	return check.Err()
}

// days reads the dates, and asks that they follow one another.
func (i *Innovation) days(f Form, check *fault.Check) {
	var tried, applied, developed bool
	i.TriedOn, tried = day.Parse(f.TriedOn)
	i.AppliedOn, applied = day.Parse(f.AppliedOn)
	i.DevelopedOn, developed = day.Parse(f.DevelopedOn)
	check.That(tried, "uji", "innovation.day_unclear")
	check.That(applied, "terap", "innovation.day_unclear")
	check.That(!tried || !applied || i.AppliedOn == "" || i.TriedOn <= i.AppliedOn, "terap", "innovation.days_reversed")
	check.That(developed, "kembang", "innovation.day_unclear")
	check.That(!applied || !developed || i.DevelopedOn == "" || i.AppliedOn != "" && i.AppliedOn <= i.DevelopedOn,
		"kembang", "innovation.developed_early")
}
