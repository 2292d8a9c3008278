package scoring

import (
	"siida.id/internal/base/decimal"
	"siida.id/internal/instrument"
)

// Points are the points of a row, an innovation or a region.
type Points = decimal.Decimal

// Instrument is a pack compiled for scoring. It is safe for concurrent use.
type Instrument struct {
	pack    *instrument.Pack
	region  sheet
	each    sheet
	affairs map[string]Affair
	basic   [256]uint64 // the bit of each basic-service affair, 0 for all others
	bases   bases
}

// Affair is an affair (urusan) of the pack; the zero value is none.
type Affair uint8

// Compile compiles a pack. It cannot fail, since packs are checked when they are
// read.
func Compile(p *instrument.Pack) *Instrument {
	in := &Instrument{pack: p, affairs: map[string]Affair{}, bases: basesOf(p)}
	in.region, in.each = in.sheet(instrument.PerRegion), in.sheet(instrument.PerInnovation)
	bit := uint64(1)
	for i, name := range p.AffairNames() {
		affair := Affair(i + 1) // a pack has at most 255
		in.affairs[name] = affair
		if p.IsBasic(name) {
			in.basic[affair] = bit
			bit <<= 1
		}
	}
	return in
}

// Pack returns the pack of in.
func (in *Instrument) Pack() *instrument.Pack { return in.pack }

// Affair returns an affair by its name in the pack.
func (in *Instrument) Affair(name string) (Affair, bool) {
	a, ok := in.affairs[name]
	return a, ok
}

// sheet has the rows of an aspect.
type sheet struct {
	codes []string // of the rows, in the pack's order
	// points has an entry for every level that a byte can hold, so that the inner
	// loop needs no bounds check. Level 0, and any that a row does not have, earns
	// nothing.
	points  [][256]Points
	reasons [][]Reason // by row and level
}

func (in *Instrument) sheet(scope instrument.Scope) sheet {
	var s sheet
	for _, row := range in.pack.Rows(scope) {
		s.codes = append(s.codes, row.Code)
		var points [256]Points
		for _, o := range row.Options {
			points[o.Level] = row.Points(o.Level)
		}
		s.points = append(s.points, points)
		s.reasons = append(s.reasons, rowReasons(row))
	}
	return s
}

func (s *sheet) sum(levels []uint8) (sum Points) {
	points := s.points[:len(levels)]
	for row, level := range levels {
		sum += points[row][level]
	}
	return sum
}

func (s *sheet) levels(chosen func(code string) int) []uint8 {
	levels := make([]uint8, len(s.points))
	for row, code := range s.codes {
		if level := chosen(code); level > 0 && level < len(s.reasons[row]) {
			levels[row] = uint8(level) //nolint:gosec // bounded by the row's options
		}
	}
	return levels
}
