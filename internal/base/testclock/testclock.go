// Package testclock is the clock of all tests, so that no test depends on the
// day on which it runs.
package testclock

import (
	"os"
	"sync"
	"time"
)

// Variable is the environment variable with the start time of the clock, such as
// 2026-12-31T23:30:00+07:00; without it the clock is the machine's.
const Variable = "TESTNOW"

var ahead = sync.OnceValue(func() time.Duration {
	text := os.Getenv(Variable)
	if text == "" {
		return 0
	}
	moment, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(Variable + ": " + err.Error()) // the tests would run at the wrong time
	}
	return time.Until(moment)
})

// Now returns the tests' current time. It advances with the machine's clock.
func Now() time.Time { return time.Now().Add(ahead()).Round(0) }
