package decree

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"siida.id/internal/audit"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
	"siida.id/internal/base/uow"
	"siida.id/internal/file"
)

// What a form takes at most, in letters.
const (
	maxNumber  = 200
	maxSubject = 500
	maxText    = 20_000
)

// Service holds the rules of decrees.
type Service struct {
	Store       Store
	Innovations Innovations
	Files       *file.Service
	Log         Log
	Tx          uow.Transactor
	NewID       func() string
	Now         func() time.Time
}

// List lists the region's decrees to whoever has signed in, the latest first.
func (s *Service) List(ctx context.Context) ([]Decree, error) {
	if err := checkRead(ctx); err != nil {
		return nil, err
	}
	return s.Store.All(ctx)
}

// ByID returns one decree to whoever has signed in.
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

// Choices lists what a decree can name: the innovations that the actor may open.
func (s *Service) Choices(ctx context.Context) ([]Innovation, error) {
	if err := CheckEnter(ctx); err != nil {
		return nil, err
	}
	return s.Innovations.Readable(ctx)
}

// Enter makes a decree. It returns Invalid with every field that needs a
// repair; a number that is taken is one of them.
func (s *Service) Enter(ctx context.Context, f Form) (Decree, error) {
	if err := CheckEnter(ctx); err != nil {
		return Decree{}, err
	}
	d := Decree{ID: s.NewID(), CreatedAt: s.Now()}
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

// Change replaces it, with the innovations it names. It returns Conflict
// when somebody else changed it, or had it name an innovation, meanwhile.
func (s *Service) Change(ctx context.Context, id string, f Form) (saved Decree, err error) {
	if err := CheckEnter(ctx); err != nil {
		return Decree{}, err
	}
	seen, err := s.Store.ByID(ctx, id)
	if err != nil {
		return Decree{}, err
	}
	movedOn := fault.New(fault.Conflict, "decree.moved_on")
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

// failed says of a number that is taken that it is a mistake of the form.
func failed(err error, id, event string) error {
	if fault.KeyOf(err) == "fault.exists" {
		var check fault.Check
		check.That(false, "nomor", "decree.taken")
		return check.Err()
	}
	return fault.Wrap(err, "decree %s: %s", id, event)
}

// change is the way in for whoever changes a decree: in a transaction it locks
// the decree, reads it again and calls fn, which writes, and appends to the log
// last. The innovations that fn touches are locked before.
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

// save fills a form into d, which is locked or new, and stores it. known are the
// innovations that are locked.
func (s *Service) save(ctx context.Context, d *Decree, known []string, f Form, event audit.Event) error {
	if err := s.fill(d, &f, known); err != nil {
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
	return s.Log.Append(ctx, audit.Decree.Of(d.ID), event, audit.Details{
		audit.KeyNumber: d.Number, audit.KeyDate: string(d.Day), audit.KeyAbout: d.Subject, audit.KeyInnovations: strings.Join(f.Innovations, " "),
	})
}

func (s *Service) fill(d *Decree, f *Form, known []string) error {
	var check fault.Check
	var ok bool
	d.Number, d.Subject = text.Line(f.Number), text.Line(f.Subject)
	check.That(d.Number != "", "nomor", "decree.number_missing")
	check.That(utf8.RuneCountInString(d.Number) <= maxNumber, "nomor", "decree.text_long", fault.Args{"Most": maxNumber})
	d.Day, ok = day.Parse(f.Day)
	check.That(ok, "tanggal", "decree.day_unclear")
	check.That(!ok || d.Day != "", "tanggal", "decree.day_missing")
	check.That(d.Subject != "", "tentang", "decree.subject_missing")
	check.That(utf8.RuneCountInString(d.Subject) <= maxSubject, "tentang", "decree.text_long", fault.Args{"Most": maxSubject})
	d.Implementers, d.ChangedAt = text.Paragraphs(f.Implementers), s.Now()
	check.That(utf8.RuneCountInString(d.Implementers) <= maxText, "pelaksana", "decree.text_long", fault.Args{"Most": maxText})
	f.Innovations = text.Distinct(f.Innovations)
	strange := slices.ContainsFunc(f.Innovations, func(id string) bool { return !slices.Contains(known, id) })
	check.That(!strange, "inovasi", "decree.list_choose")
	return check.Err()
}

// name has a decree name the innovations chosen, and no others; before are those
// that it names.
func (s *Service) name(ctx context.Context, decreeID string, before, chosen []string) error {
	return eachChange(before, chosen, func(id string, named bool) error {
		if err := s.setNamed(ctx, decreeID, id, named); err != nil {
			return err
		}
		return s.Innovations.BumpVersion(ctx, id)
	})
}

// Exists reports whether the region has a decree of that id.
func (s *Service) Exists(ctx context.Context, id string) (bool, error) {
	_, err := s.Store.ByID(ctx, id)
	if fault.KindOf(err) == fault.NotFound {
		return false, nil
	}
	return err == nil, err
}

// Choose has the decrees chosen, and no others, name an innovation; before are
// those that name it. It is for the innovation's own form, which has decided who
// may, has locked the innovation, and writes to the log. It goes through the
// decrees in the order of their ids, as everybody who touches several does.
func (s *Service) Choose(ctx context.Context, innovationID string, before, chosen []string) error {
	return eachChange(before, chosen, func(id string, named bool) error {
		if err := s.setNamed(ctx, id, innovationID, named); err != nil {
			return err
		}
		return s.Store.BumpVersion(ctx, id)
	})
}

func (s *Service) setNamed(ctx context.Context, decreeID, innovationID string, named bool) error {
	if named {
		return s.Store.Name(ctx, decreeID, innovationID)
	}
	return s.Store.Unname(ctx, decreeID, innovationID)
}

// eachChange calls fn, in order, for what is in one of two lists alone, and says
// whether that is the later one.
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
