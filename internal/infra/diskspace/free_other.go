//go:build !linux && !darwin

package diskspace

import "errors"

// Free is not supported on this system: it returns errors.ErrUnsupported.
func Free(string) (free, total int64, err error) { return 0, 0, errors.ErrUnsupported }
