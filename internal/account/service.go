package account

import (
	"context"
	"time"

	"siida.id/internal/audit"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/reference"
	"siida.id/internal/base/uow"
)

// Service has the rules of accounts.
type Service struct {
	Store    Store
	Agencies Agencies // app sets it from agency
	Access   Access
	// References are of rooms of higher rank; app sets them.
	References []reference.People
	Log        Log
	// Tx runs what people change of their own account. It works while the disk is
	// full, as long as there is a reserve.
	Tx uow.Transactor
	// Exclusive runs what changes other people and their assignments: it locks the
	// region exclusively and reads the actor again.
	Exclusive uow.Transactor
	NewID     func() string
	Now       func() time.Time
}

// The events of this room in the audit log.
const (
	EventPersonAdded     audit.Event = "account.person_added"
	EventPersonCorrected audit.Event = "account.person_corrected"
	EventProfileChanged  audit.Event = "account.profile_changed"
	EventLanguageChanged audit.Event = "account.language_changed"
	EventActivated       audit.Event = "account.activated"
	EventDeactivated     audit.Event = "account.deactivated"
	EventAssigned        audit.Event = "account.assigned"
	EventAssignmentEnded audit.Event = "account.assignment_ended"
	EventStaffMoved      audit.Event = "account.staff_moved"
	EventCodeIssued      audit.Event = "account.code_issued"
	EventFactorReset     audit.Event = "account.factor_reset"
	EventFactorDemandSet audit.Event = "account.factor_demand_set"
)

// ProfileEvents returns the events about a person that change their name, phone or
// language by a form.
func ProfileEvents() []audit.Event {
	return []audit.Event{EventPersonAdded, EventPersonCorrected, EventProfileChanged}
}

// Add adds a person with assignments in the caller's transaction. The caller, auth,
// checks the permission, stores the credentials and appends to the audit log.
func (s *Service) Add(ctx context.Context, p Person, assignments []Assignment) error {
	err := s.Store.Add(ctx, p, assignments)
	if fault.KindOf(err) == fault.Conflict {
		var check fault.Check
		check.That(false, fieldLogin, "account.login_taken")
		return check.Err()
	}
	return err
}
