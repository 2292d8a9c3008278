package account_test

import (
	"testing"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/auth/authtest"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
)

// Assignments that have not ended move to the successor from the day of the act, no
// others.
func TestStaffMovesFromADayOn(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		admin := w.Admin()
		sari := w.Person(admin, "sari", actor.Operator, servicetest.Own).Person.ID
		budi := w.Person(admin, "budi", actor.Operator, servicetest.Other).Person.ID
		if err := w.Assign(admin, sari, account.TaskForm{Role: "pendamping", Agency: servicetest.Own, From: "2026-05-01", Until: "2026-12-31"}); err != nil {
			t.Fatal(err)
		}
		on := day.Of(w.Clock.AddDate(0, 0, 14))
		if err := w.MoveStaff(admin, servicetest.Own, servicetest.Other, on); err != nil {
			t.Fatal(err)
		}
		for _, tt := range []struct {
			person, agency string
			after          time.Duration
			roles          []actor.Role
		}{
			{sari, servicetest.Own, 0, []actor.Role{actor.Operator}},
			{sari, servicetest.Other, 0, nil},
			{sari, servicetest.Own, 30 * 24 * time.Hour, nil},
			{sari, servicetest.Other, 30 * 24 * time.Hour, []actor.Role{actor.Operator}},
			{sari, servicetest.Other, 90 * 24 * time.Hour, []actor.Role{actor.Operator, actor.Pendamping}},
			{sari, servicetest.Other, 400 * 24 * time.Hour, []actor.Role{actor.Operator}},
			{budi, servicetest.Other, 30 * 24 * time.Hour, []actor.Role{actor.Operator}},
		} {
			e, err := w.ByID(admin, tt.person)
			if err != nil {
				t.Fatal(err)
			}
			var roles []actor.Role
			for _, a := range e.Assignments {
				if a.Agency == tt.agency && a.State(w.Clock.Add(tt.after)) == account.Counting {
					roles = append(roles, a.Role)
				}
			}
			if len(roles) != len(tt.roles) {
				t.Errorf("%s at %s after %s is %v, want %v", e.Login, tt.agency, tt.after, roles, tt.roles)
			}
		}
	})
}

func TestStaffMovesByAdminsAlone(t *testing.T) {
	authtest.Each(t, func(t *testing.T, w *authtest.World) {
		w.Admin()
		for who, want := range map[string]fault.Kind{"visitor": fault.Unknown, "operator": fault.Forbidden, "brida": fault.Forbidden} {
			if err := w.MoveStaff(servicetest.As(t, who), servicetest.Own, "", "2026-05-01"); fault.KindOf(err) != want {
				t.Errorf("%s: %v, want %v", who, err, want)
			}
		}
	})
}
