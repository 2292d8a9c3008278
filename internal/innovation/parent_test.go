package innovation_test

import (
	"testing"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/innovation"
)

// People of the agency above read its innovations and cannot change them.
func TestAgencyAboveReads(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		i := w.register("operator", servicetest.Own, "Keliling")
		above := actor.With(t.Context(), actor.Actor{ID: "above", Region: servicetest.Home, Assignments: []actor.Assignment{
			{Role: actor.Operator, Agency: servicetest.Other}, {Role: actor.Operator, Agency: servicetest.Own, Below: true},
		}})
		for _, call := range []struct {
			name, want string
			err        error
		}{
			{"ByID", "yes", second(w.ByID(above, i.ID))},
			{"Handling", "yes", second(w.Handling(above, i.ID))},
			{"OpenOf", "yes", second(w.OpenOf(above, servicetest.Own))},
			{"Change", "forbidden", second(w.Change(above, i.ID, innovation.FormOf(i)))},
			{"Ask", "forbidden", w.AskTransfer(above, i.ID, servicetest.Other, "")},
			{"Do", "forbidden", w.Do(above, i.ID, innovation.Archive, "")},
			{"Move", "forbidden", w.Move(above, i.ID, servicetest.Other, "", "2026-01-01")},
		} {
			if got := servicetest.Outcome(call.err); got != call.want {
				t.Errorf("%s: %s, want %s", call.name, got, call.want)
			}
		}
		l, err := w.List(above)
		if err != nil || len(l) != 1 {
			t.Errorf("lists %d, %v", len(l), err)
		}
	})
}

func second[T any](_ T, err error) error { return err }
