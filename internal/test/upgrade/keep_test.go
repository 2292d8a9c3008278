package upgrade

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"siida.id/internal/app"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/report"
	"siida.id/internal/test/world"
)

var keep = flag.String("keep", "", "the version, such as v0.1, as which the state of this program is put into testdata")

// TestKeep puts the state of this program into testdata where -keep asks for it, once for
// each release; else it only fills the tables that the demo leaves empty.
func TestKeep(t *testing.T) {
	folder := t.TempDir()
	if *keep != "" {
		folder = filepath.Join(testdata, *keep)
		world.Must(t, os.Mkdir(folder, 0o755))
	}
	t.Run("engines", func(t *testing.T) {
		world.EachDemoDSN(t, func(t *testing.T, p *app.Program, dsn, files string) {
			of := factsOf(t, p, 0)
			world.AddRows(t, p)
			if p.DB.Engine == sqldb.Postgres {
				write(t, filepath.Join(folder, postgresFile), []byte(sqldbtest.DumpPostgres(t, dsn)))
				return
			}
			content, err := json.MarshalIndent(of, "", "\t")
			world.Must(t, err)
			world.Must(t, os.WriteFile(filepath.Join(folder, factsFile), append(content, '\n'), 0o600))
			var packed bytes.Buffer
			archive := tar.NewWriter(&packed)
			world.Must(t, archive.AddFS(os.DirFS(files)))
			world.Must(t, archive.Close())
			write(t, filepath.Join(folder, filesFile), packed.Bytes())
			world.Must(t, p.DB.Close()) // then the database is that one file
			name, _ := sqldb.FilePath(dsn)
			content, err = os.ReadFile(name)
			world.Must(t, err)
			write(t, filepath.Join(folder, sqliteFile), content)
		})
	})
	eachEngine(t, folder, func(t *testing.T, db *sqldb.DB) {
		checkSchema(t, db)
		checkFacts(t, world.On(t, db, files(t, folder)), folder)
	})
}

// write writes a file compressed with gzip.
func write(t *testing.T, name string, content []byte) {
	t.Helper()
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	world.Must(t, err)
	_, err = w.Write(content)
	world.Must(t, err)
	world.Must(t, w.Close())
	world.Must(t, os.WriteFile(name, packed.Bytes(), 0o600))
}

// factsOf reads the facts of the first region as its administrator, of the log those of
// the first entries, or of all there are for 0.
func factsOf(t *testing.T, p *app.Program, entries int64) facts {
	t.Helper()
	regions, err := p.Regions.All(t.Context())
	world.Must(t, err)
	ctx := world.Acting(t, p, regions[0], "admin")
	f := facts{Snapshots: map[string]string{}, Reports: map[string]string{}}
	periods, err := p.Periods.All(ctx)
	world.Must(t, err)
	for _, year := range periods {
		of, err := p.Index.Of(ctx, year.ID)
		world.Must(t, err)
		for _, s := range of.Snapshots {
			f.Snapshots[fmt.Sprintf("%s %s %s", year.ID, s.Day, s.Kind)] = s.Figure.String()
		}
	}
	issued, err := p.Report.Register(ctx)
	world.Must(t, err)
	for _, r := range issued {
		for _, form := range []report.Form{report.PDF, report.Workbook} {
			_, content, err := p.Report.Open(ctx, r.ID, form)
			world.Must(t, err)
			hash := sha256.New()
			_, err = io.Copy(hash, content)
			world.Must(t, err)
			world.Must(t, content.Close())
			f.Reports[r.ID+" "+string(form)] = fmt.Sprintf("%x", hash.Sum(nil))
		}
	}
	if f.Entries = entries; entries == 0 {
		head, err := p.Audit.Store.Head(ctx)
		world.Must(t, err)
		f.Entries = head.Seq
	}
	f.Head, err = sqldb.One(ctx, p.DB, sqldb.Self[string], `select hash from events where region_id = $1 and seq = $2`, regions[0].Code, f.Entries)
	world.Must(t, err)
	return f
}
