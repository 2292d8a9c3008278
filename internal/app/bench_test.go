package app

import (
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"

	"siida.id/internal/infra/benchtest"
	"siida.id/internal/infra/sqldb"
)

// binary is what `make build` makes.
const binary = "../../bin/siida"

// BenchmarkStart takes the time from starting the program to its first answer.
// The floor is to start it for nothing but its help.
func BenchmarkStart(b *testing.B) {
	for _, of := range []struct{ name, data string }{{"empty database", dataFolder(b, false)}, {"demo", dataFolder(b, true)}} {
		b.Run(of.name, func(b *testing.B) {
			benchtest.Figure{
				Unit: "ms", Most: 200,
				Of: func() float64 {
					var s *server
					took := benchtest.Millis(1, func() { s = serve(b, of.data) })()
					s.stop(b)
					return took
				},
				Floor: benchtest.Millis(1, func() { execute(b, binary, "--help") }),
			}.Run(b)
		})
	}
}

// BenchmarkMemory reads what the program holds when it has answered for the
// first time, and after a sign-in and 200 pages. The floor is a server that
// does nothing, after as many requests.
func BenchmarkMemory(b *testing.B) {
	data, smallest := dataFolder(b, true), filepath.Join(b.TempDir(), "server")
	execute(b, "go", "build", "-o", smallest, "./testdata/server")
	for _, after := range []struct {
		name  string
		pages int
	}{{"at start", 0}, {"after 200 pages", 200}} {
		b.Run(after.name, func(b *testing.B) {
			benchtest.Figure{
				Unit: "MB", Most: 60,
				Of: func() float64 {
					s := serve(b, data)
					defer s.stop(b)
					if after.pages > 0 {
						signIn(b, s.url).pages(after.pages)
					}
					return s.resident(b)
				},
				Floor: func() float64 {
					s := start(b, smallest)
					defer s.stop(b)
					v := &visitor{b: b, url: s.url}
					for range after.pages {
						v.get("/", http.StatusNotFound)
					}
					return s.resident(b)
				},
			}.Run(b)
		})
	}
}

// BenchmarkPage takes the time of a page of the demo, asked for alone. The
// floor is the page that only asks the database whether it is there.
func BenchmarkPage(b *testing.B) {
	s := serve(b, dataFolder(b, true))
	defer s.stop(b)
	v := signIn(b, s.url)
	for _, page := range v.paths() {
		b.Run(page.name, func(b *testing.B) {
			benchtest.Figure{
				Unit:  "ms",
				Of:    benchtest.Millis(25, func() { v.get(page.path, http.StatusOK) }),
				Floor: benchtest.Millis(25, func() { v.get("/siap", http.StatusOK) }),
			}.Run(b)
		})
	}
}

// BenchmarkStatements counts what a page asks the database.
func BenchmarkStatements(b *testing.B) {
	p, err := open(b.Context(), slog.New(slog.DiscardHandler), Config{Data: dataFolder(b, true), MaxFile: 1})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = p.close() }()
	site, err := newSite(p, false)
	if err != nil {
		b.Fatal(err)
	}
	pages, asked := site.handler(), int64(0)
	inside := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, statements := sqldb.Counted(r.Context())
		pages.ServeHTTP(w, r.WithContext(ctx))
		asked = statements.Load() // the visitor asks for one page at a time
	}))
	defer inside.Close()
	v := signIn(b, inside.URL)
	count := func(path string) func() float64 {
		return func() float64 {
			v.get(path, http.StatusOK)
			return float64(asked)
		}
	}
	for _, page := range v.paths() {
		b.Run(page.name, func(b *testing.B) {
			benchtest.Figure{Unit: "statements", Most: mostStatements, Of: count(page.path), Floor: count("/siap")}.Run(b)
		})
	}
}

// dataFolder has a database with all its tables, and the demo's world or no rows.
func dataFolder(b *testing.B, filled bool) string {
	b.Helper()
	data := b.TempDir()
	p, err := open(b.Context(), slog.New(slog.DiscardHandler), Config{Data: data, MaxFile: 1})
	if err != nil {
		b.Fatal(err)
	}
	if filled {
		err = p.fillDemo(b.Context())
	}
	if err := errors.Join(err, p.close()); err != nil {
		b.Fatal(err)
	}
	return data
}
