package instrument

import (
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"slices"

	"siida.id/internal/base/jsondoc"
)

//go:embed packs/*.json
var embedded embed.FS

// Library is a set of packs.
type Library struct{ packs []*Pack }

// Embedded returns a library of the packs embedded in the program.
func Embedded() (*Library, error) {
	lib := &Library{}
	return lib, lib.Load(embedded, "packs/*.json")
}

// Load reads the files that match pattern and adds those that are valid. It returns
// the faults of all others.
func (l *Library) Load(files fs.FS, pattern string) error {
	names, err := fs.Glob(files, pattern)
	if err != nil {
		return err
	}
	var refused []error
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		p, err := Read(name, text)
		if err == nil {
			err = l.Add(p)
		}
		refused = append(refused, err)
	}
	return errors.Join(refused...)
}

// Add adds a pack. Other content under an id of the library is refused, because
// periods refer to packs by id; the same content is accepted.
func (l *Library) Add(p *Pack) error {
	if have, ok := l.ByID(p.ID); ok {
		if have.SHA256 != p.SHA256 {
			return Fault{File: p.File, Rule: "other content under a known id", Detail: fmt.Sprintf("%s is %s", p.ID, have.File)}
		}
		return nil
	}
	l.packs = append(l.packs, p)
	slices.SortFunc(l.packs, func(a, b *Pack) int { return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.ID, b.ID)) })
	return nil
}

// ByID returns the pack with that id.
func (l *Library) ByID(id string) (*Pack, bool) {
	for _, p := range l.packs {
		if p.ID == id {
			return p, true
		}
	}
	return nil, false
}

// All returns the packs by year.
func (l *Library) All() []*Pack { return slices.Clone(l.packs) }

// Read reads a pack. file is its name, for the faults; the error joins every Fault of
// the text. Signs that cannot be seen and unclear links are no faults: a period may be
// pinned to a pack that has some, from before Check named them.
func Read(file string, text []byte) (*Pack, error) { return read(file, text, false) }

// Check is Read, and finds what is wrong with the signs and links of the texts too.
func Check(file string, text []byte) (*Pack, error) { return read(file, text, true) }

func read(file string, text []byte, strict bool) (*Pack, error) {
	sum := sha256.Sum256(text)
	p := &Pack{File: file, SHA256: hex.EncodeToString(sum[:])}
	c := checker{pack: p, misfit: map[string]bool{}}
	for _, problem := range jsondoc.Decode(text, p) {
		c.unread(problem)
	}
	p.build()
	if p.ID != "" || len(c.faults) == 0 { // otherwise the text has no pack to check
		c.check()
		if strict {
			c.texts("", reflect.ValueOf(p).Elem())
		}
	}
	if len(c.faults) > 0 {
		return nil, errors.Join(c.faults...)
	}
	return p, nil
}
