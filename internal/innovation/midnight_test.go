package innovation_test

import (
	"fmt"
	"testing"

	"siida.id/internal/base/servicetest"
	"siida.id/internal/innovation"
)

// An innovation belongs to its agency from a day in the region's zone, and to the
// next owner from a later one.
func TestCaseB7OwnersInTheRegionsZone(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for at, m := range servicetest.Midnights(t) {
			operator := m.As(t, "operator")
			for _, tt := range []struct{ made, taken bool }{{false, false}, {false, true}, {true, true}} {
				w.now = m.Last
				from, until := m.Day, m.Day
				if tt.made {
					w.now, from = m.Next, m.Then
				}
				i, err := w.Register(operator, form(servicetest.Own, fmt.Sprint("Inovasi ", at, tt)))
				if err != nil {
					t.Fatal(err)
				}
				if err := w.AskTransfer(operator, i.ID, servicetest.Other, ""); err != nil {
					t.Fatal(err)
				}
				if tt.taken {
					w.now, until = m.Next, m.Then
				}
				if err := w.AnswerTransfer(m.As(t, "other"), i.ID, innovation.Accept, ""); err != nil {
					t.Fatal(err)
				}
				h, err := w.Handling(m.As(t, "admin"), i.ID)
				if err != nil || len(h.Owners) != 2 {
					t.Fatalf("%s: owners %+v, %v", m, h.Owners, err)
				}
				if first, second := h.Owners[0], h.Owners[1]; first.From != from || second.From != until {
					t.Errorf("%s, %+v: owned from %s, by the next from %s; want %s and %s", m, tt, first.From, second.From, from, until)
				}
			}
		}
	})
}
