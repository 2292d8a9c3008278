package scoring_test

import (
	"os"
	"path/filepath"
	"testing"

	"siida.id/internal/instrument"
	"siida.id/internal/scoring"
)

func library(t testing.TB) *instrument.Library {
	t.Helper()
	lib, err := instrument.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

// compiled compiles a pack of the library, or of testdata.
func compiled(t testing.TB, id string) *scoring.Instrument {
	t.Helper()
	lib := library(t)
	if err := lib.Load(os.DirFS("testdata"), id+".json"); err != nil {
		t.Fatal(err)
	}
	p, ok := lib.ByID(id)
	if !ok {
		t.Fatalf("no pack %s", id)
	}
	return scoring.Compile(p)
}

func golden(t *testing.T, name, got string, update bool) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; run go test -update and read the diff\ngot:\n%s\nwant:\n%s", path, got, want)
	}
}
