// Package testclock is the one clock that tests go by, so that no test hangs on
// the day on which it runs.
package testclock

import (
	"os"
	"sync"
	"time"
)

// Variable names the moment, as in 2026-12-31T23:30:00+07:00, at which the clock
// stands when a test begins; without it the clock is the machine's.
const Variable = "TESTNOW"

var ahead = sync.OnceValue(func() time.Duration {
	text := os.Getenv(Variable)
	if text == "" {
		return 0
	}
	moment, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(Variable + ": " + err.Error()) // every test would try something else than was asked for
	}
	return time.Until(moment)
})

// Now is the present of the tests. It goes on as the machine's clock does.
func Now() time.Time { return time.Now().Add(ahead()).Round(0) }
