// Package scoringbench generates the same answers of a whole nation every time, and
// computes the floor that no scoring of them can be faster than. The benchmarks of
// scoring and `make bench` use it.
package scoringbench

import (
	"siida.id/internal/instrument"
	"siida.id/internal/scoring"
)

// The regions of 2025 and the innovations that they reported.
const (
	Regions     = 552
	Innovations = 36_742
)

// Nation generates the answers of every region of Indonesia.
func Nation(in *scoring.Instrument) []scoring.Answers {
	nation := make([]scoring.Answers, Regions)
	for i := range nation {
		n := Innovations / Regions
		if i < Innovations%Regions {
			n++
		}
		nation[i] = Region(in, n, i)
	}
	return nation
}

// Region generates the answers of a region with n innovations. The levels of its
// innovations are adjacent in memory, as after reading them from a store.
func Region(in *scoring.Instrument, n, seed int) scoring.Answers {
	dice := dice(seed) //nolint:gosec // any bits will do
	p := in.Pack()
	names := p.AffairNames()
	answers := scoring.Answers{
		Region:      dice.levels(p.Rows(instrument.PerRegion)),
		Innovations: make([]scoring.Innovation, n),
	}
	rows := p.Rows(instrument.PerInnovation)
	levels := make([]uint8, 0, n*len(rows))
	for i := range answers.Innovations {
		affair, _ := in.Affair(names[dice.roll(len(names))])
		levels = append(levels, dice.levels(rows)...)
		answers.Innovations[i] = scoring.Innovation{Affair: affair, Levels: levels[i*len(rows) : (i+1)*len(rows)]}
	}
	return answers
}

// Floor adds up every level of the nation, which every scoring has to read.
func Floor(nation []scoring.Answers) (sum uint64) {
	for r := range nation {
		for _, level := range nation[r].Region {
			sum += uint64(level)
		}
		for i := range nation[r].Innovations {
			for _, level := range nation[r].Innovations[i].Levels {
				sum += uint64(level)
			}
		}
	}
	return sum
}

// dice is a linear congruential generator; its numbers are the same on every machine.
type dice uint64

func (d *dice) roll(sides int) int {
	*d = *d*6364136223846793005 + 1442695040888963407
	return int(uint64(*d) >> 33 % uint64(sides)) //nolint:gosec // 31 bits, and sides are few
}

func (d *dice) levels(rows []*instrument.Indicator) []uint8 {
	levels := make([]uint8, len(rows))
	for i, row := range rows {
		levels[i] = uint8(d.roll(len(row.Options) + 1)) //nolint:gosec // a row has at most nine options
	}
	return levels
}
