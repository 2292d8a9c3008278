package instrumentcli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/input"
	"siida.id/internal/instrument"
)

// Exit codes.
const (
	fine       = 0
	refused    = 1 // or the output could not be written
	unreadable = 2
)

// CheckOptions are the arguments of Check.
type CheckOptions struct {
	Files []string
	Lang  string
}

// Check prints for each file that it is valid, or all its faults, and returns 1 if
// any file was refused, 2 if any could not be read. Files with different content
// under one id are refused too.
func Check(ctx context.Context, catalog *i18n.Catalog, o CheckOptions, stdout, stderr io.Writer) int {
	ctx = catalog.With(ctx, o.Lang)
	code, lib := fine, &instrument.Library{}
	for _, file := range o.Files {
		text, err := input.File(ctx, file, input.MaxBytes)
		if err != nil {
			_, _ = fmt.Fprintf(stderr, "%s: %s\n", file, i18n.T(ctx, "instrument.unreadable"))
			code = unreadable
			continue
		}
		p, err := instrument.Check(file, text)
		if err == nil {
			err = lib.Add(p)
		}
		if err != nil {
			_, _ = fmt.Fprintln(stdout, err)
			code = max(code, refused)
			continue
		}
		_, _ = fmt.Fprintf(stdout, "%s: %s\n", file, i18n.T(ctx, "instrument.fine", i18n.Args{"ID": p.ID, "SHA256": p.SHA256}))
	}
	return code
}

// DiffOptions are the arguments of Diff. A and B are ids in the library, or files.
type DiffOptions struct {
	A, B string
	JSON bool
	Lang string
}

// Diff prints the changes from A to B, as text or JSON, and returns 1 if one of them
// was refused, 2 if it could not be read.
func Diff(ctx context.Context, catalog *i18n.Catalog, lib *instrument.Library, o DiffOptions, stdout, stderr io.Writer) int {
	ctx = catalog.With(ctx, o.Lang)
	var packs [2]*instrument.Pack
	for i, name := range []string{o.A, o.B} {
		p, code := find(ctx, lib, name, stderr)
		if code != fine {
			return code
		}
		packs[i] = p
	}
	changes := instrument.Diff(packs[0], packs[1])
	var err error
	if o.JSON {
		err = writeJSON(stdout, packs, changes)
	} else {
		_, err = io.WriteString(stdout, text(ctx, packs, changes))
	}
	if err != nil {
		_, _ = fmt.Fprintln(stderr, err)
		return refused
	}
	return fine
}

func find(ctx context.Context, lib *instrument.Library, name string, stderr io.Writer) (*instrument.Pack, int) {
	if p, ok := lib.ByID(name); ok {
		return p, fine
	}
	text, err := input.File(ctx, name, input.MaxBytes)
	if err != nil {
		_, _ = fmt.Fprintf(stderr, "%s: %s\n", name, i18n.T(ctx, "instrument.unknown"))
		return nil, unreadable
	}
	p, err := instrument.Read(name, text)
	if err != nil {
		_, _ = fmt.Fprintln(stderr, err)
		return nil, refused
	}
	return p, fine
}

func writeJSON(w io.Writer, packs [2]*instrument.Pack, changes []instrument.Change) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(struct {
		A       string              `json:"a"`
		B       string              `json:"b"`
		Changes []instrument.Change `json:"changes"`
	}{packs[0].ID, packs[1].ID, append([]instrument.Change{}, changes...)})
}

func text(ctx context.Context, packs [2]*instrument.Pack, changes []instrument.Change) string {
	var b strings.Builder
	fmt.Fprintln(&b, i18n.T(ctx, "instrument.changes", i18n.Args{"A": packs[0].ID, "B": packs[1].ID, "Count": len(changes)}))
	for _, c := range changes {
		switch {
		case c.After == nil:
			fmt.Fprintf(&b, "- %s: %s\n", c.Part, *c.Before)
		case c.Before == nil:
			fmt.Fprintf(&b, "+ %s: %s\n", c.Part, *c.After)
		default:
			fmt.Fprintf(&b, "~ %s: %s → %s\n", c.Part, *c.Before, *c.After)
		}
	}
	return b.String()
}
