package backup

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"siida.id/internal/base/fault"
)

// checkSpace returns Full if the files and the database would not fit on the disk of dir:
// rows as JSON take about as much as the database, which has indexes beside them.
func (s *Service) checkSpace(ctx context.Context, dir string) error {
	need, err := s.Store.Size(ctx)
	if err != nil {
		return err
	}
	err = s.Files.Walk(ctx, func(_ File, size int64) error {
		need += size
		return nil
	})
	if err != nil {
		return err
	}
	return s.Fits(dir, need)
}

// Fits returns Full if the disk of a folder, which need not be there yet, has less than
// need bytes free. Where that is unknown it returns nil.
func (s *Service) Fits(dir string, need int64) error {
	there, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	for _, err := os.Stat(there); errors.Is(err, fs.ErrNotExist) && there != filepath.Dir(there); _, err = os.Stat(there) {
		there = filepath.Dir(there)
	}
	free, err := s.Free(there)
	if err != nil || free >= need {
		return nil //nolint:nilerr // not every system tells
	}
	return fault.New(fault.Full, "backup.no_room").With(fault.Args{"Folder": dir, "Need": fault.Bytes(need), "Free": fault.Bytes(free)})
}

// Space returns how many bytes the files of a backup and its rows take.
func (m Manifest) Space() (files, rows int64) {
	for _, p := range m.Parts {
		if _, ok := p.file(); ok {
			files += p.Size
		} else {
			rows += p.Size
		}
	}
	return files, rows
}
