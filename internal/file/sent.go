package file

import (
	"context"

	"siida.id/internal/base/fault"
)

// Sent returns, in the caller's transaction, the file of a form: received, which was
// sent with the form itself, or what the actor sent for that purpose before; none for
// an empty id. If Sweep has deleted it since, it was found since that it cannot be
// opened, or the actor has not sent it, Sent returns none, and adds a mistake on
// fault.File.
func (s *Service) Sent(ctx context.Context, check *fault.Check, purpose, id string, received Record) (r Record, gone bool, err error) {
	switch id {
	case "":
		return Record{}, false, nil
	case received.ID:
		return received, false, nil
	}
	r, err = s.Pending(ctx, purpose, id)
	if fault.KindOf(err) == fault.NotFound {
		check.That(false, fault.File, "file.swept")
		return Record{}, true, nil
	}
	if err == nil && r.State == Unopenable {
		check.That(false, fault.File, r.Reason, fault.Args{"Name": r.Name})
		return Record{}, true, nil
	}
	return r, false, err
}
