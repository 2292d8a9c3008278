package demo

import (
	"crypto/sha256"
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"siida.id/internal/base/day"
	"siida.id/internal/evidence"
	"siida.id/internal/instrument"
)

// act is one save of one answer.
type act struct {
	innovation int // its place in the world
	day        int // its place in the period's days
	row        *instrument.Indicator
	choice     string
	version    int64 // of the answer before
	finished   bool
	proof      proof
	dated      day.Day // of a new document
}

type proof int

// An answer has no evidence, new evidence, or that of the same indicator in the
// period before.
const (
	unproven proof = iota
	fresh
	carried
)

// dice is a generator of its own for each thing that is thrown for, so that a
// change of one leaves all others as they were.
func dice(seed uint64, parts ...string) *rand.Rand {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return rand.New(rand.NewPCG(seed, binary.BigEndian.Uint64(sum[:]))) //nolint:gosec // the same seed must make the same world
}

// of a hundred, so many.
func often(d *rand.Rand, percent int) bool { return d.IntN(100) < percent }

// plan derives all answers of a period: those of each innovation, day by day.
// before are those of the period before, from which evidence is carried on.
func (w world) plan(p periodRow, rows []*instrument.Indicator, before []act) (list []act) {
	for at := range w.Innovations {
		list = append(list, w.answers(p, at, rows, before)...)
	}
	slices.SortStableFunc(list, func(a, b act) int { return a.day - b.day })
	return list
}

func (w world) answers(p periodRow, at int, rows []*instrument.Indicator, before []act) (list []act) {
	i := w.Innovations[at]
	written := len(i.Answers) > 0 && w.Periods[len(w.Periods)-1].ID == p.ID
	for _, row := range rows {
		d := dice(w.Seed, p.ID, i.Name, row.Code)
		a := act{innovation: at, row: row, day: w.registered(p, i)}
		a.day += d.IntN(len(p.Days) - a.day)
		a.dated = w.dated(i, p.Days[a.day], d)
		ok := false
		if written {
			a.choice, a.proof, a.finished = i.Answers[row.Code], fresh, true
			if slices.Contains(i.Unproven, row.Code) {
				a.choice, a.proof, a.finished = "1", unproven, false
			}
			ok = a.choice != ""
		} else if m, has := w.Maturities[i.Maturity[p.ID]]; has {
			ok = a.derive(d, m, before)
		}
		if ok {
			list = append(list, a.revised(d, len(p.Days))...)
		}
	}
	return slices.DeleteFunc(list, func(a act) bool { return i.Put.On != "" && p.Days[a.day] >= i.Put.On })
}

// registered is the day on which an innovation is there: one of the first three
// of its first period.
func (w world) registered(p periodRow, i innovationRow) int {
	if i.First != p.ID {
		return 0
	}
	return dice(w.Seed, "registered", i.Name).IntN(min(3, len(p.Days)))
}

// derive throws for an answer, and reports whether there is one.
func (a *act) derive(d *rand.Rand, m maturity, before []act) bool {
	answered, proven, done, carry := often(d, m.Answered), often(d, m.Proven), often(d, 85), often(d, 80)
	level := weighted(d, m.Levels)
	basis := ""
	if n := len(a.row.Alternatives); n > 0 {
		basis = a.row.Alternatives[d.IntN(n)].Code + ":"
	}
	a.choice, a.finished = basis+strconv.Itoa(level), proven && done || m.Answered == 100
	if proven {
		a.proof = fresh
	}
	if choice, there := last(before, a.innovation, a.row.Code); there && proven && carry {
		a.choice, a.proof = choice, carried
	}
	return answered
}

// last is the option that was last claimed for an indicator, where it was proven.
func last(list []act, innovation int, code string) (choice string, there bool) {
	for _, a := range list {
		if a.innovation == innovation && a.row.Code == code {
			choice, there = a.choice, there || a.proof != unproven
		}
	}
	return choice, there
}

// weighted throws for an option.
func weighted(d *rand.Rand, weights [3]int) (level int) {
	n := d.IntN(weights[0] + weights[1] + weights[2])
	for level = 1; n >= weights[level-1]; level++ {
		n -= weights[level-1]
	}
	return level
}

// revised is an answer as it is saved: now and then it begins lower, and is
// raised on a later day.
func (a act) revised(d *rand.Rand, days int) []act {
	basis, level := a.parts()
	if a.proof != fresh || level < 2 || a.day+1 >= days || !often(d, 8) {
		return []act{a}
	}
	first, then := a, a
	first.choice, first.finished = basis+strconv.Itoa(level-1), false
	then.day, then.version, then.proof = a.day+1+d.IntN(days-a.day-1), 1, unproven
	return []act{first, then}
}

func (a act) parts() (basis string, level int) {
	at := strings.Index(a.choice, ":") + 1
	level, _ = strconv.Atoi(a.choice[at:]) // zero for what is no answer
	return a.choice[:at], level
}

// dated is the day of a document: soon after the innovation began, and before
// it is sent.
func (w world) dated(i innovationRow, sent string, d *rand.Rand) day.Day {
	from := max(i.Tried, i.Applied, i.Developed, w.Begins)
	for _, known := range []string{i.Developed, i.Applied, i.Tried} {
		if known != "" {
			from = known
			break
		}
	}
	if year, _, _ := day.Day(from).Date(); year == 0 {
		return day.Day(sent)
	}
	return min(day.Day(from).AddDays(d.IntN(200)), day.Day(sent))
}

// picture reports whether the evidence for a row is a picture: where it takes
// nothing else, and now and then where it takes both.
func (a act) picture() bool {
	formats := evidence.Formats(a.row)
	if !slices.Contains(formats, "pdf") {
		return true
	}
	return slices.Contains(formats, "jpg") && a.innovation%4 == 0
}
