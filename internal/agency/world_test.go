package agency_test

import (
	"crypto/rand"
	"testing"
	"time"

	"siida.id/internal/agency"
	"siida.id/internal/agency/agencysql"
	"siida.id/internal/audit"
	"siida.id/internal/audit/auditsql"
	"siida.id/internal/base/id"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
)

// world is a service on a real store, with a log that can be made to fail.
type world struct {
	*agency.Service
	log   *servicetest.Log
	trail *audit.Log
}

func each(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Parallel()
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		w := &world{trail: &audit.Log{Store: &auditsql.Store{DB: db}, Tx: db, NewID: id.New, Now: time.Now, Random: rand.Reader}}
		w.log = &servicetest.Log{Real: w.trail}
		w.Service = &agency.Service{Store: &agencysql.Store{DB: db}, Log: w.log, Tx: db, NewID: id.New}
		fn(t, w)
	})
}
