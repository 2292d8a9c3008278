package sheet

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"slices"
	"strings"
)

// sorted writes a zip with its files in the order of their names, since the library
// writes sheets in any order and the same sheets must give the same bytes. The
// content types come first, as some readers expect.
type sorted struct {
	to    *zip.Writer
	files []*entry
}

type entry struct {
	name string
	bytes.Buffer
}

func newSorted(w io.Writer) *sorted { return &sorted{to: zip.NewWriter(w)} }

// Create implements excelize.ZipWriter.
func (s *sorted) Create(name string) (io.Writer, error) {
	e := &entry{name: name}
	s.files = append(s.files, e)
	return e, nil
}

// AddFS implements excelize.ZipWriter.
func (s *sorted) AddFS(files fs.FS) error { return s.to.AddFS(files) }

// Close implements excelize.ZipWriter.
func (s *sorted) Close() error {
	slices.SortFunc(s.files, func(a, b *entry) int { return strings.Compare(a.name, b.name) })
	for _, e := range s.files {
		w, err := s.to.Create(e.name)
		if err != nil {
			return err
		}
		if _, err := e.WriteTo(w); err != nil {
			return err
		}
	}
	return s.to.Close()
}
