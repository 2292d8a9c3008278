package scoring_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"siida.id/internal/base/decimal"
	"siida.id/internal/instrument"
	"siida.id/internal/scoring"
)

// draw generates a region with any levels that a byte can hold, whether a row has
// them or not.
func draw(t *rapid.T, in *scoring.Instrument) scoring.Answers {
	level := rapid.OneOf(rapid.Uint8Range(0, 5), rapid.Uint8())
	p := in.Pack()
	a := scoring.Answers{Region: slice(t, level, len(p.Rows(instrument.PerRegion)), "region")}
	for range rapid.IntRange(0, 30).Draw(t, "n") {
		affair, _ := in.Affair(rapid.SampledFrom(p.AffairNames()).Draw(t, "affair"))
		a.Innovations = append(a.Innovations, scoring.Innovation{Affair: affair, Levels: slice(t, level, len(p.Rows(instrument.PerInnovation)), "levels")})
	}
	return a
}

func slice(t *rapid.T, g *rapid.Generator[uint8], n int, label string) []uint8 {
	return rapid.SliceOfN(g, n, n).Draw(t, label)
}

func each(t *testing.T, check func(t *rapid.T, in *scoring.Instrument, a scoring.Answers)) {
	for _, id := range packs {
		in := compiled(t, id)
		t.Run(id, rapid.MakeCheck(func(t *rapid.T) { check(t, in, draw(t, in)) }))
	}
}

// The reasons add up to the figures, from the rows upwards.
func TestReasonsSumToTheFigures(t *testing.T) {
	each(t, func(t *rapid.T, in *scoring.Instrument, a scoring.Answers) {
		r := in.Score(a)
		figures := map[scoring.Figure]decimal.Ratio{}
		for _, why := range in.Explain(r) {
			figures[why.Figure] = why.Value
		}
		equal := func(name string, got, want decimal.Ratio) {
			if !got.Equal(want) {
				t.Fatalf("%s is %s, its reasons give %s", name, want, got)
			}
		}
		equal("SPD", sum(in.Rows(a.Region)), figures[scoring.FigureSPD])
		var all decimal.Decimal
		for i, m := range r.Maturity {
			equal("maturity", sum(in.InnovationRows(a.Innovations[i].Levels)), in.Maturity(m).Value)
			all += m
		}
		equal("mean", decimal.Over(all, max(in.Pack().Divisor.Value, len(a.Innovations))), figures[scoring.FigureMean])
		equal("total", figures[scoring.FigureMean].Add(exactly(t, figures[scoring.FigureSPD])).Add(exactly(t, figures[scoring.FigureCount])), figures[scoring.FigureTotal])
		equal("index", figures[scoring.FigureTotal].PercentOf(exactly(t, figures[scoring.FigureMax])), figures[scoring.FigureIndex])
		equal("the predicate's index", figures[scoring.FigureIndex].Round(2).Value.Ratio(), figures[scoring.FigurePredicate])
		equal("the printed index", figures[scoring.FigurePredicate], r.Index.Value.Ratio())
	})
}

func sum(reasons []*scoring.Reason) (sum decimal.Ratio) {
	for _, why := range reasons {
		sum = sum.Add(why.Value.Round(decimal.Places).Value)
	}
	return sum
}

// exactly returns a fraction as the decimal that it equals.
func exactly(t *rapid.T, r decimal.Ratio) decimal.Decimal {
	d := r.Round(decimal.Places).Value
	if !d.Ratio().Equal(r) {
		t.Fatalf("%s is no decimal", r)
	}
	return d
}

// A higher option never lowers its row, its maturity, or the region.
func TestRaisingAnOptionNeverLowers(t *testing.T) {
	each(t, func(t *rapid.T, in *scoring.Instrument, a scoring.Answers) {
		if len(a.Innovations) == 0 { // then add one without answers
			a.Innovations = []scoring.Innovation{{Levels: in.InnovationLevels(func(string) int { return 0 })}}
		}
		which := rapid.IntRange(0, len(a.Innovations)-1).Draw(t, "which")
		levels := a.Innovations[which].Levels
		row := rapid.IntRange(0, len(levels)-1).Draw(t, "row")
		options := len(in.Pack().Rows(instrument.PerInnovation)[row].Options)
		levels[row] = rapid.Uint8Range(0, uint8(options-1)).Draw(t, "level")
		before, reason := in.Score(a), in.InnovationRows(levels)[row].Value
		levels[row]++
		after := in.Score(a)
		if !reason.Add(in.Pack().Rows(instrument.PerInnovation)[row].Weight.Value).Equal(in.InnovationRows(levels)[row].Value) {
			t.Fatal("the row did not rise by its weight")
		}
		if after.Maturity[which] <= before.Maturity[which] || after.Index.Value < before.Index.Value {
			t.Fatalf("before %+v, after %+v", before, after)
		}
	})
}

func TestOrderOfInnovationsChangesNothing(t *testing.T) {
	each(t, func(t *rapid.T, in *scoring.Instrument, a scoring.Answers) {
		before := in.Score(a)
		other := scoring.Answers{Region: a.Region, Innovations: rapid.Permutation(a.Innovations).Draw(t, "order")}
		after := in.Score(other)
		slices.Sort(before.Maturity)
		slices.Sort(after.Maturity)
		if diff := cmp.Diff(before, after, cmp.AllowUnexported(decimal.Ratio{})); diff != "" {
			t.Fatal(diff)
		}
	})
}

// The figures are within their maxima, the predicate is that of the rounded index,
// and the count score is all or nothing.
func TestFiguresAgree(t *testing.T) {
	each(t, func(t *rapid.T, in *scoring.Instrument, a scoring.Answers) {
		r, p := in.Score(a), in.Pack()
		if r.SPD.Points > r.SPD.Max || r.Index.Value > decimal.FromInt(100) || r.Count.Points > p.Count.Max.Value {
			t.Fatalf("beyond the maximum: %+v", r)
		}
		if band, ok := p.Predicate(r.Index.Value); !ok || band.Label != r.Predicate {
			t.Fatalf("%s is not %s", r.Index, r.Predicate)
		}
		if r.Count.N != len(a.Innovations) || r.Divisor != max(r.Count.N, p.Divisor.Value) {
			t.Fatalf("n %d, divisor %d", r.Count.N, r.Divisor)
		}
		want := p.Count.Weight.Value.Times(min(r.Count.N, p.Count.Cap.Value))
		if p.Gate.Value != nil && r.Count.Covered < *p.Gate.Value {
			want = 0
		}
		if r.Count.Points != want {
			t.Fatalf("count %s, want %s", r.Count.Points, want)
		}
	})
}
