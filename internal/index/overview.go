package index

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/decimal"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/zone"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/scoring"
)

// Overview is the index of a region with what it is compared with.
type Overview struct {
	Report
	Week     Snapshot // the last one up to seven days ago; zero for none
	LastYear Snapshot // the mark of the year before; zero for none
	ThisDay  Snapshot // the last one of the year before up to this day a year ago; zero for none
	Bundles  []Bundle // what adds most to the index, the best first
}

// daysOfWeek is how far back the change of a week is counted.
const daysOfWeek = 7

// Overview returns the index of a period as Of does, for those who may read the figures
// of every agency; Forbidden to others. It takes the same number of statements for any
// number of rows.
func (s *Service) Overview(ctx context.Context, p period.Pinned) (o Overview, err error) {
	if err := checkReader(ctx); err != nil {
		return Overview{}, err
	}
	if !seesAll(actor.From(ctx)) {
		return Overview{}, fault.New(fault.Forbidden, "fault.forbidden")
	}
	computed, err := s.now(ctx, p)
	if err != nil {
		return Overview{}, err
	}
	o.Report = computed.view(ctx, p)
	if err := s.addSnapshots(ctx, &o.Report); err != nil {
		return Overview{}, err
	}
	before, err := s.YearBefore(ctx, p)
	if err != nil {
		return Overview{}, err
	}
	today := zone.Today(ctx, s.Now())
	o.Week, _ = LastUpTo(o.Snapshots, today.AddDays(-daysOfWeek))
	o.LastYear, _ = MarkOf(before)
	o.ThisDay, _ = LastUpTo(before, yearAgo(today))
	if p.State == period.Open {
		o.Bundles = computed.bundles()
	}
	return o, nil
}

// YearBefore returns the snapshots of the year before a period's, the oldest first, to
// those who may read the figures; none if the region had no period then.
func (s *Service) YearBefore(ctx context.Context, p period.Pinned) ([]Snapshot, error) {
	if err := checkReader(ctx); err != nil {
		return nil, err
	}
	return s.Store.Snapshots(ctx, strconv.Itoa(p.Year-1))
}

// LastUpTo returns the last snapshot of the region's own figures up to and including a
// day, from a history with the oldest first.
func LastUpTo(history []Snapshot, on day.Day) (Snapshot, bool) {
	for _, m := range slices.Backward(history) {
		if m.Kind != National && m.Day <= on {
			return m, true
		}
	}
	return Snapshot{}, false
}

// MarkOf returns the index by which a year is remembered: the last one that the ministry
// published, or else the last of the region's own figures.
func MarkOf(history []Snapshot) (Snapshot, bool) {
	for _, m := range slices.Backward(history) {
		if m.Kind == National {
			return m, true
		}
	}
	if len(history) == 0 {
		return Snapshot{}, false
	}
	return history[len(history)-1], true
}

// yearAgo returns the same day of the year before; 28 February for 29 February.
func yearAgo(d day.Day) day.Day {
	year, month, n := d.Date()
	if month == 2 && n == 29 {
		n = 28
	}
	return day.Day(fmt.Sprintf("%04d-%02d-%02d", year-1, month, n))
}

// Year is a period with the mark by which its index is remembered.
type Year struct {
	period.Pinned
	Mark  Snapshot
	Known bool // there is a mark
}

// Years returns the periods of the region with their marks, the oldest first, to those who
// may read its figures. A period whose pack the program does not have is left out.
func (s *Service) Years(ctx context.Context) (list []Year, err error) {
	if err := checkReader(ctx); err != nil {
		return nil, err
	}
	all, err := s.Periods.All(ctx)
	if err != nil {
		return nil, err
	}
	marks, err := s.Store.LastSnapshots(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range slices.Backward(all) {
		pinned, err := s.Periods.Pin(p)
		if err != nil {
			continue
		}
		y := Year{Pinned: pinned}
		y.Mark, y.Known = MarkOf(slices.DeleteFunc(slices.Clone(marks), func(m Snapshot) bool { return m.PeriodID != p.ID }))
		list = append(list, y)
	}
	return list, nil
}

// Distance returns the next better band of the predicates and how much the index lacks
// to reach it; false in the best one.
func (r Report) Distance() (instrument.Band, decimal.Decimal, bool) {
	bands := r.Period.Pack.Predicates.Bands
	at := slices.IndexFunc(bands, func(b instrument.Band) bool { return b.Label == r.Result.Predicate })
	if at < 1 {
		return instrument.Band{}, 0, false
	}
	next := bands[at-1]
	return next, next.From - r.Result.Index.Value, true
}

// Change returns by how much the index differs from a snapshot, as both are printed.
func (r Report) Change(since Snapshot) decimal.Decimal {
	return r.Result.Index.Value - since.Figure.Round(r.Result.Index.Places).Value
}

// proven returns the figures that the region would have if every answer had its evidence.
func (s *Computation) proven() scoring.Result {
	all := scoring.Answers{Region: higher(s.answers.Region, s.unproven.Region), Innovations: slices.Clone(s.answers.Innovations)}
	for i := range all.Innovations {
		all.Innovations[i].Levels = higher(all.Innovations[i].Levels, s.unproven.Innovations[i])
	}
	return s.scorer.Score(all)
}

// higher returns the higher one of each two levels.
func higher(a, b []uint8) []uint8 {
	list := slices.Clone(a)
	for i := range list {
		if i < len(b) {
			list[i] = max(list[i], b[i])
		}
	}
	return list
}

// BundleKind is the kind of a Bundle.
type BundleKind string

// The kinds of bundles.
const (
	ProveAll  BundleKind = "bukti"   // evidence for every answer of innovations that has none
	LiftLow   BundleKind = "rendah"  // innovations of a low maturity reach LowMaturity
	OneOfMany BundleKind = "langkah" // one step of the region's own
)

// LowMaturity is what innovations of a low maturity should reach at least.
const LowMaturity = 30

// Bundle is steps that a region takes together, with what they add to the index. The
// gains of several do not add up: one answer may be part of two.
type Bundle struct {
	Kind                           BundleKind
	Step                           Step // of OneOfMany
	Innovations, Agencies, Answers int  // how many it is about; zero for OneOfMany
	Gain                           decimal.Ratio
}

// bundles returns what adds most to the index, the best first.
func (s *Computation) bundles() (list []Bundle) {
	for _, step := range s.steps(true, func(Entry) bool { return false }) {
		list = append(list, Bundle{Kind: OneOfMany, Step: step, Gain: step.Gain})
	}
	list = append(list, s.unprovenBundle(), s.lowBundle())
	list = slices.DeleteFunc(list, func(b Bundle) bool { return b.Gain.Compare(decimal.Ratio{}) <= 0 })
	slices.SortStableFunc(list, func(a, b Bundle) int { return b.Gain.Compare(a.Gain) })
	return list
}

// unprovenBundle is evidence for all answers of innovations that have none.
func (s *Computation) unprovenBundle() Bundle {
	b, of := Bundle{Kind: ProveAll}, map[string]bool{}
	after := scoring.Answers{Region: s.answers.Region, Innovations: slices.Clone(s.answers.Innovations)}
	for i, e := range s.entries {
		if n := len(e.Levels.Unproven); n > 0 {
			b.Innovations++
			b.Answers += n
			of[e.AgencyID] = true
		}
		after.Innovations[i].Levels = higher(after.Innovations[i].Levels, s.unproven.Innovations[i])
	}
	b.Agencies, b.Gain = len(of), s.scorer.Score(after).Exact.Minus(s.result.Exact)
	return b
}

// lowBundle is every innovation below LowMaturity reaching it.
func (s *Computation) lowBundle() Bundle {
	b, of := Bundle{Kind: LiftLow}, map[string]bool{}
	var lacks scoring.Points
	for _, e := range s.entries {
		if missing := decimal.FromInt(LowMaturity) - e.Maturity; missing > 0 {
			b.Innovations++
			lacks += missing
			of[e.AgencyID] = true
		}
	}
	b.Agencies, b.Gain = len(of), decimal.Over(lacks, s.result.Divisor).PercentOf(s.result.Max)
	return b
}

// Past is the maturities of innovations on an earlier day.
type Past struct {
	Day      day.Day // of the snapshot; empty for none
	Maturity map[string]scoring.Points
}

// WeekAgo returns the maturities of the innovations of some agencies in the last snapshot
// of a period up to seven days ago, as far as the actor may read them; no day and none if
// there is no such snapshot.
func (s *Service) WeekAgo(ctx context.Context, p period.Pinned, agencies []string) (Past, error) {
	if err := checkReader(ctx); err != nil {
		return Past{}, err
	}
	m, err := s.Store.SnapshotOn(ctx, p.ID, zone.Today(ctx, s.Now()).AddDays(-daysOfWeek))
	if fault.KindOf(err) == fault.NotFound {
		return Past{}, nil
	}
	if err != nil {
		return Past{}, err
	}
	who := actor.From(ctx)
	may := func(agencyID string) bool { return slices.Contains(agencies, agencyID) && mayOpen(who, agencyID) }
	past := Past{Day: m.Day}
	past.Maturity, err = maturities(s.Scorer.Of(p.Pack), m.Facts, may)
	return past, err
}

// storedLevels is an innovation of stored facts whose levels are decoded only if they are
// wanted: a region has many, an agency few.
type storedLevels struct {
	ID       string          `json:"id"`
	AgencyID string          `json:"agency"`
	Proven   json.RawMessage `json:"proven"`
}

// maturities returns those of the innovations of stored facts whose agency is wanted.
func maturities(scorer *scoring.Instrument, facts string, wanted func(agencyID string) bool) (map[string]scoring.Points, error) {
	var stored struct {
		Innovations []storedLevels `json:"innovations"`
	}
	if err := json.Unmarshal([]byte(facts), &stored); err != nil {
		return nil, fmt.Errorf("facts: %w", err)
	}
	list := map[string]scoring.Points{}
	for _, one := range stored.Innovations {
		if !wanted(one.AgencyID) {
			continue
		}
		var proven Choices
		if len(one.Proven) > 0 {
			if err := json.Unmarshal(one.Proven, &proven); err != nil {
				return nil, fmt.Errorf("facts of %s: %w", one.ID, err)
			}
		}
		list[one.ID] = scorer.InnovationPoints(scorer.InnovationLevels(proven.Of))
	}
	return list, nil
}
