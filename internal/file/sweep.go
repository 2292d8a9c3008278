package file

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"siida.id/internal/base/fault"
)

// unusedFor is how long an unused file is stored: a refused form may still need it,
// and a use ended by mistake can be added again.
const unusedFor = 24 * time.Hour

// batch is the number of files that are listed at once.
const batch = 200

// Sweep deletes the files of the actor's region that nothing has used for a day, and
// their bytes, unless another file has the same. A file that cannot be deleted is
// logged and skipped. Bytes without a row are never deleted: they may belong to rows
// that the database has lost, or does not have yet. Sweep is idempotent.
func (s *Service) Sweep(ctx context.Context) error {
	before := s.Now().Add(-unusedFor)
	for last := ""; ; {
		list, err := s.Records.Unused(ctx, before, last, batch)
		if err != nil {
			return fmt.Errorf("list unused files: %w", err)
		}
		for _, r := range list {
			if err := s.sweep(ctx, r, before); err != nil {
				return fmt.Errorf("delete unused file %s: %w", r.ID, err)
			}
		}
		if len(list) < batch {
			return nil
		}
		last = list[batch-1].ID
	}
}

// sweep deletes a file that nothing has used since before. It returns only errors that
// other files would have too.
func (s *Service) sweep(ctx context.Context, r Record, before time.Time) error {
	err := s.delete(ctx, r, before)
	switch {
	case err == nil || ctx.Err() != nil || fault.Temporary(err):
		return err
	case fault.KindOf(err) == fault.NotFound: // it has been used again
		return nil
	}
	s.Log.ErrorContext(ctx, "an unused file cannot be deleted", slog.String("file", r.ID), slog.Any("error", err))
	return nil
}

// delete deletes the row of a file, and then its bytes: a failure in between leaves
// bytes without a row, which do no harm, and never a row without bytes.
func (s *Service) delete(ctx context.Context, r Record, before time.Time) error {
	err := s.locked(ctx, func(ctx context.Context) error { return s.Records.DeleteUnused(ctx, r.ID, before) })
	if err != nil || r.SHA256 == "" {
		return err
	}
	return s.locked(ctx, func(ctx context.Context) error {
		used, err := s.Records.HasBytes(ctx, r.SHA256)
		if used || err != nil {
			return err
		}
		return s.Store.Remove(ctx, r.SHA256)
	})
}

// locked calls fn in a transaction that locks the region exclusively: nobody adds or
// ends a use, or checks a row, meanwhile.
func (s *Service) locked(ctx context.Context, fn func(ctx context.Context) error) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		ctx, err := s.Region.Lock(ctx)
		if err != nil {
			return err
		}
		return fn(ctx)
	})
}
