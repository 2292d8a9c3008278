package board

import (
	"cmp"
	"context"
	"slices"
	"time"

	"siida.id/internal/agency"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
	"siida.id/internal/base/uow"
	"siida.id/internal/base/zone"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/regional"
)

// Service has the rules of the board.
type Service struct {
	Store    Store
	Periods  *period.Service
	Agencies Agencies
	Log      Log
	Tx       uow.Transactor
	Now      func() time.Time
}

// overseers read the board of all agencies, readers that of their own and those below.
var (
	overseers = []actor.Role{actor.Brida, actor.Pimpinan, actor.Admin}
	readers   = append([]actor.Role{actor.Pendamping, actor.Kepala}, overseers...)
)

// MayRead reports whether who may read the board, of all agencies or of some.
func MayRead(who actor.Actor) bool {
	agencies, all := who.Readable(readers...)
	return all || len(agencies) > 0
}

// MaySet reports whether who may change the thresholds.
func MaySet(who actor.Actor) bool { return who.Serves("", actor.Brida, actor.Admin) }

func check(ctx context.Context, may func(actor.Actor) bool) error {
	switch who := actor.From(ctx); {
	case !who.SignedIn():
		return fault.New(fault.Unknown, "fault.sign_in")
	case !may(who):
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return nil
}

// Board returns the board of the current period; NotFound while none is open, Forbidden
// to those who have none. The number of statements does not depend on that of agencies.
func (s *Service) Board(ctx context.Context) (b Board, err error) {
	if err := check(ctx, MayRead); err != nil {
		return Board{}, err
	}
	who := actor.From(ctx)
	if b.Period, err = s.Periods.Current(ctx); err != nil {
		return Board{}, err
	}
	if b.Thresholds, err = s.Store.Thresholds(ctx); err != nil {
		return Board{}, err
	}
	b.Now, b.MaySet = s.Now(), MaySet(who)
	b.Today = zone.Today(ctx, b.Now)
	var scope Scope
	scope.Agencies, scope.Region = who.Readable(readers...)
	b.Whole = scope.Region
	of, err := s.read(ctx, b, scope)
	if err != nil {
		return Board{}, err
	}
	all, err := s.Agencies.All(ctx)
	if err != nil {
		return Board{}, err
	}
	for _, a := range all {
		if a.Lives() && (scope.Region || slices.Contains(scope.Agencies, a.ID)) {
			b.Lines = append(b.Lines, of.line(ctx, who, b, a))
		}
	}
	b.sort()
	return b, nil
}

// read has what the lines of a board are made of, by the agency's id.
type read struct {
	figures   map[string]Figures
	requests  map[string]Requests
	ends      period.Ends
	deadlines []period.Deadline
	rows      int // indicators of an innovation
}

func (s *Service) read(ctx context.Context, b Board, scope Scope) (r read, err error) {
	r = read{figures: map[string]Figures{}, requests: map[string]Requests{}, rows: len(b.Period.Pack.Rows(instrument.PerInnovation))}
	figures, err := s.Store.Figures(ctx, b.Period.ID, scope, zone.Start(ctx, b.Today.AddDays(1-b.Thresholds.PaceDays)))
	if err != nil {
		return read{}, err
	}
	for _, f := range figures {
		r.figures[f.AgencyID] = f
	}
	requests, err := s.Store.Requests(ctx, b.Period.ID, b.Today)
	if err != nil {
		return read{}, err
	}
	for _, q := range requests {
		r.requests[q.AgencyID] = q
	}
	if r.ends, err = s.Periods.Ends(ctx, b.Period.Period); err != nil {
		return read{}, err
	}
	r.deadlines, err = s.Periods.Store.Deadlines(ctx, b.Period.ID)
	return r, err
}

// line returns the line of an agency. What the actor may not read of it does not count.
func (r read) line(ctx context.Context, who actor.Actor, b Board, a agency.Agency) Line {
	l := Line{ID: a.ID, Name: a.Name, SeesRequests: regional.MayReadRequests(who, a.ID)}
	n, q := r.figures[a.ID], Requests{}
	if l.SeesRequests {
		q = r.requests[a.ID]
	}
	l.Facts = Facts{
		Innovations: n.Innovations, Total: n.Innovations * r.rows, Answered: n.Answered, Finished: n.Finished, Proven: n.Proven,
		Endorsed: n.Endorsed, Recent: n.Recent, Requests: q.Waiting, Overdue: q.Overdue, OverdueSince: q.First,
		Start: zone.Day(ctx, later(b.Period.OpenedAt, b.Period.Opens)), Early: b.Now.Before(b.Period.Opens),
	}
	if last := later(n.Last, q.Replied); !last.IsZero() {
		l.Last = zone.Day(ctx, last)
	}
	if l.Until, _ = r.ends.Of(period.Data{AgencyID: a.ID}); !l.Until.IsZero() {
		l.Closes, l.Over = zone.Day(ctx, l.Until.Add(-1)), !b.Now.Before(l.Until) // 24.00 is the end of its day
	}
	for _, d := range r.deadlines { // the earliest first
		if !d.At.After(b.Now) {
			l.Facts.Deadline, l.DeadlineDay = d.Name, zone.Day(ctx, d.At)
		}
	}
	l.Verdict = Judge(l.Facts, b.Thresholds, b.Today)
	return l
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func (b Board) sort() {
	text.SortByName(b.Lines, func(l Line) (name, id string) { return l.Name, l.ID })
	groups := Groups()
	slices.SortStableFunc(b.Lines, func(x, y Line) int {
		return cmp.Or(
			cmp.Compare(slices.Index(groups, x.Group), slices.Index(groups, y.Group)),
			cmp.Compare(x.place, y.place), cmp.Compare(y.Days, x.Days), cmp.Compare(y.Count, x.Count),
		)
	})
}
