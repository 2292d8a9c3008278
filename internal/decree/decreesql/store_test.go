package decreesql_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/agency"
	"siida.id/internal/agency/agencysql"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/decree"
	"siida.id/internal/decree/decreesql"
	"siida.id/internal/file"
	"siida.id/internal/file/filesql"
	"siida.id/internal/file/filetest"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/innovation"
	"siida.id/internal/innovation/innovationsql"
)

var at = time.Date(2026, 3, 2, 8, 30, 0, 0, time.UTC)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// regions creates two regions, each with innovations i1 and i2.
func regions(t *testing.T, db *sqldb.DB) (s *decreesql.Store, home, away context.Context) {
	t.Helper()
	home = actor.With(t.Context(), actor.Actor{Region: "18.01"})
	away = actor.With(t.Context(), actor.Actor{Region: "18.02"})
	for _, ctx := range []context.Context{home, away} {
		must(t, (&agencysql.Store{DB: db}).Add(ctx, agency.Agency{ID: "a1", Name: "Dinas 1", Kind: "dinas"}))
		for _, id := range []string{"i1", "i2"} {
			must(t, (&innovationsql.Store{DB: db}).Save(ctx, innovation.Innovation{ID: id, AgencyID: "a1", Name: id, CreatedAt: at, ChangedAt: at}))
		}
	}
	return &decreesql.Store{DB: db}, home, away
}

func TestDecrees(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s, home, away := regions(t, db)
		late := decree.Decree{ID: "d1", Number: "B/1/2024", Day: "2024-05-06", Subject: "Penetapan", Implementers: "Ani\nBudi", CreatedAt: at, ChangedAt: at}
		early := decree.Decree{ID: "d2", Number: "B/2 a/2024", Day: "2024-01-17", Subject: "Penetapan", CreatedAt: at, ChangedAt: at}
		old := decree.Decree{ID: "d3", Number: "B/3/2022", Day: "2022-01-17", Subject: "Penetapan", CreatedAt: at, ChangedAt: at}
		for _, d := range []decree.Decree{early, late, old} {
			must(t, s.Save(home, d))
		}
		if err := s.Save(home, decree.Decree{ID: "d4", Number: late.Number}); fault.KeyOf(err) != "fault.exists" {
			t.Errorf("a number that is taken = %v", err)
		}
		if err := s.Save(home, late); fault.KindOf(err) != fault.Conflict {
			t.Errorf("a second save of version zero = %v, want Conflict", err)
		}
		must(t, s.Save(away, late)) // the same number in another region
		for _, id := range []string{"d1", "d2", "d2"} {
			must(t, s.Name(home, id, "i1"))
		}
		must(t, s.Name(home, "d1", "i2"))
		late.Version, early.Version, old.Version = 1, 1, 1
		late.InnovationIDs, early.InnovationIDs = []string{"i1", "i2"}, []string{"i1"}
		list, err := s.All(home)
		if diff := cmp.Diff([]decree.Decree{late, early, old}, list); err != nil || diff != "" {
			t.Errorf("All: %v %s", err, diff)
		}
		one, err := s.ByID(home, "d2")
		if diff := cmp.Diff(early, one); err != nil || diff != "" {
			t.Errorf("ByID: %v %s", err, diff)
		}
		if _, err := s.ByID(away, "d2"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("of another region: %v, want NotFound", err)
		}
		must(t, s.Unname(away, "d1", "i1"))
		must(t, s.Unname(home, "d1", "i2"))
		if one, err := s.ByID(home, "d1"); err != nil || !cmp.Equal(one.InnovationIDs, []string{"i1"}) {
			t.Errorf("after one is named no more: %v, %v", one.InnovationIDs, err)
		}
		must(t, s.BumpVersion(home, "d1"))
		if err := s.Save(home, late); fault.KindOf(err) != fault.Conflict {
			t.Errorf("saving what was touched = %v, want Conflict", err)
		}
	})
}

// A transaction that waits for a locked row reads it as it is afterwards.
func TestLock(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s, home, away := regions(t, db)
		must(t, s.Save(home, decree.Decree{ID: "d1", Number: "1"}))
		seen := make(chan int64)
		must(t, db.InTx(home, func(ctx context.Context) error {
			_, err := s.Lock(ctx, "d1")
			must(t, err)
			go func() {
				var d decree.Decree
				err := db.InTx(home, func(ctx context.Context) (err error) {
					d, err = s.Lock(ctx, "d1")
					return err
				})
				if err != nil {
					t.Error(err)
				}
				seen <- d.Version
			}()
			return s.BumpVersion(ctx, "d1")
		}))
		if got := <-seen; got != 2 {
			t.Errorf("after waiting: version %d, want 2", got)
		}
		err := db.InTx(away, func(ctx context.Context) error { _, err := s.Lock(ctx, "d1"); return err })
		if fault.KindOf(err) != fault.NotFound {
			t.Errorf("Lock of what the region does not have = %v, want NotFound", err)
		}
	})
}

func TestScans(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s, home, away := regions(t, db)
		must(t, s.Save(home, decree.Decree{ID: "d1", Number: "B/1", Day: "2024-01-02", Subject: "Penetapan", CreatedAt: at, ChangedAt: at}))
		scan := file.Record{ID: "f3", Purpose: "decree/d1", Name: "sk.pdf", Media: "application/pdf", Size: 7, SHA256: "cc", State: file.Checked, ReceivedBy: "p2", ReceivedAt: at}
		filetest.Add(t, home, db, scan)
		use := file.Use{FileID: "f3", Kind: "decree/scan", RefID: "d1"}
		if _, err := s.ScanOf(home, "d1"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a scan before its use: %v", err)
		}
		must(t, (&filesql.Records{DB: db}).Use(home, use, at))
		got, err := s.ScanOf(home, "d1")
		if diff := cmp.Diff(scan, got); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
		if _, err := s.ScanOf(away, "d1"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a scan of another region: %v", err)
		}
		must(t, (&filesql.Records{DB: db}).EndUse(home, use, at))
		if _, err := s.ScanOf(home, "d1"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a scan that has ended: %v", err)
		}
	})
}
