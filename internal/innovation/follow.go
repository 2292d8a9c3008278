package innovation

import (
	"context"
	"slices"
	"time"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/reference"
)

var _ reference.Agencies = References{}

// References are the open transfers to agencies.
type References struct{ *Service }

// OfAgency implements reference.Agencies. The name of a transfer is that of its
// innovation.
func (r References) OfAgency(ctx context.Context, agencyID string) (list []reference.Reference, err error) {
	open, err := r.transfersTo(ctx, agencyID)
	for _, t := range open {
		list = append(list, t.reference())
	}
	return list, err
}

func (t Transfer) reference() reference.Reference {
	return reference.Reference{Kind: reference.Offer, ID: t.InnovationID, Name: t.InnovationName}
}

// transfersTo returns the open transfers to an agency to an admin of the region.
func (s *Service) transfersTo(ctx context.Context, agencyID string) ([]Transfer, error) {
	switch who := actor.From(ctx); {
	case !who.SignedIn():
		return nil, fault.New(fault.Unknown, "fault.sign_in")
	case !who.Serves("", actor.Admin):
		return nil, fault.New(fault.Forbidden, "fault.forbidden")
	}
	all, err := s.Store.Transfers(ctx)
	return slices.DeleteFunc(all, func(t Transfer) bool { return t.To != agencyID }), err
}

// Follow implements reference.Agencies. A transfer to an agency that owns the innovation
// by the act has come true and ends.
func (r References) Follow(ctx context.Context, s reference.Succession) error {
	err := r.Tx.InTx(ctx, func(ctx context.Context) error {
		open, err := r.transfersTo(ctx, s.From.ID)
		if err != nil {
			return err
		}
		for _, t := range open {
			if err := r.follow(ctx, t, s); err != nil {
				return err
			}
		}
		return nil
	})
	return fault.Wrap(err, "transfers to agency %s", s.From.ID)
}

func (r References) follow(ctx context.Context, t Transfer, s reference.Succession) (err error) {
	to, event := s.Chosen(t.reference()), EventTransferRedirected
	switch to.ID {
	case t.To:
		return nil
	case "":
		event, err = EventTransferLapsed, r.Store.LapseTransfer(ctx, t.InnovationID, r.Now())
	case t.From:
		event, err = EventTransferLapsed, r.Store.EndTransfer(ctx, t.InnovationID)
	default:
		err = r.Store.RedirectTransfer(ctx, t.InnovationID, to.ID)
	}
	if err != nil {
		return err
	}
	return r.Log.Append(ctx, audit.Innovation.Of(t.InnovationID), event, audit.Details{
		audit.KeyFrom: s.From.ID, audit.KeyTo: to.ID, audit.KeyNumber: s.Decree,
	})
}

// shown is how long a transfer that has lapsed is shown to the owner.
const shown = 14 * 24 * time.Hour

// LapsedTransfers returns the transfers that have ended with their receivers in the
// last two weeks, of innovations that the actor may transfer again.
func (s *Service) LapsedTransfers(ctx context.Context) ([]Transfer, error) {
	who := actor.From(ctx)
	if !who.SignedIn() {
		return nil, fault.New(fault.Unknown, "fault.sign_in")
	}
	all, err := s.Store.LapsedTransfers(ctx, s.Now().Add(-shown))
	return slices.DeleteFunc(all, func(t Transfer) bool { return !MayAsk(who, t.From) }), err
}
