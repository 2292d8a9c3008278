package app

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/region"
)

// The demo's world is the same on both engines, is marked as a sample, is made
// once, and leaves an audit log that holds.
func TestDemoOnBothEngines(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		p := programOn(t, db)
		for range 2 {
			must(t, p.fillDemo(t.Context()))
		}
		regions, err := p.regions.All(t.Context())
		must(t, err)
		if len(regions) != 1 || !regions[0].Sample {
			t.Fatalf("regions %v, want one that is a sample", regions)
		}
		who := actor.Actor{ID: "test", Region: regions[0].Code, Assignments: []actor.Assignment{{Role: actor.Brida}}}
		ctx := actor.With(t.Context(), who)
		report, err := p.index.Of(ctx, "")
		must(t, err)
		if got, want := report.Result.Index.String(), "5.23"; got != want {
			t.Errorf("index %s, want %s", got, want)
		}
		if counted, left := len(report.Counted), len(report.Left); counted != 5 || left != 2 {
			t.Errorf("%d innovations count and %d do not, want 5 and 2", counted, left)
		}
		if n, err := p.audit.Verify(ctx); err != nil || n < 100 {
			t.Errorf("the audit log has %d entries, %v", n, err)
		}
	})
}

// Every service goes by the program's one clock, those that come later too; and
// what is made while it stands at another day is of that day.
func TestOneClock(t *testing.T) {
	p := newProgram(t)
	then := time.Date(2026, 3, 2, 1, 30, 0, 0, time.UTC)
	p.clock = func() time.Time { return then }
	clocks := 0
	for field, value := range reflect.ValueOf(p).Elem().Fields() {
		if value.Kind() != reflect.Pointer || value.Elem().Kind() != reflect.Struct {
			continue
		}
		now := value.Elem().FieldByName("Now")
		if !now.IsValid() {
			continue
		}
		clocks++
		if now.Pointer() == reflect.ValueOf(time.Now).Pointer() {
			t.Errorf("%s goes by the machine's clock, not by the program's", field.Name)
		}
	}
	if clocks < 5 {
		t.Errorf("only %d services have a clock", clocks)
	}
	must(t, p.fillDemo(t.Context()))
	ctx := actor.With(t.Context(), actor.Actor{ID: "test", Region: "18.01", Assignments: []actor.Assignment{{Role: actor.Brida}}})
	entries, err := p.audit.Store.After(ctx, 0, 1000)
	must(t, err)
	for _, e := range entries {
		if !e.At.Equal(then) {
			t.Errorf("%s of %s is of %v, want %v", e.Event, e.Subject, e.At, then)
		}
	}
	if len(entries) < 50 {
		t.Errorf("only %d entries", len(entries))
	}
}

// Every page of a made-up region says so; one of a real region does not.
func TestSampleIsSaid(t *testing.T) {
	const said = "nama perangkat daerah dan inovasi nyata"
	for name, p := range map[string]*program{"demo": demoProgram(t), "real": emptyProgram(t)} {
		handler := pages(t, p)
		for _, path := range []string{"/masuk", "/tidak-ada"} {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
			r.Header.Set("Accept-Language", "id")
			answer := httptest.NewRecorder()
			handler.ServeHTTP(answer, r)
			if got, want := strings.Contains(answer.Body.String(), said), name == "demo"; got != want {
				t.Errorf("%s of the %s region says that it is a sample: %v", path, name, got)
			}
		}
	}
}

// What breaks on our side is a page with a number to name, and no story.
func TestFailureShowsARequestID(t *testing.T) {
	p := newProgram(t)
	must(t, p.regions.Add(t.Context(), region.Region{Code: "18.01", Name: "Satu"}))
	var logged strings.Builder
	p.log = slog.New(slog.NewTextHandler(&logged, nil))
	s, err := newSite(p, false)
	must(t, err)
	handler := s.handler()
	must(t, p.db.Close())
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
