package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"math"
	"os"
	"path/filepath"

	"siida.id/internal/backup"
	"siida.id/internal/backup/backupcli"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/blob"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/job"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/region"
	"siida.id/internal/status/statuscli"
	"siida.id/locales"
	"siida.id/migrations"
)

// backupJobs implements backup.Jobs by the queue.
type backupJobs struct{ *job.Queue }

// Unfinished implements backup.Jobs.
func (j backupJobs) Unfinished(ctx context.Context) (list []backup.Job, err error) {
	found, err := j.Queue.Unfinished(ctx)
	for _, u := range found {
		list = append(list, backup.Job{Region: u.Region, Kind: u.Kind, Key: u.Key, Args: u.Args})
	}
	return list, err
}

// Insert implements backup.Jobs.
func (j backupJobs) Insert(ctx context.Context, one backup.Job) error {
	return j.Restore(ctx, job.Unfinished{Kind: one.Kind, Region: one.Region, Key: one.Key, Args: one.Args})
}

// backupFiles implements backup.Files by the folder of files.
type backupFiles struct {
	*blob.Folder
	regions *region.Service
}

// Walk implements backup.Files.
func (s backupFiles) Walk(ctx context.Context, fn func(f backup.File) error) error {
	regions, err := s.regions.All(ctx)
	if err != nil {
		return err
	}
	for _, r := range regions {
		err := s.Folder.Walk(ctx, r.Code, func(sha256 string, _ int64) error {
			return fn(backup.File{Region: r.Code, SHA256: sha256})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Open implements backup.Files.
func (s backupFiles) Open(ctx context.Context, f backup.File) (io.ReadCloser, error) {
	return s.Folder.Open(ctx, f.Region, f.SHA256)
}

// Put implements backup.Files.
func (s backupFiles) Put(ctx context.Context, f backup.File, content io.Reader) error {
	u, err := s.Receive(ctx, content, math.MaxInt64-1)
	if err != nil {
		return err
	}
	if u.SHA256 != f.SHA256 {
		return errors.Join(fmt.Errorf("its bytes have the SHA-256 %s", u.SHA256), u.Discard())
	}
	return u.Commit(f.Region)
}

// Remove implements backup.Files.
func (s backupFiles) Remove(_ context.Context, f backup.File) error {
	return s.Folder.Remove(f.Region, f.SHA256)
}

// backupFolder is the folder of a backup, as both commands take it.
type backupFolder struct {
	language
	Folder string `arg:"" help:"Folder of the backup."`
}

func (b backupFolder) options() backupcli.Options {
	return backupcli.Options{Folder: b.Folder, Lang: b.Lang}
}

// refusal returns exit status 2 for a reason why nothing was done, which it prints, and
// other errors as they are.
func (b backupFolder) refusal(ctx context.Context, catalog *i18n.Catalog, err error, std Streams) error {
	if n, ok := backupcli.Refused(ctx, catalog, err, b.options(), std.Err); ok {
		return code(n)
	}
	return err
}

type backupCommand struct {
	Config
	backupFolder
}

// Run runs the command; kong calls it.
func (c *backupCommand) Run(ctx context.Context, log *slog.Logger, std Streams) error {
	p, catalog, err := c.openExisting(ctx, log)
	if err != nil {
		return err
	}
	defer func() { _ = p.Close() }()
	m, err := p.Backup.Write(ctx, c.Folder)
	if err != nil {
		return c.refusal(ctx, catalog, err, std)
	}
	return code(backupcli.Written(ctx, catalog, m, c.options(), std.Out, std.Err))
}

type restoreCommand struct {
	Config
	backupFolder
}

// Run runs the command; kong calls it. Until the whole backup has been verified it
// creates nothing.
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
	if err := c.checkNoFiles(); err != nil {
		return c.refusal(ctx, catalog, err, std)
	}
	c.MinFree = 0 // what fits is taken
	p, err := assemble(ctx, log, c.Config, openToRead, loadKey)
	if err != nil {
		return err
	}
	defer func() { _ = p.Close() }()
	if err := p.restore(ctx, c.Folder, m, migrations.Files); err != nil {
		return c.refusal(ctx, catalog, err, std)
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

// restore restores a backup into an empty database: with the schema of the backup first,
// which it then migrates as every start of a newer program does.
func (p *Program) restore(ctx context.Context, folder string, m backup.Manifest, files fs.FS) error {
	if err := p.Backup.Empty(ctx); err != nil {
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
		return sqldb.RefusedError(fmt.Sprintf("the backup has schema %d and the database schema %d: restore into a database without tables, with a program that knows both",
			m.Schema, schema.Have))
	}
	if err := p.Backup.Restore(ctx, folder, m); err != nil {
		return err
	}
	return p.DB.Migrate(ctx, files, job.Migrate)
}

// checkNoFiles returns Conflict if there are stored files.
func (c Config) checkNoFiles() error {
	folder := filepath.Join(c.Data, "files")
	entries, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, e := range entries {
		if e.Name()[0] != '.' { // what was arriving when the program was killed
			return fault.New(fault.Conflict, "backup.files_used").With(fault.Args{"Folder": folder})
		}
	}
	return nil
}
