// Package id makes the ids of things: they sort by the time they were made,
// and nobody can guess the next.
package id

import (
	"io"
	"time"

	"github.com/google/uuid"
)

// New returns a new id.
func New() string { return uuid.Must(uuid.NewV7()).String() }

// Source makes ids of a clock and random bytes of its own, so that the same
// clock and bytes make the same ids: for made-up data alone, since whoever knows
// them can guess the next. They sort in the order in which they were made. The
// random bytes have no end.
func Source(now func() time.Time, random io.Reader) func() string {
	var last, n int64
	return func() string {
		var u uuid.UUID
		if _, err := io.ReadFull(random, u[8:]); err != nil {
			panic("ids: " + err.Error()) // it has an end
		}
		ms := now().UnixMilli()
		if n++; ms != last {
			last, n = ms, 0
		}
		for i := range 6 {
			u[i] = byte(ms >> (40 - 8*i)) //nolint:gosec // the bytes of a number
		}
		u[6], u[7] = 0x70|byte(n>>8&0x0f), byte(n) //nolint:gosec // version 7, and a count within the millisecond
		u[8] = 0x80 | u[8]&0x3f
		return u.String()
	}
}
