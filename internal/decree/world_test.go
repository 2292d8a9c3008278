package decree_test

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

// world is a service on a real database together with the rooms of innovations and
// periods: two regions with their agencies, a period in both, a clock that tests set,
// and a log that can fail.
type world struct {
	*decree.Service
	innovations *innovation.Service
	periods     *period.Service
	t           *testing.T
	log         *audittest.Log
	now         time.Time
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
		w.log = &audittest.Log{Real: &audit.Log{Store: &auditsql.Store{DB: db}, Tx: db, NewID: id.New, Now: clock, Random: rand.Reader}}
		agencies := &agencysql.Store{DB: db}
		w.periods = &period.Service{Store: &periodsql.Store{DB: db}, Packs: lib, Log: w.log, Tx: db, Now: clock}
		w.Service = &decree.Service{Store: &decreesql.Store{DB: db}, Files: filetest.New(db, clock), Log: w.log, Tx: db, NewID: id.New, Now: clock}
		w.innovations = &innovation.Service{
			Store: &innovationsql.Store{DB: db}, Periods: w.periods, Decrees: w.Service, Log: w.log, Tx: db, NewID: id.New, Now: clock,
			Agencies: &agency.Service{Store: agencies, Log: w.log, Tx: db, NewID: id.New},
		}
		w.Innovations = innovation.ForDecrees{Service: w.innovations}
		for _, a := range []struct{ persona, id string }{{"admin", servicetest.Own}, {"admin", servicetest.Other}, {"away", "far"}} {
			if err := agencies.Add(servicetest.As(t, a.persona), agency.Agency{ID: a.id, Name: "Dinas " + a.id, Kind: "dinas"}); err != nil {
				t.Fatal(err)
			}
		}
		for _, persona := range []string{"admin", "away"} {
			if _, err := w.periods.Open(servicetest.As(t, persona), "iid-2026"); err != nil {
				t.Fatal(err)
			}
		}
		fn(t, w)
	})
}

// register adds an innovation as that persona.
func (w *world) register(persona, agency, name string) innovation.Innovation {
	w.t.Helper()
	made, err := w.innovations.Register(servicetest.As(w.t, persona), innovation.Form{
		Agency: agency, Name: name, Affair: "Kesehatan", TriedOn: "1-11-2023", AppliedOn: "2024-02-01", Design: "Dasar hukum",
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return made
}
