//go:build linux || darwin

package diskspace

import (
	"fmt"
	"syscall"
)

// Free returns the bytes available to this program and the total bytes of a folder's
// disk.
func Free(dir string) (free, total int64, err error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return 0, 0, fmt.Errorf("space in %s: %w", dir, err)
	}
	block := uint64(s.Bsize)                                     //nolint:gosec,unconvert,nolintlint // its type differs between systems, and it is never negative
	return int64(s.Bavail * block), int64(s.Blocks * block), nil //nolint:gosec // disks are smaller
}
