// Package audittest provides audit logs for the tests of rooms: one that fails, and
// one that does nothing.
package audittest

import (
	"context"
	"errors"

	"siida.id/internal/audit"
)

// Log writes to Real and then fails with Err if it is set, so that the transaction
// must be rolled back.
type Log struct {
	Real interface {
		Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error
	}
	Err error
}

// Append implements the Log of every room.
func (l *Log) Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error {
	return errors.Join(l.Real.Append(ctx, subject, event, details), l.Err)
}

// Silent is a log that stores nothing.
type Silent struct{}

// Append implements the Log of every room.
func (Silent) Append(context.Context, audit.Subject, audit.Event, audit.Details) error { return nil }
