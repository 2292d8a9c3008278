package backup

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"

	"siida.id/internal/base/fault"
)

// Where the parts are.
const (
	manifestName = "manifest.json"
	jobsName     = "jobs.jsonl"
	rowsFolder   = "data"
	filesFolder  = "files"
	rowsSuffix   = ".jsonl"
)

// format is the version of the layout of a backup.
const format = 1

// Manifest describes a backup.
type Manifest struct {
	Format  int       `json:"format"`
	Program string    `json:"program"` // version of the program that made it
	Schema  int64     `json:"schema"`  // version of the schema
	At      time.Time `json:"at"`      // just before its snapshot
	Logs    []LogEnd  `json:"logs"`
	Parts   []Part    `json:"parts"`
	// Damaged are the files that rows refer to and that the installation had no longer
	// or not unchanged, so that the backup could not have them either.
	Damaged []Damage `json:"damaged"`
	SHA256  string   `json:"sha256"` // of the manifest with "" in this place
}

// Part is a file of a backup.
type Part struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
	Rows   int64  `json:"rows,omitempty"` // of a table
}

// Damage is what is wrong with a part of a backup.
type Damage struct {
	Path string `json:"path"`
	Key  string `json:"key"` // of the message
}

// table returns the table whose rows are in a part; "" for none.
func (p Part) table() string {
	if dir, name := path.Split(p.Path); dir == rowsFolder+"/" {
		return strings.TrimSuffix(name, rowsSuffix)
	}
	return ""
}

// file returns the stored file that a part is.
func (p Part) file() (f File, ok bool) {
	names := strings.Split(p.Path, "/")
	if len(names) != 4 || names[0] != filesFolder {
		return File{}, false
	}
	return File{Region: names[1], SHA256: names[3]}, true
}

// Counts returns how many rows, files and bytes of files a backup has.
func (m Manifest) Counts() (rows int64, files int, size int64) {
	for _, p := range m.Parts {
		rows += p.Rows
		if _, ok := p.file(); ok {
			files++
			size += p.Size
		}
	}
	return rows, files, size
}

// sealed returns the text of a manifest with its own SHA-256.
func (m Manifest) sealed() ([]byte, error) {
	m.SHA256 = ""
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(text)
	m.SHA256 = hex.EncodeToString(sum[:])
	text, err = json.MarshalIndent(m, "", "  ")
	return append(text, '\n'), err
}

// Verify reads a backup from end to end, and returns what is damaged; the manifest is
// only of use where nothing is. It returns NotFound if there is no folder dir.
func Verify(ctx context.Context, dir string) (m Manifest, damaged []Damage, err error) {
	if info, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
		return Manifest{}, nil, fault.New(fault.NotFound, "backup.folder_missing").With(fault.Args{"Folder": dir})
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return Manifest{}, nil, fmt.Errorf("verify a backup: %w", err)
	}
	defer func() { _ = root.Close() }()
	text, err := root.ReadFile(manifestName)
	if errors.Is(err, fs.ErrNotExist) {
		return Manifest{}, []Damage{{manifestName, "backup.manifest_missing"}}, nil
	}
	if err != nil {
		return Manifest{}, nil, fmt.Errorf("verify a backup: %w", err)
	}
	err = json.Unmarshal(text, &m)
	if err == nil && m.Format > format {
		return m, nil, fault.New(fault.Conflict, "backup.newer").With(fault.Args{"Program": m.Program})
	}
	if sealed, failed := m.sealed(); err != nil || failed != nil || !bytes.Equal(text, sealed) {
		return Manifest{}, []Damage{{manifestName, "backup.manifest_changed"}}, nil
	}
	for _, p := range m.Parts {
		key, err := p.verify(ctx, root)
		if err != nil {
			return Manifest{}, nil, fmt.Errorf("verify a backup: %w", err)
		}
		if key != "" {
			damaged = append(damaged, Damage{p.Path, key})
		}
	}
	return m, damaged, nil
}

// verify returns the message of what is wrong with a part, "" for nothing. The error is
// that of ctx.
func (p Part) verify(ctx context.Context, root *os.Root) (key string, err error) {
	info, err := root.Stat(p.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "backup.part_missing", nil
	case err != nil || !info.Mode().IsRegular():
		return "backup.part_unreadable", ctx.Err()
	case info.Size() < p.Size:
		return "backup.part_cut", nil
	}
	content, err := root.Open(p.Path)
	if err != nil {
		return "backup.part_unreadable", ctx.Err()
	}
	defer func() { _ = content.Close() }()
	hash := sha256.New()
	size, err := io.Copy(hash, reader{ctx, content})
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil:
		return "backup.part_unreadable", nil
	case size != p.Size || hex.EncodeToString(hash.Sum(nil)) != p.SHA256:
		return "backup.part_changed", nil
	}
	return "", nil
}

// reader fails once ctx is cancelled.
type reader struct {
	ctx context.Context
	io.Reader
}

// Read implements io.Reader.
func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
}
