package innovation

import (
	"context"

	"siida.id/internal/base/actor"
)

// Earlier returns the innovations that another one can continue: those of the
// agencies for which the actor may register, except the one with that id.
func (s *Service) Earlier(ctx context.Context, except string) (list []Innovation, err error) {
	all, err := s.List(ctx)
	for _, i := range all {
		if i.ID != except && MayEdit(actor.From(ctx), i.AgencyID) {
			list = append(list, i)
		}
	}
	return list, err
}
