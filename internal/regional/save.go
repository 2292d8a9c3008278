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

// What a form takes at most, in letters.
const (
	longestValue   = 60
	longestUnit    = 40
	longestSource  = 200
	longestSubject = 500
)

// FigureRows is how many figures a form takes: a change rests on two years.
const FigureRows = 2

// firstYear is the first that a figure can be of.
const firstYear = 1945

// TypedFigure is a figure as a person gives it.
type TypedFigure struct{ Year, Value string }

// Entry is an answer, perhaps with a new proof, as a person gives it.
type Entry struct {
	Choice           string // the option; "0" takes the answer back
	Figures          [FigureRows]TypedFigure
	Unit, Source     string
	Version          int64 // of the answer that the person saw
	Subject, Address string
	FileID           string      // one that Receive has taken
	Received         file.Record // the same, where it came with this very form
}

// proves reports whether the entry brings a new proof, and not only an answer.
func (e Entry) proves() bool { return strings.TrimSpace(e.Subject+e.Address)+e.FileID != "" }

// measures reports whether the entry brings any figure.
func (e Entry) measures() bool {
	for _, f := range e.Figures {
		if text.Line(f.Value) != "" {
			return true
		}
	}
	return false
}

// EntryOf is an answer as a form shows it. Where it has no figures yet, their
// years are those before the measuring year.
func EntryOf(q Question) Entry {
	e := Entry{Choice: strconv.Itoa(q.Answer.Level), Unit: q.Answer.Unit, Source: q.Answer.Source, Version: q.Answer.Version}
	for n := range e.Figures {
		e.Figures[n].Year = strconv.Itoa(q.Period.Year - 1 - n)
		if n < len(q.Answer.Figures) {
			f := q.Answer.Figures[n]
			e.Figures[n] = TypedFigure{strconv.Itoa(f.Year), f.Value}
		} else if len(q.Answer.Figures) > 0 {
			e.Figures[n].Year = ""
		}
	}
	return e
}

// Save stores the answer and, where the entry brings one, its proof. earlier
// carries the mistakes of a file that Receive refused, so that all are told at
// once; where Receive could not store it now (fault.Temporary), Save does not try
// either and returns that. It returns Invalid with every field that needs a repair,
// and Conflict when somebody else answered meanwhile.
func (s *Service) Save(ctx context.Context, periodID, code string, e Entry, earlier error) error {
	if fault.Temporary(earlier) { // the wait has been had, and would be again
		return earlier
	}
	err := s.changeAnswer(ctx, periodID, code, func(ctx context.Context, q Question) error {
		a := Answer{
			PeriodID: periodID, Code: code, Unit: text.Line(e.Unit), Source: text.Line(e.Source), Version: e.Version,
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

// readEntry sets what e says into a, and makes the proof that it brings, if it
// brings one. It returns Invalid with every mistake.
func (s *Service) readEntry(ctx context.Context, a *Answer, q Question, e Entry, earlier error) (proof *Proof, err error) {
	var check fault.Check
	var fine bool
	_, a.Level, fine = question.ReadChoice(q.Indicator, e.Choice)
	check.That(fine, "choice", "regional.option_choose")
	a.Figures = read(&check, e.Figures, q.Period.Year)
	checkWords(&check, a.Unit, a.Source)
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
)

// read makes figures of what was typed, the latest first; a row without a value is none.
func read(check *fault.Check, typed [FigureRows]TypedFigure, last int) (list []Figure) {
	for n, t := range typed {
		row := strconv.Itoa(n)
		value := text.Line(t.Value)
		if value == "" {
			continue
		}
		check.That(utf8.RuneCountInString(value) <= longestValue, fieldFigureValue.At(row), "regional.value_long", fault.Args{"Most": longestValue})
		if year, fine := readYear(check, fieldFigureYear.At(row), t.Year, last); fine {
			check.That(len(list) == 0 || list[0].Year != year, fieldFigureYear.At(row), "regional.year_twice")
			list = append(list, Figure{year, value})
		}
	}
	if len(list) == FigureRows && list[0].Year < list[1].Year {
		list[0], list[1] = list[1], list[0]
	}
	return list
}

func readYear(check *fault.Check, field fault.FieldName, typed string, last int) (year int, fine bool) {
	year, err := strconv.Atoi(strings.TrimSpace(typed))
	fine = err == nil && year >= firstYear && year <= last
	check.That(fine, field, "regional.year_unread", fault.Args{"Last": strconv.Itoa(last)})
	return year, fine
}

func checkWords(check *fault.Check, unit, source string) {
	check.That(utf8.RuneCountInString(unit) <= longestUnit, "unit", "regional.unit_long", fault.Args{"Most": longestUnit})
	check.That(utf8.RuneCountInString(source) <= longestSource, "source", "regional.source_long", fault.Args{"Most": longestSource})
}

func (s *Service) store(ctx context.Context, a Answer, proof *Proof) error {
	details := audit.Details{audit.KeyChoice: strconv.Itoa(a.Level), audit.KeyUnit: a.Unit, audit.KeySource: a.Source}
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

// figureText is figures with their years, as in "2024=12 2025=13".
func figureText(figures ...Figure) string {
	list := make([]string, 0, len(figures))
	for _, f := range figures {
		list = append(list, strconv.Itoa(f.Year)+"="+f.Value)
	}
	return strings.Join(list, " ")
}
