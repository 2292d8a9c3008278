// Package servicetest tests what every service must guarantee: who may call
// what, and that a change is rolled back if its log entry fails.
package servicetest

import (
	"context"
	"slices"
	"strings"
	"testing"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
)

// All personas except one are of one region, which has two agencies.
const (
	Home, Away = "18.01", "18.02"
	Own, Other = "own", "other"
)

// personas are all kinds of actors for permissions, in the order of the columns
// of Permissions.
var personas = []struct {
	name string
	actor.Actor
}{
	{"visitor", actor.Actor{Region: Home}},
	{"nobody", actor.Actor{ID: "nobody", Region: Home}}, // has an account without assignments
	{"operator", person("operator", Home, actor.Operator, Own)},
	{"other", person("other", Home, actor.Operator, Other)},
	{"brida", person("brida", Home, actor.Brida, "")},
	{"admin", person("admin", Home, actor.Admin, "")},
	{"away", person("away", Away, actor.Admin, "")},
}

func person(name, region string, role actor.Role, agency string) actor.Actor {
	return actor.Actor{ID: name, Name: "Orang " + name, Region: region, Assignments: []actor.Assignment{{Role: role, Agency: agency}}}
}

// As returns a context in which that persona acts.
func As(t *testing.T, persona string) context.Context {
	t.Helper()
	for _, p := range personas {
		if p.name == persona {
			return actor.With(t.Context(), p.Actor)
		}
	}
	t.Fatalf("no persona %s", persona)
	return nil
}

// Call is a method of a service.
type Call struct {
	Name string
	Do   func(ctx context.Context) error
}

// Permissions makes every call as every persona. want is the table of outcomes,
// with a line per call and a column per persona.
func Permissions(t *testing.T, want string, calls ...Call) {
	t.Helper()
	head := []string{"-"}
	for _, p := range personas {
		head = append(head, p.name)
	}
	lines := strings.Split(strings.TrimSpace(want), "\n")
	if len(lines) != len(calls)+1 || !slices.Equal(strings.Fields(lines[0]), head) {
		t.Fatalf("the table is to have %d lines below this head: %v", len(calls), head)
	}
	for i, call := range calls {
		got := []string{call.Name}
		for _, p := range personas {
			got = append(got, Outcome(call.Do(actor.With(t.Context(), p.Actor))))
		}
		if line := strings.Fields(lines[i+1]); !slices.Equal(line, got) {
			t.Errorf("%v\ngot  %v\nwant %v", head, got, line)
		}
	}
}

var kinds = map[fault.Kind]string{
	fault.Internal: "INTERNAL", fault.Invalid: "invalid", fault.NotFound: "missing", fault.Forbidden: "forbidden",
	fault.Conflict: "conflict", fault.Unknown: "unknown", fault.Throttle: "throttle", fault.TooLarge: "large",
	fault.Media: "media", fault.Method: "method", fault.Busy: "busy", fault.Full: "full", fault.OverQuota: "quota", fault.Taken: "taken",
	fault.Damaged: "damaged",
}

// Outcome returns an error as one word; nil is "yes".
func Outcome(err error) string {
	if err == nil {
		return "yes"
	}
	return kinds[fault.KindOf(err)]
}
