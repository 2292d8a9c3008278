package world

import (
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
)

// Rounds returns how often a test of a fault repeats it: short, or long if the
// environment variable FAULTS is "long", as make test-faults sets it.
func Rounds(short, long int) int {
	if os.Getenv("FAULTS") == "long" { //nolint:forbidigo // of tests alone
		return long
	}
	return short
}

// Random returns random numbers from the seed in the environment variable SEED, or from
// one of its own, which it logs.
func Random(tb testing.TB) *rand.Rand {
	tb.Helper()
	seed := rand.Uint64()
	if text := os.Getenv("SEED"); text != "" { //nolint:forbidigo // of tests alone
		var err error
		seed, err = strconv.ParseUint(text, 10, 64)
		Must(tb, err)
	}
	tb.Logf("seed %d; SEED=%d repeats it", seed, seed)
	return rand.New(rand.NewPCG(seed, 1))
}
