package innovation

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
)

// Decree is an SK: the act that names the innovations of a year, and who
// carries them out.
type Decree struct {
	ID           string
	Number       string // as on its letter, unique in the region
	Day          day.Day
	Subject      string
	Implementers string // line by line
	MadeAt       time.Time
	ChangedAt    time.Time
	Version      int64 // counts the saves; zero is not stored yet
	Innovations  int64 // how many it names, as read
}

// DecreeForm is a decree as a person types it, with the innovations it names.
type DecreeForm struct {
	Number, Day, Subject, Implementers string
	Innovations                        []string
	Version                            int64
}

// DecreeSheet is a decree with those of its innovations that the actor may
// open; Others counts the rest.
type DecreeSheet struct {
	Decree
	Named  []Innovation
	Others int
	Scan   *File // nil where nobody has sent one
}

// MayDecree reports whether who enters the region's decrees.
func MayDecree(who actor.Actor) bool { return who.Serves("", actor.Brida, actor.Admin) }

// CheckDecree returns the fault that explains why the actor may not enter decrees.
func CheckDecree(ctx context.Context) error {
	switch who := actor.From(ctx); {
	case !who.SignedIn():
		return fault.New(fault.Unknown, "fault.sign_in")
	case !MayDecree(who):
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return nil
}

// Decrees lists the region's decrees to whoever has signed in, the latest first.
func (s *Service) Decrees(ctx context.Context) ([]Decree, error) {
	if !actor.From(ctx).SignedIn() {
		return nil, fault.New(fault.Unknown, "fault.sign_in")
	}
	return s.Store.AllDecrees(ctx)
}

// Decree returns one decree to whoever has signed in.
func (s *Service) Decree(ctx context.Context, id string) (sheet DecreeSheet, err error) {
	who := actor.From(ctx)
	if !who.SignedIn() {
		return DecreeSheet{}, fault.New(fault.Unknown, "fault.sign_in")
	}
	if sheet.Decree, err = s.Store.DecreeByID(ctx, id); err != nil {
		return DecreeSheet{}, err
	}
	switch scan, err := s.Store.ScanOf(ctx, id); {
	case err == nil:
		sheet.Scan = &scan
	case fault.KindOf(err) != fault.NotFound:
		return DecreeSheet{}, err
	}
	named, err := s.Store.Named(ctx, id)
	for _, i := range named {
		if MayRead(who, i.AgencyID) {
			sheet.Named = append(sheet.Named, i)
		} else {
			sheet.Others++
		}
	}
	return sheet, err
}

// DecreeFormOf is the form of a decree as it stands.
func DecreeFormOf(sheet DecreeSheet) DecreeForm {
	f := DecreeForm{
		Number: sheet.Number, Day: string(sheet.Day), Subject: sheet.Subject, Implementers: sheet.Implementers, Version: sheet.Version,
	}
	for _, i := range sheet.Named {
		f.Innovations = append(f.Innovations, i.ID)
	}
	return f
}

// EnterDecree makes a decree. It returns Invalid with every field that needs a
// repair; a number that is taken is one of them.
func (s *Service) EnterDecree(ctx context.Context, f DecreeForm) (Decree, error) {
	if err := CheckDecree(ctx); err != nil {
		return Decree{}, err
	}
	d := Decree{ID: s.NewID(), MadeAt: s.Now()}
	err := s.Tx.InTx(ctx, func(ctx context.Context) error {
		known, err := s.Store.LockList(ctx, f.Innovations)
		if err != nil {
			return err
		}
		if err := CheckDecree(ctx); err != nil {
			return err
		}
		return s.saveDecree(ctx, &d, nil, known, f, "daftar")
	})
	if err != nil {
		return Decree{}, s.decreeFailed(err, d.ID, "enter")
	}
	return d, nil
}

// ChangeDecree replaces it, with the innovations it names. It returns Conflict
// when somebody else changed it, or had it name an innovation, meanwhile.
func (s *Service) ChangeDecree(ctx context.Context, id string, f DecreeForm) (saved Decree, err error) {
	if err := CheckDecree(ctx); err != nil {
		return Decree{}, err
	}
	seen, err := s.Decree(ctx, id)
	if err != nil {
		return Decree{}, err
	}
	moved := fault.New(fault.Conflict, "innovation.moved_on")
	if f.Version != seen.Version {
		return Decree{}, moved
	}
	before := ids(seen.Named) // of that version
	err = s.Tx.InTx(ctx, func(ctx context.Context) error {
		known, err := s.Store.LockList(ctx, slices.Concat(before, f.Innovations))
		if err != nil {
			return err
		}
		return s.changeDecree(ctx, id, func(ctx context.Context, d Decree) error {
			if f.Version != d.Version {
				return moved
			}
			saved = d
			return s.saveDecree(ctx, &saved, before, known, f, "ubah")
		})
	})
	if err != nil {
		return Decree{}, s.decreeFailed(err, id, "change")
	}
	return saved, nil
}

// decreeFailed says of a number that is taken that it is a mistake of the form.
func (s *Service) decreeFailed(err error, id, event string) error {
	if fault.KeyOf(err) == "fault.exists" {
		var check fault.Check
		check.That(false, "nomor", "innovation.decree_taken")
		return check.Err()
	}
	return fault.Wrap(err, "decree %s: %s", id, event)
}

// saveDecree fills a form into d, which is locked or new, and stores it. before
// are the innovations that it names now; known are those that are locked.
func (s *Service) saveDecree(ctx context.Context, d *Decree, before, known []string, f DecreeForm, event string) error {
	if err := s.fillDecree(d, &f, known); err != nil {
		return err
	}
	if err := s.Store.SaveDecree(ctx, *d); err != nil {
		return err
	}
	if err := s.rename(ctx, d.ID, before, f.Innovations); err != nil {
		return err
	}
	d.Version++
	d.Innovations = int64(len(f.Innovations))
	return s.Log.Append(ctx, "decree/"+d.ID, event, map[string]string{
		"nomor": d.Number, "tanggal": string(d.Day), "tentang": d.Subject, "inovasi": strings.Join(f.Innovations, " "),
	})
}

func (s *Service) fillDecree(d *Decree, f *DecreeForm, known []string) error {
	var check fault.Check
	var ok bool
	d.Number, d.Subject = strings.Join(strings.Fields(f.Number), " "), strings.Join(strings.Fields(f.Subject), " ")
	check.That(d.Number != "", "nomor", "innovation.decree_number_missing")
	check.That(utf8.RuneCountInString(d.Number) <= longestName, "nomor", "innovation.text_long", fault.Args{"Most": longestName})
	d.Day, ok = day.Parse(f.Day)
	check.That(ok, "tanggal", "innovation.day_unclear")
	check.That(!ok || d.Day != "", "tanggal", "innovation.decree_day_missing")
	check.That(d.Subject != "", "tentang", "innovation.decree_subject_missing")
	check.That(utf8.RuneCountInString(d.Subject) <= longestLine, "tentang", "innovation.text_long", fault.Args{"Most": longestLine})
	d.Implementers, d.ChangedAt = paragraphs(f.Implementers), s.Now()
	check.That(utf8.RuneCountInString(d.Implementers) <= longestText, "pelaksana", "innovation.text_long", fault.Args{"Most": longestText})
	f.Innovations = tidy(f.Innovations)
	strange := slices.ContainsFunc(f.Innovations, func(id string) bool { return !slices.Contains(known, id) })
	check.That(!strange, "inovasi", "innovation.list_choose")
	return check.Err()
}

// rename has a decree name the innovations chosen, and no others.
func (s *Service) rename(ctx context.Context, decreeID string, before, chosen []string) error {
	return eachChange(before, chosen, func(id string, named bool) error {
		set := s.Store.Unname
		if named {
			set = s.Store.Name
		}
		if err := set(ctx, decreeID, id); err != nil {
			return err
		}
		return s.Store.Touch(ctx, id)
	})
}
