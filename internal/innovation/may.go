package innovation

import (
	"context"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/period"
)

// readers may read the innovations of the agencies to which they are assigned and of
// those below; editors may change those of the agencies to which they are assigned.
// An assignment to the whole region covers all.
var (
	readers = []actor.Role{actor.Operator, actor.Pendamping, actor.Kepala, actor.Brida, actor.Pimpinan, actor.Admin}
	editors = []actor.Role{actor.Operator, actor.Pendamping, actor.Admin}
)

// MayRead reports whether who may read the innovations of an agency.
func MayRead(who actor.Actor, agencyID string) bool { return who.Reads(agencyID, readers...) }

// MayEdit reports whether who may change the innovations of an agency.
func MayEdit(who actor.Actor, agencyID string) bool { return who.Serves(agencyID, editors...) }

// MayRegister reports whether who may register innovations of any agency.
func MayRegister(who actor.Actor) bool {
	agencies, all := who.Agencies(editors...)
	return all || len(agencies) > 0
}

// CheckRead returns NotFound if the actor may not read the innovations of an agency,
// Unknown if they are not signed in.
func CheckRead(ctx context.Context, agencyID string) error {
	switch who := actor.From(ctx); {
	case !who.SignedIn():
		return fault.New(fault.Unknown, "fault.sign_in")
	case !MayRead(who, agencyID):
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return nil
}

// CheckEdit returns the fault if the actor may not change the innovations of an
// agency: NotFound if they may not read them either.
func CheckEdit(ctx context.Context, agencyID string) error {
	if err := CheckRead(ctx, agencyID); err != nil {
		return err
	}
	if !MayEdit(actor.From(ctx), agencyID) {
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return nil
}

// Access is what the permission to read or change an innovation depends on.
type Access struct {
	ID       string
	AgencyID string
	State    State
}

// Access returns the Access of i.
func (i Innovation) Access() Access { return Access{i.ID, i.AgencyID, i.State} }

// Data is what the window of a period asks about a.
func (a Access) Data() period.Data { return period.Data{AgencyID: a.AgencyID, InnovationID: a.ID} }

// CheckChange is CheckEdit for one innovation, its answers and evidence; it returns
// Conflict if it is withdrawn or archived and must be restored first.
func CheckChange(ctx context.Context, a Access) error {
	if err := CheckEdit(ctx, a.AgencyID); err != nil {
		return err
	}
	if a.State != Active {
		return fault.New(fault.Conflict, "innovation.put_away")
	}
	return nil
}

// ScopeOf returns the scope of the innovations that who may read in a list.
func ScopeOf(who actor.Actor) Scope {
	agencies, all := who.Readable(readers...)
	return Scope{Region: all, Agencies: agencies}
}
