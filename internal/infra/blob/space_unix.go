//go:build linux || darwin

package blob

import (
	"fmt"
	"syscall"
)

// Space says how many bytes the disk of the folder has for us, and in all.
func (f *Folder) Space() (free, total int64, err error) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(f.root.Name(), &s); err != nil {
		return 0, 0, fmt.Errorf("space for files: %w", err)
	}
	block := uint64(s.Bsize)                                     //nolint:gosec,unconvert,nolintlint // its type differs between systems, and it is never negative
	return int64(s.Bavail * block), int64(s.Blocks * block), nil //nolint:gosec // disks are smaller
}
