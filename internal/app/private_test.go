package app_test

import (
	"bytes"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"siida.id/internal/app"
	"siida.id/internal/test/world"
)

// What the program makes is its owner's alone; a folder that others may look into is
// named at the start.
func TestCaseS14FilesArePrivate(t *testing.T) {
	for name, tt := range map[string]struct {
		mode fs.FileMode
		told bool
	}{
		"a folder that the program makes":      {0, false},
		"a private folder":                     {0o700, false},
		"a folder that everybody looks into":   {0o755, true},
		"a folder that a group may write into": {0o770, true},
	} {
		t.Run(name, func(t *testing.T) {
			data := filepath.Join(t.TempDir(), "data")
			if tt.mode != 0 {
				world.Must(t, os.Mkdir(data, 0o700))
				world.Must(t, os.Chmod(data, tt.mode))
			}
			var log bytes.Buffer
			p, err := app.Open(t.Context(), slog.New(slog.NewTextHandler(&log, nil)), app.Config{Data: data, MaxFile: 1})
			world.Must(t, err)
			defer func() { _ = p.Close() }()
			if told := strings.Contains(log.String(), "path="+data); told != tt.told {
				t.Errorf("told: %v, want %v\n%s", told, tt.told, log.String())
			}
			ownersAlone(t, data)
		})
	}
}

// ownersAlone checks that everything in a folder is for its owner alone.
func ownersAlone(t *testing.T, folder string) {
	t.Helper()
	world.Must(t, filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || path == folder {
			return err
		}
		info, err := entry.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
		return err
	}))
}
