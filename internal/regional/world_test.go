package regional_test

import (
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"siida.id/internal/audit"
	"siida.id/internal/audit/auditsql"
	"siida.id/internal/audit/audittest"
	"siida.id/internal/base/id"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/file/filetest"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/period/periodsql"
	"siida.id/internal/regional"
	"siida.id/internal/regional/regionalsql"
	"siida.id/internal/scoring"
)

const (
	year   = "2026"
	income = "SPD-04" // 1 point an option, ranges that overlap at 5.23
	audits = "SPD-08" // 1.5 points an option
)

// world is a service on a real database, with a clock that tests set and a log that
// can fail.
type world struct {
	*regional.Service
	t     *testing.T
	db    *sqldb.DB
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
		w := &world{t: t, db: db, now: time.Date(2026, 3, 2, 8, 30, 0, 0, time.UTC)}
		clock := func() time.Time { return w.now }
		w.trail = &audit.Log{Store: &auditsql.Store{DB: db}, Tx: db, NewID: id.New, Now: clock, Random: rand.Reader}
		w.log = &audittest.Log{Real: w.trail}
		periods := &period.Service{Store: &periodsql.Store{DB: db}, Packs: lib, Log: w.log, Tx: db, NewID: id.New, Now: clock}
		w.Service = &regional.Service{
			Store: &regionalsql.Store{DB: db}, Periods: periods, Scorer: &scoring.Compiler{}, Files: filetest.New(db, clock),
			Log: w.log, Tx: db, NewID: id.New, Now: clock,
		}
		for _, persona := range []string{"admin", "away"} {
			_, err := periods.Open(servicetest.As(t, persona), "iid-2026")
			w.must(err)
		}
		fn(t, w)
	})
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// send uploads a file of BRIDA's for an indicator.
func (w *world) send(code, name string) string {
	w.t.Helper()
	sent, err := w.Receive(servicetest.As(w.t, "brida"), year, code, name, strings.NewReader("isi "+name))
	w.must(err)
	return sent.ID
}

// proven returns an answer with two figures and a file.
func (w *world) proven(code, choice string, version int64) regional.Entry {
	w.t.Helper()
	return regional.Entry{
		Choice: choice, Version: version, Source: "BPS",
		Figures: [regional.FigureRows]regional.TypedFigure{{Year: "2025", Value: "4,2", Unit: "%"}, {Year: "2024", Value: "3,9", Unit: "%"}},
		Subject: "Rilis BPS", FileID: w.send(code, "rilis.pdf"),
	}
}

// question returns an indicator as BRIDA reads it.
func (w *world) question(periodID, code string) regional.Question {
	w.t.Helper()
	q, err := w.Question(servicetest.As(w.t, "brida"), periodID, code)
	w.must(err)
	return q
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
