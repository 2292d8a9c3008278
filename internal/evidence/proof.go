package evidence

import (
	"context"
	"slices"
	"unicode/utf8"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/address"
	"siida.id/internal/base/creating"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
	"siida.id/internal/base/zone"
	"siida.id/internal/file"
	"siida.id/internal/instrument"
	"siida.id/internal/question"
)

// Limits in characters.
const (
	longestNumber  = 120
	longestSubject = 500
	longestIssuer  = 200
)

// proof returns the document of an entry, or adds its mistakes to check. Every kind
// has a subject; a letter also has a number and a date, a link an address instead of
// a file.
func (s *Service) proof(ctx context.Context, check *fault.Check, t target, e Entry, earlier error) (*Document, error) {
	d := Document{
		ID: creating.ID(ctx, s.NewID), InnovationID: t.Innovation.ID, Number: text.Line(e.Number), Subject: text.Line(e.Subject),
		Issuer: text.Line(e.Issuer), Address: text.Line(e.Address), By: actor.From(ctx).ID, At: s.Now(),
	}
	var gone bool
	if earlier == nil {
		var err error
		if d.File, gone, err = s.Files.Sent(ctx, check, filePurpose(t.Innovation.ID), e.FileID, e.Received); err != nil {
			return nil, err
		}
	}
	d.Kind = e.kind(t.Indicator, d.File)
	taken := slices.Contains(question.Kinds(t.Indicator), d.Kind)
	check.That(e.Kind == "" || taken, "kind", "evidence.kind_choose")
	d.check(check, e.Day, taken && d.Kind == instrument.Document, zone.Today(ctx, s.Now()))
	if earlier != nil {
		return nil, check.Add(earlier)
	}
	if d.Kind == instrument.Link {
		check.That(d.File.ID == "", fault.File, "evidence.file_with_link", fault.Args{"Name": d.File.Name})
		return &d, nil
	}
	check.That(d.File.ID != "" || gone, fault.File, "evidence.file_missing")
	if d.File.ID != "" { // it may have been sent for another indicator
		formats := question.Formats(t.Indicator)
		if e.Kind != "" && taken { // else the mistake is the kind, and no format belongs to it
			formats = question.FormatsOf(t.Indicator, d.Kind)
		}
		question.CheckFormat(check, fault.File, formats, d.File.Name, d.File.Ext())
	}
	return &d, nil
}

// kind returns the chosen kind, or the one of the file or the address.
func (e Entry) kind(row *instrument.Indicator, f file.Record) instrument.Kind {
	list := question.Kinds(row)
	switch {
	case e.Kind != "":
		return instrument.Kind(e.Kind)
	case f.ID != "":
		return question.KindOf(f.Ext())
	case text.Line(e.Address) != "" && slices.Contains(list, instrument.Link):
		return instrument.Link
	}
	return list[0]
}

// check checks and sets the texts of a document in the order of the form. A letter
// must have number and day.
func (d *Document) check(check *fault.Check, typed string, letter bool, today day.Day) {
	check.That(!letter || d.Number != "", "number", "evidence.number_missing")
	check.That(utf8.RuneCountInString(d.Number) <= longestNumber, "number", "evidence.number_long", fault.Args{"Most": longestNumber})
	var clear bool
	d.Day, clear = day.Parse(typed)
	check.That(clear, "day", "evidence.day_unclear")
	check.That(!clear || !letter || d.Day != "", "day", "evidence.day_missing")
	check.That(d.Day <= today, "day", "fault.day_future")
	check.That(d.Subject != "", "subject", "evidence.subject_missing")
	check.That(utf8.RuneCountInString(d.Subject) <= longestSubject, "subject", "evidence.subject_long", fault.Args{"Most": longestSubject})
	check.That(utf8.RuneCountInString(d.Issuer) <= longestIssuer, "issuer", "evidence.issuer_long", fault.Args{"Most": longestIssuer})
	if d.Kind != instrument.Link {
		check.That(d.Address == "", "address", "evidence.address_elsewhere")
		return
	}
	check.That(d.Address != "", "address", "evidence.address_missing")
	check.That(utf8.RuneCountInString(d.Address) <= address.Longest, "address", "evidence.address_long", fault.Args{"Most": address.Longest})
	if mistake := address.Check(d.Address); d.Address != "" {
		check.That(mistake == address.None, "address", string(mistake))
	}
}

// checkReuse adds a mistake if a document cannot prove this indicator too.
func (s *Service) checkReuse(ctx context.Context, check *fault.Check, t target, documentID string) error {
	if documentID == "" {
		return nil
	}
	used, err := s.Store.Documents(ctx, t.Innovation.ID, t.Period.ID)
	if err != nil {
		return err
	}
	fits := slices.ContainsFunc(reusable(t.Indicator, used), func(d Document) bool { return d.ID == documentID })
	check.That(fits, "reuse", "evidence.reuse_choose")
	return nil
}
