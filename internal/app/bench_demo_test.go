package app

import (
	"errors"
	"log/slog"
	"testing"

	"siida.id/internal/demo"
	"siida.id/internal/infra/benchtest"
	"siida.id/internal/infra/samplefile"
)

// BenchmarkStartWithTheDemo takes the time from an empty folder to the demo's
// world, as `siida demo` makes it. The floor makes the same world, but for its
// files: those are empty of pictures and text.
func BenchmarkStartWithTheDemo(b *testing.B) {
	filled := func(made demo.Files) func() {
		return func() {
			p, err := Open(b.Context(), slog.New(slog.DiscardHandler), Config{Data: b.TempDir(), MaxFile: 64})
			if err != nil {
				b.Fatal(err)
			}
			if err := errors.Join(p.fillWith(b.Context(), made), p.Close()); err != nil {
				b.Fatal(err)
			}
		}
	}
	benchtest.Figure{
		Unit: "ms", Most: 3000, Of: benchtest.Millis(1, filled(sampleFiles{})), Floor: benchtest.Millis(1, filled(bareFiles{})),
	}.Run(b)
}

// bareFiles are as little as is taken for a document or a picture.
type bareFiles struct{}

func (bareFiles) PDF(_, title string, _ []string) ([]byte, error) {
	return []byte("%PDF-1.7\n" + title), nil
}

func (bareFiles) Crest() ([]byte, error) { return samplefile.Crest() }

func (bareFiles) JPEG(_, title string, _ uint64, _ demo.Shot) ([]byte, error) {
	return []byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00" + title), nil
}
