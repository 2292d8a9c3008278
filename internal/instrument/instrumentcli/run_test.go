package instrumentcli_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"siida.id/internal/infra/i18n"
	"siida.id/internal/instrument"
	"siida.id/internal/instrument/instrumentcli"
	"siida.id/locales"
)

const packs = "../packs/"

func catalog(t *testing.T) *i18n.Catalog {
	t.Helper()
	c, err := i18n.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// broken writes a copy of iid-2026 with old replaced by other.
func broken(t *testing.T, old, other string) string {
	t.Helper()
	text, err := os.ReadFile(packs + "iid-2026.json")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "x.json")
	if err := os.WriteFile(file, []byte(strings.Replace(string(text), old, other, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestCheck(t *testing.T) {
	good, missing := packs+"iid-2026.json", filepath.Join(t.TempDir(), "none.json")
	bad := broken(t, `"divisor_minimum": {"value": 12`, `"divisor_minimum": {"value": 0`)
	other := broken(t, "Piagam", "Piala")
	for _, tt := range []struct {
		name           string
		files          []string
		lang           string
		code           int
		stdout, stderr string
	}{
		{"good", []string{good}, "id", 0, good + ": Berkas ini lolos pemeriksaan sebagai iid-2026 (", ""},
		{"english", []string{good}, "en", 0, good + ": This file is in order as iid-2026 (", ""},
		{"refused", []string{good, bad}, "id", 1, bad + ": divisor_minimum: out of bounds", ""},
		{"two of one id", []string{good, other}, "id", 1, other + ": other content under a known id: iid-2026 is " + good, ""},
		{"unreadable", []string{missing, bad}, "id", 2, bad + ": divisor_minimum: out of bounds", missing + ": Berkas ini tidak dapat dibaca."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			code := instrumentcli.Check(t.Context(), catalog(t), instrumentcli.CheckOptions{Files: tt.files, Lang: tt.lang}, &stdout, &stderr)
			if code != tt.code || !strings.Contains(stdout.String(), tt.stdout) || strings.TrimSpace(stderr.String()) != tt.stderr {
				t.Errorf("exit %d\n%s\n%s", code, &stdout, &stderr)
			}
		})
	}
}

func diff(t *testing.T, o instrumentcli.DiffOptions) (code int, stdout, stderr string) {
	t.Helper()
	lib, err := instrument.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	code = instrumentcli.Diff(t.Context(), catalog(t), lib, o, &out, &errs)
	return code, out.String(), errs.String()
}

func TestDiff(t *testing.T) {
	code, stdout, _ := diff(t, instrumentcli.DiffOptions{A: "iid-2026", B: "iid-2027"})
	if code != 0 || !strings.HasPrefix(stdout, "6 perubahan dari iid-2026 ke iid-2027\n~ status: complete → prognosis\n~ divisor_minimum: 12 → 14\n") {
		t.Errorf("exit %d\n%s", code, stdout)
	}
	if code, stdout, _ = diff(t, instrumentcli.DiffOptions{A: "iid-2026", B: packs + "iid-2026.json", Lang: "en"}); code != 0 || stdout != "0 changes from iid-2026 to iid-2026\n" {
		t.Errorf("exit %d\n%s", code, stdout)
	}
	code, stdout, _ = diff(t, instrumentcli.DiffOptions{A: "iid-2023", B: "iid-2026"})
	for _, want := range []string{
		"\n~ gate: null → 5\n", "\n~ divisor_minimum: 10 → 12\n", "\n~ predicates.Inovatif: 35.00–60.00 → 40.01–65.00\n",
		"\n~ SID-16.option.1: SK Kepala Perangkat Daerah → SK Kepala Daerah, atau", "\n+ SPD-01.weight: 1\n", "\n- themes.Tematik: ", "\n+ SID-33.f.option.3: 3 periode\n",
	} {
		if code != 0 || !strings.Contains(stdout, want) {
			t.Errorf("exit %d, no %q in\n%s", code, want, stdout)
		}
	}
}

func TestDiffJSON(t *testing.T) {
	for b, changes := range map[string]int{"iid-2027": 6, "iid-2026": 0} {
		code, stdout, _ := diff(t, instrumentcli.DiffOptions{A: "iid-2026", B: b, JSON: true})
		var got struct {
			A, B    string
			Changes []instrument.Change
		}
		if err := json.Unmarshal([]byte(stdout), &got); err != nil || code != 0 || got.A != "iid-2026" || got.B != b || got.Changes == nil || len(got.Changes) != changes {
			t.Errorf("exit %d, %v\n%s", code, err, stdout)
		}
	}
}

func TestDiffRefuses(t *testing.T) {
	if code, stdout, stderr := diff(t, instrumentcli.DiffOptions{A: "iid-2026", B: "iid-1999"}); code != 2 || stdout != "" || stderr != "iid-1999: Instrumen atau berkas ini tidak ada.\n" {
		t.Errorf("exit %d, %q, %q", code, stdout, stderr)
	}
	file := broken(t, `"year": 2026`, `"year": 26`)
	if code, stdout, stderr := diff(t, instrumentcli.DiffOptions{A: file, B: "iid-2026"}); code != 1 || stdout != "" || stderr != file+": year: out of bounds: 26\n" {
		t.Errorf("exit %d, %q, %q", code, stdout, stderr)
	}
}
