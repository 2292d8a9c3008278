// Package may names the audiences of routes, as they are registered:
//
//	handle("POST /inovasi/{id}/ubah", h.change, may.EditInnovation)
//
// An audience decides nothing. Services decide, from the actor's assignments and the
// record as it is (ADR 0029); TestAccessMatrix requests every route as every persona
// and expects that result. At run time an audience is used only for one thing: an
// upload of a visitor is read only if the route is for Anyone.
//
// If a route is about a record, "their agency" below means the agency of that record,
// and nobody reads records of another region.
package may

// Who is the audience of a route.
type Who string

// The audiences. A new one needs an entry in the expectations of the access matrix.
const (
	Anyone      Who = "anyone"       // visitors too
	TokenHolder Who = "token holder" // whoever has the secret in the address or an incomplete sign-in; being signed in does not help
	SignedIn    Who = "signed in"    // everybody with a session, whatever their assignments
	Appointed   Who = "appointed"    // everybody with an assignment in force

	RegisterInnovation Who = "register innovation" // who may enter an innovation: operators, pendamping, admins
	ReadInnovation     Who = "read innovation"     // their agency and the ones above it, BRIDA, pimpinan, admins
	EditInnovation     Who = "edit innovation"     // operators and pendamping of their agency, admins
	MoveInnovation     Who = "move innovation"     // operators of their agency, admins
	EndorseInnovation  Who = "endorse innovation"  // the kepala of their agency

	ReadRequest  Who = "read request"  // a data request: their agency, BRIDA, pimpinan, admins
	ReplyRequest Who = "reply request" // operators and pendamping of their agency, admins

	ReadBoard Who = "read board" // pendamping and kepala of any agency, BRIDA, pimpinan, admins

	Oversee Who = "oversee" // BRIDA, pimpinan, admins
	Lead    Who = "lead"    // BRIDA, admins
	Admin   Who = "admin"   // admins
)
