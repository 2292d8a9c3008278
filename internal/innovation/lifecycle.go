package innovation

import (
	"context"
	"unicode/utf8"

	"siida.id/internal/audit"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
)

// standing has the sentences that say in which state an innovation is, to people who
// were shown another one.
var standing = map[State]string{Active: "innovation.is_active", Withdrawn: "innovation.is_withdrawn", Archived: "innovation.is_archived"}

// Do withdraws, archives or restores an innovation for a person who may change it. A
// withdrawal needs a reason. It returns Conflict if the state has no such move, for what
// is restored to an agency that has ended, and if that changes a period whose window is
// over.
//
// What is restored from the archive is asked about as Register asks, if its agency has given
// its name to another innovation since. detail is the reason of a withdrawal, and
// Form.SameName of a restoration.
func (s *Service) Do(ctx context.Context, id string, m Move, detail string) error {
	if m == Restore {
		return s.restore(ctx, id, detail)
	}
	return fault.Wrap(s.changeInWindows(ctx, id, func(ctx context.Context, w *windows, i Innovation) error {
		return s.move(ctx, w, i, m, text.Line(detail))
	}), "innovation %s: %s", id, m)
}

// restore locks the agency, which orders it with those who use the name.
func (s *Service) restore(ctx context.Context, id, sameName string) error {
	seen, err := s.Store.ByID(ctx, id)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	err = s.inWindows(ctx, func(ctx context.Context, w *windows) error {
		if seen.AgencyID != "" {
			if _, err := s.Agencies.Lock(ctx, seen.AgencyID); err != nil {
				return err
			}
		}
		return s.change(ctx, id, func(ctx context.Context, i Innovation) error {
			if i.AgencyID != seen.AgencyID {
				return fault.New(fault.Conflict, "fault.moved_on")
			}
			if err := CheckEdit(ctx, i.AgencyID); err != nil {
				return err
			}
			if i.State == Archived {
				var check fault.Check
				if err := s.nameIsNew(ctx, i, "", sameName, &check); err != nil {
					return err
				}
				if err := check.Err(); err != nil {
					return err
				}
			}
			return s.move(ctx, w, i, Restore, "")
		})
	})
	return fault.Wrap(err, "innovation %s: %s", id, Restore)
}

// move makes a move of i, which is locked.
func (s *Service) move(ctx context.Context, w *windows, i Innovation, m Move, reason string) error {
	if err := CheckEdit(ctx, i.AgencyID); err != nil {
		return err
	}
	next, ok := i.State.After(m)
	if !ok {
		return fault.New(fault.Conflict, standing[i.State])
	}
	if m == Restore {
		owner, err := s.Agencies.ByID(ctx, i.AgencyID)
		if err != nil {
			return err
		}
		if !owner.Lives() {
			return fault.New(fault.Conflict, "innovation.owner_ended").With(fault.Args{"Agency": owner.Name})
		}
	}
	moved := i.after(next, reason, s.Now())
	if err := w.check(ctx, i, moved); err != nil {
		return err
	}
	var check fault.Check
	check.That(m != Withdraw || reason != "", "reason", "innovation.reason_missing")
	check.That(utf8.RuneCountInString(reason) <= longestLine, "reason", "innovation.text_long", fault.Args{"Most": longestLine})
	if err := check.Err(); err != nil {
		return err
	}
	if err := s.Store.Save(ctx, moved); err != nil {
		return err
	}
	return s.Log.Append(ctx, audit.Innovation.Of(i.ID), m.event(), audit.Details{audit.KeyReason: reason})
}
