package file

import (
	"context"
	"fmt"
	"time"
)

// grace is how long a file stays that nothing uses: a form that was refused still
// wants it, and what was ended by mistake can be taken up again.
const grace = 24 * time.Hour

// batch is how many files are deleted in one transaction, in which the region is locked.
const batch = 200

// Sweep deletes the files of the actor's region that nothing has used for a day, then
// the bytes that belong to no file and have lain there for a day. It may run twice.
func (s *Service) Sweep(ctx context.Context) error {
	before := s.Now().Add(-grace)
	for deleted := batch; deleted == batch; {
		err := s.locked(ctx, func(ctx context.Context) (err error) {
			deleted, err = s.Records.DeleteUnused(ctx, before, batch)
			return err
		})
		if err != nil {
			return fmt.Errorf("delete unused files: %w", err)
		}
	}
	// Most bytes belong to a file, and for those nobody has to wait.
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

// removeUnused deletes bytes, unless somebody has sent the same meanwhile.
func (s *Service) removeUnused(ctx context.Context, sha256 string) error {
	used, err := s.Records.HasBytes(ctx, sha256)
	if used || err != nil {
		return err
	}
	return s.Store.Remove(ctx, sha256)
}

// locked calls fn in a transaction that has the region alone: nobody begins or ends a
// use meanwhile, and no row says that bytes have come.
func (s *Service) locked(ctx context.Context, fn func(ctx context.Context) error) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		ctx, err := s.Region.Lock(ctx)
		if err != nil {
			return err
		}
		return fn(ctx)
	})
}
