package seal_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"siida.id/internal/infra/seal"
)

func TestCaseS13SealedTextsNeedTheirKeyAndPurpose(t *testing.T) {
	box, err := seal.New(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	other, err := seal.New(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := box.Seal("RAHASIA", "rina")
	if err != nil || strings.Contains(sealed, "RAHASIA") || !seal.Sealed(sealed) || seal.Sealed("RAHASIA") {
		t.Fatalf("%q, %v", sealed, err)
	}
	if again, err := box.Seal("RAHASIA", "rina"); err != nil || again == sealed {
		t.Errorf("the same text is sealed alike twice (%v)", err)
	}
	if text, err := box.Open(sealed, "rina"); text != "RAHASIA" || err != nil {
		t.Errorf("%q, %v", text, err)
	}
	parts := strings.Split(sealed, ".")
	for name, try := range map[string]func() (string, error){
		"another purpose": func() (string, error) { return box.Open(sealed, "wati") },
		"another key":     func() (string, error) { return other.Open(sealed, "rina") },
		"cut":             func() (string, error) { return box.Open(sealed[:len(sealed)-4], "rina") },
		"cut to nothing":  func() (string, error) { return box.Open(parts[0]+"."+parts[1]+".", "rina") },
		"no base64":       func() (string, error) { return box.Open(parts[0]+"."+parts[1]+".!", "rina") },
		"in clear":        func() (string, error) { return box.Open("RAHASIA", "rina") },
		"empty":           func() (string, error) { return box.Open("", "rina") },
	} {
		if text, err := try(); text != "" || !errors.Is(err, seal.ErrOtherKey) {
			t.Errorf("%s: %q, %v", name, text, err)
		}
	}
}

func TestCreate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "siida.key")
	if _, err := seal.Load(path, rand.Reader); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a key is there: %v", err)
	}
	const programs = 8
	sealed := make([]string, programs)
	var group sync.WaitGroup
	for i := range sealed {
		group.Go(func() {
			box, err := seal.Create(path, rand.Reader)
			if err == nil {
				sealed[i], err = box.Seal("RAHASIA", "")
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	box, err := seal.Load(path, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range sealed { // all have the key of the one that was first
		if text, err := box.Open(one, ""); text != "RAHASIA" || err != nil {
			t.Errorf("%q, %v", text, err)
		}
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 1 {
		t.Errorf("%v, %v: want the key alone", entries, err)
	}
	for _, content := range []string{"", "x", "c2hvcnQ="} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := seal.Load(path, rand.Reader); err == nil {
			t.Errorf("%q is a key", content)
		}
	}
	if _, err := seal.Create(filepath.Join(path, "x"), rand.Reader); err == nil {
		t.Error("a key in no folder")
	}
}

// Without hard links a key is made all the same; one that is there stays.
func TestCreateWithoutHardLinks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "siida.key")
	without := func(string, string) error { return &os.LinkError{Op: "link", Err: syscall.EPERM} }
	if err := seal.CreateBy(path, rand.Reader, without); err != nil {
		t.Fatal(err)
	}
	first, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := seal.CreateBy(path, rand.Reader, without); err != nil {
		t.Fatal(err)
	}
	again, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(first, again) {
		t.Errorf("%q, then %q, %v", first, again, err)
	}
	if _, err := seal.Load(path, rand.Reader); err != nil {
		t.Error(err)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 1 {
		t.Errorf("%v, %v: want the key alone", entries, err)
	}
	if err := os.WriteFile(path+".new", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := seal.CreateBy(path, rand.Reader, without); !errors.Is(err, fs.ErrExist) {
		t.Errorf("while another process makes one: %v", err)
	}
}
