package innovation

import (
	"context"
	"strings"
	"time"

	"siida.id/internal/agency"
	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/creating"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
	"siida.id/internal/base/uow"
	"siida.id/internal/base/zone"
	"siida.id/internal/file"
	"siida.id/internal/period"
)

// Service has the rules of innovations.
type Service struct {
	Store    Store
	Agencies Agencies
	Periods  *period.Service
	Decrees  Decrees
	Files    *file.Service
	// Endorsements is of a room of higher rank; app sets it. Nil for none.
	Endorsements Endorsements

	Log   Log
	Tx    uow.Transactor
	NewID func() string
	Now   func() time.Time
}

// List returns the innovations that the actor may read, by name.
func (s *Service) List(ctx context.Context) ([]Innovation, error) {
	who := actor.From(ctx)
	if !who.SignedIn() {
		return nil, fault.New(fault.Unknown, "fault.sign_in")
	}
	return s.Store.List(ctx, ScopeOf(who))
}

// ByID returns an innovation to those who may read it; NotFound to others.
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

// Lock locks an innovation in a transaction that changes its data: until it ends,
// nobody else does. It returns NotFound if the actor may not read the innovation.
func (s *Service) Lock(ctx context.Context, id string) (Access, error) {
	if !actor.From(ctx).SignedIn() {
		return Access{}, fault.New(fault.Unknown, "fault.sign_in")
	}
	a, err := s.Store.LockAccess(ctx, id)
	if err != nil {
		return Access{}, err
	}
	return a, CheckRead(ctx, a.AgencyID)
}

// Editable returns an innovation to those who may change it; Conflict if it is
// withdrawn or archived and must be restored first, or if the window of a period that
// counts it is over.
func (s *Service) Editable(ctx context.Context, id string) (Innovation, error) {
	i, err := s.ByID(ctx, id)
	if err != nil {
		return Innovation{}, err
	}
	if err := CheckChange(ctx, i.Access()); err != nil {
		return i, err
	}
	return i, s.CheckWindow(ctx, i)
}

// Owners returns the agencies for which the actor may register an innovation;
// Forbidden if their role allows none.
func (s *Service) Owners(ctx context.Context) (list []agency.Agency, err error) {
	if err := checkRegister(ctx); err != nil {
		return nil, err
	}
	all, err := s.Agencies.All(ctx)
	for _, a := range all {
		if MayEdit(actor.From(ctx), a.ID) {
			list = append(list, a)
		}
	}
	return list, err
}

func checkRegister(ctx context.Context) error {
	switch who := actor.From(ctx); {
	case !who.SignedIn():
		return fault.New(fault.Unknown, "fault.sign_in")
	case !MayRegister(who):
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return nil
}

// Register adds an innovation. It returns Invalid with all mistakes of the form,
// among them an agency that the actor may not choose and a name that the agency has
// already (SameNameOf), and Conflict if it would count in a period whose window is over.
func (s *Service) Register(ctx context.Context, f Form) (Innovation, error) {
	if err := checkRegister(ctx); err != nil {
		return Innovation{}, err
	}
	i := Innovation{ID: creating.ID(ctx, s.NewID), AgencyID: f.Agency, CreatedAt: s.Now()}
	err := s.inWindows(ctx, func(ctx context.Context, w *windows) error {
		if err := checkRegister(ctx); err != nil {
			return err
		}
		owner, err := s.owner(ctx, f.Agency)
		if err != nil {
			return err
		}
		return s.save(ctx, w, &i, f, owner && MayEdit(actor.From(ctx), f.Agency), EventRegistered)
	})
	if err != nil {
		return Innovation{}, fault.Wrap(err, "innovation %s: register", i.ID)
	}
	return i, nil
}

// owner locks the agency that will own an innovation, and reports whether it exists
// and has not ended. The lock orders registrations of the same name, so that the second
// one is asked, and those that read which innovation continues which.
func (s *Service) owner(ctx context.Context, id string) (exists bool, err error) {
	a, err := s.Agencies.Lock(ctx, id)
	if fault.KindOf(err) == fault.NotFound {
		return false, nil
	}
	return err == nil && a.Lives(), err
}

// Change replaces the profile. It asks about a new name as Register does. It returns Conflict if it was saved since the form was
// opened, and if a period whose window is over counts it before or after. It does not change the owner.
func (s *Service) Change(ctx context.Context, id string, f Form) (saved Innovation, err error) {
	seen, err := s.Editable(ctx, id)
	if err != nil {
		return Innovation{}, err
	}
	if f.Version != seen.Version {
		return Innovation{}, fault.Moved("innovation.moved_on")
	}
	err = s.inWindows(ctx, func(ctx context.Context, w *windows) error {
		// The lock orders changes of which innovation continues which, since they read
		// the same chain, and names that become the same.
		if f.EarlierID != "" && f.EarlierID != seen.EarlierID || !text.SameName(text.Line(f.Name), seen.Name) {
			if _, err := s.Agencies.Lock(ctx, seen.AgencyID); err != nil {
				return err
			}
		}
		return s.change(ctx, id, func(ctx context.Context, i Innovation) error {
			if err := CheckChange(ctx, i.Access()); err != nil {
				return err
			}
			if f.Version != i.Version {
				return fault.Moved("innovation.moved_on")
			}
			saved = i
			return s.save(ctx, w, &saved, f, true, EventChanged)
		})
	})
	if err != nil {
		return Innovation{}, fault.Wrap(err, "innovation %s: change", id)
	}
	return saved, nil
}

// save sets the values of a form in i, which is locked or new, and stores it. owned
// reports whether the actor may choose its agency.
func (s *Service) save(ctx context.Context, w *windows, i *Innovation, f Form, owned bool, event audit.Event) error {
	before := *i
	if before.Version == 0 {
		before.ID = "" // none
	}
	pack, err := s.Periods.Pack(ctx)
	if err != nil {
		return err
	}
	if err := s.fill(ctx, i, f, pack, owned); err != nil {
		return err
	}
	if err := w.check(ctx, before, *i); err != nil {
		return err
	}
	i.ChangedAt = s.Now()
	if err := s.Store.Save(ctx, *i); err != nil {
		return err
	}
	if i.Version == 0 {
		if err := s.Store.RecordOwner(ctx, i.ID, "", i.AgencyID, "", zone.Day(ctx, i.CreatedAt)); err != nil {
			return err
		}
	}
	i.Version++
	if err := s.Decrees.Choose(ctx, i.ID, i.DecreeIDs, text.Distinct(f.Decrees)); err != nil {
		return err
	}
	return s.Log.Append(ctx, audit.Innovation.Of(i.ID), event, audit.Details{
		audit.KeyName: i.Name, audit.KeyAgency: i.AgencyID, audit.KeyAffair: i.Affair,
		audit.KeyTriedOn: string(i.TriedOn), audit.KeyAppliedOn: string(i.AppliedOn),
		audit.KeyDevelopedOn: string(i.DevelopedOn), audit.KeyDecrees: strings.Join(f.Decrees, " "),
	})
}
