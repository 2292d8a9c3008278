// Package diskspace reports the free space of a disk, whether an error means
// that there is none, and holds a reserve for what must not fail.
package diskspace

import (
	"errors"
	"os"
	"syscall"
)

// IsFull reports whether err says that the disk, or what this program may have of
// it, is used up.
func IsFull(err error) bool { return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) }

// probeSize is more than what most transactions write.
const probeSize = 1 << 20

// Exhausted tries whether the disk of a folder still takes a file of a megabyte, for
// errors that do not say why a write has failed.
func Exhausted(dir string) bool { return IsFull(probe(dir)) }

func probe(dir string) error {
	file, err := os.CreateTemp(dir, ".room-*")
	if err != nil {
		return err
	}
	_, err = file.Write(make([]byte, probeSize))
	return errors.Join(err, file.Sync(), file.Close(), os.Remove(file.Name()))
}
