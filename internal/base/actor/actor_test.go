package actor_test

import (
	"slices"
	"testing"

	"siida.id/internal/base/actor"
)

func TestServes(t *testing.T) {
	clerk := actor.Actor{ID: "p1", Assignments: []actor.Assignment{
		{Role: actor.Operator, Agency: "a1"},
		{Role: actor.Operator, Agency: "a2"},
		{Role: actor.Operator, Agency: "a1"},
		{Role: actor.Operator, Agency: "a4", Below: true},
	}}
	admin := actor.Actor{ID: "p2", Assignments: []actor.Assignment{{Role: actor.Admin}}}
	for _, tt := range []struct {
		name   string
		who    actor.Actor
		agency string
		roles  []actor.Role
		want   bool
	}{
		{"own agency", clerk, "a1", []actor.Role{actor.Operator}, true},
		{"second agency", clerk, "a2", []actor.Role{actor.Admin, actor.Operator}, true},
		{"other agency", clerk, "a3", []actor.Role{actor.Operator}, false},
		{"other role", clerk, "a1", []actor.Role{actor.Admin}, false},
		{"an agency is not the region", clerk, "", []actor.Role{actor.Operator}, false},
		{"the region covers every agency", admin, "a3", []actor.Role{actor.Admin}, true},
		{"the region itself", admin, "", []actor.Role{actor.Admin}, true},
		{"a visitor", actor.Actor{}, "a1", actor.Roles(), false},
		{"no role asked for", admin, "a1", nil, false},
	} {
		if got := tt.who.Serves(tt.agency, tt.roles...); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
	if clerk.Serves("a4", actor.Operator) || !clerk.Reads("a4", actor.Operator) || clerk.Reads("a5", actor.Operator) {
		t.Error("an agency below is read, and not served")
	}
	if ids, all := clerk.Readable(actor.Operator); all || !slices.Equal(ids, []string{"a1", "a2", "a4"}) {
		t.Errorf("Readable = %v, %v", ids, all)
	}
	if ids, all := clerk.Agencies(actor.Operator); all || !slices.Equal(ids, []string{"a1", "a2"}) {
		t.Errorf("Agencies = %v, %v", ids, all)
	}
	if ids, all := admin.Agencies(actor.Admin, actor.Operator); !all || ids != nil {
		t.Errorf("Agencies of an admin = %v, %v", ids, all)
	}
}
