package notify

import (
	"context"
	"slices"
	"time"

	"siida.id/internal/agency"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/evidence"
	"siida.id/internal/period"
	"siida.id/internal/regional"
)

// Todo is a thing to do, or a day to know: Key is its message, Href the page on which it
// is done or told. For some, Key with "_why" has a second message.
type Todo struct {
	Key     string
	Args    fault.Args
	Foreign string // the part of the sentence that is a text of the instrument, if any
	Href    string
	Due     time.Time // zero for none
	Waits   bool      // somebody waits for the actor: it comes before what only has a date
	Day     bool      // nothing is to be done: a day to know
}

// toBegin returns what must be done before anybody can answer.
func toBegin(who actor.Actor, h Home) (list []Todo) {
	if h.whole && h.units == 0 && agency.MayAdd(who) {
		list = append(list, Todo{Key: "notify.add_agency", Href: "/perangkat-daerah/baru", Waits: true})
	}
	switch {
	case !period.MayOpen(who):
	case h.Period == nil:
		list = append(list, Todo{Key: "notify.open_period", Href: "/periode", Waits: true})
	case h.Period.Closes.IsZero():
		list = append(list, Todo{
			Key: "notify.set_window", Args: fault.Args{"Year": h.Period.ID}, Href: "/periode/" + h.Period.ID + "/ubah", Waits: true,
		})
	}
	return list
}

// decide adds all that is to be done: first what others wait for, then by date.
func (h *Home) decide(ctx context.Context, who actor.Actor, w pending) {
	h.Todos = append(h.Todos, h.endorsements(w)...)
	for _, t := range w.transfers {
		if who.Serves(t.To, fillers...) {
			h.Todos = append(h.Todos, Todo{
				Key: "notify.answer_transfer", Args: fault.Args{"Name": t.InnovationName, "From": t.FromName},
				Href: "/inovasi/" + t.InnovationID + "/pindah", Waits: true,
			})
		}
	}
	h.Todos = append(h.Todos, dataTodos(ctx, w.data)...)
	h.Todos = append(h.Todos, movedTodos(w)...)
	h.Todos = append(h.Todos, toBegin(who, *h)...)
	if agencies, _ := who.Agencies(fillers...); len(h.Lines) == 0 && len(agencies) > 0 && !h.Over(h.Period.Closes) {
		h.Todos = append(h.Todos, Todo{Key: "notify.register", Href: "/inovasi/baru", Due: h.Period.Closes, Waits: true})
	}
	h.Todos = append(h.Todos, h.days(who, w)...)
	slices.SortStableFunc(h.Todos, func(a, b Todo) int {
		if a.Waits || b.Waits {
			return compareTrue(a.Waits, b.Waits)
		}
		return sooner(a.Due, b.Due)
	})
	h.Next = h.next(who)
}

// Acts returns what is to be done, without days to know.
func (h Home) Acts() []Todo {
	return slices.DeleteFunc(slices.Clone(h.Todos), func(t Todo) bool { return t.Day })
}

// Idle reports whether nothing is to be done by the reader.
func (h Home) Idle() bool {
	return len(h.Acts()) == 0 && !slices.ContainsFunc(h.Steps, func(s Step) bool { return s.Own })
}

// endorsements returns the innovations that the actor has to endorse.
func (h *Home) endorsements(w pending) (list []Todo) {
	for _, l := range slices.Concat(h.Lines, h.below) {
		one, waits := w.endorsements[l.ID]
		if !waits || !l.Open {
			continue
		}
		h.Endorse++
		t := Todo{Key: "notify.endorse", Args: fault.Args{"Name": l.Name}, Href: "/inovasi/" + l.ID, Due: l.Due, Waits: true}
		if one.Changed {
			t.Key = "notify.endorse_again"
		}
		list = append(list, t)
	}
	return list
}

// days returns the dates of the period that concern the actor and have not passed: local
// deadlines, the beginning and end of the window, and more time that was given.
func (h *Home) days(who actor.Actor, w pending) (list []Todo) {
	p, page := h.Period, "/periode/"+h.Period.ID
	add := func(key string, args fault.Args, at time.Time) {
		if !at.IsZero() && h.Now.Before(at) {
			args["Year"], args["Moment"] = p.ID, at
			list = append(list, Todo{Key: key, Args: args, Href: page, Due: at, Day: true})
		}
	}
	for _, d := range w.deadlines {
		add("notify.deadline", fault.Args{"Name": d.Name}, d.At)
	}
	add("notify.opens", fault.Args{}, p.Opens)
	add("notify.window_closes", fault.Args{}, p.Closes)
	for _, x := range w.extensions {
		switch {
		case x.InnovationID != "" && !h.reads(who, x.InnovationID), x.InnovationID == "" && x.Agency != "" && !h.concerns(who, x.Agency):
		case x.InnovationID != "":
			add("notify.extension", fault.Args{"Name": x.InnovationName}, x.Until)
		case x.Agency != "":
			add("notify.extension", fault.Args{"Name": x.AgencyName}, x.Until)
		default:
			add("notify.extension_all", fault.Args{}, x.Until)
		}
	}
	return list
}

// reads reports whether an innovation is the actor's own, or they see those of the whole
// region.
func (h *Home) reads(who actor.Actor, innovationID string) bool {
	return period.MayOpen(who) || slices.ContainsFunc(h.Lines, func(l Line) bool { return l.ID == innovationID })
}

// concerns reports whether an agency is the actor's own, or they see all.
func (h *Home) concerns(who actor.Actor, agencyID string) bool {
	return h.whole || evidence.Owns(who, agencyID)
}

// dataTodos returns the tasks of data requests: to answer one, or to check an answer.
func dataTodos(ctx context.Context, list []regional.Listed) (todos []Todo) {
	for _, r := range list {
		t := Todo{
			Key: "notify.check_data", Args: fault.Args{"Name": r.Indicator.Name, "Agency": r.AgencyName}, Foreign: r.Indicator.Name,
			Href: "/permintaan-data/" + r.ID, Waits: true,
		}
		if r.Waits() {
			t.Key, t.Due, t.Waits = "notify.answer_data", r.Ends(ctx), false
		}
		todos = append(todos, t)
	}
	return todos
}

// movedTodos returns what agencies that have ended and people who have gone leave to
// others: to ask again, to offer again, or to know that somebody else answers.
func movedTodos(w pending) (todos []Todo) {
	for _, r := range w.moved {
		t := Todo{
			Key: "notify.request_moved", Args: fault.Args{"Name": r.Indicator.Name, "Agency": r.AgencyName, "Former": r.Former.AgencyName},
			Foreign: r.Indicator.Name, Href: "/permintaan-data/" + r.ID, Waits: true,
		}
		switch {
		case r.Lapsed():
			t.Key = "notify.request_lapsed"
		case r.Former.PersonID != "":
			t.Key, t.Args["Former"] = "notify.request_released", r.Former.PersonName
		}
		todos = append(todos, t)
	}
	for _, t := range w.lapsed {
		todos = append(todos, Todo{
			Key: "notify.transfer_lapsed", Args: fault.Args{"Name": t.InnovationName, "Agency": t.ToName}, Href: "/inovasi/" + t.InnovationID + "/pindah", Waits: true,
		})
	}
	return todos
}

// next returns what a person without a task can expect.
func (h *Home) next(who actor.Actor) Todo {
	open := slices.ContainsFunc(h.Lines, func(l Line) bool { return l.Open })
	switch {
	case len(who.Assignments) == 0:
		return Todo{Key: "notify.nothing_appointed"}
	case len(h.Lines) > 0 && !open:
		return h.notNow()
	case len(evidence.Offices(who)) > 0:
		return Todo{Key: "notify.nothing_head", Due: due(h.Lines, h.Period.Period)}
	case h.whole:
		return Todo{Key: "notify.nothing_region", Due: h.Period.Closes}
	case len(h.Lines) > 0:
		return Todo{Key: "notify.nothing_own", Due: due(h.Lines, h.Period.Period)}
	}
	return Todo{Key: "notify.nothing_next", Due: h.Period.Closes}
}

// Over reports whether an end of the window, if there is one, has passed. The period is
// open all the same.
func (h *Home) Over(end time.Time) bool { return !end.IsZero() && !h.Now.Before(end) }

// notNow says why none of the actor's innovations can be answered although the period is
// open: its window has not begun, or is over.
func (h *Home) notNow() Todo {
	if opens := h.Period.Opens; h.Now.Before(opens) {
		return Todo{Key: "notify.nothing_early", Args: fault.Args{"Year": h.Period.ID, "Moment": opens}}
	}
	last := slices.MaxFunc(h.Lines, func(a, b Line) int { return a.Due.Compare(b.Due) })
	return Todo{Key: "notify.nothing_over", Args: fault.Args{"Year": h.Period.ID, "Moment": last.Due}}
}
