package index

import (
	"cmp"
	"slices"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/decimal"
	"siida.id/internal/base/text"
	"siida.id/internal/instrument"
	"siida.id/internal/scoring"
)

// Contribution is the contribution of an agency's innovations to the index.
type Contribution struct {
	Agency
	Reports int            // innovations that count
	Highest scoring.Points // the highest maturity among them
	Total   scoring.Points // the sum of their maturities
	// Gain is their share of the mean and of the score for the number of
	// innovations, in points of the index. The gains of all agencies and the
	// region's own rows add up to the index, before rounding.
	Gain decimal.Ratio
}

// contributions returns the agencies that who may see: those with innovations that
// count, the largest contribution first, and as silent the existing ones without.
func contributions(who actor.Actor, r Report, facts Facts, entries []Entry) (list []Contribution, silent []Agency) {
	byID := map[string]*Contribution{}
	for _, e := range entries {
		s := byID[e.AgencyID]
		if s == nil {
			s = &Contribution{Agency: Agency{ID: e.AgencyID}}
			byID[e.AgencyID] = s
		}
		s.Reports++
		s.Total += e.Maturity
		s.Highest = max(s.Highest, e.Maturity)
	}
	for _, a := range facts.Agencies {
		if !r.All && !mayOpen(who, a.ID) {
			continue
		}
		s := byID[a.ID]
		if s == nil {
			silent = append(silent, a)
			continue
		}
		s.Agency, s.Gain = a, share(r.Result, s.Reports, s.Total)
		list = append(list, *s)
	}
	slices.SortStableFunc(list, func(a, b Contribution) int { return b.Gain.Compare(a.Gain) })
	return list, silent
}

// share returns the contribution of some of the counted innovations to the index.
func share(r scoring.Result, reports int, total scoring.Points) decimal.Ratio {
	gain := decimal.Over(total, r.Divisor)
	if r.Count.N > 0 {
		gain = gain.Plus(decimal.Over(r.Count.Points.Times(reports), r.Count.N))
	}
	return gain.PercentOf(r.Max)
}

// Order is a figure by which agencies are ranked.
type Order string

// The province ranks by the highest maturity of one innovation, by the number of
// reports, and by the sum of all maturities.
const (
	ByHighest Order = "tertinggi"
	ByReports Order = "terbanyak"
	ByTotal   Order = "jumlah"
)

// Orders returns the orders.
func Orders() []Order { return []Order{ByHighest, ByReports, ByTotal} }

// Ranked is a contribution with its place; equal ones have the same place.
type Ranked struct {
	Contribution
	Place int
}

// RankAgencies ranks the agencies of a report. Equal ones have the same place and are
// ordered by name.
func RankAgencies(r Report, by Order) []Ranked {
	list := slices.Clone(r.Agencies)
	text.SortByName(list, func(s Contribution) (name, id string) { return s.Name, s.ID })
	compare := map[Order]func(a, b Contribution) int{
		ByHighest: func(a, b Contribution) int { return cmp.Compare(b.Highest, a.Highest) },
		ByReports: func(a, b Contribution) int { return cmp.Compare(b.Reports, a.Reports) },
		ByTotal:   func(a, b Contribution) int { return cmp.Compare(b.Total, a.Total) },
	}[by]
	slices.SortStableFunc(list, compare)
	ranked := make([]Ranked, len(list))
	for i, s := range list {
		ranked[i] = Ranked{s, i + 1}
		if i > 0 && compare(list[i-1], s) == 0 {
			ranked[i].Place = ranked[i-1].Place
		}
	}
	return ranked
}

// RankedEntry is an innovation with its place.
type RankedEntry struct {
	Entry
	Place int
}

// RankInnovations ranks the innovations of a report by their maturity.
func RankInnovations(r Report) []RankedEntry {
	list := slices.Clone(r.Counted)
	slices.SortStableFunc(list, func(a, b Entry) int { return cmp.Compare(b.Maturity, a.Maturity) })
	ranked := make([]RankedEntry, len(list))
	for i, e := range list {
		ranked[i] = RankedEntry{e, i + 1}
		if i > 0 && list[i-1].Maturity == e.Maturity {
			ranked[i].Place = ranked[i-1].Place
		}
	}
	return ranked
}

// Bin is the number of innovations with a maturity from From to To.
type Bin struct {
	From, To    int // in points; To is excluded, except in the last bin
	Innovations int
}

// MaxMaturity returns the highest maturity of the pack.
func (r Report) MaxMaturity() scoring.Points {
	return r.Period.Pack.Aspect(instrument.PerInnovation).Max.Value
}

// bins is the number of bins of a distribution.
const bins = 6

// Distribution returns the maturities of all counted innovations as bins of equal
// width, from 0 to the pack's highest.
func (r Report) Distribution() []Bin {
	highest := int(r.MaxMaturity() / decimal.FromInt(1))
	width := (highest + bins - 1) / bins
	list := make([]Bin, bins)
	for i := range list {
		list[i].From, list[i].To = i*width, min((i+1)*width, highest)
	}
	for _, m := range r.Result.Maturity {
		at := min(int(m/decimal.FromInt(1))/width, bins-1)
		list[at].Innovations++
	}
	return list
}
