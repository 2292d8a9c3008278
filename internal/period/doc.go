// Package period keeps the measuring years of a region.
//
// A period is opened from one instrument pack and holds the pack's id and the
// SHA-256 of its bytes for ever: whoever reads the period later gets that pack
// or a refusal, never other content under the same id. Old years do not change.
// Windows, deadlines and closing come later.
//
// The package asks for what it needs through Store, Packs, Log and
// uow.Transactor; periodsql and periodweb are its two adapters.
package period
