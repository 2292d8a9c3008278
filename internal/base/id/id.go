// Package id generates ids that sort by creation time and cannot be guessed.
package id

import (
	"io"
	"time"

	"github.com/google/uuid"
)

// New returns a new id.
func New() string { return uuid.Must(uuid.NewV7()).String() }

// Parse returns an id of New in the form in which New returns it; false for any other
// text.
func Parse(text string) (string, bool) {
	const length = 36 // the library reads other forms too
	u, err := uuid.Parse(text)
	if err != nil || len(text) != length || u.Version() != 7 || u.Variant() != uuid.RFC4122 {
		return "", false
	}
	return u.String(), true
}

// Source generates ids from a given clock and random source, so that they are
// reproducible: only for made-up data, since the next one can be guessed. They
// sort in the order of creation. The random source must not end.
func Source(now func() time.Time, random io.Reader) func() string {
	var last, n int64
	return func() string {
		var u uuid.UUID
		if _, err := io.ReadFull(random, u[8:]); err != nil {
			panic("ids: " + err.Error()) // the source ended
		}
		ms := now().UnixMilli()
		if n++; ms != last {
			last, n = ms, 0
		}
		for i := range 6 {
			u[i] = byte(ms >> (40 - 8*i)) //nolint:gosec // truncation to bytes is meant
		}
		u[6], u[7] = 0x70|byte(n>>8&0x0f), byte(n) //nolint:gosec // version 7, and a count within the millisecond
		u[8] = 0x80 | u[8]&0x3f
		return u.String()
	}
}
