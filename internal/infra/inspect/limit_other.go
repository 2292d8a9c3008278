//go:build !linux || (!amd64 && !arm64)

package inspect

import (
	"errors"
	"os/exec"
)

// supported reports whether this system has the limits.
const supported = false

func isolate(*exec.Cmd) {}

func limit() error { return errors.ErrUnsupported }

func become(string, string) error { return errors.ErrUnsupported }
