package report

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
	"siida.id/internal/base/zone"
	"siida.id/internal/file"
)

// Letterhead is the frame of a region's official letters.
type Letterhead struct {
	Government string
	Agency     string // that issues the letters
	Address    string
	Contact    string
	Logo       file.Record // has no id if there is none
	Pattern    Pattern
	Code       string // of the agency, in numbers
	Place      string // where letters are signed
	Signer     Signer
	By         string
	At         time.Time
	Version    int64 // incremented by each save; zero before the first
}

// Ready reports whether letters can be issued with it.
func (l Letterhead) Ready() bool { return l.Version > 0 }

// Entry is the form of a letterhead.
type Entry struct {
	Government, Agency, Address, Contact string
	Pattern, Code, Place                 string
	Signer                               Signer
	LogoID                               string // of a crest received by ReceiveLogo, or the current one; empty for none
	Version                              int64  // of the letterhead when the form was opened
}

// EntryOf returns the form with the stored letterhead.
func EntryOf(l Letterhead) Entry {
	return Entry{
		l.Government, l.Agency, l.Address, l.Contact, string(l.Pattern), l.Code, l.Place, l.Signer, l.Logo.ID, l.Version,
	}
}

// longestLine is the limit of a line in characters.
const longestLine = 200

// MaySet reports whether who may set up the letterhead and issue letters.
func MaySet(who actor.Actor) bool { return who.Serves("", actor.Brida, actor.Admin) }

func (s *Service) maySet(ctx context.Context) error {
	switch who := actor.From(ctx); {
	case !who.SignedIn():
		return fault.New(fault.Unknown, "fault.sign_in")
	case !MaySet(who):
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return nil
}

// Letterhead returns the region's letterhead to those who may change it; the zero one
// if none was saved.
func (s *Service) Letterhead(ctx context.Context) (Letterhead, error) {
	if err := s.maySet(ctx); err != nil {
		return Letterhead{}, err
	}
	return s.letterhead(ctx)
}

func (s *Service) letterhead(ctx context.Context) (Letterhead, error) {
	l, err := s.Store.Letterhead(ctx)
	if fault.KindOf(err) == fault.NotFound {
		return Letterhead{}, nil
	}
	return l, err
}

// SaveLetterhead stores the letterhead. earlier is the error of ReceiveLogo, whose
// mistakes are returned with those of the form. It returns Invalid with all mistakes,
// and Conflict if it was saved since the form was opened.
func (s *Service) SaveLetterhead(ctx context.Context, e Entry, earlier error) error {
	if err := s.maySet(ctx); err != nil {
		return err
	}
	e = e.tidy()
	var check fault.Check
	e.check(&check)
	if err := check.Add(earlier); err != nil {
		return err
	}
	l := Letterhead{
		Government: e.Government, Agency: e.Agency, Address: e.Address, Contact: e.Contact,
		Pattern: Pattern(e.Pattern), Code: e.Code, Place: e.Place, Signer: e.Signer,
		By: actor.From(ctx).ID, At: s.Now(), Version: e.Version,
	}
	err := s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.maySet(ctx); err != nil {
			return err
		}
		now, err := s.letterhead(ctx)
		if err != nil {
			return err
		}
		if earlier == nil && now.Version == e.Version { // else the form must be sent again anyway
			if l.Logo, _, err = s.Files.Sent(ctx, &check, crestPurpose, e.LogoID, now.Logo); err != nil {
				return err
			}
		}
		if err := check.Err(); err != nil {
			return err
		}
		if now.Version != l.Version {
			return fault.Moved("report.letterhead_moved")
		}
		if err := s.replaceLogo(ctx, now.Logo, l.Logo, func() error { return s.Store.SaveLetterhead(ctx, l) }); err != nil {
			return err
		}
		return s.Log.Append(ctx, audit.Letterhead.Of(), EventLetterheadChanged, audit.Details{
			audit.KeyGovernment: l.Government, audit.KeyOffice: l.Agency, audit.KeyPostalAddress: l.Address, audit.KeyContact: l.Contact, audit.KeyCrest: l.Logo.SHA256,
			audit.KeyPattern: e.Pattern, audit.KeyCode: l.Code, audit.KeyPlace: l.Place, audit.KeyPosition: l.Signer.Position, audit.KeySigner: l.Signer.Name,
			audit.KeyNIP: l.Signer.NIP, audit.KeyRank: l.Signer.Rank,
		})
	})
	return fault.Wrap(err, "letterhead")
}

// tidy removes white space that nobody means to type, also within the NIP.
func (e Entry) tidy() Entry {
	for _, line := range []*string{
		&e.Government, &e.Agency, &e.Address, &e.Contact, &e.Pattern, &e.Code, &e.Place,
		&e.Signer.Position, &e.Signer.Before, &e.Signer.Name, &e.Signer.After, &e.Signer.Rank,
	} {
		*line = text.Line(*line)
	}
	e.Signer.NIP = digitsOfNIP(text.Line(e.Signer.NIP))
	e.Signer.After = strings.TrimSpace(strings.TrimPrefix(e.Signer.After, ","))
	return e
}

// check adds what is missing or too long, in the order of the form.
func (e Entry) check(check *fault.Check) {
	line := func(text string, field fault.FieldName, missing string) {
		check.That(missing == "" || text != "", field, missing)
		check.That(utf8.RuneCountInString(text) <= longestLine, field, "report.line_long", fault.Args{"Most": longestLine})
	}
	line(e.Government, "government", "report.government_missing")
	line(e.Agency, "agency", "report.agency_missing")
	line(e.Address, "address", "report.address_missing")
	line(e.Contact, "contact", "")
	Pattern(e.Pattern).check(check, "pattern", e.Code)
	line(e.Code, "code", "")
	check.That(!strings.ContainsAny(e.Code, "{}"), "code", "report.code_brace")
	line(e.Place, "place", "report.place_missing")
	e.Signer.check(check, line)
}

func (s Signer) check(check *fault.Check, line func(text string, field fault.FieldName, missing string)) {
	known := false
	for _, o := range Offices() {
		known = known || o == s.Office
	}
	check.That(known, "signer.office", "report.office_choose")
	line(s.Position, "signer.position", "report.position_missing")
	line(s.Before, "signer.before", "")
	line(s.Name, "signer.name", "report.name_missing")
	line(s.After, "signer.after", "")
	if s.Office.Ranked() {
		line(s.Rank, "signer.rank", "report.rank_missing")
		check.That(s.NIP != "", "signer.nip", "report.nip_missing")
	} else {
		line(s.Rank, "signer.rank", "")
	}
	check.That(s.NIP == "" || digits(s.NIP) && len(s.NIP) == lengthNIP, "signer.nip", "report.nip_unread")
}

func digits(text string) bool { return strings.Trim(text, "0123456789") == "" }

// Example returns a number as the entry would make it today; empty if the pattern is
// invalid.
func (s *Service) Example(ctx context.Context, e Entry) string {
	e = e.tidy()
	var check fault.Check
	Pattern(e.Pattern).check(&check, "pattern", e.Code)
	if check.Err() != nil {
		return ""
	}
	return Pattern(e.Pattern).Write(Number{N: 1, Code: e.Code, Day: zone.Today(ctx, s.Now())})
}
