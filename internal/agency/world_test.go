package agency_test

import (
	"context"
	"crypto/rand"
	"slices"
	"testing"
	"time"

	"siida.id/internal/agency"
	"siida.id/internal/agency/agencysql"
	"siida.id/internal/audit"
	"siida.id/internal/audit/auditsql"
	"siida.id/internal/audit/audittest"
	"siida.id/internal/base/day"
	"siida.id/internal/base/id"
	"siida.id/internal/base/reference"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
)

var now = time.Date(2026, 8, 17, 3, 0, 0, 0, time.UTC)

// world is a service on a real database, with a log that can fail and with
// innovations and people in memory.
type world struct {
	*agency.Service
	log      *audittest.Log
	trail    *audit.Log
	holdings *holdings
	staff    *staff
}

// holdings are innovations, each with its owners so far.
type holdings struct{ owners map[string][]string }

func (h *holdings) owner(innovation string) string {
	list := h.owners[innovation]
	return list[len(list)-1]
}

func (h *holdings) Innovations(_ context.Context, agencyID string) (list []agency.Holding, err error) {
	for innovation := range h.owners {
		if h.owner(innovation) == agencyID {
			list = append(list, agency.Holding{ID: innovation, Name: "Inovasi " + innovation})
		}
	}
	slices.SortFunc(list, func(a, b agency.Holding) int { return len(a.ID) - len(b.ID) })
	return list, nil
}

func (*holdings) Lock(context.Context, []string) error { return nil }

func (*staff) Lock(context.Context, []string) error { return nil }

func (h *holdings) Move(_ context.Context, innovationID, to string, _ day.Day, _ agency.Decree) error {
	h.owners[innovationID] = append(h.owners[innovationID], to)
	return nil
}

// staff are people, each with the agency of their assignment, "" for an ended one.
type staff struct{ at map[string]string }

func (s *staff) OfAgency(_ context.Context, agencyID string) (list []reference.Reference, err error) {
	for person, at := range s.at {
		if at == agencyID {
			list = append(list, reference.Reference{Kind: reference.Assignment, ID: person, Name: person})
		}
	}
	return list, nil
}

func (s *staff) Move(_ context.Context, from, to string, _ day.Day) error {
	for person, at := range s.at {
		if at == from {
			s.at[person] = to
		}
	}
	return nil
}

func each(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Parallel()
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		clock := func() time.Time { return now }
		w := &world{
			trail:    &audit.Log{Store: &auditsql.Store{DB: db}, Tx: db, NewID: id.New, Now: clock, Random: rand.Reader},
			holdings: &holdings{map[string][]string{}}, staff: &staff{map[string]string{}},
		}
		w.log = &audittest.Log{Real: w.trail}
		w.Service = &agency.Service{
			Store: &agencysql.Store{DB: db}, Holdings: w.holdings, Staff: w.staff, Log: w.log, Tx: db, NewID: id.New, Now: clock,
		}
		fn(t, w)
	})
}

// make adds an agency below another, or at the top.
func (w *world) make(t *testing.T, name, parent string) string {
	t.Helper()
	a, err := w.Create(servicetest.As(t, "admin"), agency.Entry{Name: name, Kind: "dinas", Parent: parent})
	if err != nil {
		t.Fatal(err)
	}
	return a.ID
}
