package notify

import (
	"context"
	"time"

	"siida.id/internal/agency"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/zone"
	"siida.id/internal/evidence"
	"siida.id/internal/innovation"
	"siida.id/internal/period"
	"siida.id/internal/regional"
)

// Limits of what the home page shows.
const (
	maxTodos = 5
	maxLines = 20
)

// Todo is a thing to do: Key is its message, Href the page on which it is done.
type Todo struct {
	Key     string
	Args    fault.Args
	Foreign string // the part of the sentence that is a text of the instrument, if any
	Href    string
	Due     time.Time // zero for none
}

// Line is an innovation of the person's own agencies with its progress.
type Line struct {
	innovation.Innovation
	evidence.Completeness
	Verdict innovation.Verdict
	Due     time.Time // the end of the agency's window; zero for none
	Open    bool      // the period accepts its answers now
}

// RegionTotals are the totals of a region, for those with duties for all of it.
type RegionTotals struct {
	Innovations int
	Finished    int // with every answer finished
	Untouched   int // without any answer
	Agencies    int
	Silent      int // agencies without an innovation
}

// Home is the content of a person's home page.
type Home struct {
	Now     time.Time      // when it was composed
	Period  *period.Pinned // nil while none is open
	Todos   []Todo         // at most five, the most urgent first
	Next    Todo           // without a task: what comes next, with its date and no page
	Endorse int            // number of innovations that the actor has to endorse
	Lines   []Line         // the least finished first, at most twenty
	Own     int            // number of innovations of the actor's own agencies
	Others  int            // number of innovations that the actor may only read
	Totals  *RegionTotals  // nil for people with assignments to agencies only
}

// Agencies returns the agencies of a region.
type Agencies interface {
	All(ctx context.Context) ([]agency.Agency, error)
}

// Service composes a person's home page.
type Service struct {
	Innovations *innovation.Service
	Evidence    *evidence.Service
	Periods     *period.Service
	Agencies    Agencies
	Regional    *regional.Service
	Now         func() time.Time
}

// fillers may answer for an agency; owners are those whose agency it is.
var (
	fillers = []actor.Role{actor.Operator, actor.Pendamping}
	owners  = append([]actor.Role{actor.Kepala}, fillers...)
)

// Home returns the content of the actor's home page.
func (s *Service) Home(ctx context.Context) (h Home, err error) {
	who := actor.From(ctx)
	if !who.SignedIn() {
		return Home{}, fault.New(fault.Unknown, "fault.sign_in")
	}
	h.Now = s.Now()
	var agencies []agency.Agency
	if _, all := who.Agencies(actor.Brida, actor.Admin, actor.Pimpinan); all {
		h.Totals = &RegionTotals{}
		if agencies, err = s.Agencies.All(ctx); err != nil {
			return Home{}, err
		}
		h.Totals.Agencies = len(agencies)
	}
	now, err := s.Periods.Current(ctx)
	switch {
	case fault.KindOf(err) == fault.NotFound:
		h.Todos = toBegin(who, h)
		h.Next, err = s.withoutPeriod(ctx)
		return h, err
	case err != nil:
		return Home{}, err
	}
	h.Period = &now
	w, err := s.pending(ctx, who, now)
	if err != nil {
		return Home{}, err
	}
	own, all := who.Agencies(owners...)
	owns := len(own) > 0 || all
	if h.Totals != nil || !owns {
		sums, err := s.Evidence.TotalsOf(ctx, now)
		if err != nil {
			return Home{}, err
		}
		h.sum(who, sums, agencies)
	}
	if owns { // others may read a thousand, and need none
		if err := s.lines(ctx, who, &h, w); err != nil {
			return Home{}, err
		}
	}
	h.decide(ctx, who, w)
	return h, nil
}

// withoutPeriod returns what a person can expect while no period is open: the newest
// has closed, or there is none yet.
func (s *Service) withoutPeriod(ctx context.Context) (Todo, error) {
	all, err := s.Periods.All(ctx)
	if err != nil || len(all) == 0 {
		return Todo{Key: "notify.nothing_yet"}, err
	}
	return Todo{Key: "notify.nothing_closed", Args: fault.Args{"Year": all[0].ID, "Moment": all[0].MovedAt}}, nil
}

// sum sets the totals of the region, and the number of innovations that the actor may
// only read.
func (h *Home) sum(who actor.Actor, sums []evidence.AgencyTotals, agencies []agency.Agency) {
	reported := map[string]bool{}
	for _, one := range sums {
		reported[one.AgencyID] = true
		if !who.Serves(one.AgencyID, owners...) {
			h.Others += one.Innovations
		}
		if h.Totals != nil {
			h.Totals.Innovations += one.Innovations
			h.Totals.Finished += one.Finished
			h.Totals.Untouched += one.Untouched
		}
	}
	for _, a := range agencies {
		if !reported[a.ID] {
			h.Totals.Silent++
		}
	}
}

// lines sorts the innovations that are neither withdrawn nor archived into the
// actor's own and all others, and counts those that they have to endorse.
func (s *Service) lines(ctx context.Context, who actor.Actor, h *Home, w pending) error {
	h.Others = 0
	innovations, err := s.Innovations.List(ctx)
	if err != nil {
		return err
	}
	complete, err := s.Evidence.CompletenessOf(ctx, *h.Period)
	if err != nil {
		return err
	}
	ends, err := s.Periods.Ends(ctx, h.Period.Period)
	if err != nil {
		return err
	}
	for _, i := range innovations {
		if i.State != innovation.Active {
			continue
		}
		l := Line{Innovation: i, Completeness: complete[i.ID], Verdict: i.Eligible(h.Period.Pack.Eligibility, zone.Today(ctx, s.Now()))}
		l.Due, l.Open = ends.Of(period.Data{AgencyID: i.AgencyID, InnovationID: i.ID})
		if one, waits := w.endorsements[i.ID]; waits && l.Open {
			h.endorse(l, one.Changed)
		}
		if who.Serves(i.AgencyID, owners...) {
			h.Lines = append(h.Lines, l)
		} else {
			h.Others++
		}
	}
	return nil
}

// pending is what others wait for from the actor.
type pending struct {
	transfers    []innovation.Transfer
	lapsed       []innovation.Transfer
	endorsements map[string]evidence.PendingEndorsement
	data         []regional.Listed // data requests
	moved        []regional.Listed // those that others answer now, or nobody
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
