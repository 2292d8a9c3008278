package period

import (
	"context"
	"slices"
	"time"
	"unicode/utf8"

	"siida.id/internal/agency"
	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/creating"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
	"siida.id/internal/base/zone"
)

// Limits in characters.
const (
	longestName = 120
	longestNote = 2000
)

// Everyone is the value for all agencies in the form of an extension.
const Everyone = "semua"

// Calendar is a period with its deadlines and extensions.
type Calendar struct {
	Period
	Deadlines  []Deadline
	Extensions []Extension
}

// Calendar returns a period, in any state, to anybody signed in; extensions for one
// innovation only to those who may open periods.
func (s *Service) Calendar(ctx context.Context, id string) (Calendar, error) {
	if !actor.From(ctx).SignedIn() {
		return Calendar{}, fault.New(fault.Unknown, "fault.sign_in")
	}
	var c Calendar
	var err error
	if c.Period, err = s.Store.ByID(ctx, id); err != nil {
		return Calendar{}, err
	}
	if c.Deadlines, err = s.Store.Deadlines(ctx, id); err != nil {
		return Calendar{}, err
	}
	c.Extensions, err = s.Store.Extensions(ctx, id)
	if !MayOpen(actor.From(ctx)) { // what is said about one innovation is for its agency, on its page
		c.Extensions = slices.DeleteFunc(c.Extensions, func(e Extension) bool { return e.InnovationID != "" })
	}
	return c, err
}

// Editable is Calendar for a change of the period: it returns Conflict unless the
// period is open.
func (s *Service) Editable(ctx context.Context, id string) (Calendar, error) {
	c, err := s.Calendar(ctx, id)
	if err != nil {
		return c, err
	}
	if err := s.CheckOpen(ctx); err != nil {
		return c, err
	}
	return c, c.CheckEditable()
}

// WritableIn returns Conflict if data may not be written in the period now; the fault
// has the moment since or from which. It is the one rule of windows: answers, evidence,
// endorsements and profiles ask it.
func (s *Service) WritableIn(ctx context.Context, p Period, data Data) error {
	// Extensions matter only outside the window.
	if err := p.Accepts(nil, data, s.Now()); err == nil || p.Closes.IsZero() {
		return err
	}
	extensions, err := s.Store.Extensions(ctx, p.ID)
	if err != nil {
		return err
	}
	return p.Accepts(extensions, data, s.Now())
}

// change runs every change of a period: it locks the period and reads it again, calls
// do, which decides and writes, and appends to the audit log last.
func (s *Service) change(ctx context.Context, id string, event audit.Event, do func(context.Context, Period) (audit.Details, error)) error {
	err := s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.CheckOpen(ctx); err != nil {
			return err
		}
		p, err := s.Store.Lock(ctx, id)
		if err != nil {
			return err
		}
		details, err := do(ctx, p)
		if err != nil {
			return err
		}
		return s.Log.Append(ctx, audit.Period.Of(id), event, details)
	})
	return fault.Wrap(err, "period %s: %s", id, event)
}

// Do moves a period to another state. It returns Conflict if its state has no such
// move.
func (s *Service) Do(ctx context.Context, id string, m Move) error {
	return s.change(ctx, id, m.event(), func(ctx context.Context, p Period) (audit.Details, error) {
		if !slices.Contains(Moves(), m) {
			return nil, fault.New(fault.NotFound, "fault.not_found")
		}
		if err := p.checkMove(m); err != nil {
			return nil, err
		}
		to, _ := p.State.After(m)
		if m == Close && s.Closing != nil { // before the move: it reads the open period
			if err := s.Closing.Closed(ctx, id); err != nil {
				return nil, err
			}
		}
		return audit.Details{audit.KeyFrom: string(p.State), audit.KeyTo: string(to)}, s.Store.Move(ctx, id, p.State, to, s.Now())
	})
}

// Confirmation is what a person is shown before they move a period to another state.
type Confirmation struct {
	Calendar
	Unfinished
	Running int // extensions that still give time
	Since       // of a period that would be opened again
}

// Confirmation returns it to those who may move the period; Conflict if its state has
// no such move, NotFound for a move that does not exist.
func (s *Service) Confirmation(ctx context.Context, id string, m Move) (c Confirmation, err error) {
	if !slices.Contains(Moves(), m) {
		return Confirmation{}, fault.New(fault.NotFound, "fault.not_found")
	}
	if err := s.CheckOpen(ctx); err != nil {
		return Confirmation{}, err
	}
	if c.Calendar, err = s.Calendar(ctx, id); err != nil {
		return Confirmation{}, err
	}
	if err := c.checkMove(m); err != nil {
		return Confirmation{}, err
	}
	for _, e := range c.Extensions {
		if e.Counts() && e.Until.After(s.Now()) {
			c.Running++
		}
	}
	p, err := s.ByID(ctx, id)
	if err != nil {
		return Confirmation{}, err
	}
	if m == Reopen {
		if c.Since, err = s.Work.Since(ctx, p); err != nil {
			return Confirmation{}, err
		}
	}
	c.Unfinished, err = s.Work.Unfinished(ctx, p, "")
	return c, err
}

// Archive archives a closed period for a person who has typed its year.
func (s *Service) Archive(ctx context.Context, id, year string) error {
	if err := s.CheckOpen(ctx); err != nil {
		return err
	}
	p, err := s.Store.ByID(ctx, id)
	if err != nil {
		return err
	}
	if err := p.checkMove(Archive); err != nil {
		return err
	}
	var check fault.Check
	check.That(text.Line(year) == id, "year", "period.archive_year", fault.Args{"Year": id})
	if err := check.Err(); err != nil {
		return err
	}
	return s.Do(ctx, id, Archive)
}

// checkMove returns Conflict if the period's state has no such move.
func (p Period) checkMove(m Move) error {
	if _, ok := p.State.After(m); !ok {
		return fault.New(fault.Conflict, "period.no_move").With(fault.Args{"Year": p.ID})
	}
	return nil
}

// WindowEntry is the form of a window; a moment may be empty.
type WindowEntry struct {
	Opens, Closes When
	Note          string
	Version       int64 // of the window that the form was opened with
}

// SetWindow changes the window and the note of an open period. It returns Conflict if
// they were changed since e.Version was read.
func (s *Service) SetWindow(ctx context.Context, id string, e WindowEntry) error {
	return s.change(ctx, id, EventChanged, func(ctx context.Context, p Period) (audit.Details, error) {
		if err := p.CheckEditable(); err != nil {
			return nil, err
		}
		if p.Version != e.Version {
			return nil, fault.Moved("period.moved_on")
		}
		var check fault.Check
		p.Note = text.Paragraphs(e.Note)
		p.Opens = e.Opens.read(ctx, &check, whenFields{"opens.day", "opens.hour"}, false)
		p.Closes = e.Closes.read(ctx, &check, whenFields{"closes.day", "closes.hour"}, false)
		if !p.Opens.IsZero() && !p.Closes.IsZero() {
			check.That(p.Opens.Before(p.Closes), "closes.day", "period.closes_early")
		}
		check.That(utf8.RuneCountInString(p.Note) <= longestNote, "note", "period.note_long", fault.Args{"Most": longestNote})
		if err := check.Err(); err != nil {
			return nil, err
		}
		details := audit.Details{audit.KeyNote: p.Note, audit.KeyOpens: zone.Format(ctx, p.Opens), audit.KeyCloses: zone.Format(ctx, p.Closes)}
		return details, s.Store.Save(ctx, p)
	})
}

// AddDeadline adds a deadline to an open period.
func (s *Service) AddDeadline(ctx context.Context, id, name string, at When) error {
	return s.change(ctx, id, EventDeadlineAdded, func(ctx context.Context, p Period) (audit.Details, error) {
		if err := p.CheckEditable(); err != nil {
			return nil, err
		}
		var check fault.Check
		d := Deadline{ID: creating.ID(ctx, s.NewID), Name: text.Line(name)}
		check.That(d.Name != "", "name", "period.deadline_name")
		check.That(utf8.RuneCountInString(d.Name) <= longestName, "name", "period.note_long", fault.Args{"Most": longestName})
		d.At = at.read(ctx, &check, whenFields{"at.day", "at.hour"}, true)
		if err := check.Err(); err != nil {
			return nil, err
		}
		return audit.Details{audit.KeyName: d.Name, audit.KeyAt: zone.Format(ctx, d.At)}, s.Store.AddDeadline(ctx, id, d)
	})
}

// DropDeadline deletes a deadline of an open period.
func (s *Service) DropDeadline(ctx context.Context, id, deadlineID string) error {
	return s.change(ctx, id, EventDeadlineDropped, func(ctx context.Context, p Period) (audit.Details, error) {
		if err := p.CheckEditable(); err != nil {
			return nil, err
		}
		return audit.Details{audit.KeyDeadline: deadlineID}, s.Store.DropDeadline(ctx, id, deadlineID)
	})
}

// ExtensionEntry is the form of an extension; Agency is an id or Everyone, unless it is
// for one innovation.
type ExtensionEntry struct {
	Agency     string
	Innovation string // its id
	Until      When
	Reason     string
}

// Extend gives an agency, one innovation, or all, more time in an open period whose
// window has an end. It returns NotFound for an unknown innovation.
func (s *Service) Extend(ctx context.Context, id string, e ExtensionEntry) error {
	return s.change(ctx, id, EventExtended, func(ctx context.Context, p Period) (audit.Details, error) {
		if err := p.CheckEditable(); err != nil {
			return nil, err
		}
		who := actor.From(ctx)
		x := Extension{ID: creating.ID(ctx, s.NewID), Reason: text.Paragraphs(e.Reason), ByID: who.ID, ByName: who.Name, GrantedAt: s.Now()}
		var check fault.Check
		switch {
		case e.Innovation != "":
			i, err := s.Innovations.Extendable(ctx, e.Innovation)
			if err != nil {
				return nil, err
			}
			x.InnovationID, x.InnovationName = e.Innovation, i.Name
		case e.Agency != Everyone:
			all, err := s.Agencies.All(ctx)
			if err != nil {
				return nil, err
			}
			at := slices.IndexFunc(all, func(a agency.Agency) bool { return a.ID == e.Agency })
			check.That(at >= 0, "agency", "period.agency_choose")
			if at >= 0 {
				x.Agency, x.AgencyName = all[at].ID, all[at].Name
			}
		}
		x.Until = e.Until.read(ctx, &check, whenFields{"until.day", "until.hour"}, true)
		if !x.Until.IsZero() {
			check.That(!p.Closes.IsZero(), "until.day", "period.extension_endless")
			check.That(x.Until.After(p.Closes), "until.day", "period.extension_early", fault.Args{"Moment": p.Closes})
			check.That(x.Until.After(s.Now()), "until.day", "period.extension_past")
		}
		check.That(x.Reason != "", "reason", "period.reason_missing")
		check.That(utf8.RuneCountInString(x.Reason) <= longestNote, "reason", "period.note_long", fault.Args{"Most": longestNote})
		if err := check.Err(); err != nil {
			return nil, err
		}
		details := audit.Details{audit.KeyAgency: e.Agency, audit.KeyInnovation: x.InnovationID, audit.KeyUntil: zone.Format(ctx, x.Until), audit.KeyReason: x.Reason}
		return details, s.Store.Extend(ctx, id, x)
	})
}

// checkRunning returns Conflict for an extension that was revoked before, with who did it
// and when.
func (s *Service) checkRunning(ctx context.Context, id, extensionID string) error {
	all, err := s.Store.Extensions(ctx, id)
	for _, e := range all {
		if e.ID == extensionID && !e.Counts() {
			return fault.New(fault.Conflict, keyRevoked).With(fault.Args{"Name": e.EndedName, "Moment": e.Ended})
		}
	}
	return err
}

const keyRevoked = "period.extension_revoked"

// IsRevoked reports whether a fault says that an extension was revoked before.
func IsRevoked(err error) bool { return fault.KeyOf(err) == keyRevoked }

// Unextend revokes an extension of an open period. It stays in the list, with the
// person who revoked it. It returns Conflict if it was revoked before.
func (s *Service) Unextend(ctx context.Context, id, extensionID string) error {
	return s.change(ctx, id, EventExtensionRevoked, func(ctx context.Context, p Period) (audit.Details, error) {
		if err := p.CheckEditable(); err != nil {
			return nil, err
		}
		if err := s.checkRunning(ctx, id, extensionID); err != nil {
			return nil, err
		}
		who := actor.From(ctx)
		x := Extension{ID: extensionID, Ended: s.Now(), EndedID: who.ID, EndedName: who.Name}
		return audit.Details{audit.KeyExtension: extensionID}, s.Store.Unextend(ctx, id, x)
	})
}

// Revocation is what a person is shown before they revoke an extension.
type Revocation struct {
	Calendar
	Unfinished // of the agency, or of all; zero for one innovation
	Extension  Extension
	End        time.Time // of their time without it
}

// Revocation returns it to those who may revoke the extension; NotFound for one that
// does not exist, Conflict if it was revoked or the period is not open.
func (s *Service) Revocation(ctx context.Context, id, extensionID string) (r Revocation, err error) {
	if r.Calendar, err = s.Editable(ctx, id); err != nil {
		return Revocation{}, err
	}
	if err := s.checkRunning(ctx, id, extensionID); err != nil {
		return Revocation{}, err
	}
	at := slices.IndexFunc(r.Extensions, func(e Extension) bool { return e.ID == extensionID })
	if at < 0 {
		return Revocation{}, fault.New(fault.NotFound, "fault.not_found")
	}
	r.Extension = r.Extensions[at]
	others := slices.Delete(slices.Clone(r.Extensions), at, at+1)
	data := Data{AgencyID: r.Extension.Agency, InnovationID: r.Extension.InnovationID}
	if data.InnovationID != "" {
		i, err := s.Innovations.Extendable(ctx, data.InnovationID)
		if err != nil {
			return Revocation{}, err
		}
		data.AgencyID = i.AgencyID
	}
	r.End = r.Period.End(others, data)
	p, err := s.ByID(ctx, id)
	if err != nil || data.InnovationID != "" {
		return r, err
	}
	r.Unfinished, err = s.Work.Unfinished(ctx, p, r.Extension.Agency)
	return r, err
}

// Opening is an innovation in a period, with its own extensions, the newest first.
type Opening struct {
	Calendar
	Innovation Innovation
}

// Opening returns it to those who may extend the time of a period; Conflict unless the
// period is open, NotFound for an unknown innovation.
func (s *Service) Opening(ctx context.Context, id, innovationID string) (o Opening, err error) {
	if o.Calendar, err = s.Editable(ctx, id); err != nil {
		return Opening{}, err
	}
	o.Extensions = slices.DeleteFunc(o.Extensions, func(e Extension) bool { return e.InnovationID != innovationID })
	o.Innovation, err = s.Innovations.Extendable(ctx, innovationID)
	return o, err
}

// ExtensionOf returns the extension of one innovation that gives it most time now; the
// zero one if there is none.
func (s *Service) ExtensionOf(ctx context.Context, p Period, innovationID string) (last Extension, err error) {
	if p.Closes.IsZero() || p.State != Open {
		return Extension{}, nil
	}
	list, err := s.Store.Extensions(ctx, p.ID)
	for _, e := range list {
		if e.InnovationID == innovationID && e.Counts() && e.Until.After(s.Now()) && e.Until.After(last.Until) {
			last = e
		}
	}
	return last, err
}

// Running returns the open periods to anybody signed in, the newest first.
func (s *Service) Running(ctx context.Context) ([]Period, error) {
	all, err := s.All(ctx)
	return slices.DeleteFunc(all, func(p Period) bool { return p.State != Open }), err
}
