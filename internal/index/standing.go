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

// Standing is what the innovations of one agency add to the index.
type Standing struct {
	Agency
	Reports int            // innovations that count
	Highest scoring.Points // the highest maturity among them
	Total   scoring.Points // all their maturities
	// Gain is their share of the mean and of the score for the number of
	// innovations, in points of the index. The gains of all agencies and the
	// region's own rows add up to the index, before rounding.
	Gain decimal.Ratio
}

// standings lists the agencies that who may see: those with something that
// counts, the largest contribution first, and the living ones without.
func standings(who actor.Actor, r Report, facts Facts, entries []Entry) (list []Standing, silent []Agency) {
	byID := map[string]*Standing{}
	for _, e := range entries {
		s := byID[e.AgencyID]
		if s == nil {
			s = &Standing{Agency: Agency{ID: e.AgencyID}}
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
	slices.SortStableFunc(list, func(a, b Standing) int { return b.Gain.Compare(a.Gain) })
	return list, silent
}

// share is what some of the innovations that count add to the index.
func share(r scoring.Result, reports int, total scoring.Points) decimal.Ratio {
	gain := decimal.Over(total, r.Divisor)
	if r.Count.N > 0 {
		gain = gain.Plus(decimal.Over(r.Count.Points.Times(reports), r.Count.N))
	}
	return gain.PercentOf(r.Max)
}

// Order is one way to rank agencies.
type Order string

// The three ways in which the province ranks: by the highest maturity of one
// innovation, by the number of reports, and by the sum of all maturities.
const (
	ByHighest Order = "tertinggi"
	ByReports Order = "terbanyak"
	ByTotal   Order = "jumlah"
)

// Orders lists them.
func Orders() []Order { return []Order{ByHighest, ByReports, ByTotal} }

// Ranked is a standing with its place; those that are alike share one.
type Ranked struct {
	Standing
	Place int
}

// RankAgencies ranks the agencies of a report. Of two alike the one whose name
// comes first is listed first, at the same place.
func RankAgencies(r Report, by Order) []Ranked {
	list := slices.Clone(r.Agencies)
	text.SortByName(list, func(s Standing) (name, id string) { return s.Name, s.ID })
	compare := map[Order]func(a, b Standing) int{
		ByHighest: func(a, b Standing) int { return cmp.Compare(b.Highest, a.Highest) },
		ByReports: func(a, b Standing) int { return cmp.Compare(b.Reports, a.Reports) },
		ByTotal:   func(a, b Standing) int { return cmp.Compare(b.Total, a.Total) },
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

// Bin is how many innovations have a maturity from From up to To.
type Bin struct {
	From, To    int // in points; To is not in it, but for the last bin
	Innovations int
}

// MostMaturity is the highest maturity that the pack gives.
func (r Report) MostMaturity() scoring.Points {
	return r.Period.Pack.Aspect(instrument.PerInnovation).Max.Value
}

// bins is into how many parts of equal width the maturities are sorted.
const bins = 6

// Distribution sorts the maturities of all innovations that count into bins of
// equal width from 0 to the highest that the pack gives.
func (r Report) Distribution() []Bin {
	most := int(r.MostMaturity() / decimal.FromInt(1))
	width := (most + bins - 1) / bins
	list := make([]Bin, bins)
	for i := range list {
		list[i].From, list[i].To = i*width, min((i+1)*width, most)
	}
	for _, m := range r.Result.Maturity {
		at := min(int(m/decimal.FromInt(1))/width, bins-1)
		list[at].Innovations++
	}
	return list
}
