package account_test

import (
	"testing"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/auth/authtest"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
)

// Acting follows the appointment in force.
func TestActing(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		admin := w.Admin()
		head := w.Person(admin, "kepala", actor.Kepala, servicetest.Own).Person
		as := func(id string) (account.Acting, error) {
			return w.Acting(actor.With(t.Context(), actor.Actor{ID: id, Region: authtest.Region}), servicetest.Own)
		}
		check := func(what string, want account.Acting) {
			t.Helper()
			if got, err := as(head.ID); err != nil || got != want {
				t.Errorf("%s: %q, %v; want %q", what, got, err, want)
			}
		}
		check("for good", account.Definitif)
		other := w.Person(admin, "lain", actor.Operator, servicetest.Own).Person
		stands := account.TaskForm{Role: "kepala", Agency: servicetest.Own, Acting: "plh", From: "2026-03-10", Until: "2026-03-12"}
		if err := w.Assign(admin, other.ID, stands); err != nil {
			t.Fatal(err)
		}
		away := account.TaskForm{Role: "kepala", Agency: servicetest.Other, Acting: "plt"}
		if err := w.Assign(admin, other.ID, away); err != nil {
			t.Fatal(err)
		}
		for day, want := range map[int]fault.Kind{2: fault.NotFound, 11: fault.Internal, 13: fault.NotFound} {
			w.Clock = time.Date(2026, 3, day, 8, 0, 0, 0, time.UTC)
			got, err := as(other.ID)
			if want == fault.NotFound && fault.KindOf(err) != want || want == fault.Internal && (err != nil || got != account.Plh) {
				t.Errorf("on day %d: %q, %v", day, got, err)
			}
		}
		if _, err := as(""); fault.KindOf(err) != fault.Unknown {
			t.Errorf("a visitor: %v", err)
		}
	})
}
