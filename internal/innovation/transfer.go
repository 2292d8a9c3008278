package innovation

import (
	"context"
	"time"
	"unicode/utf8"

	"siida.id/internal/agency"
	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
	"siida.id/internal/base/zone"
)

// Owner is an agency that owned an innovation from a day until the day before Until.
// A bound that is open or unknown is empty.
type Owner struct {
	AgencyID, AgencyName string
	From, Until          day.Day
	Number               string // of the act by which it became the owner
}

// Transfer is a request to transfer an innovation to another agency. It is open until
// the receiver answers it, the owner cancels it, or it lapses because the receiver has
// ended without a successor.
type Transfer struct {
	InnovationID, InnovationName string
	From, FromName               string // the owner
	To, ToName                   string // the receiver
	FormerName                   string // the receiver before, if To follows an agency that has ended
	Note                         string
	AskedAt                      time.Time
	Lapsed                       time.Time // when it ended with its receiver; zero for an open one
}

// Answer is an answer to a request; its values are part of addresses.
type Answer string

// The receiver accepts or refuses, the owner cancels.
const (
	Accept Answer = "terima"
	Refuse Answer = "tolak"
	Cancel Answer = "batal"
)

// MayAsk reports whether who may ask to transfer the innovations of an agency.
func MayAsk(who actor.Actor, agencyID string) bool {
	return who.Serves(agencyID, actor.Operator, actor.Admin)
}

// Handling is an innovation with its owners and its open transfer.
type Handling struct {
	Innovation
	Owners   []Owner
	Transfer *Transfer       // nil for none
	Closed   error           // the fault if a change is refused because a window is over
	closed   map[Move]error  // the same for each move
	Agencies []agency.Agency // to which it can be transferred
	Stranded bool            // archived, with an agency that has ended: it must be transferred before it is restored
}

// Handling returns the owners of an innovation to those who may read it, and to those
// who may answer its open transfer.
func (s *Service) Handling(ctx context.Context, id string) (h Handling, err error) {
	who := actor.From(ctx)
	if !who.SignedIn() {
		return Handling{}, fault.New(fault.Unknown, "fault.sign_in")
	}
	if h.Innovation, err = s.Store.ByID(ctx, id); err != nil {
		return Handling{}, err
	}
	if h.Transfer, err = s.transferOf(ctx, id); err != nil {
		return Handling{}, err
	}
	if err := h.checkSee(who); err != nil {
		return Handling{}, err
	}
	if h.Owners, err = s.Store.OwnersOf(ctx, id); err != nil {
		return Handling{}, err
	}
	movable, err := s.movable(ctx, h.Innovation)
	if err != nil {
		return Handling{}, err
	}
	if err := s.closeHandling(ctx, &h); err != nil {
		return Handling{}, err
	}
	h.Stranded = movable && h.State == Archived
	if movable && MayAsk(who, h.AgencyID) && h.Transfer == nil && h.Closed == nil {
		all, err := s.Agencies.All(ctx)
		if err != nil {
			return Handling{}, err
		}
		for _, a := range all {
			if a.ID != h.AgencyID {
				h.Agencies = append(h.Agencies, a)
			}
		}
	}
	return h, nil
}

// closeHandling sets what the windows refuse.
func (s *Service) closeHandling(ctx context.Context, h *Handling) error {
	w, err := s.windows(ctx)
	if err != nil {
		return err
	}
	if h.Closed = w.check(ctx, h.Innovation, h.Innovation); fault.Ours(h.Closed) {
		return h.Closed
	}
	h.closed = map[Move]error{}
	for _, m := range Moves() {
		next, ok := h.State.After(m)
		if !ok {
			continue
		}
		if h.closed[m] = w.check(ctx, h.Innovation, h.after(next, "", s.Now())); fault.Ours(h.closed[m]) {
			return h.closed[m]
		}
	}
	return nil
}

// Allows reports whether the state has a move and no window refuses it.
func (h Handling) Allows(m Move) bool {
	_, ok := h.State.After(m)
	return ok && h.closed[m] == nil
}

// Refusal is the fault of a window that refuses a move of the state or a transfer; nil for
// none.
func (h Handling) Refusal() error {
	if h.Closed != nil {
		return h.Closed
	}
	for _, m := range Moves() {
		if err := h.closed[m]; err != nil {
			return err
		}
	}
	return nil
}

// Transfers returns the open transfers that concern the actor: of innovations that
// they may read, and to agencies for which they may answer.
func (s *Service) Transfers(ctx context.Context) (list []Transfer, err error) {
	who := actor.From(ctx)
	if !who.SignedIn() {
		return nil, fault.New(fault.Unknown, "fault.sign_in")
	}
	all, err := s.Store.Transfers(ctx)
	for _, t := range all {
		if MayRead(who, t.From) || MayEdit(who, t.To) {
			list = append(list, t)
		}
	}
	return list, err
}

// AskTransfer asks to transfer an innovation. An operator of its owner or an admin
// may. It returns Conflict if there is an open transfer, and if it could not be accepted
// now since the window of a period is over.
func (s *Service) AskTransfer(ctx context.Context, id, to, note string) error {
	err := s.inWindows(ctx, func(ctx context.Context, w *windows) error {
		receiver, missing := s.Agencies.LockShared(ctx, to)
		if missing != nil && fault.KindOf(missing) != fault.NotFound {
			return missing
		}
		return s.change(ctx, id, func(ctx context.Context, i Innovation) error {
			if err := CheckRead(ctx, i.AgencyID); err != nil {
				return err
			}
			if !MayAsk(actor.From(ctx), i.AgencyID) {
				return fault.New(fault.Forbidden, "fault.forbidden")
			}
			if err := s.checkMovable(ctx, i); err != nil {
				return err
			}
			if err := w.check(ctx, i, i); err != nil {
				return err
			}
			t := Transfer{InnovationID: id, From: i.AgencyID, To: to, Note: text.Paragraphs(note), AskedAt: s.Now()}
			var check fault.Check
			check.That(missing == nil && receiver.Lives() && to != i.AgencyID, "to", "innovation.agency_other")
			check.That(utf8.RuneCountInString(t.Note) <= longestText, "note", "innovation.text_long", fault.Args{"Most": longestText})
			if err := check.Err(); err != nil {
				return err
			}
			switch open, err := s.transferOf(ctx, id); {
			case err != nil:
				return err
			case open != nil:
				return fault.New(fault.Conflict, "innovation.transfer_open")
			}
			if err := s.Store.AskTransfer(ctx, t); err != nil {
				return err
			}
			return s.Log.Append(ctx, audit.Innovation.Of(id), EventTransferRequested, audit.Details{audit.KeyFrom: t.From, audit.KeyTo: t.To, audit.KeyNote: t.Note})
		})
	})
	return fault.Wrap(err, "innovation %s: ask to transfer", id)
}

// transferOf returns the open transfer of an innovation, nil for none.
func (s *Service) transferOf(ctx context.Context, id string) (*Transfer, error) {
	t, err := s.Store.TransferOf(ctx, id)
	switch {
	case fault.KindOf(err) == fault.NotFound:
		return nil, nil //nolint:nilnil // nobody has asked
	case err != nil:
		return nil, err
	}
	return &t, nil
}

// AnswerTransfer ends the open transfer of an innovation. It returns Conflict if
// there is none, or if the innovation was withdrawn or archived meanwhile. It can be
// accepted only while every period that counts it accepts its answers.
//
// Accepting asks about a name that the receiver has given to another innovation, as Register
// does; sameName is Form.SameName.
func (s *Service) AnswerTransfer(ctx context.Context, id string, answer Answer, sameName string) error {
	seen, err := s.Handling(ctx, id)
	if err != nil {
		return err
	}
	if err := seen.mayAnswer(actor.From(ctx), answer); err != nil {
		return err
	}
	err = s.inWindows(ctx, func(ctx context.Context, w *windows) error {
		if err := s.lockOwners(ctx, seen.AgencyID, seen.Transfer.To); err != nil {
			return err
		}
		return s.change(ctx, id, func(ctx context.Context, i Innovation) error {
			open, err := s.transferOf(ctx, id)
			if err != nil {
				return err
			}
			h := Handling{Innovation: i, Transfer: open}
			if err := h.checkSee(actor.From(ctx)); err != nil {
				return err
			}
			if open != nil && (open.To != seen.Transfer.To || i.AgencyID != seen.AgencyID) {
				h.Transfer = nil // another transfer, which the actor has not seen
			}
			if err := h.mayAnswer(actor.From(ctx), answer); err != nil {
				return err
			}
			if answer == Accept {
				return s.accept(ctx, w, h, sameName)
			}
			if err := s.Store.EndTransfer(ctx, id); err != nil {
				return err
			}
			event := EventTransferRefused
			if answer == Cancel {
				event = EventTransferCancelled
			}
			return s.Log.Append(ctx, audit.Innovation.Of(id), event, audit.Details{audit.KeyFrom: h.Transfer.From, audit.KeyTo: h.Transfer.To})
		})
	})
	return fault.Wrap(err, "innovation %s: transfer: %s", id, answer)
}

func (s *Service) accept(ctx context.Context, w *windows, h Handling, sameName string) error {
	receiver, err := s.Agencies.ByID(ctx, h.Transfer.To)
	switch {
	case err != nil:
		return err
	case !receiver.Lives():
		return fault.New(fault.Conflict, "innovation.agency_gone")
	}
	if err := s.checkMovable(ctx, h.Innovation); err != nil {
		return err
	}
	if err := w.check(ctx, h.Innovation, h.Innovation); err != nil {
		return err
	}
	if h.State != Archived {
		var check fault.Check
		received := h.Innovation
		received.AgencyID = h.Transfer.To
		if err := s.nameIsNew(ctx, received, "", sameName, &check); err != nil {
			return err
		}
		if err := check.Err(); err != nil {
			return err
		}
	}
	return s.recordOwner(ctx, h.Innovation, h.Transfer.To, "", zone.Today(ctx, s.Now()))
}

// movable reports whether an innovation can go to another agency: an active one, and an
// archived one that has stayed with an agency that has ended.
func (s *Service) movable(ctx context.Context, i Innovation) (bool, error) {
	if i.State != Archived {
		return i.State == Active, nil
	}
	owner, err := s.Agencies.ByID(ctx, i.AgencyID)
	return err == nil && !owner.Lives(), err
}

func (s *Service) checkMovable(ctx context.Context, i Innovation) error {
	movable, err := s.movable(ctx, i)
	if err == nil && !movable {
		return fault.New(fault.Conflict, "innovation.put_away")
	}
	return err
}

// checkSee returns NotFound if who may neither read the innovation nor answer its
// open transfer.
func (h Handling) checkSee(who actor.Actor) error {
	if receives := h.Transfer != nil && MayEdit(who, h.Transfer.To); receives || MayRead(who, h.AgencyID) {
		return nil
	}
	return fault.New(fault.NotFound, "fault.not_found")
}

// mayAnswer returns the fault if who may not give that answer.
func (h Handling) mayAnswer(who actor.Actor, answer Answer) error {
	granted := false
	switch answer {
	case Accept, Refuse:
		granted = h.Transfer == nil || MayEdit(who, h.Transfer.To)
	case Cancel:
		granted = MayAsk(who, h.AgencyID)
	default:
		return fault.New(fault.NotFound, "fault.not_found")
	}
	switch {
	case !granted:
		return fault.New(fault.Forbidden, "fault.forbidden")
	case h.Transfer == nil:
		return fault.New(fault.Conflict, "innovation.transfer_none")
	}
	return nil
}

// Move transfers an innovation from a day on by the act with that number, as when
// agencies merge: by law, whatever the windows of periods. Only an admin of the region
// may. Its state, answers and decisions are unchanged; an open transfer stays open, unless it is to the new owner. The caller
// has locked the agencies and, with LockOwned, their innovations.
func (s *Service) Move(ctx context.Context, innovationID, toAgency, number string, on day.Day) error {
	switch who := actor.From(ctx); {
	case !who.SignedIn():
		return fault.New(fault.Unknown, "fault.sign_in")
	case !who.Serves("", actor.Admin):
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	err := s.change(ctx, innovationID, func(ctx context.Context, i Innovation) error {
		if i.AgencyID == toAgency {
			return nil
		}
		if _, err := s.Agencies.ByID(ctx, toAgency); err != nil {
			return err
		}
		open, err := s.transferOf(ctx, innovationID)
		if err != nil {
			return err
		}
		if open == nil || open.To == toAgency {
			return s.recordOwner(ctx, i, toAgency, text.Line(number), on)
		}
		return s.changeOwner(ctx, i, toAgency, text.Line(number), on)
	})
	return fault.Wrap(err, "innovation %s: to agency %s", innovationID, toAgency)
}

// OpenOf returns all innovations of an agency, in any state, by name, to those who
// may read them.
func (s *Service) OpenOf(ctx context.Context, agencyID string) ([]Innovation, error) {
	if err := CheckRead(ctx, agencyID); err != nil {
		return nil, err
	}
	return s.Store.List(ctx, Scope{Agencies: []string{agencyID}})
}

// recordOwner makes to the owner of i, which is locked, and ends an open transfer.
func (s *Service) recordOwner(ctx context.Context, i Innovation, to, number string, on day.Day) error {
	if err := s.Store.EndTransfer(ctx, i.ID); err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	return s.changeOwner(ctx, i, to, number, on)
}

// changeOwner makes to the owner of i, which is locked.
func (s *Service) changeOwner(ctx context.Context, i Innovation, to, number string, on day.Day) error {
	from := i.AgencyID
	i.AgencyID, i.ChangedAt = to, s.Now()
	if err := s.Store.Save(ctx, i); err != nil {
		return err
	}
	if err := s.Store.RecordOwner(ctx, i.ID, from, to, number, on); err != nil {
		return err
	}
	return s.Log.Append(ctx, audit.Innovation.Of(i.ID), EventTransferred, audit.Details{
		audit.KeyFrom: from, audit.KeyTo: to, audit.KeyNumber: number, audit.KeyDate: string(on),
	})
}
