package evidence

import (
	"cmp"
	"slices"

	"siida.id/internal/file"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/planner"
	"siida.id/internal/question"
	"siida.id/internal/scoring"
)

// Row is an indicator with its answer.
type Row struct {
	Indicator *instrument.Indicator
	Claim
	Weak   int            // how many of its documents are weak
	Void   int            // how many of its documents cannot be opened, and prove nothing
	Option string         // the text of the chosen option
	Reason scoring.Reason // of its points
	Worth  planner.Worth
}

// Mend reports whether an answer is not finished although documents were sent for it:
// they cannot be opened.
func (r Row) Mend() bool { return !r.State().Finished() && r.Void > 0 }

// Group is the rows of a variable of the pack.
type Group = question.Group[Row]

// Answers are all answers of an innovation in a period.
type Answers struct {
	Groups   []Group // by the pack's variables
	Maturity scoring.Points
	Max      scoring.Points
}

// Rows is a part of the answers.
type Rows []Row

// Worth returns what the rows can add to the maturity, at most.
func (list Rows) Worth() (sum scoring.Points) {
	for _, r := range list {
		sum += r.Worth.Points
	}
	return sum
}

// Missing returns the rows that are not finished: those of the highest worth first, and of
// equal ones in the order of their numbers.
func (a Answers) Missing() (list Rows) {
	for _, g := range a.Groups {
		for _, r := range g.Rows {
			if !r.State().Finished() {
				list = append(list, r)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Row) int {
		return cmp.Or(cmp.Compare(b.Worth.Points, a.Worth.Points), cmp.Compare(a.Indicator.Number, b.Indicator.Number))
	})
	return list
}

// Tally returns how many indicators are finished, and how many there are.
func (a Answers) Tally() (n, total int) {
	for _, g := range a.Groups {
		total += len(g.Rows)
	}
	return total - len(a.Missing()), total
}

// Any reports whether any indicator has an option.
func (a Answers) Any() bool {
	return slices.ContainsFunc(a.Groups, func(g Group) bool {
		return slices.ContainsFunc(g.Rows, func(r Row) bool { return r.Level > 0 })
	})
}

// Mend returns the missing rows whose documents cannot be opened.
func (a Answers) Mend() Rows {
	return slices.DeleteFunc(a.Missing(), func(r Row) bool { return !r.Mend() })
}

// Open returns the other missing rows.
func (a Answers) Open() Rows { return slices.DeleteFunc(a.Missing(), Row.Mend) }

// Done returns the finished rows, by the pack's variables.
func (a Answers) Done() (groups []Group) {
	for _, g := range a.Groups {
		g.Rows = slices.DeleteFunc(slices.Clone(g.Rows), func(r Row) bool { return !r.State().Finished() })
		if len(g.Rows) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// answersOf returns the claims of a period with their points, in the pack's order; used
// are the documents of the innovation.
func answersOf(scorer *scoring.Instrument, p period.Pinned, claims []Claim, used []UsedDocument) (all Answers) {
	byCode := map[string]Claim{}
	for _, c := range claims {
		byCode[c.Code] = c
	}
	levels := scorer.InnovationLevels(func(code string) int { return byCode[code].Proven() })
	result := scorer.Score(scoring.Answers{Innovations: []scoring.Innovation{{Levels: levels}}})
	all.Maturity, all.Max = result.Maturity[0], p.Pack.Aspect(instrument.PerInnovation).Max.Value
	reasons := scorer.InnovationRows(levels)
	all.Groups = question.Groups(p.Pack, instrument.PerInnovation, func(i int, indicator *instrument.Indicator) Row {
		c := byCode[indicator.Code]
		row := Row{
			Indicator: indicator, Claim: c, Option: question.OptionText(indicator, c.Basis, c.Level), Reason: *reasons[i],
			Worth: planner.WorthOf(indicator, c.Level, c.Proven()),
		}
		for _, d := range proving(used, indicator.Code) {
			if len(question.Weaknesses(indicator, p.Year, d.Evidence())) > 0 {
				row.Weak++
			}
			if d.File.State == file.Unopenable {
				row.Void++
			}
		}
		return row
	})
	return all
}
