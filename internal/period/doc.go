// Package period has the measuring years of a region.
//
// A period is opened from one instrument pack and stores the pack's id and the
// SHA-256 of its bytes: later reads use that pack or fail, but never use other
// content under the same id. Past years do not change.
//
// Agencies write in a period while it is open and within its window. An extension
// gives one agency, or all, more time than the window does, until it is revoked.
// Deadlines inside the window announce what is due and refuse nothing. BRIDA or an
// admin closes a period, opens it again, and archives it; table in state.go has all
// transitions. The page of each says first what is unfinished. The pack of an archived
// year stays on offer, and opening it opens that period again. Two years may be open at once.
//
// The package depends on the interfaces Store, Packs, Agencies, Closing, Log and
// uow.Transactor; periodsql and periodweb are its two adapters.
package period
