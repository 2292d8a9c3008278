package demo

import (
	"context"
	"fmt"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/agency"
	"siida.id/internal/auth"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/uow"
	"siida.id/internal/base/zone"
	"siida.id/internal/decree"
	"siida.id/internal/evidence"
	"siida.id/internal/guidance"
	"siida.id/internal/index"
	"siida.id/internal/innovation"
	"siida.id/internal/period"
	"siida.id/internal/region"
	"siida.id/internal/regional"
	"siida.id/internal/report"
)

// Services are the services that build the world.
type Services struct {
	Tx          uow.Transactor
	Regions     *region.Service
	Accounts    *account.Service
	Auth        *auth.Service
	Agencies    *agency.Service
	Periods     *period.Service
	Decrees     *decree.Service
	Innovations *innovation.Service
	Guidance    *guidance.Service
	Evidence    *evidence.Service
	Regional    *regional.Service
	Index       *index.Service
	Report      *report.Service
	Print       func(region.Region) report.Print
	PDF         PDF
	Address     string          // the region's public URL
	Clock       func(time.Time) // moves the clock of all the others
}

// PDF makes a document of a title and paragraphs, with mark on every page.
type PDF func(mark, title string, lines []string) ([]byte, error)

// Login is one way to sign in to the world.
type Login struct{ Name, Login, Password, Role, Agency string }

// Logins lists those who are meant to be signed in as: one of each role, and a
// few operators. Everybody else has the same password.
func Logins() (list []Login, err error) {
	w, err := read()
	for _, p := range w.People {
		if !p.Quiet {
			list = append(list, Login{p.Name, p.Login, w.Password, p.Role, w.agency(p.Agency).Name})
		}
	}
	return list, err
}

// Seed is the random seed of the world, for callers that derive more from it.
func Seed() (uint64, error) {
	w, err := read()
	return w.Seed, err
}

// Fill creates the world in one transaction. It fails if the region exists.
func Fill(ctx context.Context, s Services) error {
	w, err := read()
	if err != nil {
		return err
	}
	here := region.Region{Code: w.Region.Code, Name: w.Region.Name, URL: s.Address, Zone: zone.Default, Sample: true}
	ctx = actor.With(zone.With(ctx, here.Zone), actor.Actor{Region: here.Code})
	m := &builder{
		Services: s, w: w, here: here, agencies: map[string]string{}, people: map[string]actor.Actor{},
		periods: map[string]period.Pinned{}, innovations: make([]string, len(w.Innovations)),
	}
	return s.Tx.InTx(ctx, m.run)
}

// builder creates the world and records what it has created so far.
type builder struct {
	Services
	w           world
	here        region.Region
	now         time.Time
	plans       map[string][]act // by the id of the period
	agencies    map[string]string
	people      map[string]actor.Actor // by sign-in name
	periods     map[string]period.Pinned
	innovations []string // their ids, as in the world
	proofs      int      // proofs sent so far
}

// as returns a context for the person with that sign-in name, and advances the
// clock a little.
func (m *builder) as(ctx context.Context, login string) (context.Context, error) {
	who, known := m.people[login]
	if !known {
		return nil, fmt.Errorf("demo: nobody is %q", login)
	}
	m.wait(71 * time.Second)
	return actor.With(ctx, who), nil
}

func (m *builder) wait(d time.Duration) { m.at(m.now.Add(d)) }

func (m *builder) at(t time.Time) {
	m.now = t
	m.Clock(t)
}
