package scoringcli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"siida.id/internal/base/fault"
	"siida.id/internal/infra/i18n"
	"siida.id/internal/infra/input"
	"siida.id/internal/instrument"
	"siida.id/internal/scoring"
)

// Options are the arguments of the command.
type Options struct {
	File     string // "" and "-" are standard input
	Rows     bool   // include the reasons of every row
	Lang     string // of the sentences
	MaxBytes int64  // of the document
}

// Run scores a document and returns the exit code: 0; 1 if the output could not be
// written or ctx ended before the document; 2 if the document was refused, with its
// first fault on stderr and nothing on stdout.
func Run(ctx context.Context, catalog *i18n.Catalog, lib *instrument.Library, o Options, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx = catalog.With(ctx, o.Lang)
	text, err := read(ctx, o, stdin)
	if err == nil {
		var doc document
		if doc, err = parse(lib, text); err == nil {
			return write(stdout, stderr, output(ctx, doc, o.Rows))
		}
	}
	if ctx.Err() != nil {
		return 1
	}
	r, ok := errors.AsType[*refusal](err)
	switch {
	case ok:
	case errors.Is(err, input.ErrTooLarge):
		r = refuse("", "scoring.fault_large").with("Max", fault.Bytes(o.MaxBytes))
	default:
		r = refuse("", "scoring.fault_unreadable")
	}
	_, _ = fmt.Fprintf(stderr, "%s: %s\n", r.path, i18n.Format(ctx, r.key, r.args))
	return 2
}

func read(ctx context.Context, o Options, stdin io.Reader) ([]byte, error) {
	if o.File == "" || o.File == "-" {
		return input.All(ctx, stdin, o.MaxBytes)
	}
	return input.File(ctx, o.File, o.MaxBytes)
}

func write(stdout, stderr io.Writer, out any) int {
	enc := json.NewEncoder(stdout)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(out); err != nil {
		_, _ = fmt.Fprintln(stderr, err)
		return 1
	}
	return 0
}

// document is a document that was read.
type document struct {
	instrument *scoring.Instrument
	answers    scoring.Answers
	ids        []string
}
