// Package period keeps the measuring years of a region.
//
// A period is opened from one instrument pack and holds the pack's id and the
// SHA-256 of its bytes forever: whoever reads the period later gets that pack
// or a refusal, never other content under the same id. Old years do not change.
//
// Agencies write in a period while it is open and its window lasts. An extension
// gives one agency, or all, more time than the window does, until it is taken back. Deadlines inside the
// window tell people what is due and refuse nothing. BRIDA or an admin closes a
// period, opens it again, and archives it for good: the table in state.go is
// that whole life. Two years may be open at once.
//
// The package asks for what it needs through Store, Packs, Agencies, Closing, Log
// and uow.Transactor; periodsql and periodweb are its two adapters.
package period
