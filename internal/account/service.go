package account

import (
	"context"
	"time"

	"siida.id/internal/base/fault"
	"siida.id/internal/base/uow"
)

// Service holds the rules of accounts.
type Service struct {
	Store    Store
	Agencies Agencies // whose people there are; app fills it from agency
	Access   Access
	Log      Log
	// Tx runs what people change of their own account. It goes on while the disk is
	// full, as long as there is a reserve.
	Tx uow.Transactor
	// Exclusive runs what changes other people and what they are appointed to: it
	// has the region alone, and reads the actor again.
	Exclusive uow.Transactor
	NewID     func() string
	Now       func() time.Time
}

// How the audit log calls what happens here.
const (
	enrolled = "daftar"

	given     = "tugas"
	taken     = "tugas-berakhir"
	corrected = "ubah"
	codeMade  = "kode-baru"
	stopped   = "nonaktif"
	resumed   = "aktif"
	profile   = "profil"

	factorOff    = "dua-langkah-berakhir"
	factorDemand = "dua-langkah-wajib"
)

// Add adds a person with assignments in the caller's transaction. Who may, how the
// person gets in and what the log says of it is the caller's: auth's.
func (s *Service) Add(ctx context.Context, p Person, assignments []Assignment) error {
	err := s.Store.Add(ctx, p, assignments)
	if fault.KindOf(err) == fault.Conflict {
		var check fault.Check
		check.That(false, fieldLogin, "account.login_taken")
		return check.Err()
	}
	return err
}

// Subject is what the audit log calls a person.
func Subject(person string) string { return "person/" + person }
