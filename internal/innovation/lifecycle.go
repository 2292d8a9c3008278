package innovation

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"siida.id/internal/base/fault"
)

// Do withdraws, archives or restores an innovation for whoever may change it.
// To withdraw asks for a reason. Conflict says that the state has no such move.
func (s *Service) Do(ctx context.Context, id string, m Move, reason string) error {
	i, err := s.ByID(ctx, id)
	if err != nil {
		return err
	}
	if err := CheckEdit(ctx, i.AgencyID); err != nil {
		return err
	}
	before := i.State
	next, ok := before.After(m)
	if !ok {
		return fault.New(fault.Conflict, "innovation.no_such_move")
	}
	reason = strings.Join(strings.Fields(reason), " ")
	var check fault.Check
	check.That(m != Withdraw || reason != "", "alasan", "innovation.reason_missing")
	check.That(utf8.RuneCountInString(reason) <= longestLine, "alasan", "innovation.text_long", fault.Args{"Most": longestLine})
	if err := check.Err(); err != nil {
		return err
	}
	i.State, i.ChangedAt = next, s.Now()
	switch m {
	case Withdraw:
		i.StateNote = reason
	case Restore:
		i.StateNote = ""
	case Archive: // why it was withdrawn stays known
	}
	err = s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.Save(ctx, i); err != nil {
			return err
		}
		return s.Log.Append(ctx, "innovation/"+i.ID, string(m), map[string]string{"alasan": reason})
	})
	if err != nil {
		return fmt.Errorf("innovation %s: %s: %w", i.ID, m, err)
	}
	return nil
}
