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
		budget := innovation.File{ID: "f1", InnovationID: "i1", Kind: innovation.Budget, Name: "rab.pdf", Media: "application/pdf", Size: 9, Sum: "aa", By: "p1", At: at}
		award := innovation.File{ID: "f2", InnovationID: "i1", Kind: innovation.Award, Name: "piagam.jpg", Media: "image/jpeg", Size: 8, Sum: "bb", By: "p1", At: at}
		later := award
		later.ID, later.At = "f0", at.Add(time.Minute)
		for _, f := range []innovation.File{later, award, budget} {
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
		if err := s.EndFile(away, "f1", at); fault.KindOf(err) != fault.NotFound {
			t.Errorf("ending one of another region: %v", err)
		}
		must(t, s.EndFile(home, "f1", at))
		if err := s.EndFile(home, "f1", at); fault.KindOf(err) != fault.NotFound {
			t.Errorf("ending twice: %v", err)
		}
		list, err = s.FilesOf(home, "i1")
		if diff := cmp.Diff([]innovation.File{award, later}, list); err != nil || diff != "" {
			t.Errorf("after one has ended: %v %s", err, diff)
		}
		kept, err := s.Kept(home) // also what has ended: its bytes stay
		want := []file.Kept{
			{Table: "innovation_files", ID: "f0", Sum: "bb", Size: 8},
			{Table: "innovation_files", ID: "f1", Sum: "aa", Size: 9},
			{Table: "innovation_files", ID: "f2", Sum: "bb", Size: 8},
		}
		if diff := cmp.Diff(want, kept); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
	})
}
