package innovation

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"siida.id/internal/agency"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/file"
	"siida.id/internal/base/uow"
	"siida.id/internal/period"
)

// Service holds the rules of innovations.
type Service struct {
	Store    Store
	Agencies Agencies
	Periods  *period.Service
	Files    file.Shelf
	Log      Log
	Tx       uow.Transactor
	NewID    func() string
	Now      func() time.Time
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

// Editable returns one innovation to whoever may change it; Conflict where it
// is withdrawn or archived, and has to be restored before.
func (s *Service) Editable(ctx context.Context, id string) (Innovation, error) {
	i, err := s.ByID(ctx, id)
	if err != nil {
		return Innovation{}, err
	}
	return i, CheckChange(ctx, i)
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
		if i.Version == 0 {
			if err := s.Store.Pass(ctx, i.ID, "", i.AgencyID, "", day.Of(i.MadeAt)); err != nil {
				return err
			}
		}
		if err := s.choose(ctx, i, f.Decrees); err != nil {
			return err
		}
		return s.Log.Append(ctx, "innovation/"+i.ID, event, map[string]string{
			"nama": i.Name, "perangkat daerah": i.AgencyID, "urusan": i.Affair,
			"uji coba": string(i.TriedOn), "penerapan": string(i.AppliedOn),
			"pengembangan": string(i.DevelopedOn), "sk": strings.Join(f.Decrees, " "),
		})
	})
	if fault.Clashes(err) {
		return Innovation{}, fault.New(fault.Conflict, "innovation.moved_on").Because(err)
	}
	if err != nil {
		return Innovation{}, fmt.Errorf("innovation %s: %s: %w", i.ID, event, err)
	}
	i.Version++
	return i, nil
}

// choose has the decrees of that choice, and no others, name i.
func (s *Service) choose(ctx context.Context, i Innovation, chosen []string) error {
	change := func(list, other []string, set func(ctx context.Context, decreeID, innovationID string) error) error {
		for _, id := range list {
			if slices.Contains(other, id) {
				continue
			}
			if err := set(ctx, id, i.ID); err != nil {
				return err
			}
			if err := s.Store.TouchDecree(ctx, id); err != nil {
				return err
			}
		}
		return nil
	}
	if err := change(tidy(chosen), i.DecreeIDs, s.Store.Name); err != nil {
		return err
	}
	return change(i.DecreeIDs, chosen, s.Store.Unname)
}
