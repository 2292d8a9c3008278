package demo

import (
	"crypto/sha256"
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"siida.id/internal/base/day"
	"siida.id/internal/instrument"
	"siida.id/internal/question"
)

// act is one save of one answer.
type act struct {
	innovation int // index in world.Innovations
	day        int // index in the period's days
	rest       int // one more than the index in the days of the rest; zero for none
	row        *instrument.Indicator
	choice     string
	version    int64 // of the previous answer
	marked     bool  // as finished without evidence
	proof      proof
	dated      day.Day // of a new document
}

type proof int

// An answer has no evidence, new evidence, or that of the same indicator in the
// previous period.
const (
	unproven proof = iota
	newProof
	reused
)

// dice returns a separate random generator for each purpose, so that changing
// one value leaves all others unchanged.
func dice(seed uint64, parts ...string) *rand.Rand {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return rand.New(rand.NewPCG(seed, binary.BigEndian.Uint64(sum[:]))) //nolint:gosec // the same seed must give the same world
}

// chance reports true in percent of 100 cases.
func chance(d *rand.Rand, percent int) bool { return d.IntN(100) < percent }

// plan derives all answers of a period: those of each innovation, day by day.
// before are the acts of the previous period, whose evidence may be reused.
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
			a.choice, a.proof = i.Answers[row.Code], newProof
			if slices.Contains(i.Unproven, row.Code) {
				a.choice, a.proof = "1", unproven
			}
			ok = a.choice != ""
		} else if m, has := w.Maturities[i.Maturity[p.ID]]; has {
			ok = a.derive(d, m, before)
		}
		if ok {
			list = append(list, a.revised(d, len(p.Days))...)
		}
	}
	for n := range list {
		list[n].rest = w.rest(p, i, list[n])
	}
	return slices.DeleteFunc(list, func(a act) bool { return i.Put.On != "" && p.Days[a.day] >= i.Put.On })
}

// rest moves some of the work of the last day to the days after it, so that the index
// moves on these too; what is answered in the end stays the same.
func (w world) rest(p periodRow, i innovationRow, a act) int {
	if len(p.Rest) == 0 || a.day < len(p.Days)-1 {
		return 0
	}
	return dice(w.Seed, "rest", p.ID, i.Name, a.row.Code).IntN(len(p.Rest) + 1)
}

// registered returns the index of the day on which an innovation is registered:
// one of the first three of its first period.
func (w world) registered(p periodRow, i innovationRow) int {
	if i.First != p.ID {
		return 0
	}
	return dice(w.Seed, "registered", i.Name).IntN(min(3, len(p.Days)))
}

// derive chooses an answer at random, and reports whether there is one.
func (a *act) derive(d *rand.Rand, m maturity, before []act) bool {
	answered, proven, lost, carry := chance(d, m.Answered), chance(d, m.Proven), chance(d, 15), chance(d, 80)
	level := weighted(d, m.Levels)
	basis := ""
	if n := len(a.row.Alternatives); n > 0 {
		basis = a.row.Alternatives[d.IntN(n)].Code + ":"
	}
	a.choice, a.marked = basis+strconv.Itoa(level), !proven && (lost || m.Answered == 100)
	if proven {
		a.proof = newProof
	}
	if choice, there := last(before, a.innovation, a.row.Code); there && proven && carry {
		a.choice, a.proof = choice, reused
	}
	return answered
}

// last returns the option last claimed for an indicator, and whether it was ever
// proven.
func last(list []act, innovation int, code string) (choice string, there bool) {
	for _, a := range list {
		if a.innovation == innovation && a.row.Code == code {
			choice, there = a.choice, there || a.proof != unproven
		}
	}
	return choice, there
}

// weighted chooses an option at random.
func weighted(d *rand.Rand, weights [3]int) (level int) {
	n := d.IntN(weights[0] + weights[1] + weights[2])
	for level = 1; n >= weights[level-1]; level++ {
		n -= weights[level-1]
	}
	return level
}

// revised returns the saves of one answer: some begin lower and are raised on a
// later day.
func (a act) revised(d *rand.Rand, days int) []act {
	basis, level := a.parts()
	if a.proof != newProof || level < 2 || a.day+1 >= days || !chance(d, 8) {
		return []act{a}
	}
	first, then := a, a
	first.choice = basis + strconv.Itoa(level-1)
	then.day, then.version, then.proof = a.day+1+d.IntN(days-a.day-1), 1, unproven
	return []act{first, then}
}

func (a act) parts() (basis string, level int) {
	at := strings.Index(a.choice, ":") + 1
	level, _ = strconv.Atoi(a.choice[at:]) // zero without an answer
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

// picture reports whether the evidence for a row is a picture: always if only
// pictures are accepted, sometimes if both are.
func (a act) picture() bool {
	formats := question.Formats(a.row)
	if !slices.Contains(formats, "pdf") {
		return true
	}
	return slices.Contains(formats, "jpg") && a.innovation%4 == 0
}
