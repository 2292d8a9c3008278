package file

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"siida.id/internal/base/fault"
)

// Inspector looks inside files: can they be opened?
type Inspector interface {
	// Can reports whether files of a media type can be inspected on this system.
	Can(media string) bool
	// Inspect inspects a file within a time; Later if it could not begin in that time,
	// or not on this system.
	Inspect(ctx context.Context, media string, content io.ReadSeeker, within time.Duration) (Finding, error)
}

// Finding is what an inspection has found; except for Opens and Later the key of its
// message, with Name among its arguments.
type Finding string

// The findings.
const (
	Opens      Finding = "opens"
	Unreadable Finding = "file.unreadable" // damaged, or cut
	NoPages    Finding = "file.no_pages"
	Locked     Finding = "file.locked"  // by a password
	Unclear    Finding = "file.unclear" // within the limits of an inspection
	Later      Finding = "later"        // it was not inspected
)

// unopenable reports whether the file cannot be opened.
func (f Finding) unopenable() bool { return f == Unreadable || f == NoPages || f == Locked }

// Trusting is an Inspector for files that the program itself has made, as those of a
// demo: all of them open.
type Trusting struct{}

// Can implements Inspector.
func (Trusting) Can(string) bool { return true }

// Inspect implements Inspector.
func (Trusting) Inspect(context.Context, string, io.ReadSeeker, time.Duration) (Finding, error) {
	return Opens, nil
}

// Queue queues jobs in the caller's transaction.
type Queue interface {
	Insert(ctx context.Context, kind, key string, args any) error
}

// InspectJob is the kind of the job that calls Inspect.
const InspectJob = "files.inspect"

// Times of inspections.
const (
	quickTime = 2 * time.Second  // before an upload is answered, by default
	jobTime   = 15 * time.Second // by a job
	batchTime = 25 * time.Second // in which one job begins inspections
)

// inspectBytes inspects a file that was just received; Later if that takes longer than
// QuickTime, or cannot be done.
func (s *Service) inspectBytes(ctx context.Context, media string, b Bytes) (Finding, error) {
	if s.Inspector == nil || !s.Inspector.Can(media) {
		return "", nil // a scheduled job tries again
	}
	content, err := b.Open()
	if err != nil {
		return "", fmt.Errorf("inspect a file: %w", err)
	}
	found, err := s.Inspector.Inspect(ctx, media, content, cmp.Or(s.QuickTime, quickTime))
	if found == Unclear {
		found = Later
	}
	return found, errors.Join(err, content.Close())
}

// Inspect inspects the files of the actor's region that were not inspected, and stores
// what was found. What cannot be inspected on this system stays as it is. It begins
// none after batchTime: more reports whether there are others. It is idempotent.
func (s *Service) Inspect(ctx context.Context) (more bool, err error) {
	if s.Inspector == nil {
		return false, nil
	}
	begin, cancel := context.WithTimeout(ctx, batchTime)
	defer cancel()
	var failed error // of a file that does not keep the others from being inspected
	for last := ""; ; {
		list, err := s.Records.Uninspected(ctx, last, batch)
		if err != nil {
			return false, fmt.Errorf("list files to inspect: %w", err)
		}
		for _, r := range list {
			if begin.Err() != nil {
				return true, errors.Join(failed, ctx.Err())
			}
			if err := s.inspect(ctx, r); err != nil {
				failed = errors.Join(failed, fmt.Errorf("inspect file %s: %w", r.ID, err))
				if fault.Temporary(err) {
					return false, failed
				}
			}
		}
		if len(list) < batch {
			return false, failed
		}
		last = list[batch-1].ID
	}
}

// inspect inspects a stored file and stores what was found.
func (s *Service) inspect(ctx context.Context, r Record) error {
	if !s.Inspector.Can(r.Media) {
		return nil
	}
	content, err := s.Store.Open(ctx, r.SHA256)
	if fault.KindOf(err) == fault.NotFound { // swept meanwhile; if it was lost, siida check says so
		return nil
	}
	if err != nil {
		return err
	}
	found, err := s.Inspector.Inspect(ctx, r.Media, content, jobTime)
	if err := errors.Join(err, content.Close()); err != nil {
		return err
	}
	switch {
	case found == Opens:
		r.move(MoveCheck)
	case found.unopenable():
		r.move(MoveFail)
		r.Reason = string(found)
	case found == Unclear:
		r.Reason = string(found)
	default:
		return nil
	}
	if err := s.Records.SaveFinding(ctx, r); fault.KindOf(err) != fault.NotFound {
		return err
	}
	return nil
}
