// Package background runs work that no request waits for: a panic there does
// not end the server, and queued notes of requests are written there.
package background

import (
	"fmt"
	"runtime/debug"
)

// Safely calls fn. A panic becomes an error with its stack, so that a goroutine
// cannot end the program.
func Safely(fn func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return fn()
}
