package notify

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/evidence"
	"siida.id/internal/innovation"
	"siida.id/internal/period"
)

// Tasks for which others wait come first, then those of the period by date.
func TestTodos(t *testing.T) {
	end := time.Date(2026, 8, 31, 12, 0, 0, 0, time.UTC)
	line := func(name, agency string, due time.Time, finished int, open bool) Line {
		l := Line{Due: due, Open: open, Completeness: evidence.Completeness{Finished: finished, Total: 20}}
		l.ID, l.Name, l.AgencyID = name, name, agency
		return l
	}
	who := func(as ...actor.Assignment) actor.Actor { return actor.Actor{ID: "p", Assignments: as} }
	operator := who(actor.Assignment{Role: actor.Operator, Agency: "a"})
	handed := pending{transfers: []innovation.Transfer{{InnovationID: "t", InnovationName: "t", To: "a"}, {InnovationID: "u", InnovationName: "u", To: "b"}}}
	for name, tt := range map[string]struct {
		who    actor.Actor
		home   Home
		opens  time.Time
		closes time.Time
		w      pending
		want   string
		next   string
	}{
		"nothing, and no appointment": {who: who(), next: "notify.nothing_appointed"},
		"a first innovation":          {who: operator, want: "register", next: "notify.nothing_next"},
		"sooner first, then what is least finished": {
			who: operator, w: handed, next: "notify.nothing_own",
			home: Home{Lines: []Line{
				line("never", "a", time.Time{}, 0, true), line("done", "a", end, 20, true), line("half", "a", end, 10, true),
				line("new", "a", end, 0, true), line("soon", "a", end.Add(-time.Hour), 19, true), line("over", "a", end, 0, false), line("others", "b", end, 0, true),
			}},
			want: "answer_transfer t finish soon finish new finish half finish never",
		},
		"no more than five": {
			who: operator, next: "notify.nothing_own",
			home: Home{Lines: []Line{
				line("1", "a", end, 0, true), line("2", "a", end, 0, true), line("3", "a", end, 0, true), line("4", "a", end, 0, true),
				line("5", "a", end, 0, true), line("6", "a", end, 0, true),
			}},
			want: "finish 1 finish 2 finish 3 finish 4 finish 5",
		},
		"a window that is over asks for nothing": {
			who: operator, home: Home{Now: end, Lines: []Line{line("over", "a", end, 0, false)}}, closes: end, next: "notify.nothing_over",
		},
		"nor for a first innovation": {who: operator, home: Home{Now: end}, closes: end, next: "notify.nothing_next"},
		"one that has not begun": {
			who: operator, home: Home{Now: end.AddDate(0, -2, 0), Lines: []Line{line("early", "a", end, 0, false)}}, opens: end.AddDate(0, -1, 0), closes: end, next: "notify.nothing_early",
		},
		"a head who endorses": {
			who:  who(actor.Assignment{Role: actor.Kepala, Agency: "a"}),
			home: Home{Todos: []Todo{{Key: "notify.endorse", Href: "/inovasi/done"}}, Lines: []Line{line("done", "a", end, 20, true), line("half", "a", end, 3, true)}},
			want: "endorse done", next: "notify.nothing_head",
		},
		"BRIDA without a window":  {who: who(actor.Assignment{Role: actor.Brida}), home: Home{Totals: &RegionTotals{Agencies: 1}}, want: "set_window", next: "notify.nothing_region"},
		"BRIDA with one":          {who: who(actor.Assignment{Role: actor.Brida}), home: Home{Totals: &RegionTotals{Agencies: 1}}, closes: end, next: "notify.nothing_region"},
		"an admin without agency": {who: who(actor.Assignment{Role: actor.Admin}), home: Home{Totals: &RegionTotals{}}, closes: end, want: "add_agency", next: "notify.nothing_region"},
		"pimpinan":                {who: who(actor.Assignment{Role: actor.Pimpinan}), home: Home{Totals: &RegionTotals{}}, next: "notify.nothing_region"},
	} {
		h := tt.home
		h.Period = &period.Pinned{Period: period.Period{ID: "2026", Opens: tt.opens, Closes: tt.closes}}
		h.decide(t.Context(), tt.who, tt.w)
		var got []string
		for _, todo := range h.Todos {
			got = append(got, strings.TrimPrefix(todo.Key, "notify."))
			if id, at, _ := strings.Cut(strings.TrimPrefix(todo.Href, "/inovasi/"), "/"); at != "baru" && id != "baru" && id != "" {
				got = append(got, id)
			}
		}
		if said := strings.Join(got, " "); said != tt.want || h.Next.Key != tt.next {
			t.Errorf("%s:\ngot  %s, next %s\nwant %s, next %s", name, said, h.Next.Key, tt.want, tt.next)
		}
	}
}

// At most twenty innovations are listed; Own is the number of all.
func TestLinesAreFew(t *testing.T) {
	h := Home{Period: &period.Pinned{}}
	for n := range 25 {
		h.Lines = append(h.Lines, Line{Innovation: innovation.Innovation{ID: fmt.Sprint(n)}})
	}
	h.decide(t.Context(), actor.Actor{}, pending{})
	if len(h.Lines) != maxLines || h.Own != 25 {
		t.Errorf("%d of %d", len(h.Lines), h.Own)
	}
}
