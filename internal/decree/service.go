package decree

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"siida.id/internal/audit"
	"siida.id/internal/base/creating"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
	"siida.id/internal/base/uow"
	"siida.id/internal/base/zone"
	"siida.id/internal/file"
)

// Limits in characters.
const (
	maxNumber  = 200
	maxSubject = 500
	maxText    = 20_000
)

// Service has the rules of decrees.
type Service struct {
	Store       Store
	Innovations Innovations
	Files       *file.Service
	Log         Log
	Tx          uow.Transactor
	NewID       func() string
	Now         func() time.Time
}

// List returns the region's decrees to anybody signed in, the latest first.
func (s *Service) List(ctx context.Context) ([]Decree, error) {
	if err := checkRead(ctx); err != nil {
		return nil, err
	}
	return s.Store.All(ctx)
}

// ByID returns a decree to anybody signed in.
func (s *Service) ByID(ctx context.Context, id string) (sheet Sheet, err error) {
	if err := checkRead(ctx); err != nil {
		return Sheet{}, err
	}
	if sheet.Decree, err = s.Store.ByID(ctx, id); err != nil {
		return Sheet{}, err
	}
	switch scan, err := s.Store.ScanOf(ctx, id); {
	case err == nil:
		sheet.Scan = &scan
	case fault.KindOf(err) != fault.NotFound:
		return Sheet{}, err
	}
	sheet.Named, err = s.Innovations.NamedBy(ctx, id)
	sheet.Others = len(sheet.InnovationIDs) - len(sheet.Named)
	return sheet, err
}

// Choices returns the innovations that a decree can name: those that the actor may
// read.
func (s *Service) Choices(ctx context.Context) ([]Innovation, error) {
	if err := CheckEnter(ctx); err != nil {
		return nil, err
	}
	return s.Innovations.Readable(ctx)
}

// Enter adds a decree. It returns Invalid with all mistakes of the form, among them a
// number that is taken.
func (s *Service) Enter(ctx context.Context, f Form) (Decree, error) {
	if err := CheckEnter(ctx); err != nil {
		return Decree{}, err
	}
	d := Decree{ID: creating.ID(ctx, s.NewID), CreatedAt: s.Now()}
	err := s.Tx.InTx(ctx, func(ctx context.Context) error {
		known, err := s.Innovations.Lock(ctx, f.Innovations)
		if err != nil {
			return err
		}
		if err := CheckEnter(ctx); err != nil {
			return err
		}
		return s.save(ctx, &d, known, f, EventRegistered)
	})
	if err != nil {
		return Decree{}, failed(err, d.ID, "enter")
	}
	return d, nil
}

// Change replaces a decree and the innovations that it names. It returns Conflict if
// it was changed since the form was opened, by its own form or that of an innovation.
func (s *Service) Change(ctx context.Context, id string, f Form) (saved Decree, err error) {
	if err := CheckEnter(ctx); err != nil {
		return Decree{}, err
	}
	seen, err := s.Store.ByID(ctx, id)
	if err != nil {
		return Decree{}, err
	}
	movedOn := fault.Moved("decree.moved_on")
	if f.Version != seen.Version {
		return Decree{}, movedOn
	}
	err = s.Tx.InTx(ctx, func(ctx context.Context) error {
		known, err := s.Innovations.Lock(ctx, slices.Concat(seen.InnovationIDs, f.Innovations))
		if err != nil {
			return err
		}
		return s.change(ctx, id, func(ctx context.Context, d Decree) error {
			if f.Version != d.Version {
				return movedOn
			}
			saved = d
			return s.save(ctx, &saved, known, f, EventChanged)
		})
	})
	if err != nil {
		return Decree{}, failed(err, id, "change")
	}
	return saved, nil
}

// failed turns the fault of a number that is taken into a mistake of the form.
func failed(err error, id, event string) error {
	if fault.KeyOf(err) == "fault.exists" {
		var check fault.Check
		check.That(false, "number", "decree.taken")
		return check.Err()
	}
	return fault.Wrap(err, "decree %s: %s", id, event)
}

// change runs every change of a decree: in a transaction it locks the decree, reads
// it again and calls fn, which writes, and appends to the audit log last. Innovations
// that fn changes must be locked before.
func (s *Service) change(ctx context.Context, id string, fn func(ctx context.Context, d Decree) error) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := CheckEnter(ctx); err != nil {
			return err
		}
		d, err := s.Store.Lock(ctx, id)
		if err != nil {
			return err
		}
		return fn(ctx, d)
	})
}

// save sets the values of a form in d, which is locked or new, and stores it. known
// are the ids of the locked innovations.
func (s *Service) save(ctx context.Context, d *Decree, known []string, f Form, event audit.Event) error {
	before := d.Number
	if err := s.fill(d, &f, known, zone.Today(ctx, s.Now())); err != nil {
		return err
	}
	if !sameNumber(before, d.Number) { // two that are alike since before the rule may be saved
		if err := s.checkNumber(ctx, *d); err != nil {
			return err
		}
	}
	var touched []string                                                           // begun or ceased to be named
	_ = eachChange(d.InnovationIDs, f.Innovations, func(id string, _ bool) error { // fails never
		touched = append(touched, id)
		return nil
	})
	if err := s.Innovations.CheckNaming(ctx, touched); err != nil {
		return err
	}
	if err := s.Store.Save(ctx, *d); err != nil {
		return err
	}
	if err := s.name(ctx, d.ID, d.InnovationIDs, f.Innovations); err != nil {
		return err
	}
	d.Version++
	d.InnovationIDs = slices.Sorted(slices.Values(f.Innovations))
	err := s.Log.Append(ctx, audit.Decree.Of(d.ID), event, audit.Details{
		audit.KeyNumber: d.Number, audit.KeyDate: string(d.Day), audit.KeyAbout: d.Subject, audit.KeyInnovations: strings.Join(f.Innovations, " "),
	})
	if err != nil {
		return err
	}
	return s.Innovations.CheckNaming(ctx, touched)
}

// checkNumber returns Invalid if another decree has the number of d but for its capitals
// and spaces. That no two have the same one, the Store sees to.
func (s *Service) checkNumber(ctx context.Context, d Decree) error {
	all, err := s.Store.All(ctx)
	if err != nil {
		return err
	}
	var check fault.Check
	check.That(!slices.ContainsFunc(all, func(o Decree) bool { return o.ID != d.ID && sameNumber(o.Number, d.Number) }), "number", "decree.taken")
	return check.Err()
}

// sameNumber reports whether two numbers are the same but for capitals and spaces.
func sameNumber(a, b string) bool {
	bare := func(number string) string { return strings.ReplaceAll(number, " ", "") }
	return strings.EqualFold(bare(a), bare(b))
}

func (s *Service) fill(d *Decree, f *Form, known []string, today day.Day) error {
	var check fault.Check
	var ok bool
	d.Number, d.Subject = text.Line(f.Number), text.Line(f.Subject)
	check.That(d.Number != "", "number", "decree.number_missing")
	check.That(utf8.RuneCountInString(d.Number) <= maxNumber, "number", "decree.text_long", fault.Args{"Most": maxNumber})
	stored := d.Day // in the future, it is of an older version
	d.Day, ok = day.Parse(f.Day)
	check.That(ok, "day", "decree.day_unclear")
	check.That(!ok || d.Day != "", "day", "decree.day_missing")
	check.That(d.Day <= today || d.Day == stored, "day", "fault.day_future")
	check.That(d.Subject != "", "subject", "decree.subject_missing")
	check.That(utf8.RuneCountInString(d.Subject) <= maxSubject, "subject", "decree.text_long", fault.Args{"Most": maxSubject})
	d.Implementers, d.ChangedAt = text.Paragraphs(f.Implementers), s.Now()
	check.That(utf8.RuneCountInString(d.Implementers) <= maxText, "implementers", "decree.text_long", fault.Args{"Most": maxText})
	f.Innovations = text.Distinct(f.Innovations)
	strange := slices.ContainsFunc(f.Innovations, func(id string) bool { return !slices.Contains(known, id) })
	check.That(!strange, "innovations", "decree.list_choose")
	return check.Err()
}

// name sets the innovations that a decree names, from before to chosen.
func (s *Service) name(ctx context.Context, decreeID string, before, chosen []string) error {
	return eachChange(before, chosen, func(id string, named bool) error {
		if err := s.setNamed(ctx, decreeID, id, named); err != nil {
			return err
		}
		return s.Innovations.BumpVersion(ctx, id)
	})
}

// Exists reports whether the region has a decree with that id.
func (s *Service) Exists(ctx context.Context, id string) (bool, error) {
	_, err := s.Store.ByID(ctx, id)
	if fault.KindOf(err) == fault.NotFound {
		return false, nil
	}
	return err == nil, err
}

// Choose sets the decrees that name an innovation, from before to chosen. The caller,
// the innovation's own form, has checked the permission, has locked the innovation
// and appends to the audit log that of the innovation. Decrees are changed in the order of their ids, as
// everywhere.
func (s *Service) Choose(ctx context.Context, innovationID string, before, chosen []string) error {
	err := eachChange(before, chosen, func(id string, named bool) error {
		if err := s.setNamed(ctx, id, innovationID, named); err != nil {
			return err
		}
		return s.Store.BumpVersion(ctx, id)
	})
	if err != nil {
		return err
	}
	return eachChange(before, chosen, func(id string, _ bool) error { // after the last lock of a decree
		return s.Log.Append(ctx, audit.Decree.Of(id), EventChosen, audit.Details{audit.KeyInnovations: innovationID})
	})
}

func (s *Service) setNamed(ctx context.Context, decreeID, innovationID string, named bool) error {
	if named {
		return s.Store.Name(ctx, decreeID, innovationID)
	}
	return s.Store.Unname(ctx, decreeID, innovationID)
}

// eachChange calls fn, in order, for each id that is in only one of the lists; added
// reports whether that is after.
func eachChange(before, after []string, fn func(id string, added bool) error) error {
	all := slices.Concat(before, after)
	slices.Sort(all)
	for _, id := range slices.Compact(all) {
		was, is := slices.Contains(before, id), slices.Contains(after, id)
		if was == is {
			continue
		}
		if err := fn(id, is); err != nil {
			return err
		}
	}
	return nil
}
