package agency

import (
	"context"
	"strconv"
	"unicode/utf8"

	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
	"siida.id/internal/base/zone"
)

// DecreeForm is the form for the decree of an act.
type DecreeForm struct {
	Number string
	Signed string // its date
	On     string // the first day on which the act has effect
}

// Target is a target of an act: an agency by its id, or a new one with a name and
// kind.
type Target struct {
	ID   string
	Name string
	Kind Kind
}

// targetFields are the field names of a target in faults.
type targetFields struct{ id, name, kind fault.FieldName }

const (
	fieldNumber fault.FieldName = "decree.number"
	fieldSigned fault.FieldName = "decree.signed"
)

var (
	intoOnly = targetFields{"into.id", "into.name", "into.kind"}
	intoMany = targetFields{"into.*.id", "into.*.name", "into.*.kind"}
)

// intoAt returns the field names of one of several targets.
func intoAt(at int) targetFields {
	n := strconv.Itoa(at)
	return targetFields{intoMany.id.At(n), intoMany.name.At(n), intoMany.kind.At(n)}
}

const (
	fieldHolding fault.FieldName = "innovations.*" // by its id
	fieldUnit    fault.FieldName = "units.*"
	fieldOther   fault.FieldName = "others.*" // by the key of a reference
)

const longestNumber = 100

func (s *Service) checkDecree(ctx context.Context, check *fault.Check, p DecreeForm) (Decree, day.Day) {
	d := Decree{Number: text.Line(p.Number)}
	check.That(d.Number != "", fieldNumber, "agency.decree_number_missing")
	check.That(utf8.RuneCountInString(d.Number) <= longestNumber, fieldNumber, "agency.decree_number_long", fault.Args{"Most": longestNumber})
	d.Signed = s.checkDay(ctx, check, fieldSigned, p.Signed, "agency.decree_day_missing")
	return d, s.checkDay(ctx, check, "on", p.On, "agency.on_missing")
}

// checkDay parses a day that must not be in the future; missing is the key of the
// mistake if it is empty.
func (s *Service) checkDay(ctx context.Context, check *fault.Check, field fault.FieldName, text, missing string) day.Day {
	d, ok := day.Parse(text)
	check.That(ok, field, "agency.day_unread")
	if ok {
		check.That(d != "", field, missing)
		check.That(d <= zone.Today(ctx, s.Now()), field, "agency.day_future")
	}
	return d
}

// checkOn adds a mistake if an act has effect before the agency's first day or last
// rename.
func (w *directory) checkOn(check *fault.Check, a Agency, on day.Day) {
	if last := max(a.From, w.changed[a.ID]); on != "" && last != "" {
		check.That(on > last, "on", "agency.act_early", fault.Args{"Name": a.Name, "Day": last})
	}
}

// checkTarget adds a mistake for an agency that has ended, and for a new one without
// a valid name or kind. A target is one or the other.
func (w *directory) checkTarget(check *fault.Check, t Target, fields targetFields) {
	if t.ID == "" {
		checkName(check, fields.name, t.Name)
		check.That(w.knows(t.Kind), fields.kind, "agency.kind_missing")
		return
	}
	a, known := w.byID[t.ID]
	check.That(known && a.Lives(), fields.id, "agency.target_choose")
	check.That(t.Name == "", fields.name, "agency.target_both")
}
