package planner_test

import (
	"testing"

	"pgregory.net/rapid"

	"siida.id/internal/instrument"
	"siida.id/internal/planner"
	"siida.id/internal/scoring"
)

// SID-31 gives 3 points an option, and has three of them.
func TestWorthOf(t *testing.T) {
	pack := compiled(t, "iid-2026").Pack()
	for _, tt := range []struct {
		code           string
		chosen, proven int
		points         string
		exact          bool
	}{
		{"SID-31", 0, 0, "9", false},
		{"SID-31", 1, 0, "3", true},
		{"SID-31", 2, 0, "6", true},
		{"SID-31", 3, 0, "9", true},
		{"SID-31", 2, 1, "3", true},
		{"SID-31", 1, 1, "6", false},
		{"SID-31", 3, 3, "0", false},
		{"SID-31", 0, 2, "3", false},
		{"SID-35", 0, 0, "12", false},
		{"SID-35", 2, 0, "8", true},
	} {
		row, known := pack.Indicator(tt.code)
		if !known {
			t.Fatal(tt.code)
		}
		if got := planner.WorthOf(row, tt.chosen, tt.proven); got.Points.String() != tt.points || got.Exact != tt.exact {
			t.Errorf("%s, %d chosen and %d proven: %s, exact %v; want %s, %v", tt.code, tt.chosen, tt.proven, got.Points, got.Exact, tt.points, tt.exact)
		}
	}
}

// Scoring again with the chosen option proven adds an exact worth, and with the best
// option any other; nothing adds more than that.
func TestWorthIsWhatScoringAdds(t *testing.T) {
	packs := map[string]*scoring.Instrument{}
	ids := []string{"iid-2023", "iid-2026", "iid-2027"}
	for _, id := range ids {
		packs[id] = compiled(t, id)
	}
	rapid.Check(t, func(t *rapid.T) {
		in := packs[rapid.SampledFrom(ids).Draw(t, "pack")]
		rows := in.Pack().Rows(instrument.PerInnovation)
		levels := make([]uint8, len(rows))
		for i, row := range rows {
			levels[i] = rapid.Uint8Range(0, uint8(len(row.Options))).Draw(t, "level")
		}
		maturity := func(at int, level int) scoring.Points {
			levels[at] = uint8(level)
			return in.Score(scoring.Answers{Innovations: []scoring.Innovation{{Levels: levels}}}).Maturity[0]
		}
		at := rapid.IntRange(0, len(rows)-1).Draw(t, "row")
		proven, chosen := int(levels[at]), rapid.IntRange(0, len(rows[at].Options)).Draw(t, "chosen")
		worth := planner.WorthOf(rows[at], chosen, proven)
		before, most := maturity(at, proven), scoring.Points(0)
		for level := range len(rows[at].Options) + 1 {
			most = max(most, maturity(at, level)-before)
		}
		switch want := maturity(at, chosen) - before; {
		case worth.Exact && worth.Points != want:
			t.Fatalf("%s from %d to %d adds %s, not %s", rows[at].Code, proven, chosen, want, worth.Points)
		case !worth.Exact && worth.Points != most:
			t.Fatalf("%s from %d adds %s at most, not %s", rows[at].Code, proven, most, worth.Points)
		}
	})
}
