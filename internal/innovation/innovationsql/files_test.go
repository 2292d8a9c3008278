package innovationsql_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/base/fault"
	"siida.id/internal/base/file"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/innovation"
)

func TestFiles(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s, home, away := settle(t, db)
		must(t, s.SaveDecree(home, innovation.Decree{ID: "d1", Number: "B/1", Day: "2024-01-02", Subject: "Penetapan", MadeAt: at, ChangedAt: at}))
		budget := innovation.File{ID: "f1", InnovationID: "i1", Kind: innovation.Budget, Name: "rab.pdf", Media: "application/pdf", Size: 9, Sum: "aa", By: "p1", At: at}
		award := innovation.File{ID: "f2", InnovationID: "i1", Kind: innovation.Award, Name: "piagam.jpg", Media: "image/jpeg", Size: 8, Sum: "bb", By: "p1", At: at}
		later := award
		later.ID, later.At = "f0", at.Add(time.Minute)
		scan := innovation.File{ID: "f3", DecreeID: "d1", Kind: innovation.Scan, Name: "sk.pdf", Media: "application/pdf", Size: 7, Sum: "cc", By: "p2", At: at}
		for _, f := range []innovation.File{later, award, budget, scan} {
			must(t, s.AddFile(home, f))
		}
		if err := s.AddFile(home, budget); fault.KindOf(err) != fault.Conflict {
			t.Errorf("the same id twice = %v", err)
		}
		list, err := s.FilesOf(home, "i1")
		if diff := cmp.Diff([]innovation.File{budget, award, later}, list); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
		if list, err := s.FilesOf(away, "i1"); err != nil || list != nil {
			t.Errorf("of another region: %v, %v", list, err)
		}
		got, err := s.ScanOf(home, "d1")
		if diff := cmp.Diff(scan, got); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
		if _, err := s.ScanOf(away, "d1"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a scan of another region: %v", err)
		}
		if err := s.EndFile(away, "f3", at); fault.KindOf(err) != fault.NotFound {
			t.Errorf("ending one of another region: %v", err)
		}
		must(t, s.EndFile(home, "f3", at))
		if err := s.EndFile(home, "f3", at); fault.KindOf(err) != fault.NotFound {
			t.Errorf("ending twice: %v", err)
		}
		if _, err := s.ScanOf(home, "d1"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a scan that has ended: %v", err)
		}
		kept, err := s.Kept(home) // also what has ended: its bytes stay
		want := []file.Kept{
			{Table: "innovation_files", ID: "f0", Sum: "bb", Size: 8},
			{Table: "innovation_files", ID: "f1", Sum: "aa", Size: 9},
			{Table: "innovation_files", ID: "f2", Sum: "bb", Size: 8},
			{Table: "innovation_files", ID: "f3", Sum: "cc", Size: 7},
		}
		if diff := cmp.Diff(want, kept); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
	})
}
