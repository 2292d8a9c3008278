// Package file is how features keep bytes that people send: by their sum, on a
// Shelf that infra fills. A shelf knows no feature; who may open a file, the
// feature decides that has its row.
package file

import (
	"context"
	"io"
)

// Stored is what a Shelf knows of bytes that it keeps.
type Stored struct {
	Sum   string // SHA-256, in hex
	Size  int64  // in bytes
	Media string // what the bytes are, empty where they are nothing known
	Ext   string // the ending of such a file, without the dot
	Name  string // the name, made safe to show
}

// Shelf keeps bytes of the actor's region by their sum.
type Shelf interface {
	// Keep streams r to where it is safe against a loss of power and says what
	// it was. It returns TooLarge past the installation's limit. The name's
	// ending must agree with the bytes, else Media is empty and nothing is kept.
	Keep(ctx context.Context, name string, r io.Reader) (Stored, error)
	// Open returns the bytes; NotFound for a sum that is not there.
	Open(ctx context.Context, sum string) (io.ReadSeekCloser, error)
}

// Kept is a row of some table that stands for bytes on a Shelf.
type Kept struct {
	Table, ID string
	Sum       string
	Size      int64
}

// Lister lists what a feature has on the Shelf for the actor's region, in the
// order of tables and ids, so that somebody can look whether it is still there.
// A feature with a table that has a sum fills it and app names it.
type Lister interface {
	Kept(ctx context.Context) ([]Kept, error)
}
