package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"

	"siida.id/internal/backup"
	"siida.id/internal/backup/backupcli"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/job"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/region"
	"siida.id/internal/status/statuscli"
	"siida.id/locales"
	"siida.id/migrations"
)

type restoreCommand struct {
	Config
	backupFolder
}

// Run runs the command; kong calls it. Until the whole backup has been verified it
// creates nothing. If it is interrupted the same command begins anew.
func (c *restoreCommand) Run(ctx context.Context, log *slog.Logger, std Streams) error {
	catalog, err := i18n.Load(locales.Files)
	if err != nil {
		return err
	}
	m, damaged, err := backup.Verify(ctx, c.Folder)
	if err != nil {
		return c.refusal(ctx, catalog, err, std)
	}
	if len(damaged) > 0 {
		return code(backupcli.Damaged(ctx, catalog, damaged, c.options(), std.Err))
	}
	again, err := c.checkRestore(m)
	if err != nil {
		return c.refusal(ctx, catalog, err, std)
	}
	c.MinFree = 0 // what fits is taken
	p, err := assemble(ctx, log, c.Config, openToRead, loadKey)
	if err != nil {
		return err
	}
	defer func() { _ = p.Close() }()
	done, err := p.checkRestore(ctx, c.Config, m, again)
	if err != nil {
		return c.refusal(ctx, catalog, err, std)
	}
	if err := p.restore(ctx, c.Folder, m, migrations.Files, done); err != nil {
		backupcli.Unfinished(ctx, catalog, c.options(), std.Err)
		return err
	}
	if err := c.endRestore(); err != nil {
		return err
	}
	if err := code(backupcli.Restored(ctx, catalog, m, c.options(), std.Out)); err != nil {
		return err
	}
	report, err := p.Status.Check(ctx)
	if err != nil {
		return err
	}
	return code(statuscli.Print(ctx, catalog, report, statuscli.Options{Lang: c.Lang}, std.Out, std.Err))
}

// restore restores a backup into an empty database, the files first: with the schema of
// the backup, which it then migrates as every start of a newer program does. At its end
// nobody is signed in. With done, the files and the rows are there already.
func (p *Program) restore(ctx context.Context, folder string, m backup.Manifest, files fs.FS, done bool) error {
	if !done {
		if err := p.Backup.RestoreFiles(ctx, folder, m); err != nil {
			return err
		}
		if err := p.DB.MigrateTo(ctx, m.Schema, files, job.Migrate); err != nil {
			return err
		}
		schema, err := p.DB.Schema(ctx, files)
		if err != nil {
			return err
		}
		if schema.Have != m.Schema {
			return sqldb.RefusedError(fmt.Sprintf("the backup has schema %d and the database schema %d: restore into a database without tables", m.Schema, schema.Have))
		}
		if err := p.Backup.RestoreRows(ctx, folder, m); err != nil {
			return err
		}
	}
	if err := p.DB.Migrate(ctx, files, job.Migrate); err != nil {
		return err
	}
	regions, err := p.Regions.All(ctx)
	if err != nil {
		return err
	}
	return eachRegion(regions, func(r region.Region) error { return p.Auth.EndAllAccess(region.Within(ctx, r)) })
}

// restoring is the file that stands in the data folder while a backup is restored.
type restoring struct {
	Backup string    `json:"backup"` // the SHA-256 of its manifest
	At     time.Time `json:"at"`     // of the backup
}

func (c Config) restoringFile() string { return filepath.Join(c.Data, "siida.restoring") }

// unfinishedRestore returns the backup whose restore was interrupted in the data folder;
// false for none.
func (c Config) unfinishedRestore() (r restoring, ok bool, err error) {
	text, err := os.ReadFile(c.restoringFile())
	if errors.Is(err, fs.ErrNotExist) {
		return restoring{}, false, nil
	}
	if err != nil {
		return restoring{}, false, err
	}
	_ = json.Unmarshal(text, &r) // cut by a loss of power, it is that of no backup
	return r, true, nil
}

// checkRestored returns a RefusedError if a restore into the data folder was
// interrupted, so that it has not everything.
func (c Config) checkRestored() error {
	_, ok, err := c.unfinishedRestore()
	if ok {
		err = sqldb.RefusedError("a backup was restored into " + c.Data + " and that was interrupted: run siida restore with the same backup again, which begins anew")
	}
	return err
}

// checkRestore returns why a backup cannot be restored here, before anything is created.
// again reports whether a restore of it was interrupted here.
func (c Config) checkRestore(m backup.Manifest) (again bool, err error) {
	known, err := migrations.Versions()
	if err != nil {
		return false, err
	}
	if !slices.Contains(known, m.Schema) {
		return false, fault.New(fault.Conflict, "backup.newer").With(fault.Args{"Program": m.Program})
	}
	begun, again, err := c.unfinishedRestore()
	if err != nil || again && begun.Backup == m.SHA256 {
		return again, err
	}
	used, err := c.hasFiles()
	if err != nil {
		return false, err
	}
	if used {
		key := "backup.files_used"
		if again {
			key = "backup.other_unfinished"
		}
		return false, fault.New(fault.Conflict, key).With(fault.Args{"Folder": filepath.Join(c.Data, "files"), "At": begun.At})
	}
	return false, nil
}

// checkRestore returns why a backup cannot be restored into the database and beside it:
// Conflict for one with rows, Full without space for it. Else the restore has begun from now
// on. again is what the configuration's checkRestore returned; done reports whether
// only what follows the rows is left.
func (p *Program) checkRestore(ctx context.Context, c Config, m backup.Manifest, again bool) (done bool, err error) {
	if again {
		done, err = p.Backup.HasRows(ctx, m)
	} else {
		err = p.Backup.Empty(ctx)
	}
	if err != nil || done {
		return done, err
	}
	files, rows := m.Space()
	if path, ok := sqldb.FilePath(c.dsn()); ok {
		need := 2 * rows // its log has them too
		if filepath.Dir(path) == filepath.Clean(c.Data) {
			files += need
		} else if err := p.Backup.Fits(filepath.Dir(path), need); err != nil {
			return false, err
		}
	}
	if !again { // files that are there are replaced one by one
		if err := p.Backup.Fits(c.Data, files); err != nil {
			return false, err
		}
	}
	return false, c.beginRestore(m)
}

// beginRestore stores that a restore has begun.
func (c Config) beginRestore(m backup.Manifest) error {
	text, err := json.Marshal(restoring{m.SHA256, m.At})
	if err != nil {
		return err
	}
	file, err := os.OpenFile(c.restoringFile(), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(append(text, '\n'))
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	return c.syncData()
}

// endRestore stores that the restore has ended.
func (c Config) endRestore() error {
	return errors.Join(os.Remove(c.restoringFile()), c.syncData())
}

// syncData makes the names in the data folder safe against a loss of power.
func (c Config) syncData() error {
	folder, err := os.Open(c.Data)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// hasFiles reports whether there are stored files; what was arriving when the program
// was killed is none.
func (c Config) hasFiles() (bool, error) {
	used := false
	err := fs.WalkDir(os.DirFS(filepath.Join(c.Data, "files")), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case d.IsDir() && name != "." && d.Name()[0] == '.':
			return fs.SkipDir
		case !d.IsDir():
			used = true
			return fs.SkipAll
		}
		return nil
	})
	return used, err
}
