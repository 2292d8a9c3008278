package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"

	"siida.id/internal/backup"
	"siida.id/internal/backup/backupcli"
	"siida.id/internal/infra/blob"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/job"
	"siida.id/internal/region"
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
func (s backupFiles) Walk(ctx context.Context, fn func(f backup.File, size int64) error) error {
	regions, err := s.regions.All(ctx)
	if err != nil {
		return err
	}
	for _, r := range regions {
		err := s.Folder.Walk(ctx, r.Code, func(sha256 string, size int64) error {
			return fn(backup.File{Region: r.Code, SHA256: sha256}, size)
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
