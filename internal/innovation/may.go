package innovation

import (
	"context"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
)

// readers may open the innovations of the agencies they are assigned to and of
// those below, and editors may change those of the former; an assignment to the
// whole region covers them all.
var (
	readers = []actor.Role{actor.Operator, actor.Pendamping, actor.Kepala, actor.Brida, actor.Pimpinan, actor.Admin}
	editors = []actor.Role{actor.Operator, actor.Pendamping, actor.Admin}
)

// MayRead reports whether who may open the innovations of an agency.
func MayRead(who actor.Actor, agencyID string) bool { return who.Reads(agencyID, readers...) }

// MayEdit reports whether who may change the innovations of an agency.
func MayEdit(who actor.Actor, agencyID string) bool { return who.Serves(agencyID, editors...) }

// MayRegister reports whether who may register innovations of some agency.
func MayRegister(who actor.Actor) bool {
	agencies, all := who.Agencies(editors...)
	return all || len(agencies) > 0
}

// CheckRead returns the fault that explains why the actor may not open the
// innovations of an agency. To them they do not exist.
func CheckRead(ctx context.Context, agencyID string) error {
	switch who := actor.From(ctx); {
	case !who.SignedIn():
		return fault.New(fault.Unknown, "fault.sign_in")
	case !MayRead(who, agencyID):
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return nil
}

// CheckEdit returns the fault that explains why the actor may not change the
// innovations of an agency: NotFound if they may not even read them.
func CheckEdit(ctx context.Context, agencyID string) error {
	if err := CheckRead(ctx, agencyID); err != nil {
		return err
	}
	if !MayEdit(actor.From(ctx), agencyID) {
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return nil
}

// Access is what decides who may read or change an innovation.
type Access struct {
	ID       string
	AgencyID string
	State    State
}

// Access returns that of i.
func (i Innovation) Access() Access { return Access{i.ID, i.AgencyID, i.State} }

// CheckChange is CheckEdit for one innovation, its answers and evidence: what
// is withdrawn or archived is a Conflict, and has to be restored before.
func CheckChange(ctx context.Context, a Access) error {
	if err := CheckEdit(ctx, a.AgencyID); err != nil {
		return err
	}
	if a.State != Active {
		return fault.New(fault.Conflict, "innovation.put_away")
	}
	return nil
}

// ScopeOf is whose innovations the actor may see in a list.
func ScopeOf(who actor.Actor) Scope {
	agencies, all := who.Readable(readers...)
	return Scope{Region: all, Agencies: agencies}
}
