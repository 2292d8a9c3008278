// Package actor holds who is acting, and for which region. Services read
// permissions from it and stores the region; nothing else decides who may see
// what.
package actor

import (
	"context"
	"slices"
)

// Role is what an assignment appoints a person to.
type Role string

// The roles, in words of the field. Operator and pendamping are an agency's
// Deputi: one fills in, the other helps and checks; the kepala heads it and
// endorses. BRIDA has duties for the whole region, an admin manages its people
// and agencies, and the pimpinan (regent, secretary) reads figures and
// profiles.
const (
	Operator   Role = "operator"
	Pendamping Role = "pendamping"
	Kepala     Role = "kepala"
	Brida      Role = "brida"
	Pimpinan   Role = "pimpinan"
	Admin      Role = "admin"
)

// Roles lists every role, for tests that cover all of them.
func Roles() []Role { return []Role{Operator, Pendamping, Kepala, Brida, Pimpinan, Admin} }

// Assignment appoints a person to a role, for one agency or, where Agency is
// empty, for the whole region.
type Assignment struct {
	Role   Role
	Agency string
	Below  bool // inherited from an assignment to a parent agency; read only
}

// Actor is the person (or job) on whose behalf a call is made. Without an ID it
// is a visitor; without a Region it finds nothing.
type Actor struct {
	ID          string
	Name        string
	Region      string
	Session     string // id of the session; empty for a job
	Assignments []Assignment
}

// SignedIn reports whether a is a person and not a visitor.
func (a Actor) SignedIn() bool { return a.ID != "" }

// Serves reports whether an assignment to one of roles is for agency itself or
// for the whole region. With an empty agency only the latter count.
func (a Actor) Serves(agency string, roles ...Role) bool {
	return slices.ContainsFunc(a.Assignments, func(as Assignment) bool {
		return !as.Below && as.covers(agency, roles)
	})
}

// Reads is Serves for reading: an assignment to an agency above counts too.
func (a Actor) Reads(agency string, roles ...Role) bool {
	return slices.ContainsFunc(a.Assignments, func(as Assignment) bool { return as.covers(agency, roles) })
}

func (as Assignment) covers(agency string, roles []Role) bool {
	return slices.Contains(roles, as.Role) && (as.Agency == "" || as.Agency == agency)
}

// Agencies lists the agencies that assignments to one of roles are for, each
// once; all is true when one of them covers the whole region.
func (a Actor) Agencies(roles ...Role) (ids []string, all bool) { return a.agencies(false, roles) }

// Readable is Agencies for reading: with those below the ones assigned.
func (a Actor) Readable(roles ...Role) (ids []string, all bool) { return a.agencies(true, roles) }

func (a Actor) agencies(below bool, roles []Role) (ids []string, all bool) {
	for _, as := range a.Assignments {
		switch {
		case !slices.Contains(roles, as.Role), as.Below && !below:
		case as.Agency == "":
			all = true
		case !slices.Contains(ids, as.Agency):
			ids = append(ids, as.Agency)
		}
	}
	return ids, all
}

type key struct{}

// With returns a context that carries a.
func With(ctx context.Context, a Actor) context.Context { return context.WithValue(ctx, key{}, a) }

// From returns the actor in ctx; the zero Actor may do nothing and sees no region.
func From(ctx context.Context) Actor {
	a, _ := ctx.Value(key{}).(Actor)
	return a
}
