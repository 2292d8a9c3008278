package evidence

import (
	"context"
	"fmt"

	"siida.id/internal/account"
	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/innovation"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
)

// Posts returns how people hold their offices.
type Posts interface {
	// Acting returns NotFound if the actor is not the head of the agency now.
	Acting(ctx context.Context, agencyID string) (account.Acting, error)
}

// Endorsements returns the heads who are asked in a period, with their endorsements,
// to those who may read the innovation.
func (s *Service) Endorsements(ctx context.Context, innovationID, periodID string) (Heads, error) {
	if _, err := s.Innovations.ByID(ctx, innovationID); err != nil {
		return nil, err
	}
	if _, err := s.Periods.ByID(ctx, periodID); err != nil {
		return nil, err
	}
	p, err := s.Store.ProgressOf(ctx, innovationID, periodID)
	return p.Heads, err
}

// Do endorses an innovation in a period, or revokes that, with the actor as head of
// an agency. seen is the fingerprint of the content that they were shown; if it has
// changed, Do returns Conflict. It returns Forbidden to everybody except a head who
// is asked, and Conflict while the period is closed, for a withdrawn or archived
// innovation, and for a move that the endorsement's status does not have.
func (s *Service) Do(ctx context.Context, m Move, innovationID, periodID, agencyID, seen string) error {
	err := s.change(ctx, innovationID, periodID, func(ctx context.Context, i innovation.Access, p period.Pinned) error {
		if err := checkEndorse(actor.From(ctx), agencyID); err != nil {
			return err
		}
		if err := s.checkEndorsable(ctx, i, p); err != nil {
			return err
		}
		return s.move(ctx, m, innovationID, periodID, agencyID, seen)
	})
	return fault.Wrap(err, "endorsement of %s %s by %s: %s", innovationID, periodID, agencyID, m)
}

// checkEndorsable returns the fault if nobody can endorse now.
func (s *Service) checkEndorsable(ctx context.Context, i innovation.Access, p period.Pinned) error {
	if i.State != innovation.Active {
		return fault.New(fault.Conflict, "innovation.put_away")
	}
	return s.Periods.WritableIn(ctx, p.Period, i.Data())
}

func (s *Service) move(ctx context.Context, m Move, innovationID, periodID, agencyID, seen string) error {
	progress, err := s.Store.ProgressOf(ctx, innovationID, periodID)
	if err != nil {
		return err
	}
	h, err := progress.Heads.moving(m, agencyID, actor.From(ctx))
	if err != nil {
		return err
	}
	if m == Endorse && seen != h.Now.String() {
		return fault.New(fault.Conflict, "evidence.endorsed_other")
	}
	if m == Revoke {
		err = s.Store.EndEndorsement(ctx, innovationID, periodID, agencyID)
	} else {
		err = s.endorse(ctx, innovationID, periodID, h)
	}
	if err != nil {
		return err
	}
	event := EventEndorsed
	if m == Revoke {
		event = EventEndorsementRevoked
	}
	return s.Log.Append(ctx, audit.Endorsement.Of(innovationID, periodID, agencyID), event, audit.Details{
		audit.KeyAgency: h.AgencyName, audit.KeyProfile: fmt.Sprint(h.Now.Profile), audit.KeyAnswers: h.Now.Answers,
	})
}

// Revocable returns an innovation with the head whose endorsement the actor may revoke,
// to show what that will do. The head is that of its own agency if agencyID is empty. It
// returns the faults of Do.
func (s *Service) Revocable(ctx context.Context, innovationID, periodID, agencyID string) (Sheet, Head, error) {
	sheet, err := s.Sheet(ctx, innovationID, periodID)
	if err != nil {
		return Sheet{}, Head{}, err
	}
	if sheet.Period.Pack == nil {
		return Sheet{}, Head{}, fault.New(fault.NotFound, "period.none_open")
	}
	if agencyID == "" {
		agencyID = sheet.Today.AgencyID
	}
	if err := checkEndorse(actor.From(ctx), agencyID); err != nil {
		return Sheet{}, Head{}, err
	}
	if err := s.checkEndorsable(ctx, sheet.Today.Access(), sheet.Period); err != nil {
		return Sheet{}, Head{}, err
	}
	h, err := sheet.Heads.moving(Revoke, agencyID, actor.From(ctx))
	return sheet, h, err
}

func (s *Service) endorse(ctx context.Context, innovationID, periodID string, h Head) error {
	acting, err := s.Posts.Acting(ctx, h.AgencyID)
	if err != nil {
		return err
	}
	who := actor.From(ctx)
	return s.Store.Endorse(ctx, Endorsement{
		InnovationID: innovationID, PeriodID: periodID, AgencyID: h.AgencyID, AgencyName: h.AgencyName,
		By: who.ID, Name: who.Name, Acting: acting, At: s.Now(), Of: h.Now,
	})
}

// offer sets the moves of the actor for each head of the sheet, or why there are none.
func (s *Service) offer(ctx context.Context, sheet *Sheet) error {
	who := actor.From(ctx)
	for at := range sheet.Heads {
		h := &sheet.Heads[at]
		if !MayEndorse(who, h.AgencyID) {
			continue
		}
		sheet.Unendorsable = sheet.Period.CheckEditable() // of a closed period the state of today is no reason
		if sheet.Unendorsable == nil {
			sheet.Unendorsable = s.checkEndorsable(ctx, sheet.Today.Access(), sheet.Period)
		}
		if fault.Ours(sheet.Unendorsable) {
			return sheet.Unendorsable
		}
		for _, m := range []Move{Endorse, Revoke} {
			if sheet.Unendorsable == nil && h.allows(m, who.ID) {
				h.Moves = append(h.Moves, m)
			}
		}
	}
	return nil
}

// PendingEndorsement is an innovation to be endorsed by the actor.
type PendingEndorsement struct {
	Progress
	Changed bool // it has changed since the head endorsed it
}

// PendingEndorsements returns what the actor has to endorse in a period, by the id of
// the innovation: the finished ones, and those that have changed since their
// endorsement. It includes withdrawn and archived innovations, which the caller must
// leave out.
func (s *Service) PendingEndorsements(ctx context.Context, p period.Pinned) (map[string]PendingEndorsement, error) {
	if err := signedIn(ctx); err != nil {
		return nil, err
	}
	all, offices := map[string]PendingEndorsement{}, Offices(actor.From(ctx))
	if len(offices) == 0 {
		return all, nil
	}
	list, err := s.Store.Headed(ctx, p.ID, offices)
	if err != nil {
		return nil, err
	}
	total := len(p.Pack.Rows(instrument.PerInnovation))
	for _, one := range list {
		one.Total = total
		for _, h := range one.Heads.Missing() {
			if changed := h.Status() == Changed; changed || one.Complete() {
				all[one.InnovationID] = PendingEndorsement{one, changed || all[one.InnovationID].Changed}
			}
		}
	}
	return all, nil
}
