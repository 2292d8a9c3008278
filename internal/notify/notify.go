package notify

import (
	"context"
	"slices"
	"time"

	"siida.id/internal/agency"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/zone"
	"siida.id/internal/board"
	"siida.id/internal/evidence"
	"siida.id/internal/index"
	"siida.id/internal/innovation"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/regional"
	"siida.id/internal/scoring"
)

// Home is the content of a person's home page.
type Home struct {
	Now     time.Time      // when it was composed
	Period  *period.Pinned // nil while none is open
	Todos   []Todo         // what is to be done and when: what others wait for, then by date
	Steps   []Step         // what adds points to own innovations, by worth
	Next    Todo           // without a task: what comes next, with its date and no page
	Endorse int            // number of innovations that the actor has to endorse
	Own     *Own           // nil for people without an agency
	Lines   []Line         // own innovations, those that can gain most first
	Others  int            // number of innovations that the actor may only read
	Since   Past           // of the changes of a week in Lines
	// Board is the progress of all agencies; nil for people with assignments to agencies
	// only, and while no period is open.
	Board *board.Board
	// Index is that of the current period, or of the newest while none is open; nil for
	// people with assignments to agencies only.
	Index *index.Overview
	Years []index.Year // the marks of all periods, for those who see Index

	whole bool   // the actor has duties for the whole region
	units int    // number of its agencies
	below []Line // of agencies below those that the actor heads
}

// Past is the day with which Lines are compared, and whether it is the one a week ago.
type Past = index.Past

// Agencies returns the agencies of a region.
type Agencies interface {
	All(ctx context.Context) ([]agency.Agency, error)
}

// Service composes a person's home page.
type Service struct {
	Evidence    *evidence.Service
	Innovations *innovation.Service
	Index       *index.Service
	Board       *board.Service
	Periods     *period.Service
	Agencies    Agencies
	Regional    *regional.Service
	Scorer      *scoring.Compiler
	Now         func() time.Time
}

// fillers may answer for an agency.
var fillers = []actor.Role{actor.Operator, actor.Pendamping}

// Home returns the content of the actor's home page. The number of its statements does
// not depend on the number of rows.
func (s *Service) Home(ctx context.Context) (h Home, err error) {
	who := actor.From(ctx)
	if !who.SignedIn() {
		return Home{}, fault.New(fault.Unknown, "fault.sign_in")
	}
	h.Now = s.Now()
	_, h.whole = who.Agencies(actor.Brida, actor.Admin, actor.Pimpinan)
	now, err := s.Periods.Current(ctx)
	switch {
	case fault.KindOf(err) == fault.NotFound:
		err := s.withoutPeriod(ctx, &h)
		h.Todos = toBegin(who, h)
		return h, err
	case err != nil:
		return Home{}, err
	}
	h.Period = &now
	if err := s.addRegion(ctx, who, &h); err != nil {
		return Home{}, err
	}
	ends, err := s.Periods.Ends(ctx, now.Period)
	if err != nil {
		return Home{}, err
	}
	if err := s.addOwn(ctx, who, &h, ends); err != nil {
		return Home{}, err
	}
	w, err := s.pending(ctx, who, now)
	if err != nil {
		return Home{}, err
	}
	w.extensions = ends.Running()
	if w.deadlines, err = s.Periods.Deadlines(ctx, now.ID); err != nil {
		return Home{}, err
	}
	h.decide(ctx, who, w)
	return h, nil
}

// withoutPeriod adds what a person can expect while no period is open: the newest has
// closed, whose index those for all of the region see, or there is none yet.
func (s *Service) withoutPeriod(ctx context.Context, h *Home) error {
	all, err := s.Periods.All(ctx)
	if err != nil {
		return err
	}
	if h.whole {
		agencies, err := s.Agencies.All(ctx)
		if err != nil {
			return err
		}
		h.units = len(agencies)
	}
	if len(all) == 0 {
		h.Next = Todo{Key: "notify.nothing_yet"}
		return nil
	}
	h.Next = Todo{Key: "notify.nothing_closed", Args: fault.Args{"Year": all[0].ID, "Moment": all[0].MovedAt}}
	if !h.whole { // no pack is needed
		return nil
	}
	newest, err := s.Periods.Pin(all[0])
	if err != nil {
		return err
	}
	return s.addIndex(ctx, h, newest)
}

// addRegion adds index and board for those with duties for the whole region, and for
// others the number of innovations that they may only read.
func (s *Service) addRegion(ctx context.Context, who actor.Actor, h *Home) error {
	if !h.whole {
		sums, err := s.Evidence.TotalsOf(ctx, *h.Period)
		for _, one := range sums {
			if !evidence.Owns(who, one.AgencyID) {
				h.Others += one.Innovations
			}
		}
		return err
	}
	all, err := s.Board.Board(ctx)
	if err != nil {
		return err
	}
	h.Board, h.units = &all, len(all.Lines)
	return s.addIndex(ctx, h, *h.Period)
}

// addIndex adds the region's index in a period.
func (s *Service) addIndex(ctx context.Context, h *Home, p period.Pinned) error {
	overview, err := s.Index.Overview(ctx, p)
	if err != nil {
		return err
	}
	h.Index = &overview
	h.Years, err = s.Index.Years(ctx)
	return err
}

// addOwn adds the innovations of the actor's own agencies, with what they earn, what they
// lack and how that has changed in a week.
func (s *Service) addOwn(ctx context.Context, who actor.Actor, h *Home, ends period.Ends) error {
	if ids, all := evidence.OwnAgencies(who); len(ids) == 0 && !all {
		return nil
	}
	list, err := s.Evidence.OwnWork(ctx, *h.Period)
	if err != nil {
		return err
	}
	scorer, today := s.Scorer.Of(h.Period.Pack), zone.Today(ctx, h.Now)
	var agencies []string
	for _, w := range list {
		l := lineOf(w, scorer, w.Eligible(h.Period.Pack.Eligibility, today))
		l.Due, l.Open = ends.Of(period.Data{AgencyID: w.AgencyID, InnovationID: w.ID})
		if !evidence.Owns(who, w.AgencyID) {
			h.below = append(h.below, l)
			continue
		}
		h.Lines = append(h.Lines, l)
		h.Steps = append(h.Steps, l.steps(who, h.Period.ID)...)
		if !slices.Contains(agencies, w.AgencyID) {
			agencies = append(agencies, w.AgencyID)
		}
	}
	if len(h.Lines) > 0 {
		if h.Since, err = s.Index.WeekAgo(ctx, *h.Period, agencies); err != nil {
			return err
		}
	}
	for i := range h.Lines {
		before, known := h.Since.Maturity[h.Lines[i].ID]
		h.Lines[i].Week, h.Lines[i].WeekKnown = h.Lines[i].Points-before, known
	}
	own := sumOf(h.Lines, h.Period.Pack.Aspect(instrument.PerInnovation).Max.Value)
	h.Own = &own
	order(h.Lines)
	byWorth(h.Steps)
	return nil
}

// pending is what others wait for from the actor, and the dates of the period.
type pending struct {
	transfers    []innovation.Transfer
	lapsed       []innovation.Transfer
	endorsements map[string]evidence.PendingEndorsement
	data         []regional.Listed // data requests
	moved        []regional.Listed // those that others answer now, or nobody
	extensions   []period.Extension
	deadlines    []period.Deadline
}

// pending reads only what the actor could answer.
func (s *Service) pending(ctx context.Context, who actor.Actor, now period.Pinned) (w pending, err error) {
	if agencies, _ := who.Agencies(fillers...); len(agencies) > 0 {
		if w.transfers, err = s.Innovations.Transfers(ctx); err != nil {
			return pending{}, err
		}
	}
	if agencies, all := who.Agencies(actor.Operator, actor.Admin); len(agencies) > 0 || all {
		if w.lapsed, err = s.Innovations.LapsedTransfers(ctx); err != nil {
			return pending{}, err
		}
	}
	if w.data, err = s.Regional.Pending(ctx, now); err != nil {
		return pending{}, err
	}
	if w.moved, err = s.Regional.Moved(ctx, now); err != nil {
		return pending{}, err
	}
	w.endorsements, err = s.Evidence.PendingEndorsements(ctx, now)
	return w, err
}
