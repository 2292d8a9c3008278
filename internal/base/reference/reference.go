// Package reference has what rooms know of agencies and people that a lower room is
// about to end.
//
// A reference is open while it counts for an agency or waits for it or for a person: an
// extension, a data request, an offered transfer. Others are history and never change.
// The room that has a kind of open references implements Agencies or People, and app
// puts all of them into one list. Which column of which table is open and which is
// history is listed in internal/test/references, which reads the schema.
package reference

import (
	"context"
)

// Kind is a kind of references.
type Kind string

// The kinds. Each has its words on the page of an act.
const (
	Assignment Kind = "assignment" // of a person to an agency
	Extension  Kind = "extension"  // of a period's window for an agency
	Request    Kind = "request"    // for data, to an agency or one of its people
	Offer      Kind = "offer"      // of an innovation to an agency
)

// Kinds returns the kinds in the order of pages.
func Kinds() []Kind { return []Kind{Assignment, Extension, Request, Offer} }

// Reference is one open reference.
type Reference struct {
	Kind Kind
	ID   string
	Name string // what a page calls it: an innovation, an indicator, a year, a person
	// Shared is set if every agency that follows gets it; otherwise one of them does.
	Shared bool
}

// Key identifies a reference among those of all kinds.
func (r Reference) Key() string { return string(r.Kind) + "-" + r.ID }

// Agency is an agency with its name at the time of the act.
type Agency struct{ ID, Name string }

// Succession is an act on an agency, as its references see it. Innovations and people
// have been transferred before.
type Succession struct {
	From   Agency
	Ends   bool     // From ends by the act
	Into   []Agency // the agencies that follow; From may be one of them
	Decree string   // its number
	// Chosen returns which agency of Into a reference that is not Shared goes to; the
	// zero Agency if none follows.
	Chosen func(Reference) Agency
}

// Agencies has open references to agencies.
type Agencies interface {
	// OfAgency returns those to an agency, in the order of the page.
	OfAgency(ctx context.Context, agencyID string) ([]Reference, error)
	// Follow gives those to s.From to the agencies that follow, or ends them. It runs in
	// the transaction of the act, which has locked the region exclusively, and appends to
	// the audit log last.
	Follow(ctx context.Context, s Succession) error
}

// People has open references to people by name.
type People interface {
	// OfPerson returns those to a person; at an agency only, unless agencyID is empty.
	OfPerson(ctx context.Context, personID, agencyID string) ([]Reference, error)
	// Release gives those to people who can no longer answer for the agency back to all
	// of its people. It runs in the transaction of what ended their assignment or closed
	// their account, and daily for assignments that have ended since. The transaction has
	// locked the region exclusively.
	Release(ctx context.Context) error
}
