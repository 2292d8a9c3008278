package board

import "siida.id/internal/base/day"

// Group is one of the four groups of agencies. Its values are parts of addresses.
type Group string

// The groups.
const (
	Late    Group = "terlambat"
	Behind  Group = "didorong" // will not finish by the closing day at the current pace
	OnTrack Group = "berjalan"
	Done    Group = "selesai"
)

// Groups returns the groups as the board has them, the worst first.
func Groups() []Group { return []Group{Late, Behind, OnTrack, Done} }

// Facts are the figures of an agency in a period that decide on its group. Counts are of
// its active innovations.
type Facts struct {
	Innovations int
	Total       int // indicators to answer: of all its innovations
	Answered    int // indicators with an option
	Finished    int // indicators whose answers are finished: proven, or marked
	Proven      int // indicators with an option and evidence
	Endorsed    int // innovations that all heads have endorsed as they are
	Requests    int // data requests that wait for the agency
	Overdue     int // those of them whose due day is over

	OverdueSince day.Day // the due day of the first of these; empty for none
	Deadline     string  // the name of the last local deadline that has passed; empty for none
	DeadlineDay  day.Day

	Start  day.Day // the first day on which the agency could answer
	Early  bool    // the window has not begun
	Closes day.Day // the last day of the agency's window, with its extension; empty for no end
	Over   bool    // the window is over

	Last   day.Day // of the last change of an innovation, its answers or their evidence; empty for never
	Recent int     // indicators that became finished within the last PaceDays of the thresholds
}

// left is the number of indicators whose answers are not finished.
func (f Facts) left() int { return f.Total - f.Finished }

// done reports whether everything is answered with evidence and endorsed, and nobody
// waits for data.
func (f Facts) done() bool {
	return f.Innovations > 0 && f.Proven >= f.Total && f.Finished >= f.Total && f.Endorsed >= f.Innovations && f.Requests == 0
}

// quiet is the number of days without a change, at most those since the agency could
// answer.
func (f Facts) quiet(today day.Day) int { return max(f.Start, f.Last).DaysUntil(today) }

// behind reports whether the rest will not be finished by the closing day at the pace of
// the last days. Before these are over there is no pace.
func (f Facts) behind(t Thresholds, today day.Day) bool {
	if f.Closes == "" || f.Start.DaysUntil(today) < t.PaceDays {
		return false
	}
	days := today.DaysUntil(f.Closes) + 1 // today and the closing day count
	return f.Recent*days < f.left()*t.PaceDays
}

// Thresholds are a region's limits in days.
type Thresholds struct {
	QuietDays int // an agency without movement for more days is late
	PaceDays  int // the pace is that of so many last days
}

// DefaultThresholds returns those of a region that has set none.
func DefaultThresholds() Thresholds { return Thresholds{QuietDays: 20, PaceDays: 14} }

// Reason is why an agency is in its group. Its text is board.reason_<reason>.
type Reason string

// The reasons.
const (
	NoInnovation   Reason = "no_innovation"
	TimeOver       Reason = "time_over"       // Count indicators are not finished, since Days
	NotStarted     Reason = "not_started"     // no answer at all, for Days
	RequestOverdue Reason = "request_overdue" // for Days
	DeadlinePassed Reason = "deadline_passed" // Deadline, for Days
	NoMovement     Reason = "no_movement"     // for Days

	NotOpen    Reason = "not_open"   // the window has not begun
	Unfinished Reason = "unfinished" // Count indicators
	Unproven   Reason = "unproven"   // Count indicators that are marked as finished lack evidence
	Unendorsed Reason = "unendorsed" // Count innovations
	Requested  Reason = "requested"  // Count data requests wait
	Complete   Reason = "complete"   // nothing is left
)

// Verdict is the group of an agency and why it is in it.
type Verdict struct {
	Group    Group
	Reason   Reason
	Count    int
	Days     int
	Deadline string // its name
	place    int    // of the reason among all
}

// rule is one reason: whether it applies, and what it says.
type rule struct {
	group  Group
	reason Reason
	when   func(f Facts, t Thresholds, today day.Day) bool
	says   func(f Facts, today day.Day) Verdict // nil for a reason without figures
}

// rules are all reasons in their order: the first one that applies is the agency's.
// Within a group this is also the order of the agencies. The last one always applies.
var rules = []rule{
	{Done, Complete, func(f Facts, _ Thresholds, _ day.Day) bool { return f.done() }, nil},
	{OnTrack, NotOpen, func(f Facts, _ Thresholds, _ day.Day) bool { return f.Early }, nil},
	{Late, NoInnovation, func(f Facts, _ Thresholds, _ day.Day) bool { return f.Innovations == 0 }, nil},
	{
		Late, TimeOver, func(f Facts, _ Thresholds, _ day.Day) bool { return f.Over },
		func(f Facts, today day.Day) Verdict { return Verdict{Count: f.left(), Days: f.Closes.DaysUntil(today)} },
	},
	{
		Late, NotStarted,
		func(f Facts, t Thresholds, today day.Day) bool {
			return f.Answered == 0 && f.Finished == 0 && f.quiet(today) > t.QuietDays
		},
		func(f Facts, today day.Day) Verdict { return Verdict{Days: f.quiet(today)} },
	},
	{
		Late, RequestOverdue, func(f Facts, _ Thresholds, _ day.Day) bool { return f.Overdue > 0 },
		func(f Facts, today day.Day) Verdict {
			return Verdict{Count: f.Overdue, Days: f.OverdueSince.DaysUntil(today)}
		},
	},
	{
		Late, DeadlinePassed, func(f Facts, _ Thresholds, _ day.Day) bool { return f.Deadline != "" && f.left() > 0 },
		func(f Facts, today day.Day) Verdict {
			return Verdict{Deadline: f.Deadline, Days: f.DeadlineDay.DaysUntil(today)}
		},
	},
	{
		Late, NoMovement, func(f Facts, t Thresholds, today day.Day) bool { return f.quiet(today) > t.QuietDays },
		func(f Facts, today day.Day) Verdict { return Verdict{Days: f.quiet(today)} },
	},
	{Behind, "", Facts.behind, Facts.rest},
	{OnTrack, "", func(Facts, Thresholds, day.Day) bool { return true }, Facts.rest},
}

// rest says what is left to do, the larger part of it.
func (f Facts) rest(day.Day) Verdict {
	left, unproven := f.left(), f.Finished-f.Proven
	switch {
	case unproven > left:
		return Verdict{Reason: Unproven, Count: unproven}
	case left > 0:
		return Verdict{Reason: Unfinished, Count: left}
	case f.Endorsed < f.Innovations:
		return Verdict{Reason: Unendorsed, Count: f.Innovations - f.Endorsed}
	}
	return Verdict{Reason: Requested, Count: f.Requests}
}

// Judge puts an agency with these figures into a group on a day of the region.
func Judge(f Facts, t Thresholds, today day.Day) (v Verdict) {
	for place, r := range rules {
		if !r.when(f, t, today) {
			continue
		}
		if r.says != nil {
			v = r.says(f, today)
		}
		v.Group, v.place = r.group, place
		if r.reason != "" {
			v.Reason = r.reason
		}
		break
	}
	return v
}
