package evidence_test

import (
	"context"
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"siida.id/internal/agency"
	"siida.id/internal/agency/agencysql"
	"siida.id/internal/audit"
	"siida.id/internal/audit/auditsql"
	"siida.id/internal/audit/audittest"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/id"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/decree"
	"siida.id/internal/decree/decreesql"
	"siida.id/internal/evidence"
	"siida.id/internal/evidence/evidencesql"
	"siida.id/internal/file/filetest"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/innovation"
	"siida.id/internal/innovation/innovationsql"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/period/periodsql"
	"siida.id/internal/scoring"
)

const (
	year   = "2026"
	letter = "SID-16" // accepts a letter; 3 points an option
	photo  = "SID-25" // accepts a picture
	based  = "SID-33" // has alternatives
)

// world is a service on a real database, with two innovations of an agency and
// others, a clock that tests set, and a log that can fail.
type world struct {
	*evidence.Service
	t          *testing.T
	agencies   *agencysql.Store
	log        *audittest.Log
	trail      *audit.Log
	now        time.Time
	own, twin  string // innovations of one agency
	other, far string // of another agency, and of another region
}

// noFacts are the facts of a close without any innovation.
type noFacts struct{}

// AtClose implements evidence.ClosingFacts.
func (noFacts) AtClose(context.Context, period.Pinned, string) (innovation.Innovation, innovation.Verdict, day.Day, error) {
	return innovation.Innovation{}, innovation.Verdict{}, "", fault.New(fault.NotFound, "fault.not_found")
}

func each(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Parallel()
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		lib, err := instrument.Embedded()
		if err != nil {
			t.Fatal(err)
		}
		w := &world{t: t, agencies: &agencysql.Store{DB: db}, now: time.Date(2026, 3, 2, 8, 30, 0, 0, time.UTC)}
		clock := func() time.Time { return w.now }
		w.trail = &audit.Log{Store: &auditsql.Store{DB: db}, Tx: db, NewID: id.New, Now: clock, Random: rand.Reader}
		w.log = &audittest.Log{Real: w.trail}
		agencies := &agency.Service{Store: w.agencies, Log: w.log, Tx: db, NewID: id.New}
		periods := &period.Service{Store: &periodsql.Store{DB: db}, Packs: lib, Log: w.log, Tx: db, Now: clock}
		innovations := &innovation.Service{
			Store: &innovationsql.Store{DB: db}, Agencies: agencies, Periods: periods, Decrees: &decree.Service{Store: &decreesql.Store{DB: db}}, Log: w.log, Tx: db, NewID: id.New, Now: clock,
		}
		w.Service = &evidence.Service{
			Store: &evidencesql.Store{DB: db}, Pending: evidence.NewPendingAccess(&evidencesql.Store{DB: db}, db), Innovations: innovations, Periods: periods, Scorer: &scoring.Compiler{},
			Files: filetest.New(db, clock), Posts: posts{}, Facts: noFacts{}, Log: w.log, Trail: w.trail, Tx: db, NewID: id.New, Now: clock,
		}
		for _, persona := range []string{"admin", "away"} {
			if _, err := periods.Open(servicetest.As(t, persona), "iid-2026"); err != nil {
				t.Fatal(err)
			}
		}
		w.own, w.twin = w.innovation("admin", servicetest.Own), w.innovation("admin", servicetest.Own)
		w.other, w.far = w.innovation("admin", servicetest.Other), w.innovation("away", "far")
		fn(t, w)
	})
}

// innovation adds an innovation of an agency, also a second one of that name, and the agency if it does not exist.
func (w *world) innovation(persona, owner string) string {
	w.t.Helper()
	ctx := servicetest.As(w.t, persona)
	if _, err := w.Innovations.Agencies.ByID(ctx, owner); err != nil {
		w.must(w.agencies.Add(ctx, agency.Agency{ID: owner, Name: "Dinas " + owner, Kind: "dinas"}))
	}
	f := innovation.Form{Agency: owner, Name: "Keliling", Affair: "Kesehatan", AppliedOn: "2024-02-01", Design: "Dasar hukum"}
	made, err := w.Innovations.Register(ctx, f)
	if f.SameName = innovation.SameNameOf(err); f.SameName != "" {
		made, err = w.Innovations.Register(ctx, f)
	}
	w.must(err)
	return made.ID
}

// shut closes the period, or opens it again, without service and log.
func (w *world) shut(yes bool) {
	w.t.Helper()
	ctx := servicetest.As(w.t, "admin")
	p, err := w.Periods.Store.ByID(ctx, year)
	w.must(err)
	to := period.Open
	if yes {
		to = period.Closed
	}
	w.must(w.Periods.Store.Move(ctx, year, p.State, to, w.now))
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// send uploads a file for an innovation's indicator.
func (w *world) send(persona, innovationID, code, name string) string {
	w.t.Helper()
	sent, err := w.Receive(servicetest.As(w.t, persona), innovationID, year, code, name, strings.NewReader("isi "+name))
	w.must(err)
	return sent.ID
}

// proven returns an answer of the operator's with a letter.
func (w *world) proven(choice string, version int64) evidence.Entry {
	w.t.Helper()
	return evidence.Entry{
		Choice: choice, Marked: choice != "0", Version: version, Number: "1/2025", Day: "2025-01-02", Subject: "Keputusan",
		FileID: w.send("operator", w.own, letter, "surat.pdf"),
	}
}

// question returns an indicator of the own innovation as the admin reads it.
func (w *world) question(code string) evidence.Question {
	w.t.Helper()
	q, err := w.Question(servicetest.As(w.t, "admin"), w.own, year, code)
	w.must(err)
	return q
}

// maturity returns the maturity of the own innovation, rounded.
func (w *world) maturity() string {
	w.t.Helper()
	sheet, err := w.Sheet(servicetest.As(w.t, "admin"), w.own, year)
	w.must(err)
	return sheet.Maturity.String()
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
