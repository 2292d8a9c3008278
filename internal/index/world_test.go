package index_test

import (
	"context"
	"crypto/rand"
	"testing"
	"time"

	"siida.id/internal/agency"
	"siida.id/internal/agency/agencysql"
	"siida.id/internal/audit"
	"siida.id/internal/audit/auditsql"
	"siida.id/internal/audit/audittest"
	"siida.id/internal/base/day"
	"siida.id/internal/base/id"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/evidence"
	"siida.id/internal/evidence/evidencesql"
	"siida.id/internal/file"
	"siida.id/internal/file/filetest"
	"siida.id/internal/index"
	"siida.id/internal/index/indexsql"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/innovation"
	"siida.id/internal/innovation/innovationsql"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/period/periodsql"
	"siida.id/internal/regional"
	"siida.id/internal/regional/regionalsql"
	"siida.id/internal/scoring"
)

var at = time.Date(2026, 3, 2, 8, 30, 0, 0, time.UTC)

// world is a service on a real database: two regions with an open period each and the
// agencies of the personas.
type world struct {
	*index.Service
	t           *testing.T
	now         time.Time
	log         *audittest.Log
	regional    *regionalsql.Store
	agencies    *agencysql.Store
	packs       *instrument.Library
	innovations *innovationsql.Store
	answers     *evidencesql.Store
	periods     *periodsql.Store
}

func each(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Parallel()
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		lib, err := instrument.Embedded()
		if err != nil {
			t.Fatal(err)
		}
		w := &world{
			t: t, now: at, packs: lib, innovations: &innovationsql.Store{DB: db}, answers: &evidencesql.Store{DB: db}, periods: &periodsql.Store{DB: db},
			regional: &regionalsql.Store{DB: db}, agencies: &agencysql.Store{DB: db},
		}
		w.Service = &index.Service{
			Store: &indexsql.Store{DB: db}, Scorer: &scoring.Compiler{}, Tx: db, Now: func() time.Time { return w.now },
			Periods: &period.Service{Store: w.periods, Packs: lib, Tx: db, Now: func() time.Time { return w.now }},
		}
		log := &audit.Log{Store: &auditsql.Store{DB: db}, Tx: db, NewID: id.New, Now: w.Now, Random: rand.Reader}
		w.log = &audittest.Log{Real: log}
		w.Log, w.Periods.Log, w.Periods.Closing = w.log, w.log, w.Service
		for _, a := range []struct{ persona, id string }{{"admin", servicetest.Own}, {"admin", servicetest.Other}, {"away", "far"}} {
			w.must((&agencysql.Store{DB: db}).Add(servicetest.As(t, a.persona), agency.Agency{ID: a.id, Name: "Dinas " + a.id, Kind: "dinas"}))
		}
		for _, persona := range []string{"admin", "away"} {
			w.open(servicetest.As(t, persona), "iid-2026")
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

func (w *world) open(ctx context.Context, packID string) {
	w.t.Helper()
	pack, known := w.packs.ByID(packID)
	if !known {
		w.t.Fatalf("no pack %s", packID)
	}
	id := day.Of(time.Date(pack.Year, 1, 1, 0, 0, 0, 0, time.UTC))[:4]
	w.must(w.periods.Add(ctx, period.Period{ID: string(id), Year: pack.Year, PackID: pack.ID, PackSHA256: pack.SHA256, OpenedAt: at}))
}

// sampleInnovation is an innovation, named by its id, with proven and only
// claimed levels in 2026.
type sampleInnovation struct {
	persona, agency, id, affair string
	tried, applied              day.Day
	proven, claimed             map[string]int
}

func (w *world) make(list ...sampleInnovation) {
	w.t.Helper()
	for _, m := range list {
		ctx := servicetest.As(w.t, m.persona)
		w.must(w.innovations.Save(ctx, innovation.Innovation{
			ID: m.id, AgencyID: m.agency, Name: m.id, Affair: m.affair, TriedOn: m.tried, AppliedOn: m.applied, CreatedAt: at, ChangedAt: at,
		}))
		f := file.Record{ID: m.id, State: file.Checked, SHA256: "aa", ReceivedAt: at}
		filetest.Add(w.t, ctx, w.answers.DB, f)
		w.must(w.answers.AddDocument(ctx, evidence.Document{ID: m.id, InnovationID: m.id, File: f, At: at}))
		for _, levels := range []map[string]int{m.proven, m.claimed} {
			for code, level := range levels {
				w.must(w.answers.SaveAnswer(ctx, evidence.Answer{InnovationID: m.id, PeriodID: "2026", Code: code, Level: level, At: at}))
			}
		}
		for code := range m.proven {
			w.must(w.answers.Use(ctx, m.id, "2026", code, at))
		}
		w.must(w.answers.RefreshSummary(ctx, m.id, "2026"))
	}
}

// report returns the index of a period as that persona reads it.
func (w *world) report(persona, periodID string) index.Report {
	w.t.Helper()
	r, err := w.Of(servicetest.As(w.t, persona), periodID)
	w.must(err)
	return r
}

// answer saves an answer of the region in 2026, with or without a proof.
func (w *world) answer(persona, code string, level int, proven bool) {
	w.t.Helper()
	ctx := servicetest.As(w.t, persona)
	w.must(w.regional.SaveAnswer(ctx, regional.Answer{PeriodID: "2026", Code: code, Level: level, At: at}))
	if proven {
		w.must(w.regional.AddProof(ctx, regional.Proof{ID: code, PeriodID: "2026", Code: code, Subject: "Surat", Address: "https://satu.go.id", At: at}))
	}
}
