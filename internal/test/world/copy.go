package world

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/fstest"

	"siida.id/internal/app"
	"siida.id/internal/base/testclock"
	"siida.id/internal/infra/blob"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
)

// maxFile is the size limit of files in a world.
const maxFile = 1 << 20

// fixture is a database with its files, made once per process and engine.
type fixture struct {
	rows  *sqldbtest.Template
	mu    sync.Mutex
	files map[sqldb.Engine]fstest.MapFS
}

// newFixture runs fill on an empty program and copies the result.
func newFixture(fill func(ctx context.Context, p *app.Program) error) *fixture {
	f := &fixture{files: map[sqldb.Engine]fstest.MapFS{}}
	f.rows = sqldbtest.NewTemplate(func(ctx context.Context, db *sqldb.DB) (err error) {
		folder, err := os.MkdirTemp("", "siida-world-")
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
		p, err := assemble(db, folder)
		if err != nil {
			return err
		}
		if err := errors.Join(fill(ctx, p), p.Folder.Close()); err != nil {
			return err
		}
		files, err := load(os.DirFS(folder))
		f.mu.Lock()
		defer f.mu.Unlock()
		f.files[db.Engine] = files
		return err
	})
	return f
}

// assemble returns a program on a database and a folder, with the tests' clock.
func assemble(db *sqldb.DB, folder string) (*app.Program, error) {
	files, err := blob.Open(folder)
	if err != nil {
		return nil, err
	}
	p, err := app.On(slog.New(slog.DiscardHandler), db, files, maxFile)
	if err != nil {
		return nil, errors.Join(err, files.Close())
	}
	p.Clock = testclock.Now
	return p, nil
}

// load reads all files of a folder.
func load(folder fs.FS) (fstest.MapFS, error) {
	files := fstest.MapFS{}
	return files, fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(folder, name)
		files[name] = &fstest.MapFile{Data: content, Mode: 0o600}
		return err
	})
}

// program returns a program on a copied database, and the folder of its files.
func (f *fixture) program(tb testing.TB, db *sqldb.DB) (p *app.Program, folder string) {
	tb.Helper()
	folder = tb.TempDir()
	f.copyFiles(tb, db.Engine, folder)
	return programIn(tb, db, folder), folder
}

func (f *fixture) copyFiles(tb testing.TB, engine sqldb.Engine, folder string) {
	tb.Helper()
	f.mu.Lock()
	files := f.files[engine]
	f.mu.Unlock()
	if err := os.CopyFS(folder, files); err != nil {
		tb.Fatal(err)
	}
}

// data returns a copy as a data folder with an SQLite database.
func (f *fixture) data(tb testing.TB) (folder string) {
	tb.Helper()
	folder = tb.TempDir()
	if err := f.rows.WriteSQLite(filepath.Join(folder, "siida.db")); err != nil {
		tb.Fatal(err)
	}
	f.copyFiles(tb, sqldb.SQLite, filepath.Join(folder, "files"))
	return folder
}

// programIn returns a program on a database and a folder, until the test ends.
func programIn(tb testing.TB, db *sqldb.DB, folder string) *app.Program {
	tb.Helper()
	p, err := assemble(db, folder)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = p.Folder.Close() })
	return p
}
