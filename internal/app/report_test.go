package app

import (
	"context"
	"encoding/csv"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"siida.id/internal/base/actor"
)

// outside runs a reader that is not ours; without it the test fails.
func outside(t *testing.T, name, pkg string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Fatalf("%s is missing; install with: sudo apt-get install --no-install-recommends %s", name, pkg)
	}
	out, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

// fetched is the file at a path of the demo, on the disk under a name.
func fetched(t *testing.T, h http.Handler, token, path, name string) string {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	r.AddCookie(&http.Cookie{Name: "sesi", Value: token})
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Fatalf("%s: %d", path, w.Code)
	}
	file := filepath.Join(t.TempDir(), name)
	must(t, os.WriteFile(file, w.Body.Bytes(), 0o600))
	return file
}

// Readers that are not ours find the figures of the index page in its files, and
// on every page that they are made up.
func TestReportsAreReadByOthers(t *testing.T) {
	p := demoProgram(t)
	h, token := pages(t, p), session(t, p, "admin", demoLogin(t))
	regions, err := p.regions.All(t.Context())
	must(t, err)
	ctx := actor.With(context.Background(), actor.Actor{ID: "x", Region: regions[0].Code, Assignments: []actor.Assignment{{Role: actor.Brida}}})
	want, err := p.index.Of(ctx, "2026")
	must(t, err)

	t.Run("paper", func(t *testing.T) {
		file := fetched(t, h, token, "/laporan/indeks/2026/pdf", "indeks.pdf")
		if info := outside(t, "pdfinfo", "poppler-utils", file); !strings.Contains(info, "(A4)") {
			t.Errorf("not on A4:\n%s", info)
		}
		text := outside(t, "pdftotext", "poppler-utils", "-layout", file, "-")
		sheets := strings.Split(strings.TrimSuffix(text, "\f"), "\f")
		if len(sheets) < 2 {
			t.Errorf("%d pages, want the annex on one of its own", len(sheets))
		}
		for i, sheet := range sheets {
			if !strings.Contains(sheet, "CONTOH") || !strings.Contains(sheet, "Halaman ") {
				t.Errorf("page %d does not say that it is made up, or has no number:\n%s", i+1, sheet)
			}
		}
		flat := strings.Join(strings.Fields(text), " ")
		for _, words := range []string{strings.Replace(want.Result.Index.String(), ".", ",", 1), want.Result.Predicate, "max(minimum, n)", "belum bernomor"} {
			if !strings.Contains(flat, words) {
				t.Errorf("%q is not on paper:\n%s", words, text)
			}
		}
	})
	t.Run("workbook", func(t *testing.T) {
		file := fetched(t, h, token, "/laporan/indeks/2026/xlsx", "indeks.xlsx")
		folder := filepath.Dir(file)
		outside(t, "soffice", "libreoffice-calc-nogui", "-env:UserInstallation=file://"+folder+"/profile", "--headless", "--convert-to",
			"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1", "--outdir", folder, file)
		figures := cells(t, folder, "Ringkasan")
		if got := figures["Indeks Inovasi Daerah"]; got != want.Result.Index.String() {
			t.Errorf("the index is %q, want %s", got, want.Result.Index)
		}
		found := cells(t, folder, "Inovasi")
		for i := range want.Counted {
			e := &want.Counted[i]
			if _, listed := found[e.Name]; !listed {
				t.Errorf("%s is not listed", e.Name)
			}
		}
		for _, name := range []string{"Indikator", "Tidak dihitung", "Alasan"} {
			if len(cells(t, folder, name)) < 2 {
				t.Errorf("sheet %s is empty", name)
			}
		}
	})
}

// cells are the rows of a sheet: the second column by the first, and where the
// first is a number, the third by the second.
func cells(t *testing.T, folder, name string) map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join(folder, "indeks-"+name+".csv"))
	must(t, err)
	defer func() { _ = f.Close() }()
	reader := csv.NewReader(f)
	reader.FieldsPerRecord = -1
	rows, err := reader.ReadAll()
	must(t, err)
	found := map[string]string{}
	for _, row := range rows {
		for i := 0; i+1 < min(len(row), 3); i++ {
			if _, taken := found[row[i]]; !taken {
				found[row[i]] = row[i+1]
			}
		}
	}
	return found
}
