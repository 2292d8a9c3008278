package innovationsql_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/file"
	"siida.id/internal/file/filesql"
	"siida.id/internal/file/filetest"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/innovation"
)

func TestFiles(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s, home, away := seedRegions(t, db)
		records := &filesql.Records{DB: db}
		use := func(f innovation.File) file.Use {
			return file.Use{FileID: f.ID, Kind: f.Kind.Use(), RefID: "i1"}
		}
		made := func(id string, kind innovation.FileKind, at time.Time) innovation.File {
			f := innovation.File{Kind: kind, Record: file.Record{
				ID: id, Purpose: "profile/i1", Name: id + ".pdf", Media: "application/pdf", Size: 9, SHA256: "aa", State: file.Checked,
				ReceivedBy: "p1", ReceivedAt: at,
			}}
			filetest.Add(t, home, db, f.Record)
			must(t, records.Use(home, use(f), at))
			return f
		}
		later, award, budget := made("f0", innovation.Award, at.Add(time.Minute)), made("f2", innovation.Award, at), made("f1", innovation.Budget, at)
		must(t, records.Use(home, file.Use{FileID: "f1", Kind: "evidence/document", RefID: "i1"}, at)) // is none of the profile
		list, err := s.FilesOf(home, "i1")
		if diff := cmp.Diff([]innovation.File{budget, award, later}, list); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
		if list, err := s.FilesOf(away, "i1"); err != nil || list != nil {
			t.Errorf("of another region: %v, %v", list, err)
		}
		must(t, records.EndUse(home, use(budget), at))
		list, err = s.FilesOf(home, "i1")
		if diff := cmp.Diff([]innovation.File{award, later}, list); err != nil || diff != "" {
			t.Errorf("after one has ended: %v %s", err, diff)
		}
	})
}
