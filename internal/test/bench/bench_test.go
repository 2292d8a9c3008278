package bench

import (
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"testing"

	"siida.id/internal/test/world"

	"siida.id/internal/app"
	"siida.id/internal/infra/benchtest"
	"siida.id/internal/infra/sqldb"
)

// binary is built by `make build`.
const binary = "../../../bin/siida"

// BenchmarkStart measures the time from starting the program to its first
// answer. The floor is starting it with --help.
func BenchmarkStart(b *testing.B) {
	for _, of := range []struct{ name, data string }{{"empty database", dataFolder(b, false)}, {"demo", dataFolder(b, true)}} {
		b.Run(of.name, func(b *testing.B) {
			benchtest.Figure{
				Unit: "ms", Max: 200,
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

// BenchmarkMemory measures resident memory after the first answer, and after a
// sign-in and 200 pages. The floor is a server that does nothing, after as many
// requests.
func BenchmarkMemory(b *testing.B) {
	data, smallest := dataFolder(b, true), filepath.Join(b.TempDir(), "server")
	execute(b, "go", "build", "-o", smallest, "./testdata/server")
	for _, after := range []struct {
		name  string
		pages int
	}{{"at start", 0}, {"after 200 pages", 200}} {
		b.Run(after.name, func(b *testing.B) {
			benchtest.Figure{
				Unit: "MB", Max: 60,
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

// The time limits of a page in milliseconds, for the demo and for the demo with
// a thousand innovations more.
const (
	demoPage     = 15
	thousandPage = 80
)

// BenchmarkPage measures pages of the demo and of the demo with a thousand innovations
// more, each with twenty answers and evidence. The administrator requests one at a time,
// each time at a new address. The floor is the page that only pings the database.
func BenchmarkPage(b *testing.B) {
	for _, of := range []struct {
		name        string
		innovations int
		max         float64
	}{{"demo", 0, demoPage}, {"thousand", 1000, thousandPage}} {
		data := dataFolder(b, true)
		p, err := app.Open(b.Context(), slog.New(slog.DiscardHandler), app.Config{Data: data, MaxFile: 1})
		if err != nil {
			b.Fatal(err)
		}
		if of.innovations > 0 {
			world.AddInnovations(b, p, of.innovations)
		}
		asked := statements(b, p)
		s := serve(b, data)
		v := signIn(b, s.url)
		for _, page := range v.paths() {
			n := 0
			fresh := func() {
				n++
				v.get(page.path+"?ke="+strconv.Itoa(n), http.StatusOK)
			}
			b.Run(of.name+" "+page.name, func(b *testing.B) {
				benchtest.Figure{
					Unit: "ms", Max: of.max, Statements: asked(page.path),
					Of:    benchtest.Millis(9, fresh),
					Floor: benchtest.Millis(9, func() { v.get("/siap", http.StatusOK) }),
				}.Run(b)
			})
		}
		s.stop(b)
		if err := p.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// statements returns a function that counts the statements of a page for the
// signed-in administrator.
func statements(b *testing.B, p *app.Program) func(path string) int64 {
	b.Helper()
	site, err := p.Site(false)
	if err != nil {
		b.Fatal(err)
	}
	pages, asked := site.Handler(), int64(0)
	inside := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, statements := sqldb.Counted(r.Context())
		pages.ServeHTTP(w, r.WithContext(ctx))
		asked = statements.Load() // the visitor requests one page at a time
	}))
	b.Cleanup(inside.Close)
	v := signIn(b, inside.URL)
	return func(path string) int64 {
		v.get(path, http.StatusOK)
		return asked
	}
}

// dataFolder has a database with all its tables, and the demo's world or no rows.
func dataFolder(b *testing.B, filled bool) string {
	b.Helper()
	data := b.TempDir()
	p, err := app.Open(b.Context(), slog.New(slog.DiscardHandler), app.Config{Data: data, MaxFile: 1})
	if err != nil {
		b.Fatal(err)
	}
	if filled {
		err = p.FillDemo(b.Context())
	}
	if err := errors.Join(err, p.Close()); err != nil {
		b.Fatal(err)
	}
	return data
}
