package notify

import (
	"cmp"
	"context"
	"slices"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/evidence"
	"siida.id/internal/innovation"
	"siida.id/internal/period"
)

// A person is told a few things at once: more is a list that nobody reads.
const (
	mostTodos = 5
	mostLines = 20
)

// Todo is one thing to do: Key is a sentence of the catalogue, Href the page
// on which it is done.
type Todo struct {
	Key  string
	Args fault.Args
	Href string
	Due  time.Time // zero where there is no date
}

// Line is an innovation that the person fills in for, and how far it is.
type Line struct {
	innovation.Innovation
	evidence.Completeness
	Verdict innovation.Verdict
}

// Home is what a person sees first.
type Home struct {
	Period *period.Pinned // nil while none is open
	Todos  []Todo         // at most five, the most urgent first
	Lines  []Line         // the least finished first, at most twenty
	Own    int            // innovations that he fills in for, listed or not
	Others int            // innovations that he may only read
}

// Service puts a person's home together.
type Service struct {
	Innovations *innovation.Service
	Evidence    *evidence.Service
	Periods     *period.Service
}

// Home returns what the actor sees first.
func (s *Service) Home(ctx context.Context) (Home, error) {
	who := actor.From(ctx)
	if !who.SignedIn() {
		return Home{}, fault.New(fault.Unknown, "fault.sign_in")
	}
	now, err := s.Periods.Current(ctx)
	if fault.KindOf(err) == fault.NotFound {
		return Home{Todos: toOpen(who)}, nil
	}
	if err != nil {
		return Home{}, err
	}
	h := Home{Period: &now}
	if err := s.lines(ctx, who, now, &h); err != nil {
		return Home{}, err
	}
	asked, err := s.Innovations.Transfers(ctx)
	if err != nil {
		return Home{}, err
	}
	h.Todos = todos(who, now, asked, h)
	h.Lines = h.Lines[:min(len(h.Lines), mostLines)]
	return h, nil
}

// lines lists the actor's innovations that are neither withdrawn nor archived.
func (s *Service) lines(ctx context.Context, who actor.Actor, now period.Pinned, h *Home) error {
	innovations, err := s.Innovations.List(ctx)
	if err != nil {
		return err
	}
	complete, err := s.Evidence.CompletenessOf(ctx, now.ID)
	if err != nil {
		return err
	}
	for _, i := range innovations {
		switch {
		case i.State != innovation.Active:
		case innovation.MayEdit(who, i.AgencyID):
			h.Lines = append(h.Lines, Line{i, complete[i.ID], i.Eligible(now.Pack.Eligibility)})
		default:
			h.Others++
		}
	}
	h.Own = len(h.Lines)
	slices.SortStableFunc(h.Lines, func(a, b Line) int { return cmp.Compare(a.Finished, b.Finished) })
	return nil
}

func toOpen(who actor.Actor) []Todo {
	if !period.MayOpen(who) {
		return nil
	}
	return []Todo{{Key: "notify.open_period", Href: "/periode"}}
}

// todos are what others wait for, then what the period waits for.
func todos(who actor.Actor, now period.Pinned, asked []innovation.Transfer, h Home) (list []Todo) {
	for _, t := range asked {
		if innovation.MayEdit(who, t.To) {
			list = append(list, Todo{
				Key: "notify.answer_transfer", Args: fault.Args{"Name": t.InnovationName, "From": t.FromName},
				Href: "/inovasi/" + t.InnovationID + "/pindah",
			})
		}
	}
	if h.Own == 0 && innovation.MayRegister(who) {
		list = append(list, Todo{Key: "notify.register", Href: "/inovasi/baru", Due: now.Closes})
	}
	for _, l := range h.Lines {
		if left := l.Total - l.Finished; left > 0 {
			list = append(list, Todo{
				Key: "notify.finish", Args: fault.Args{"Name": l.Name, "Count": left},
				Href: "/inovasi/" + l.ID, Due: now.Closes,
			})
		}
	}
	return list[:min(len(list), mostTodos)]
}
