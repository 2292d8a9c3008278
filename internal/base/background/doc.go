// Package background holds what the program does while nobody waits for it: a
// panic there ends no server, and what pages note is written there.
package background

import (
	"fmt"
	"runtime/debug"
)

// Safely calls fn. A panic becomes an error with its stack, so that what runs
// in a goroutine of its own does not end the program.
func Safely(fn func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return fn()
}
