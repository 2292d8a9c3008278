// Package may names who a route is for, as it is registered:
//
//	handle("POST /inovasi/{id}/ubah", h.change, may.EditInnovation)
//
// A name decides nothing. Services decide, from the actor's assignments and the
// record as it is (ADR 0029); the name is what TestAccessMatrix expects of them,
// and it tries every route as everybody against it. Nothing at run time reads
// it, but for one thing: an upload is not read for a visitor unless it is for
// Anyone.
//
// Where a route names a record, the words "their agency" below mean the agency
// of that record, and nobody sees one of another region.
package may

// Who is whom a route is for.
type Who string

// Whom routes are for. A new one gets its line in the access matrix's table of
// expectations.
const (
	Anyone      Who = "anyone"       // visitors too
	TokenHolder Who = "token holder" // whoever holds the secret in the address or a sign-in that is half done; being signed in does not help
	SignedIn    Who = "signed in"    // everybody with a session, whatever their assignments
	Appointed   Who = "appointed"    // everybody with an assignment that counts now

	RegisterInnovation Who = "register innovation" // who may enter an innovation: operators, pendamping, admins
	ReadInnovation     Who = "read innovation"     // their agency and the ones above it, BRIDA, pimpinan, admins
	EditInnovation     Who = "edit innovation"     // operators and pendamping of their agency, admins
	MoveInnovation     Who = "move innovation"     // operators of their agency, admins
	EndorseInnovation  Who = "endorse innovation"  // the kepala of their agency

	ReadRequest  Who = "read request"  // a data request: their agency, BRIDA, pimpinan, admins
	ReplyRequest Who = "reply request" // operators and pendamping of their agency, admins

	Oversee Who = "oversee" // BRIDA, pimpinan, admins
	Lead    Who = "lead"    // BRIDA, admins
	Admin   Who = "admin"   // admins
)
