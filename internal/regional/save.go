package regional

import (
	"context"
	"strconv"
	"strings"
	"unicode/utf8"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
	"siida.id/internal/file"
	"siida.id/internal/question"
)

// Limits in characters.
const (
	longestValue   = 60
	longestUnit    = 40
	longestSource  = 200
	longestSubject = 500
)

// FigureRows is the number of figures in a form: a change is based on two years.
const FigureRows = 2

// firstYear is the first year of figures.
const firstYear = 1945

// TypedFigure is a figure as it was typed.
type TypedFigure struct{ Year, Value, Unit string }

// Entry is the form of an answer, with a new proof if any.
type Entry struct {
	Choice           string // the option; "0" deletes the answer
	Figures          [FigureRows]TypedFigure
	Source           string
	Version          int64 // of the answer when the form was opened
	Subject, Address string
	FileID           string      // of a file stored by Receive
	Received         file.Record // the same file, if it was sent with this form
}

// Again returns e for the page of a form that was sent before and has stored p then:
// without its proof, if that is p, and without its file, if that of p has the same bytes as
// sent. So none is stored twice, and another file with the same texts is kept.
func (e Entry) Again(p Proof, sent file.Record) Entry {
	same := sent.ID == "" || sent.SHA256 == p.File.SHA256
	if same && text.Line(e.Subject) == p.Subject && text.Line(e.Address) == p.Address {
		e.Subject, e.Address = "", ""
	}
	if same {
		e.FileID, e.Received = "", file.Record{}
	}
	return e
}

// proves reports whether the entry has a new proof.
func (e Entry) proves() bool { return text.Line(e.Subject+e.Address)+e.FileID != "" }

// measures reports whether the entry has any figure.
func (e Entry) measures() bool {
	for _, f := range e.Figures {
		if text.Line(f.Value) != "" {
			return true
		}
	}
	return false
}

// EntryOf returns the form with the stored answer. Without figures, their years are
// those before the measuring year.
func EntryOf(q Question) Entry {
	e := Entry{Choice: strconv.Itoa(q.Answer.Level), Source: q.Answer.Source, Version: q.Answer.Version}
	for n := range e.Figures {
		e.Figures[n].Year = strconv.Itoa(q.Period.Year - 1 - n)
		if n < len(q.Answer.Figures) {
			f := q.Answer.Figures[n]
			e.Figures[n] = TypedFigure{strconv.Itoa(f.Year), f.Value, f.Unit}
		} else if len(q.Answer.Figures) > 0 {
			e.Figures[n].Year = ""
		}
	}
	return e
}

// Save stores the answer and the proof of an entry, if any. earlier is the error of
// Receive, whose mistakes are returned with those of the entry; if it is temporary
// (fault.Temporary), Save returns it at once. Save returns Invalid with all mistakes,
// and Conflict if the answer was saved since the form was opened.
func (s *Service) Save(ctx context.Context, periodID, code string, e Entry, earlier error) error {
	if fault.Temporary(earlier) { // would fail again, after another wait
		return earlier
	}
	err := s.changeAnswer(ctx, periodID, code, func(ctx context.Context, q Question) error {
		a := Answer{
			PeriodID: periodID, Code: code, Source: text.Line(e.Source), Version: e.Version,
			By: actor.From(ctx).ID, At: s.Now(),
		}
		proof, err := s.readEntry(ctx, &a, q, e, earlier)
		if err != nil {
			return err
		}
		return s.store(ctx, a, proof)
	})
	return fault.Wrap(err, "regional answer %s %s", periodID, code)
}

// readEntry sets the values of e in a, and returns its new proof, if it has one;
// Invalid with all mistakes.
func (s *Service) readEntry(ctx context.Context, a *Answer, q Question, e Entry, earlier error) (proof *Proof, err error) {
	var check fault.Check
	var fine bool
	_, a.Level, fine = question.ReadChoice(q.Indicator, e.Choice)
	check.That(fine, "choice", "regional.option_choose")
	a.Figures = read(&check, e.Figures, q.Period.Year)
	checkSource(&check, a.Source)
	check.That(!e.measures() || a.Source != "", "source", "regional.source_missing")
	if e.proves() || earlier != nil {
		if proof, err = s.proof(ctx, &check, q, e, earlier); err != nil {
			return nil, err
		}
	}
	return proof, check.Err()
}

const (
	fieldFigureValue fault.FieldName = "figures.*.value" // by the row
	fieldFigureYear  fault.FieldName = "figures.*.year"
	fieldFigureUnit  fault.FieldName = "figures.*.unit"
)

// read returns the typed figures, the latest first; a row without a value is ignored.
func read(check *fault.Check, typed [FigureRows]TypedFigure, last int) (list []Figure) {
	for n, t := range typed {
		row := strconv.Itoa(n)
		value, unit := text.Line(t.Value), text.Line(t.Unit)
		if value == "" {
			continue
		}
		check.That(utf8.RuneCountInString(value) <= longestValue, fieldFigureValue.At(row), "regional.value_long", fault.Args{"Most": longestValue})
		checkUnit(check, fieldFigureUnit.At(row), unit)
		if year, fine := readYear(check, fieldFigureYear.At(row), t.Year, last); fine {
			check.That(len(list) == 0 || list[0].Year != year, fieldFigureYear.At(row), "regional.year_twice")
			list = append(list, Figure{year, value, unit})
		}
	}
	if len(list) == FigureRows && list[0].Year < list[1].Year {
		list[0], list[1] = list[1], list[0]
	}
	return list
}

func readYear(check *fault.Check, field fault.FieldName, typed string, last int) (year int, fine bool) {
	year, err := strconv.Atoi(text.Line(typed))
	fine = err == nil && year >= firstYear && year <= last
	check.That(fine, field, "regional.year_unread", fault.Args{"Last": strconv.Itoa(last)})
	return year, fine
}

func checkUnit(check *fault.Check, field fault.FieldName, unit string) {
	check.That(utf8.RuneCountInString(unit) <= longestUnit, field, "regional.unit_long", fault.Args{"Most": longestUnit})
}

func checkSource(check *fault.Check, source string) {
	check.That(utf8.RuneCountInString(source) <= longestSource, "source", "regional.source_long", fault.Args{"Most": longestSource})
}

func (s *Service) store(ctx context.Context, a Answer, proof *Proof) error {
	details := audit.Details{audit.KeyChoice: strconv.Itoa(a.Level), audit.KeySource: a.Source}
	if len(a.Figures) > 0 {
		details[audit.KeyFigures] = figureText(a.Figures...)
	}
	if err := s.Store.SaveAnswer(ctx, a); err != nil {
		return err
	}
	if proof != nil {
		if err := s.addProof(ctx, *proof); err != nil {
			return err
		}
		proof.details(details)
	}
	return s.Log.Append(ctx, audit.RegionalAnswer.Of(a.PeriodID, a.Code), EventAnswered, details)
}

// figureText formats figures with their years and units, as in "2024=12 % 2025=13 %".
func figureText(figures ...Figure) string {
	list := make([]string, 0, len(figures))
	for _, f := range figures {
		list = append(list, strings.TrimSpace(strconv.Itoa(f.Year)+"="+f.Value+" "+f.Unit))
	}
	return strings.Join(list, " ")
}
