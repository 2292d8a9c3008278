package report_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"image"
	"image/png"
	"strconv"
	"testing"
	"time"

	"siida.id/internal/audit"
	"siida.id/internal/audit/auditsql"
	"siida.id/internal/audit/audittest"
	"siida.id/internal/base/id"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/file/filetest"
	"siida.id/internal/index"
	"siida.id/internal/index/indexsql"
	"siida.id/internal/infra/imagefile"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/period/periodsql"
	"siida.id/internal/region"
	"siida.id/internal/report"
	"siida.id/internal/report/reportsql"
	"siida.id/internal/scoring"
)

// world is a service on a real database: two regions with an open period each.
type world struct {
	*report.Service
	t         *testing.T
	now       time.Time
	log       *audittest.Log
	db        *sqldb.DB
	here      region.Region
	snapshots int // stored so far
}

// Here implements report.Regions.
func (w *world) Here(context.Context) (region.Region, error) { return w.here, nil }

func each(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Parallel()
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		lib, err := instrument.Embedded()
		if err != nil {
			t.Fatal(err)
		}
		w := &world{t: t, db: db, now: time.Date(2026, 12, 31, 18, 30, 0, 0, time.UTC)} // 1 January in the region's zone
		now := func() time.Time { return w.now }
		log := &audit.Log{Store: &auditsql.Store{DB: db}, Tx: db, NewID: id.New, Now: now, Random: rand.Reader}
		w.log = &audittest.Log{Real: log}
		periods := &period.Service{Store: &periodsql.Store{DB: db}, Packs: lib, Log: log, Tx: db, Now: now}
		w.here = region.Region{URL: "https://si-ida.example"}
		w.Service = &report.Service{
			Regions: w, Index: &index.Service{Store: &indexsql.Store{DB: db}, Periods: periods, Scorer: &scoring.Compiler{}, Log: log, Tx: db, Now: now},
			Periods: periods, Store: &reportsql.Store{DB: db}, Files: filetest.New(db, now), Shrink: imagefile.Shrink, Log: w.log, Tx: db,
			Random: rand.Reader, NewID: id.New, Now: now,
		}
		pack, known := lib.ByID("iid-2026")
		if !known {
			t.Fatal("no pack iid-2026")
		}
		for _, persona := range []string{"admin", "away"} {
			w.must(periods.Store.Add(servicetest.As(t, persona), period.Period{ID: "2026", Year: 2026, PackID: pack.ID, PackSHA256: pack.SHA256, OpenedAt: w.now}))
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

// entry returns a letterhead without mistakes.
func entry() report.Entry {
	return report.Entry{
		Government: "PEMERINTAH KABUPATEN SATU", Agency: "BADAN", Address: "Jalan 1", Pattern: "000.9.2/{nomor}/{kode OPD}/{tahun}", Code: "BRIDA",
		Place: "Kalianda", Signer: report.Signer{Office: report.HeadOfRegion, Position: "Bupati", Name: "Nama", After: "M.Si."},
	}
}

// lettered saves a letterhead in the region of a persona.
func (w *world) lettered(persona string) {
	w.t.Helper()
	w.must(w.SaveLetterhead(servicetest.As(w.t, persona), entry(), nil))
}

// printed generates files with the number, the code and the day.
func printed(r report.Report) (paper, book []byte, err error) {
	return fmt.Appendf(nil, "%s %s %s", r.Number, r.Code, r.Today), []byte("book " + r.Number), nil
}

// issue issues the report of 2026 after reading the offer.
func (w *world) issue(ctx context.Context) (report.Issued, error) {
	offer, err := w.Offer(ctx, "2026")
	if err != nil {
		return report.Issued{}, err
	}
	return w.Issue(ctx, "2026", report.Agreed{N: offer.N, Letterhead: offer.Letterhead.Version}, printed)
}

// picture returns a PNG of that size.
func picture(wide, high int) []byte {
	var out bytes.Buffer
	_ = png.Encode(&out, image.NewNRGBA(image.Rect(0, 0, wide, high))) // a buffer accepts everything
	return out.Bytes()
}

func numbered(n int) string { return "000.9.2/" + strconv.Itoa(n) + "/BRIDA/2027" }
