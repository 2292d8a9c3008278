package account

import (
	"context"
	"fmt"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
)

// Acting returns how the actor holds the office of an agency's kepala now, by their
// latest appointment; NotFound if they do not.
func (s *Service) Acting(ctx context.Context, agencyID string) (Acting, error) {
	who := actor.From(ctx)
	if !who.SignedIn() {
		return "", fault.New(fault.Unknown, "fault.sign_in")
	}
	list, err := s.Store.Assignments(ctx, who.ID)
	if err != nil {
		return "", fmt.Errorf("office of %s: %w", who.ID, err)
	}
	for _, a := range list {
		if a.Role == actor.Kepala && a.Agency == agencyID && a.State(s.Now()) == Counting {
			return a.Acting, nil
		}
	}
	return "", fault.New(fault.NotFound, "fault.not_found")
}
