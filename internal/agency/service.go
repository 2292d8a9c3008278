package agency

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/uow"
)

// longest is the most letters that a name may have; official names stay far below.
const longest = 200

// Service holds the rules of agencies.
type Service struct {
	Store Store
	Log   Log
	Tx    uow.Transactor
	NewID func() string
}

// MayAdd reports whether who makes the region's agencies.
func MayAdd(who actor.Actor) bool { return who.Serves("", actor.Admin) }

// All lists the region's agencies to whoever has signed in: their names are public.
func (s *Service) All(ctx context.Context) ([]Agency, error) {
	if !actor.From(ctx).SignedIn() {
		return nil, fault.New(fault.Unknown, "fault.sign_in")
	}
	return s.Store.All(ctx)
}

// ByID returns one agency of the region.
func (s *Service) ByID(ctx context.Context, id string) (Agency, error) {
	if !actor.From(ctx).SignedIn() {
		return Agency{}, fault.New(fault.Unknown, "fault.sign_in")
	}
	return s.Store.ByID(ctx, id)
}

// CheckAdd returns the fault that explains why the actor may not make an agency.
func (s *Service) CheckAdd(ctx context.Context) error {
	switch who := actor.From(ctx); {
	case !who.SignedIn():
		return fault.New(fault.Unknown, "fault.sign_in")
	case !MayAdd(who):
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return nil
}

// Add makes an agency of that name and kind. It returns Invalid with every
// field that needs a repair; a name that is taken is one of them.
func (s *Service) Add(ctx context.Context, name string, kind Kind) (Agency, error) {
	if err := s.CheckAdd(ctx); err != nil {
		return Agency{}, err
	}
	a := Agency{ID: s.NewID(), Name: strings.Join(strings.Fields(name), " "), Kind: kind}
	var check fault.Check
	check.That(a.Name != "", "nama", "agency.name_missing")
	check.That(utf8.RuneCountInString(a.Name) <= longest, "nama", "agency.name_long", fault.Args{"Most": longest})
	check.That(kind.known(), "jenis", "agency.kind_missing")
	if err := check.Err(); err != nil {
		return Agency{}, err
	}
	err := s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.Add(ctx, a); err != nil {
			return err
		}
		return s.Log.Append(ctx, "agency/"+a.ID, "tambah", map[string]string{"nama": a.Name, "jenis": string(a.Kind)})
	})
	if fault.KindOf(err) == fault.Conflict {
		check.That(false, "nama", "agency.name_taken")
		return Agency{}, check.Err()
	}
	if err != nil {
		return Agency{}, fmt.Errorf("agency %s: add: %w", a.ID, err)
	}
	return a, nil
}
