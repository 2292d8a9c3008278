package demo

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/app"
	"siida.id/internal/audit"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/region"
	"siida.id/internal/test/world"
)

// The demo is the same on every machine, to the last entry of its log and the
// last byte of its files, is marked as a sample and is created once.
func TestDemoIsTheSameEverywhere(t *testing.T) {
	type made struct {
		End   audit.Head
		Files []string
	}
	var mu sync.Mutex
	worlds := map[string]made{}
	look := func(t *testing.T, p *app.Program) {
		ctx := world.AsBrida(t, p)
		end, err := p.Audit.Store.Head(ctx)
		world.Must(t, err)
		m := made{End: end}
		world.Must(t, p.Folder.Walk(ctx, world.OnlyRegion(t, p).Code, func(sum string, _ int64) error { m.Files = append(m.Files, sum); return nil }))
		mu.Lock()
		worlds[t.Name()] = m
		mu.Unlock()
	}
	t.Run("made", func(t *testing.T) { // ends when all subtests have
		sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
			p := world.EmptyOn(t, db)
			for range 2 {
				world.Must(t, p.FillDemo(t.Context()))
			}
			look(t, p)
			checkDemo(t, p)
		})
	})
	look(t, world.Demo(t))
	first := worlds[t.Name()]
	for name, one := range worlds {
		if diff := cmp.Diff(first, one); diff != "" {
			t.Errorf("%s is another world: %s", name, diff)
		}
	}
	if len(worlds) != 3 || len(first.Files) < 500 || first.End.Seq < 1200 {
		t.Errorf("%d worlds, with %d files and %d entries", len(worlds), len(first.Files), first.End.Seq)
	}
}

// A third-party reader finds the sample mark in every document.
func TestDemoDocumentsSayWhatTheyAre(t *testing.T) {
	p := world.Demo(t)
	sums, err := sqldb.List(t.Context(), p.DB, sqldb.Self[string], `
		select min(f.sha256) from files f join documents d on d.region_id = f.region_id and d.file_id = f.id where f.media = 'application/pdf' group by substr(f.sha256, 1, 1) order by 1`)
	world.Must(t, err)
	if len(sums) != 16 {
		t.Errorf("only %d documents", len(sums))
	}
	shown, err := sqldb.List(t.Context(), p.DB, sqldb.Self[string], `select f.sha256 from guidance_samples v join files f on f.region_id = v.region_id and f.id = v.file_id where f.media = 'application/pdf' order by f.sha256`)
	world.Must(t, err)
	if len(shown) < 5 {
		t.Errorf("only %d samples that are documents", len(shown))
	}
	for _, sum := range slices.Concat(sums, shown) {
		file, err := p.Folder.Open(t.Context(), "18.01", sum)
		world.Must(t, err)
		name := filepath.Join(t.TempDir(), "bukti.pdf")
		content, err := io.ReadAll(file)
		world.Must(t, errors.Join(err, file.Close(), os.WriteFile(name, content, 0o600)))
		text := strings.Join(strings.Fields(outside(t, "pdftotext", "poppler-utils", name, "-")), " ")
		say := []string{"CONTOH", "Berkas ini dibuat oleh program"}
		if !slices.Contains(shown, sum) {
			say = append(say, "Inovasi: ", "Indikator: ")
		}
		for _, words := range say {
			if !strings.Contains(text, words) {
				t.Errorf("%s lacks %q: %s", sum, words, text)
			}
		}
	}
}

// Every page of a made-up region says so; one of a real region does not.
func TestSampleIsSaid(t *testing.T) {
	const mark = "nama perangkat daerah dan inovasi nyata"
	for name, p := range map[string]*app.Program{"demo": world.Demo(t), "real": world.Alone(t)} {
		handler := world.Pages(t, p)
		for _, path := range []string{"/masuk", "/tidak-ada"} {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
			r.Header.Set("Accept-Language", "id")
			answer := httptest.NewRecorder()
			handler.ServeHTTP(answer, r)
			if got, want := strings.Contains(answer.Body.String(), mark), name == "demo"; got != want {
				t.Errorf("%s of the %s region says that it is a sample: %v", path, name, got)
			}
		}
	}
}

// An internal error gives a page with a request id and no details.
func TestFailureShowsARequestID(t *testing.T) {
	var logged strings.Builder
	p, err := app.Open(t.Context(), slog.New(slog.NewTextHandler(&logged, nil)), app.Config{Data: t.TempDir(), MaxFile: 1})
	world.Must(t, err)
	t.Cleanup(func() { _ = p.Close() })
	world.Must(t, p.Regions.Add(t.Context(), region.Region{Code: "18.01", Name: "Satu"}))
	s, err := p.Site(false)
	world.Must(t, err)
	handler := world.WithIDs(s.Handler())
	world.Must(t, p.DB.Close())
	for _, path := range []string{"/masuk", "/siap"} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
		r.Header.Set("Accept-Language", "id")
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, r)
		body, id := answer.Body.String(), answer.Header().Get("X-Request-Id")
		if answer.Code < 500 || strings.Contains(body, "sql") {
			t.Errorf("%s: %d %s", path, answer.Code, body)
		}
		if path == "/masuk" && (!strings.Contains(body, id) || !strings.Contains(body, "gangguan") || !strings.Contains(logged.String(), id)) {
			t.Errorf("%s: the page or the log does not name %s: %s", path, id, body)
		}
	}
}
