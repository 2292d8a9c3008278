package blob

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
)

// Walk calls fn with every stored file of region, in the order of SHA-256, with its
// size. Other files are left out.
func (f *Folder) Walk(ctx context.Context, region string, fn func(sum string, size int64) error) error {
	if !regions.MatchString(region) {
		return fmt.Errorf("walk files: region %q", region)
	}
	return fs.WalkDir(f.root.FS(), region, func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) { // no file yet, or one that was just replaced
			return nil
		}
		if err != nil {
			return fmt.Errorf("walk files of %s: %w", region, err)
		}
		sum := path.Base(name)
		if d.IsDir() || !sums.MatchString(sum) || place(region, sum) != name {
			return ctx.Err()
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("walk files of %s: %w", region, err)
		}
		return errors.Join(ctx.Err(), fn(sum, info.Size()))
	})
}
