package period_test

import (
	"context"
	"crypto/rand"
	"slices"
	"testing"
	"time"

	"siida.id/internal/agency"
	"siida.id/internal/audit"
	"siida.id/internal/audit/auditsql"
	"siida.id/internal/audit/audittest"
	"siida.id/internal/base/id"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/period/periodsql"
)

// now has more digits than a store keeps.
var now = time.Date(2026, 3, 2, 8, 30, 0, 123_456_789, time.UTC)

// fakePacks is a list of packs that tests change.
type fakePacks []*instrument.Pack

func (s *fakePacks) All() []*instrument.Pack { return *s }

func (s *fakePacks) ByID(id string) (*instrument.Pack, bool) {
	at := slices.IndexFunc(*s, func(p *instrument.Pack) bool { return p.ID == id })
	if at < 0 {
		return nil, false
	}
	return (*s)[at], true
}

// agencies is a fixed list of two, in every region.
type agencies struct{}

func (agencies) All(context.Context) ([]agency.Agency, error) {
	return []agency.Agency{{ID: "own", Name: "Dinas own"}, {ID: "other", Name: "Dinas other"}}, nil
}

// world is a service on a real database, with packs that can be changed and a log
// that can fail.
type world struct {
	*period.Service
	packs fakePacks
	log   *audittest.Log
	trail *audit.Log
}

// writable returns the fault if an agency may not write in a period now.
func (w *world) writable(ctx context.Context, id, agencyID string) error {
	p, err := w.ByID(ctx, id)
	if err != nil {
		return err
	}
	return w.WritableIn(ctx, p.Period, period.Data{AgencyID: agencyID})
}

func each(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Parallel()
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		lib, err := instrument.Embedded()
		if err != nil {
			t.Fatal(err)
		}
		clock := func() time.Time { return now }
		w := &world{packs: lib.All(), trail: &audit.Log{Store: &auditsql.Store{DB: db}, Tx: db, NewID: id.New, Now: clock, Random: rand.Reader}}
		w.log = &audittest.Log{Real: w.trail}
		w.Service = &period.Service{
			Store: &periodsql.Store{DB: db}, Packs: &w.packs, Agencies: agencies{}, Log: w.log, Tx: db, NewID: id.New, Now: clock,
		}
		fn(t, w)
	})
}
