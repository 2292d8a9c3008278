// Package diskspace reports the free space of a disk and whether an error means that
// it is full, and reserves space for what must not fail.
package diskspace

import (
	"errors"
	"os"
	"syscall"
)

// IsFull reports whether err means that the disk or the quota of the program is used
// up.
func IsFull(err error) bool { return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) }

// probeSize is more than most transactions write.
const probeSize = 1 << 20

// Exhausted tries to write a file of a megabyte and reports whether the disk of a
// folder is full, for errors that do not tell why a write failed.
func Exhausted(dir string) bool { return IsFull(probe(dir)) }

func probe(dir string) error {
	file, err := os.CreateTemp(dir, ".room-*")
	if err != nil {
		return err
	}
	_, err = file.Write(make([]byte, probeSize))
	return errors.Join(err, file.Sync(), file.Close(), os.Remove(file.Name()))
}
