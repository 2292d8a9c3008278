//go:build !linux && !darwin

package blob

import "errors"

// Space is not known on this system.
func (f *Folder) Space() (free, total int64, err error) { return 0, 0, errors.ErrUnsupported }
