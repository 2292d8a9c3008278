package board_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"siida.id/internal/base/day"
	"siida.id/internal/board"
)

const today day.Day = "2026-08-19"

// facts are those of an agency with two innovations in the middle of its work: 10 of 40
// indicators, of which two a day were finished, and 13 days are left.
func facts(change func(f *board.Facts)) board.Facts {
	f := board.Facts{
		Innovations: 2, Total: 40, Answered: 12, Finished: 10, Proven: 9,
		Start: "2026-02-01", Closes: "2026-08-31", Last: "2026-08-18", Recent: 33,
	}
	if change != nil {
		change(&f)
	}
	return f
}

func done(f *board.Facts) { f.Answered, f.Finished, f.Proven, f.Endorsed = 40, 40, 40, 2 }

func TestJudge(t *testing.T) {
	verdict := func(g board.Group, r board.Reason, count, days int) board.Verdict {
		return board.Verdict{Group: g, Reason: r, Count: count, Days: days}
	}
	for name, tt := range map[string]struct {
		change func(f *board.Facts)
		want   board.Verdict
	}{
		"on its way":                {nil, verdict(board.OnTrack, board.Unfinished, 30, 0)},
		"a little too slow":         {func(f *board.Facts) { f.Recent = 32 }, verdict(board.Behind, board.Unfinished, 30, 0)},
		"no movement for 20 days":   {func(f *board.Facts) { f.Last = "2026-07-30" }, verdict(board.OnTrack, board.Unfinished, 30, 0)},
		"no movement for 21 days":   {func(f *board.Facts) { f.Last = "2026-07-29" }, verdict(board.Late, board.NoMovement, 0, 21)},
		"never any movement":        {func(f *board.Facts) { f.Last = "" }, verdict(board.Late, board.NoMovement, 0, 199)},
		"none since the window":     {func(f *board.Facts) { f.Start, f.Last = "2026-08-01", "2025-01-01" }, verdict(board.OnTrack, board.Unfinished, 30, 0)},
		"no innovation":             {func(f *board.Facts) { *f = board.Facts{Start: "2026-08-18"} }, verdict(board.Late, board.NoInnovation, 0, 0)},
		"no answer yet":             {func(f *board.Facts) { f.Answered, f.Finished, f.Proven, f.Last = 0, 0, 0, "2026-07-17" }, verdict(board.Late, board.NotStarted, 0, 33)},
		"no answer, registered now": {func(f *board.Facts) { f.Answered, f.Finished, f.Proven, f.Closes = 0, 0, 0, "" }, verdict(board.OnTrack, board.Unfinished, 40, 0)},
		"a data request is overdue": {func(f *board.Facts) { f.Requests, f.Overdue, f.OverdueSince = 3, 2, "2026-08-14" }, verdict(board.Late, board.RequestOverdue, 2, 5)},
		"a data request waits":      {func(f *board.Facts) { done(f); f.Requests = 1 }, verdict(board.OnTrack, board.Requested, 1, 0)},
		"a deadline has passed": {
			func(f *board.Facts) { f.Deadline, f.DeadlineDay = "Bukti lengkap", "2026-08-17" },
			board.Verdict{Group: board.Late, Reason: board.DeadlinePassed, Days: 2, Deadline: "Bukti lengkap"},
		},
		"it has passed for those who finished": {
			func(f *board.Facts) {
				done(f)
				f.Endorsed, f.Deadline, f.DeadlineDay = 1, "Bukti lengkap", "2026-08-17"
			},
			verdict(board.OnTrack, board.Unendorsed, 1, 0),
		},
		"the time is over":        {func(f *board.Facts) { f.Closes, f.Over = "2026-08-15", true }, verdict(board.Late, board.TimeOver, 30, 4)},
		"an extension":            {func(f *board.Facts) { f.Closes, f.Recent = "2026-09-30", 10 }, verdict(board.OnTrack, board.Unfinished, 30, 0)},
		"no end":                  {func(f *board.Facts) { f.Closes, f.Recent = "", 0 }, verdict(board.OnTrack, board.Unfinished, 30, 0)},
		"no pace yet":             {func(f *board.Facts) { f.Start, f.Recent = "2026-08-06", 0 }, verdict(board.OnTrack, board.Unfinished, 30, 0)},
		"a pace":                  {func(f *board.Facts) { f.Start, f.Recent = "2026-08-05", 0 }, verdict(board.Behind, board.Unfinished, 30, 0)},
		"before the window":       {func(f *board.Facts) { *f = board.Facts{Start: "2026-09-01", Early: true} }, verdict(board.OnTrack, board.NotOpen, 0, 0)},
		"done before the window":  {func(f *board.Facts) { done(f); f.Early = true }, verdict(board.Done, board.Complete, 0, 0)},
		"evidence is missing":     {func(f *board.Facts) { f.Answered, f.Finished, f.Proven = 40, 26, 7 }, verdict(board.OnTrack, board.Unproven, 19, 0)},
		"marked without evidence": {func(f *board.Facts) { done(f); f.Proven = 39 }, verdict(board.OnTrack, board.Unproven, 1, 0)},
		"one head is missing":     {func(f *board.Facts) { done(f); f.Endorsed = 1 }, verdict(board.OnTrack, board.Unendorsed, 1, 0)},
		"all done":                {done, verdict(board.Done, board.Complete, 0, 0)},
		"done long ago":           {func(f *board.Facts) { done(f); f.Last, f.Closes, f.Over = "2026-03-01", "2026-08-01", true }, verdict(board.Done, board.Complete, 0, 0)},
		"a deadline before answers": {
			func(f *board.Facts) {
				f.Answered, f.Finished, f.Proven, f.Last, f.Deadline, f.DeadlineDay = 0, 0, 0, "2026-07-17", "Bukti", "2026-08-17"
			},
			verdict(board.Late, board.NotStarted, 0, 33),
		},
	} {
		got := board.Judge(facts(tt.change), board.DefaultThresholds(), today)
		if diff := cmp.Diff(tt.want, got, cmpopts.IgnoreUnexported(board.Verdict{})); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// anyFacts draws facts that can be: what is proven is answered and finished.
func anyFacts(t *rapid.T) board.Facts {
	days := func(name string) day.Day {
		if n := rapid.IntRange(-40, 60).Draw(t, name); n >= -30 {
			return today.AddDays(-n)
		}
		return ""
	}
	count := func(name string, max int) int { return rapid.IntRange(0, max).Draw(t, name) }
	f := board.Facts{Innovations: count("innovations", 3), Early: rapid.Bool().Draw(t, "early"), Last: days("last"), Closes: days("closes")}
	f.Total = 4 * f.Innovations
	f.Finished, f.Answered = count("finished", f.Total), count("answered", f.Total)
	f.Proven, f.Endorsed = count("proven", min(f.Finished, f.Answered)), count("endorsed", f.Innovations)
	f.Requests, f.Recent = count("requests", 3), count("recent", f.Finished)
	f.Overdue = count("overdue", f.Requests)
	if f.Overdue > 0 {
		f.OverdueSince = today.AddDays(-1 - count("overdue since", 9))
	}
	if rapid.Bool().Draw(t, "deadline") {
		f.Deadline, f.DeadlineDay = "Bukti", today.AddDays(-count("deadline day", 9))
	}
	f.Start = today.AddDays(-count("start", 60))
	f.Over = f.Closes != "" && f.Closes < today
	return f
}

// Every agency is in exactly one of the four groups, with a reason that belongs to it.
func TestEveryAgencyHasOneGroup(t *testing.T) {
	reasons := map[board.Group][]board.Reason{
		board.Late:    {board.NoInnovation, board.TimeOver, board.NotStarted, board.RequestOverdue, board.DeadlinePassed, board.NoMovement},
		board.Behind:  {board.Unfinished, board.Unproven},
		board.OnTrack: {board.NotOpen, board.Unfinished, board.Unproven, board.Unendorsed, board.Requested},
		board.Done:    {board.Complete},
	}
	rapid.Check(t, func(t *rapid.T) {
		f := anyFacts(t)
		v := board.Judge(f, board.DefaultThresholds(), today)
		if !slices.Contains(board.Groups(), v.Group) || !slices.Contains(reasons[v.Group], v.Reason) {
			t.Errorf("%+v: %+v", f, v)
		}
		if v.Count < 0 || v.Days < 0 {
			t.Errorf("negative: %+v: %+v", f, v)
		}
		if counts := []board.Reason{board.Unfinished, board.Unproven, board.Unendorsed, board.Requested}; slices.Contains(counts, v.Reason) && v.Count == 0 {
			t.Errorf("of nothing: %+v: %+v", f, v)
		}
		all := f.Innovations > 0 && f.Proven == f.Total && f.Endorsed == f.Innovations && f.Requests == 0
		if all != (v.Group == board.Done) {
			t.Errorf("done is %v: %+v: %+v", all, f, v)
		}
		if f.Early && v.Group == board.Late || f.Closes == "" && v.Group == board.Behind {
			t.Errorf("late or behind of nothing: %+v: %+v", f, v)
		}
	})
}

// Who does more is never worse off: an answer, evidence, an endorsement, a reply, a
// change, or more time.
func TestMoreIsNeverWorse(t *testing.T) {
	place := func(f board.Facts) int {
		return slices.Index(board.Groups(), board.Judge(f, board.DefaultThresholds(), today).Group)
	}
	steps := map[string]func(f *board.Facts) bool{ // whether it can be
		"an answer":      func(f *board.Facts) bool { f.Answered++; return f.Answered <= f.Total },
		"a mark":         func(f *board.Facts) bool { f.Finished++; f.Recent++; return f.Finished <= f.Total },
		"evidence":       func(f *board.Facts) bool { f.Proven++; return f.Proven <= min(f.Finished, f.Answered) },
		"an endorsement": func(f *board.Facts) bool { f.Endorsed++; return f.Endorsed <= f.Innovations },
		"a change":       func(f *board.Facts) bool { f.Last = today; return true },
		"a reply": func(f *board.Facts) bool {
			f.Requests--
			if f.Overdue = max(0, f.Overdue-1); f.Overdue == 0 {
				f.OverdueSince = ""
			}
			return f.Requests >= 0
		},
		"more time": func(f *board.Facts) bool {
			if f.Closes != "" {
				f.Closes = f.Closes.AddDays(7)
			}
			f.Over = f.Closes != "" && f.Closes < today
			return true
		},
		"no end": func(f *board.Facts) bool { f.Closes, f.Over = "", false; return true },
	}
	rapid.Check(t, func(t *rapid.T) {
		f := anyFacts(t)
		for name, step := range steps {
			after := f
			if step(&after) && place(after) < place(f) {
				t.Errorf("%s: from %s\n%+v\nto %s\n%+v", name, fmt.Sprint(board.Judge(f, board.DefaultThresholds(), today)), f, fmt.Sprint(board.Judge(after, board.DefaultThresholds(), today)), after)
			}
		}
	})
}

// Wider thresholds never make anybody late, and a shorter limit nobody less late.
func TestThresholdsAreMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, quiet := anyFacts(t), rapid.IntRange(1, 60).Draw(t, "quiet")
		narrow := board.Judge(f, board.Thresholds{QuietDays: quiet, PaceDays: 14}, today)
		wide := board.Judge(f, board.Thresholds{QuietDays: quiet + 1, PaceDays: 14}, today)
		if wide.Group == board.Late && narrow.Group != board.Late {
			t.Errorf("%+v: %+v, %+v", f, narrow, wide)
		}
	})
}
