package file

import (
	"context"
	"fmt"
	"time"
)

// unusedFor is how long an unused file is stored: a refused form may still need it,
// and a use ended by mistake can be added again.
const unusedFor = 24 * time.Hour

// batch is the number of files deleted in one transaction, which locks the region.
const batch = 200

// Sweep deletes the files of the actor's region that nothing has used for a day, then
// stored bytes without a file that are a day old. It is idempotent.
func (s *Service) Sweep(ctx context.Context) error {
	before := s.Now().Add(-unusedFor)
	for deleted := batch; deleted == batch; {
		err := s.locked(ctx, func(ctx context.Context) (err error) {
			deleted, err = s.Records.DeleteUnused(ctx, before, batch)
			return err
		})
		if err != nil {
			return fmt.Errorf("delete unused files: %w", err)
		}
	}
	// Most bytes belong to a file, and are skipped without locking the region
	list, err := s.Records.AllSHA256(ctx)
	if err != nil {
		return fmt.Errorf("list bytes of files: %w", err)
	}
	known := map[string]bool{}
	for _, sha256 := range list {
		known[sha256] = true
	}
	err = s.Store.Walk(ctx, func(sha256 string, _ int64, since time.Time) error {
		if known[sha256] || !since.Before(before) {
			return nil
		}
		return s.locked(ctx, func(ctx context.Context) error { return s.removeUnused(ctx, sha256) })
	})
	if err != nil {
		return fmt.Errorf("delete bytes of no file: %w", err)
	}
	return nil
}

// removeUnused deletes bytes, unless the same were received meanwhile.
func (s *Service) removeUnused(ctx context.Context, sha256 string) error {
	used, err := s.Records.HasBytes(ctx, sha256)
	if used || err != nil {
		return err
	}
	return s.Store.Remove(ctx, sha256)
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
