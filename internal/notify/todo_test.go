package notify

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/decimal"
	"siida.id/internal/evidence"
	"siida.id/internal/innovation"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/scoring"
)

var end = time.Date(2026, 8, 31, 12, 0, 0, 0, time.UTC)

func line(name, agency string, due time.Time, open bool) Line {
	l := Line{Due: due, Open: open, Verdict: innovation.Verdict{Counts: true}}
	l.ID, l.Name, l.AgencyID = name, name, agency
	return l
}

func who(as ...actor.Assignment) actor.Actor { return actor.Actor{ID: "p", Assignments: as} }

// What others wait for comes first, then what has a date, the earliest first.
func TestTodos(t *testing.T) {
	operator := who(actor.Assignment{Role: actor.Operator, Agency: "a"})
	kepala := who(actor.Assignment{Role: actor.Kepala, Agency: "a"})
	brida := who(actor.Assignment{Role: actor.Brida})
	handed := pending{transfers: []innovation.Transfer{{InnovationID: "t", InnovationName: "t", To: "a"}, {InnovationID: "u", InnovationName: "u", To: "b"}}}
	dated := pending{
		deadlines: []period.Deadline{{Name: "gone", At: end.AddDate(0, -2, 0)}, {Name: "profiles", At: end.AddDate(0, 0, -3)}},
		extensions: []period.Extension{
			{Agency: "a", AgencyName: "own", Until: end.AddDate(0, 0, 5)},
			{Agency: "b", AgencyName: "other", Until: end.AddDate(0, 0, 6)},
			{InnovationID: "new", InnovationName: "one", Until: end.AddDate(0, 0, 7)},
			{InnovationID: "else", Until: end.AddDate(0, 0, 8)},
			{Until: end.AddDate(0, 0, 9)},
		},
	}
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
		"what others wait for first": {
			who: operator, w: handed, next: "notify.nothing_own", closes: end, home: Home{Now: end.AddDate(0, -1, 0), Lines: []Line{line("new", "a", end, true)}},
			want: "answer_transfer window_closes",
		},
		"the dates of the period, of one's own": {
			who: operator, w: dated, next: "notify.nothing_own", closes: end, home: Home{Now: end.AddDate(0, -1, 0), Lines: []Line{line("new", "a", end, true)}},
			want: "deadline window_closes extension extension extension_all",
		},
		"BRIDA has those of all": {
			who: brida, w: dated, next: "notify.nothing_region", closes: end, home: Home{Now: end.AddDate(0, -1, 0), whole: true, units: 1},
			want: "deadline window_closes extension extension extension extension extension_all",
		},
		"what has passed is not told": {
			who: operator, w: dated, next: "notify.nothing_own", closes: end, home: Home{Now: end.AddDate(0, 0, 6), Lines: []Line{line("new", "a", end.AddDate(0, 0, 7), true)}},
			want: "extension extension_all",
		},
		"a window that is over asks for nothing": {
			who: operator, home: Home{Now: end, Lines: []Line{line("over", "a", end, false)}}, closes: end, next: "notify.nothing_over",
		},
		"nor for a first innovation": {who: operator, home: Home{Now: end}, closes: end, next: "notify.nothing_next"},
		"one that has not begun": {
			who: operator, home: Home{Now: end.AddDate(0, -2, 0), Lines: []Line{line("early", "a", end, false)}}, opens: end.AddDate(0, -1, 0), closes: end,
			want: "opens window_closes", next: "notify.nothing_early",
		},
		"a head who endorses, before any date": {
			who: kepala, closes: end, w: pending{
				deadlines:    []period.Deadline{{Name: "soon", At: end.AddDate(0, 0, -20)}},
				endorsements: map[string]evidence.PendingEndorsement{"done": {}, "late": {}, "again": {Changed: true}, "below": {}},
			},
			home: Home{Now: end.AddDate(0, -1, 0), Lines: []Line{line("done", "a", end, true), line("late", "a", end, false), line("half", "a", end, true), line("again", "a", end, true)}, below: []Line{line("below", "b", end, true)}},
			want: "endorse endorse_again endorse deadline window_closes", next: "notify.nothing_head",
		},
		"BRIDA without a window":  {who: brida, home: Home{whole: true, units: 1}, want: "set_window", next: "notify.nothing_region"},
		"an admin without agency": {who: who(actor.Assignment{Role: actor.Admin}), home: Home{Now: end, whole: true}, closes: end, want: "add_agency", next: "notify.nothing_region"},
		"pimpinan":                {who: who(actor.Assignment{Role: actor.Pimpinan}), home: Home{whole: true}, next: "notify.nothing_region"},
	} {
		h := tt.home
		h.Period = &period.Pinned{Period: period.Period{ID: "2026", Opens: tt.opens, Closes: tt.closes}}
		h.decide(t.Context(), tt.who, tt.w)
		var got []string
		for _, todo := range h.Todos {
			got = append(got, strings.TrimPrefix(todo.Key, "notify."))
			if todo.Href == "" {
				t.Errorf("%s: %s leads nowhere", name, todo.Key)
			}
		}
		if said := strings.Join(got, " "); said != tt.want || h.Next.Key != tt.next {
			t.Errorf("%s:\ngot  %s, next %s\nwant %s, next %s", name, said, h.Next.Key, tt.want, tt.next)
		}
	}
}

// What counts comes before what does not (C4), then what is worth most, then what is due
// first.
func TestCaseC4Steps(t *testing.T) {
	step := func(name string, counts bool, worth string, due time.Time) Step {
		return Step{InnovationName: name, Counts: counts, Due: due, Gap: evidence.Gap{Kind: evidence.GapAnswer, Worth: decimal.Must(worth)}}
	}
	profile, sure := step("profile", false, "0", end), step("sure", true, "6", time.Time{})
	sure.Kind = evidence.GapEvidence
	profile.Kind = GapProfile
	list := []Step{
		step("cannot", false, "12", end.AddDate(0, 0, -9)), profile, step("small", true, "1.5", end), step("never due", true, "6", time.Time{}),
		step("large", true, "6", end), step("sooner", true, "6", end.Add(-time.Hour)), step("second", true, "6", end), sure,
	}
	byWorth(list)
	var got []string
	for _, s := range list {
		got = append(got, s.InnovationName)
	}
	if order := strings.Join(got, ", "); order != "sure, sooner, large, second, never due, small, profile, cannot" {
		t.Error(order)
	}
}

// A step leads where its reader may go: who answers goes to the indicator, others to the
// innovation, which they may read (C1).
func TestCaseC1StepsLeadWhereOneMayGo(t *testing.T) {
	lib, err := instrument.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	pack, _ := lib.ByID("iid-2026")
	w := evidence.Work{AnswerSummary: evidence.AnswerSummary{
		Answered: 2, Finished: 1, Proven: map[string]int{"SID-16": 2}, Unproven: map[string]int{"SID-17": 1},
	}}
	w.ID, w.Name, w.AgencyID = "i", "i", "a"
	l := lineOf(w, scoring.Compile(pack), innovation.Verdict{Key: "innovation.eligible_stage"})
	if l.Points.String() != "6" || l.Missing() != 19 || l.Gain.String() != "98" {
		t.Errorf("%s points, %d missing, %s to gain", l.Points, l.Missing(), l.Gain)
	}
	if list := l.steps(who(), "2026"); len(list) != 0 {
		t.Errorf("%d steps while nothing can be done", len(list))
	}
	l.Open = true
	for role, want := range map[actor.Role]string{
		actor.Operator: "profil /inovasi/i true, bukti /inovasi/i/2026/SID-17 true", actor.Pendamping: "profil /inovasi/i true, bukti /inovasi/i/2026/SID-17 true",
		actor.Kepala: "profil /inovasi/i false, bukti /inovasi/i false",
	} {
		list := l.steps(who(actor.Assignment{Role: role, Agency: "a"}), "2026")
		got := fmt.Sprintf("%s %s %v, %s %s %v", list[0].Kind, list[0].Href, list[0].Own, list[1].Kind, list[1].Href, list[1].Own)
		if got != want || len(list) != 20 || list[0].Worth != l.Points {
			t.Errorf("%s: %d, %s; want %s", role, len(list), got, want)
		}
	}
}

// Who can still do a step is not told that nothing is to be done.
func TestIdle(t *testing.T) {
	for name, tt := range map[string]struct {
		home Home
		want bool
	}{
		"nothing":               {Home{}, true},
		"a day to know":         {Home{Todos: []Todo{{Day: true}}}, true},
		"something to do":       {Home{Todos: []Todo{{Day: true}, {}}}, false},
		"a step":                {Home{Steps: []Step{{Own: true}}}, false},
		"a step of an operator": {Home{Steps: []Step{{}}}, true},
	} {
		if got := tt.home.Idle(); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// Only what counts is added up, unless nothing does.
func TestSumOf(t *testing.T) {
	made := func(agency string, counts bool, finished int, points, gain string) Line {
		l := Line{Verdict: innovation.Verdict{Counts: counts}, Points: decimal.Must(points), Gain: decimal.Must(gain), Completeness: evidence.Completeness{Finished: finished, Total: 20}}
		l.AgencyName = agency
		return l
	}
	for name, tt := range map[string]struct {
		lines []Line
		want  string
	}{
		"none":          {nil, `"" 0 of 0, 0 of 0, 0 of 0, +0`},
		"two that do":   {[]Line{made("A", true, 20, "96", "0"), made("A", true, 14, "62", "25.5")}, `"A" 2 of 2, 34 of 40, 158 of 222, +25.5`},
		"one that does": {[]Line{made("A", true, 20, "96", "0"), made("B", false, 14, "62", "25.5")}, `"" 1 of 2, 20 of 20, 96 of 111, +0`},
		"none does":     {[]Line{made("A", false, 14, "62", "25.5")}, `"A" 0 of 1, 14 of 20, 62 of 111, +25.5`},
	} {
		o := sumOf(tt.lines, decimal.FromInt(111))
		got := fmt.Sprintf("%q %d of %d, %d of %d, %s of %s, +%s", o.AgencyName, o.Counting, o.Innovations, o.Finished, o.Total, o.Points, o.Max, o.Gain)
		if got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

// Lines that count come first, and of these the one that can gain most.
func TestOrder(t *testing.T) {
	lines := []Line{}
	for _, one := range []struct {
		name   string
		counts bool
		gain   string
	}{{"cannot", false, "99"}, {"done", true, "0"}, {"half", true, "40"}, {"also done", true, "0"}} {
		l := line(one.name, "a", end, true)
		l.Verdict.Counts, l.Gain = one.counts, decimal.Must(one.gain)
		lines = append(lines, l)
	}
	order(lines)
	if got := lines[0].Name + ", " + lines[1].Name + ", " + lines[2].Name + ", " + lines[3].Name; got != "half, done, also done, cannot" {
		t.Error(got)
	}
}
