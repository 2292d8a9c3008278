package regional

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/creating"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
	"siida.id/internal/base/zone"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
)

// longestNote is the limit of a note or a reason in characters.
const longestNote = 2000

// AskEntry is the form of a request for one or more rows.
type AskEntry struct {
	Period string // whose rows the person has seen; empty for the current one
	Codes  []string
	To     string // an agency's id, or agency/person
	Due    string
	Note   string
}

// Choices are the values to choose from in that form.
type Choices struct {
	Period   period.Pinned
	Rows     []*instrument.Indicator
	Deputies []Deputy // by agency
	Closed   error    // the fault if no period is open
}

// Choices returns the rows and people to choose from, to those who may ask. If no
// period is open they are those of the newest.
func (s *Service) Choices(ctx context.Context) (c Choices, err error) {
	if err := asking(ctx); err != nil {
		return Choices{}, err
	}
	if c.Period, err = s.Periods.Shown(ctx, ""); err != nil {
		return Choices{}, err
	}
	c.Closed = c.Period.CheckEditable()
	c.Rows = c.Period.Pack.Rows(instrument.PerRegion)
	c.Deputies, err = s.Store.Deputies(ctx, s.Now())
	return c, err
}

func asking(ctx context.Context) error {
	switch who := actor.From(ctx); {
	case !who.SignedIn():
		return fault.New(fault.Unknown, "fault.sign_in")
	case !MayEdit(who):
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return nil
}

// Ask asks an agency, or one of its people, for rows of the current period, and
// returns the ids of the requests by indicator code. It returns Invalid with all
// mistakes, and Conflict if the period is over.
func (s *Service) Ask(ctx context.Context, e AskEntry) (ids map[string]string, err error) {
	err = s.Tx.InTx(ctx, func(ctx context.Context) error {
		c, err := s.Choices(ctx)
		if err != nil {
			return err
		}
		if c.Period, err = s.Periods.LockShared(ctx, c.Period.ID); err != nil {
			return err
		}
		if err := c.Period.CheckEditable(); err != nil {
			return err
		}
		r, codes, err := s.readAsk(ctx, c, e)
		if err != nil {
			return err
		}
		ids, err = s.ask(ctx, r, codes)
		return err
	})
	return ids, fault.Wrap(err, "data request to %s", e.To)
}

// readAsk returns the request of an entry, and the codes that it asks for; Invalid
// with all mistakes.
func (s *Service) readAsk(ctx context.Context, c Choices, e AskEntry) (r Request, codes []string, err error) {
	r = Request{PeriodID: c.Period.ID, Note: text.Paragraphs(e.Note), State: Asked, AskedBy: actor.From(ctx).ID, AskedAt: s.Now()}
	var check fault.Check
	codes = slices.Compact(slices.Sorted(slices.Values(e.Codes)))
	known := func(code string) bool { _, err := c.Period.Indicator(instrument.PerRegion, code); return err == nil }
	check.That(e.Period == "" || e.Period == c.Period.ID, "codes", "regional.rows_of_another", fault.Args{"Year": c.Period.ID})
	check.That(len(codes) > 0 && !slices.ContainsFunc(codes, func(code string) bool { return !known(code) }), "codes", "regional.rows_choose")
	var person string
	r.AgencyID, person, _ = strings.Cut(e.To, "/")
	check.That(slices.ContainsFunc(c.Deputies, func(d Deputy) bool {
		return d.AgencyID == r.AgencyID && (person == "" || d.PersonID == person)
	}), "to", "regional.to_choose")
	r.PersonID = person
	s.checkDue(ctx, &check, &r, e.Due)
	check.That(utf8.RuneCountInString(r.Note) <= longestNote, "note", "regional.note_long", fault.Args{"Most": longestNote})
	return r, codes, check.Err()
}

func (s *Service) checkDue(ctx context.Context, check *fault.Check, r *Request, typed string) {
	due, clear := day.Parse(typed)
	check.That(clear, "due", "regional.due_unread")
	if clear {
		check.That(due != "", "due", "regional.due_missing")
		check.That(due == "" || due >= zone.Today(ctx, s.Now()), "due", "regional.due_past")
	}
	r.Due = due
}

func (s *Service) ask(ctx context.Context, r Request, codes []string) (map[string]string, error) {
	ids := map[string]string{}
	for n, code := range codes {
		r.ID, r.Code = s.NewID(), code
		if n == 0 {
			r.ID = creating.ID(ctx, s.NewID)
		}
		ids[code] = r.ID
		if err := s.Store.SaveRequest(ctx, r); err != nil {
			return nil, err
		}
	}
	for _, code := range codes {
		if err := s.Log.Append(ctx, audit.Request.Of(ids[code]), EventRequested, audit.Details{
			audit.KeyPeriod: r.PeriodID, audit.KeyIndicator: code, audit.KeyAgency: r.AgencyID, audit.KeyPerson: r.PersonID, audit.KeyDeadline: string(r.Due), audit.KeyNote: r.Note,
		}); err != nil {
			return nil, err
		}
	}
	return ids, nil
}
