package app

import (
	"log/slog"
	"reflect"
	"testing"
	"time"

	"siida.id/internal/region"
)

// Every service uses the program's one clock, and future ones must too. Filling the
// demo sets it and resets it afterwards.
func TestOneClock(t *testing.T) {
	p, err := Open(t.Context(), slog.New(slog.DiscardHandler), Config{Data: t.TempDir(), MaxFile: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.Close() })
	clocks := 0
	for field, value := range services(p) {
		if value.Kind() != reflect.Pointer || value.Elem().Kind() != reflect.Struct {
			continue
		}
		now := value.Elem().FieldByName("Now")
		if !now.IsValid() {
			continue
		}
		clocks++
		if now.Pointer() == reflect.ValueOf(time.Now).Pointer() {
			t.Errorf("%s goes by the machine's clock, not by the program's", field)
		}
	}
	if clocks < 5 {
		t.Errorf("only %d services have a clock", clocks)
	}
	if err := p.FillDemo(t.Context()); err != nil {
		t.Fatal(err)
	}
	regions, err := p.Regions.All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	entries, err := p.Audit.Store.After(region.Within(t.Context(), regions[0]), 0, 3000)
	if err != nil {
		t.Fatal(err)
	}
	for at, e := range entries {
		if at > 0 && e.At.Before(entries[at-1].At) {
			t.Errorf("%s of %s is of %v, after one of %v", e.Event, e.Subject, e.At, entries[at-1].At)
		}
	}
	begin, end := entries[0].At.Format(time.DateOnly), entries[len(entries)-1].At.Format(time.DateOnly)
	if begin != "2026-01-05" || end != "2026-11-30" {
		t.Errorf("the log is of %s to %s", begin, end)
	}
	if d := time.Since(p.Clock()); d < 0 || d > time.Minute {
		t.Errorf("afterwards the clock is %v late", d)
	}
	if one, other := p.newID(), p.newID(); one >= other || one < entries[len(entries)-1].ID {
		t.Errorf("afterwards ids are %s and %s", one, other)
	}
}

// services returns the services of a program, and its log, by the names of their
// fields.
func services(p *Program) map[string]reflect.Value {
	list := map[string]reflect.Value{"Audit": reflect.ValueOf(p.Audit)}
	for field, value := range reflect.ValueOf(p.Services).Fields() {
		list[field.Name] = value
	}
	return list
}
