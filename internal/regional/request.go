package regional

import (
	"context"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/zone"
	"siida.id/internal/file"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
)

// Request asks an agency for the data of one row. Asking for several rows adds
// several requests: each is answered, accepted and returned separately.
type Request struct {
	ID                   string
	PeriodID, Code       string
	AgencyID, AgencyName string
	PersonID, PersonName string // empty if all Deputi of the agency are asked
	Former               Addressee
	Due                  day.Day
	Note                 string
	State                RequestState
	Reason               string // why BRIDA has returned or withdrawn it
	AskedBy              string
	AskedAt              time.Time
	Data                 Data
	Applied              bool  // the data was applied to the answer
	Version              int64 // incremented by each save; zero before the first
}

// Addressee is to whom a request was addressed before it was moved, because their
// assignment, their account or the agency has ended.
type Addressee struct {
	AgencyID, AgencyName string // empty if the agency is the same
	PersonID, PersonName string
	Until                time.Time // when the request was moved; zero if it was not
}

// Data is the answer of an agency.
type Data struct {
	Figure       Figure
	Unit, Source string
	Note         string
	By, ByName   string
	At           time.Time
	File         file.Record
}

// Deputy is a person who answers for an agency.
type Deputy struct {
	AgencyID, AgencyName string
	PersonID, PersonName string // empty if the agency has nobody
	Login                string
	Role                 actor.Role
}

// Requests stores data requests of the actor's region.
type Requests interface {
	// Requests returns those of a period, by due day.
	Requests(ctx context.Context, periodID string) ([]Request, error)
	// RequestByID returns NotFound if the region has no such request.
	RequestByID(ctx context.Context, id string) (Request, error)
	// LockRequest is RequestByID with an exclusive lock until the transaction ends.
	LockRequest(ctx context.Context, id string) (Request, error)
	// SaveRequest stores r, whose file has been added; Conflict if it was saved since
	// r was read.
	SaveRequest(ctx context.Context, r Request) error
	// OpenRequests returns those to an agency that it may still have to answer, in
	// periods of any state, by id: an archived one may be opened again.
	OpenRequests(ctx context.Context, agencyID string) ([]Request, error)
	// RequestsTo is OpenRequests of a person by name.
	RequestsTo(ctx context.Context, personID string) ([]Request, error)
	// Unanswerable is OpenRequests of all agencies, to people by name who do not answer
	// for the agency at now.
	Unanswerable(ctx context.Context, now time.Time) ([]Request, error)
	// MoveRequest stores the addressee and the former one of r.
	MoveRequest(ctx context.Context, r Request) error
	// Deputies returns the existing agencies by name, each with the people who answer
	// for it at now, by name.
	Deputies(ctx context.Context, now time.Time) ([]Deputy, error)
}

// MayReply reports whether who may answer requests to an agency. A colleague may
// answer for the person who is named.
func MayReply(who actor.Actor, agencyID string) bool {
	return who.Serves(agencyID, actor.Operator, actor.Pendamping, actor.Admin)
}

// asks reports whether who is asked: by name, or as one of the agency if the request
// names nobody.
func (r Request) asks(who actor.Actor) bool {
	return who.Serves(r.AgencyID, actor.Operator, actor.Pendamping) && (r.PersonID == "" || r.PersonID == who.ID)
}

// Lapsed reports whether the request has ended with its agency.
func (r Request) Lapsed() bool { return r.State == Withdrawn && r.Reason == "" }

// Waits reports whether the agency has to answer.
func (r Request) Waits() bool { return r.State == Asked || r.State == Returned }

// Ends returns the last minute of the due day in the region's zone.
func (r Request) Ends(ctx context.Context) time.Time {
	return zone.At(ctx, r.Due, 23, 59)
}

// Listed is a request with its indicator.
type Listed struct {
	Request
	Indicator *instrument.Indicator
	Late      bool // its due day is over and the agency has to answer
}

// Listing has the requests of a period that the actor may read.
type Listing struct {
	Period period.Pinned
	List   []Listed
	MayAsk bool
}

// Listing returns the requests of a period (period.Shown).
func (s *Service) Listing(ctx context.Context, periodID string) (l Listing, err error) {
	if err := readable(ctx); err != nil {
		return Listing{}, err
	}
	if l.Period, err = s.Periods.Shown(ctx, periodID); err != nil {
		return Listing{}, err
	}
	l.List, err = s.requests(ctx, l.Period, func(r Request) bool { return MayReadRequests(actor.From(ctx), r.AgencyID) })
	l.MayAsk = MayEdit(actor.From(ctx)) && open(l.Period.Period) && len(l.Period.Pack.Rows(instrument.PerRegion)) > 0
	return l, err
}

func (s *Service) requests(ctx context.Context, p period.Pinned, choose func(Request) bool) (list []Listed, err error) {
	all, err := s.Store.Requests(ctx, p.ID)
	for _, r := range all {
		if choose(r) {
			list = append(list, s.listed(ctx, p, r))
		}
	}
	return list, err
}

func (s *Service) listed(ctx context.Context, p period.Pinned, r Request) Listed {
	row, _ := p.Pack.Indicator(r.Code) // the pack has every row that was asked for
	return Listed{Request: r, Indicator: row, Late: r.Waits() && zone.Today(ctx, s.Now()) > r.Due}
}

// Pending returns the requests of a period for which the actor has to do something:
// to answer them or, for those who ask, to check the answers.
func (s *Service) Pending(ctx context.Context, p period.Pinned) ([]Listed, error) {
	who := actor.From(ctx)
	if !open(p.Period) || !MayRead(who) {
		return nil, nil
	}
	return s.requests(ctx, p, func(r Request) bool {
		return r.Waits() && r.asks(who) || r.State == Answered && who.Serves("", actor.Brida)
	})
}

// Opened is a request with what the actor may do.
type Opened struct {
	Listed
	Period   period.Pinned
	MayReply bool
	MayJudge bool  // accept or return the answer
	MayEnd   bool  // withdraw the request
	MayApply bool  // apply the data to the answer
	Closed   error // the fault if the period has closed
}

// Opened returns a request to those who may read it; NotFound to others.
func (s *Service) Opened(ctx context.Context, id string) (o Opened, err error) {
	r, p, err := s.request(ctx, id)
	if err != nil {
		return Opened{}, err
	}
	who := actor.From(ctx)
	o.Listed, o.Period, o.Closed = s.listed(ctx, p, r), p, p.CheckEditable()
	can := func(m Move) bool { _, ok := r.State.After(m); return ok && o.Closed == nil }
	o.MayReply = can(Reply) && MayReply(who, r.AgencyID)
	o.MayJudge, o.MayEnd = can(Accept) && MayEdit(who), can(Withdraw) && MayEdit(who)
	o.MayApply = r.applicable() == nil && o.Closed == nil && MayEdit(who)
	return o, nil
}

// request returns a request with its period to those who may read it.
func (s *Service) request(ctx context.Context, id string) (Request, period.Pinned, error) {
	if err := readable(ctx); err != nil {
		return Request{}, period.Pinned{}, err
	}
	r, err := s.Store.RequestByID(ctx, id)
	if err != nil {
		return Request{}, period.Pinned{}, err
	}
	if !MayReadRequests(actor.From(ctx), r.AgencyID) {
		return Request{}, period.Pinned{}, fault.New(fault.NotFound, "fault.not_found")
	}
	p, err := s.Periods.ByID(ctx, r.PeriodID)
	return r, p, err
}
