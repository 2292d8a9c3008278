package id_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"siida.id/internal/base/id"
)

// The same clock and bytes give the same ids, in order, like real ones.
func TestSource(t *testing.T) {
	made := func() (list []string) {
		then := time.Date(2026, 3, 2, 1, 30, 0, 0, time.UTC)
		next := id.Source(func() time.Time { return then }, rand.NewChaCha8([32]byte{1}))
		for n := range 9000 {
			then = then.Add(time.Duration(n/3000) * time.Microsecond)
			list = append(list, next())
		}
		return list
	}
	first := made()
	if !slices.Equal(first, made()) {
		t.Error("the same clock and bytes make other ids")
	}
	if !slices.IsSorted(first) || len(slices.Compact(slices.Clone(first))) != len(first) {
		t.Error("they do not sort in their order")
	}
	for _, one := range []string{first[0], first[8999], id.New()} {
		u, err := uuid.Parse(one)
		if err != nil || u.Version() != 7 || u.Variant() != uuid.RFC4122 {
			t.Errorf("%s: %v, version %d", one, err, u.Version())
		}
	}
	if first[0] >= id.New() {
		t.Error("an id of then does not come before one of now")
	}
}
