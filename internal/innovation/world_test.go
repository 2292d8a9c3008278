package innovation_test

import (
	"crypto/rand"
	"testing"
	"time"

	"siida.id/internal/agency"
	"siida.id/internal/agency/agencysql"
	"siida.id/internal/audit"
	"siida.id/internal/audit/auditsql"
	"siida.id/internal/audit/audittest"
	"siida.id/internal/base/id"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/decree"
	"siida.id/internal/decree/decreesql"
	"siida.id/internal/file/filetest"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/innovation"
	"siida.id/internal/innovation/innovationsql"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/period/periodsql"
)

// world is a service on a real database: two regions with their agencies, a period in
// both, a clock that tests set, and a log that can fail.
type world struct {
	*innovation.Service
	t     *testing.T
	log   *audittest.Log
	trail *audit.Log
	now   time.Time
}

func each(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Parallel()
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		lib, err := instrument.Embedded()
		if err != nil {
			t.Fatal(err)
		}
		w := &world{t: t, now: time.Date(2026, 3, 2, 8, 30, 0, 0, time.UTC)}
		clock := func() time.Time { return w.now }
		w.trail = &audit.Log{Store: &auditsql.Store{DB: db}, Tx: db, NewID: id.New, Now: clock, Random: rand.Reader}
		w.log = &audittest.Log{Real: w.trail}
		agencies := &agencysql.Store{DB: db}
		periods := &period.Service{Store: &periodsql.Store{DB: db}, Packs: lib, Log: w.log, Tx: db, Now: clock}
		w.Service = &innovation.Service{
			Store: &innovationsql.Store{DB: db}, Periods: periods, Decrees: &decree.Service{Store: &decreesql.Store{DB: db}}, Files: filetest.New(db, clock), Log: w.log, Tx: db, NewID: id.New, Now: clock,
			Agencies: &agency.Service{Store: agencies, Log: w.log, Tx: db, NewID: id.New},
		}
		for _, a := range []struct{ persona, id string }{{"admin", servicetest.Own}, {"admin", servicetest.Other}, {"away", "far"}} {
			if err := agencies.Add(servicetest.As(t, a.persona), agency.Agency{ID: a.id, Name: "Dinas " + a.id, Kind: "dinas"}); err != nil {
				t.Fatal(err)
			}
		}
		for _, persona := range []string{"admin", "away"} {
			if _, err := periods.Open(servicetest.As(t, persona), "iid-2026"); err != nil {
				t.Fatal(err)
			}
		}
		fn(t, w)
	})
}

// form returns a form without mistakes.
func form(agency, name string) innovation.Form {
	return innovation.Form{Agency: agency, Name: name, Affair: "Kesehatan", TriedOn: "1-11-2023", AppliedOn: "2024-02-01", Design: "Dasar hukum"}
}

// register adds an innovation as that persona, also if another has that name.
func (w *world) register(persona, agency, name string) innovation.Innovation {
	w.t.Helper()
	f := form(agency, name)
	made, err := w.Register(servicetest.As(w.t, persona), f)
	if f.SameName = innovation.SameNameOf(err); f.SameName != "" {
		made, err = w.Register(servicetest.As(w.t, persona), f)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return made
}

// entries returns the number of entries in the audit log, and fails if its chain is
// broken.
func (w *world) entries() int {
	w.t.Helper()
	n, err := w.trail.Verify(servicetest.As(w.t, "admin"))
	if err != nil {
		w.t.Error(err)
	}
	return n
}
