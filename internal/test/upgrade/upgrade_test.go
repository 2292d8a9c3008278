package upgrade

import (
	"archive/tar"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/app"
	"siida.id/internal/auth"
	"siida.id/internal/infra/job"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/region"
	"siida.id/internal/test/world"
	"siida.id/migrations"
)

// The files of a version, in its folder: the demo of that version, after world.AddRows.
const (
	testdata     = "../../../testdata"
	sqliteFile   = "siida.db.gz"     // the database file
	postgresFile = "postgres.sql.gz" // sqldbtest.DumpPostgres
	filesFile    = "files.tar.gz"    // the folder of files, the same for both engines
	factsFile    = "facts.json"
)

// facts are what no later version may change.
type facts struct {
	Snapshots map[string]string `json:"snapshots"` // the printed index by period, day and kind
	Reports   map[string]string `json:"reports"`   // the SHA-256 of an issued report by id and form
	Entries   int64             `json:"entries"`   // of the audit log, before world.AddRows
	Head      string            `json:"head"`      // the hash of the last of them
}

// Every released version upgrades on both engines: the schema becomes the one that a new
// database gets, siida check finds no fault, no figure, report or log entry changes, and
// everybody signs in as before.
func TestUpgrade(t *testing.T) {
	versions, err := filepath.Glob(filepath.Join(testdata, "v*"))
	world.Must(t, err)
	if len(versions) == 0 {
		t.Fatal("no version is there")
	}
	for _, version := range versions {
		t.Run(filepath.Base(version), func(t *testing.T) {
			eachEngine(t, version, func(t *testing.T, db *sqldb.DB) {
				world.Must(t, db.Migrate(t.Context(), migrations.Files, job.Migrate))
				checkSchema(t, db)
				p := world.On(t, db, files(t, version))
				world.Must(t, p.RefreshOldSummaries(t.Context())) // as the start does
				checkFacts(t, p, version)
				checkPages(t, p)
				report, err := p.Status.Check(t.Context())
				if err != nil || report.Faulty() {
					t.Errorf("check: %+v, %v", report.Findings, err)
				}
			})
		})
	}
}

// A version has rows in every table of its own, so that an upgrade meets some.
func TestVersionsHaveRows(t *testing.T) {
	versions, err := filepath.Glob(filepath.Join(testdata, "v*"))
	world.Must(t, err)
	for _, version := range versions {
		db := restoreSQLite(t, version)
		tables, err := sqldb.List(t.Context(), db, sqldb.Self[string], `
			select name
			from sqlite_schema
			where type = 'table' and name not like 'sqlite%' and name not like 'river%'`)
		world.Must(t, err)
		if len(tables) < 30 {
			t.Errorf("%s has only %d tables", version, len(tables))
		}
		for _, table := range tables {
			var n int
			world.Must(t, db.ReaderPool().QueryRowContext(t.Context(), "select count(*) from "+table).Scan(&n))
			if n == 0 {
				t.Errorf("%s has no row in %s", version, table)
			}
		}
	}
}

// eachEngine runs fn on the database that the version left on each engine.
func eachEngine(t *testing.T, version string, fn func(t *testing.T, db *sqldb.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(t, restoreSQLite(t, version)) })
	t.Run("postgres", func(t *testing.T) {
		dump := unpacked(t, filepath.Join(version, postgresFile))
		fn(t, open(t, sqldbtest.RestorePostgres(t, string(dump))))
	})
}

func restoreSQLite(t *testing.T, version string) *sqldb.DB {
	t.Helper()
	name := filepath.Join(t.TempDir(), "siida.db")
	world.Must(t, os.WriteFile(name, unpacked(t, filepath.Join(version, sqliteFile)), 0o600))
	return open(t, "sqlite:"+name)
}

func open(t *testing.T, dsn string) *sqldb.DB {
	t.Helper()
	db, err := sqldb.Open(t.Context(), dsn)
	world.Must(t, err)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// unpacked is the content of a file that was compressed with gzip.
func unpacked(t *testing.T, name string) []byte {
	t.Helper()
	f, err := os.Open(name)
	world.Must(t, err)
	defer func() { _ = f.Close() }()
	plain, err := gzip.NewReader(f)
	world.Must(t, err)
	content, err := io.ReadAll(plain)
	world.Must(t, err)
	return content
}

// files returns a folder with the files of the version.
func files(t *testing.T, version string) (folder string) {
	t.Helper()
	folder = t.TempDir()
	root, err := os.OpenRoot(folder)
	world.Must(t, err)
	defer func() { _ = root.Close() }()
	archive := tar.NewReader(strings.NewReader(string(unpacked(t, filepath.Join(version, filesFile)))))
	for {
		h, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return folder
		}
		world.Must(t, err)
		if h.Typeflag != tar.TypeReg {
			continue
		}
		world.Must(t, root.MkdirAll(filepath.Dir(h.Name), 0o700))
		content, err := io.ReadAll(archive)
		world.Must(t, err)
		world.Must(t, root.WriteFile(h.Name, content, 0o600))
	}
}

func checkSchema(t *testing.T, db *sqldb.DB) {
	t.Helper()
	got, err := sqldbtest.Schema(t.Context(), db)
	world.Must(t, err)
	want, err := os.ReadFile(filepath.Join("../../../migrations/schema", string(db.Engine)+".sql"))
	world.Must(t, err)
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("not the schema of a new database: %s", diff)
	}
}

func checkFacts(t *testing.T, p *app.Program, version string) {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(version, factsFile))
	world.Must(t, err)
	var want facts
	world.Must(t, json.Unmarshal(content, &want))
	if diff := cmp.Diff(want, factsOf(t, p, want.Entries)); diff != "" || len(want.Snapshots) == 0 || len(want.Reports) == 0 {
		t.Errorf("the facts changed: %s", diff)
	}
}

// checkPages signs in the demo's people of each role, whose home is answered.
func checkPages(t *testing.T, p *app.Program) {
	t.Helper()
	regions, err := p.Regions.All(t.Context())
	world.Must(t, err)
	here, pages := regions[0], world.Pages(t, p)
	for _, login := range []string{"admin", "brida", "dishub", "pendamping", "kepala"} {
		tokens, err := p.Auth.SignIn(region.Within(t.Context(), here), login, world.DemoPassword(t), auth.ClientInfo{Address: "192.0.2.9"})
		world.Must(t, err)
		if answer := world.AnswerTo(t, pages, tokens.Session, "GET", here.URL+"/", ""); answer.Code != 200 {
			t.Errorf("the home of %s: %d", login, answer.Code)
		}
	}
}
