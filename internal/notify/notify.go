package notify

import (
	"context"
	"time"

	"siida.id/internal/agency"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/evidence"
	"siida.id/internal/innovation"
	"siida.id/internal/period"
	"siida.id/internal/regional"
)

// A person is told a few things at once: more is a list that nobody reads.
const (
	mostTodos = 5
	mostLines = 20
)

// Todo is one thing to do: Key is a sentence of the catalogue, Href the page
// on which it is done.
type Todo struct {
	Key     string
	Args    fault.Args
	Foreign string // the part of the sentence that is the instrument's, if any
	Href    string
	Due     time.Time // zero where there is no date
}

// Line is an innovation of the person's own agencies, and how far it is.
type Line struct {
	innovation.Innovation
	evidence.Completeness
	Verdict innovation.Verdict
	Due     time.Time // when the agency's time is over; zero for never
	Open    bool      // the period takes its answers now
}

// Whole is where all of a region stands, for who looks after it or leads it.
type Whole struct {
	Innovations int
	Finished    int // with every answer finished
	Untouched   int // without any answer
	Agencies    int
	Silent      int // agencies without an innovation
}

// Home is what a person sees first.
type Home struct {
	Period  *period.Pinned // nil while none is open
	Todos   []Todo         // at most five, the most urgent first
	Next    Todo           // without a task: what comes next, with its date and no page
	Endorse int            // innovations that wait for his endorsement, listed or not
	Lines   []Line         // the least finished first, at most twenty
	Own     int            // innovations of the agencies that he is appointed to, listed or not
	Others  int            // innovations that he may only read
	Whole   *Whole         // nil for who is appointed to agencies alone
}

// Agencies lists the agencies that a region has.
type Agencies interface {
	All(ctx context.Context) ([]agency.Agency, error)
}

// Service puts a person's home together.
type Service struct {
	Innovations *innovation.Service
	Evidence    *evidence.Service
	Periods     *period.Service
	Agencies    Agencies
	Regional    *regional.Service
}

// fillers give the answers of an agency, and owners are those whose agency it is.
var (
	fillers = []actor.Role{actor.Operator, actor.Pendamping}
	owners  = append([]actor.Role{actor.Kepala}, fillers...)
)

// Home returns what the actor sees first.
func (s *Service) Home(ctx context.Context) (h Home, err error) {
	who := actor.From(ctx)
	if !who.SignedIn() {
		return Home{}, fault.New(fault.Unknown, "fault.sign_in")
	}
	var agencies []agency.Agency
	if _, all := who.Agencies(actor.Brida, actor.Admin, actor.Pimpinan); all {
		h.Whole = &Whole{}
		if agencies, err = s.Agencies.All(ctx); err != nil {
			return Home{}, err
		}
		h.Whole.Agencies = len(agencies)
	}
	now, err := s.Periods.Current(ctx)
	switch {
	case fault.KindOf(err) == fault.NotFound:
		h.Todos, h.Next = toBegin(who, h), Todo{Key: "notify.nothing_yet"}
		return h, nil
	case err != nil:
		return Home{}, err
	}
	h.Period = &now
	w, err := s.waiting(ctx, who, now)
	if err != nil {
		return Home{}, err
	}
	reported, err := s.lines(ctx, who, &h, w)
	if err != nil {
		return Home{}, err
	}
	for _, a := range agencies {
		if !reported[a.ID] {
			h.Whole.Silent++
		}
	}
	h.decide(who, w)
	return h, nil
}

// lines sorts the innovations that are neither withdrawn nor archived into the
// actor's own and all others, notes those that wait for his endorsement, and
// says which agencies have any.
func (s *Service) lines(ctx context.Context, who actor.Actor, h *Home, w waiting) (reported map[string]bool, err error) {
	innovations, err := s.Innovations.List(ctx)
	if err != nil {
		return nil, err
	}
	complete, err := s.Evidence.CompletenessOf(ctx, *h.Period)
	if err != nil {
		return nil, err
	}
	ends, err := s.Periods.Ends(ctx, h.Period.Period)
	if err != nil {
		return nil, err
	}
	reported = map[string]bool{}
	for _, i := range innovations {
		if i.State != innovation.Active {
			continue
		}
		reported[i.AgencyID] = true
		l := Line{Innovation: i, Completeness: complete[i.ID], Verdict: i.Eligible(h.Period.Pack.Eligibility)}
		l.Due, l.Open = ends.Of(i.AgencyID)
		h.count(l.Completeness)
		if one, waits := w.endorsements[i.ID]; waits && l.Open {
			h.endorse(l, one.Changed)
		}
		if who.Serves(i.AgencyID, owners...) {
			h.Lines = append(h.Lines, l)
		} else {
			h.Others++
		}
	}
	return reported, nil
}

func (h *Home) count(c evidence.Completeness) {
	if h.Whole == nil {
		return
	}
	h.Whole.Innovations++
	if c.Complete() {
		h.Whole.Finished++
	}
	if c.Answered == 0 && c.Finished == 0 {
		h.Whole.Untouched++
	}
}

// waiting is what others wait for.
type waiting struct {
	transfers    []innovation.Transfer
	endorsements map[string]evidence.Waiting
	data         []regional.Listed // requests for data
}

// waiting asks only for what the actor could answer.
func (s *Service) waiting(ctx context.Context, who actor.Actor, now period.Pinned) (w waiting, err error) {
	if agencies, _ := who.Agencies(fillers...); len(agencies) > 0 {
		if w.transfers, err = s.Innovations.Transfers(ctx); err != nil {
			return waiting{}, err
		}
	}
	if w.data, err = s.Regional.Waiting(ctx, now); err != nil {
		return waiting{}, err
	}
	w.endorsements, err = s.Evidence.Waiting(ctx, now)
	return w, err
}
