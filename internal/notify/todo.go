package notify

import (
	"cmp"
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

// toBegin returns what must be done before anybody can answer.
func toBegin(who actor.Actor, h Home) (list []Todo) {
	if h.Totals != nil && h.Totals.Agencies == 0 && agency.MayAdd(who) {
		list = append(list, Todo{Key: "notify.add_agency", Href: "/perangkat-daerah/baru"})
	}
	switch {
	case !period.MayOpen(who):
	case h.Period == nil:
		list = append(list, Todo{Key: "notify.open_period", Href: "/periode"})
	case h.Period.Closes.IsZero():
		list = append(list, Todo{
			Key: "notify.set_window", Args: fault.Args{"Year": h.Period.ID}, Href: "/periode/" + h.Period.ID + "/ubah",
		})
	}
	return list
}

// endorse adds the task to endorse an innovation.
func (h *Home) endorse(l Line, changed bool) {
	h.Endorse++
	t := Todo{Key: "notify.endorse", Args: fault.Args{"Name": l.Name}, Href: "/inovasi/" + l.ID, Due: l.Due}
	if changed {
		t.Key = "notify.endorse_again"
	}
	h.Todos = append(h.Todos, t)
}

// decide adds all tasks: first those for which others wait, then those of the period,
// the earliest due date first.
func (h *Home) decide(ctx context.Context, who actor.Actor, w pending) {
	h.Own = len(h.Lines)
	for _, t := range w.transfers {
		if who.Serves(t.To, fillers...) {
			h.Todos = append(h.Todos, Todo{
				Key: "notify.answer_transfer", Args: fault.Args{"Name": t.InnovationName, "From": t.FromName},
				Href: "/inovasi/" + t.InnovationID + "/pindah",
			})
		}
	}
	h.Todos = append(h.Todos, dataTodos(ctx, w.data)...)
	h.Todos = append(h.Todos, movedTodos(w)...)
	h.Todos = append(h.Todos, toBegin(who, *h)...)
	if agencies, _ := who.Agencies(fillers...); h.Own == 0 && len(agencies) > 0 && !h.Over(h.Period.Closes) {
		h.Todos = append(h.Todos, Todo{Key: "notify.register", Href: "/inovasi/baru", Due: h.Period.Closes})
	}
	slices.SortStableFunc(h.Lines, func(a, b Line) int {
		return cmp.Or(sooner(a, b), cmp.Compare(a.Finished, b.Finished))
	})
	for _, l := range h.Lines {
		if left := l.Total - l.Finished; left > 0 && l.Open && who.Serves(l.AgencyID, fillers...) {
			h.Todos = append(h.Todos, Todo{
				Key: "notify.finish", Args: fault.Args{"Name": l.Name, "Count": left}, Href: "/inovasi/" + l.ID, Due: l.Due,
			})
		}
	}
	h.Next = h.next(who)
	h.Todos = h.Todos[:min(len(h.Todos), maxTodos)]
	h.Lines = h.Lines[:min(len(h.Lines), maxLines)]
}

// dataTodos returns the tasks of data requests: to answer one, or to check an answer.
func dataTodos(ctx context.Context, list []regional.Listed) (todos []Todo) {
	for _, r := range list {
		t := Todo{
			Key: "notify.check_data", Args: fault.Args{"Name": r.Indicator.Name, "Agency": r.AgencyName}, Foreign: r.Indicator.Name,
			Href: "/permintaan-data/" + r.ID,
		}
		if r.Waits() {
			t.Key, t.Due = "notify.answer_data", r.Ends(ctx)
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
			Foreign: r.Indicator.Name, Href: "/permintaan-data/" + r.ID,
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
			Key: "notify.transfer_lapsed", Args: fault.Args{"Name": t.InnovationName, "Agency": t.ToName}, Href: "/inovasi/" + t.InnovationID + "/pindah",
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
	case h.Own > 0 && !open:
		return h.notNow()
	case len(evidence.Offices(who)) > 0:
		return Todo{Key: "notify.nothing_head", Due: h.due()}
	case h.Totals != nil:
		return Todo{Key: "notify.nothing_region", Due: h.Period.Closes}
	case h.Own > 0:
		return Todo{Key: "notify.nothing_own", Due: h.due()}
	}
	return Todo{Key: "notify.nothing_next", Due: h.Period.Closes}
}

// due returns the soonest end of the time for the actor's innovations that can be answered
// now; that of the window if there are none.
func (h *Home) due() time.Time {
	for _, l := range h.Lines { // the soonest first
		if l.Open {
			return l.Due
		}
	}
	return h.Period.Closes
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

// sooner compares two due dates; a missing one is the latest.
func sooner(a, b Line) int {
	switch {
	case a.Due.IsZero() == b.Due.IsZero():
		return a.Due.Compare(b.Due)
	case a.Due.IsZero():
		return 1
	}
	return -1
}
