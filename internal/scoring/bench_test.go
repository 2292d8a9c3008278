package scoring_test

import (
	"testing"

	"siida.id/internal/infra/benchtest"
	"siida.id/internal/scoring"
	"siida.id/internal/scoring/scoringbench"
)

// sink prevents the compiler from removing a Floor whose result is unused.
var sink uint64

// The floor of both is reading every answer once.
func BenchmarkNation(b *testing.B) {
	in := compiled(b, "iid-2026")
	nation := scoringbench.Nation(in)
	benchtest.Figure{
		Unit: "ms", Max: 5,
		Of: benchtest.Millis(5, func() {
			for i := range nation {
				sink += uint64(len(in.Score(nation[i]).Maturity))
			}
		}),
		Floor: benchtest.Millis(5, func() { sink += scoringbench.Floor(nation) }),
	}.Run(b)
}

func BenchmarkRegionWithReasons(b *testing.B) {
	in := compiled(b, "iid-2026")
	region := scoringbench.Region(in, 300, 1)
	benchtest.Figure{
		Unit: "ms", Max: 1,
		Of:    benchtest.Millis(5, func() { sink += uint64(reasons(in, region, in.Score(region))) }),
		Floor: benchtest.Millis(5, func() { sink += scoringbench.Floor([]scoring.Answers{region}) }),
	}.Run(b)
}

func reasons(in *scoring.Instrument, a scoring.Answers, r scoring.Result) (n int) {
	n = len(in.Rows(a.Region)) + len(in.Explain(r))
	for i := range a.Innovations {
		n += len(in.InnovationRows(a.Innovations[i].Levels)) + len(in.Maturity(r.Maturity[i]).Args)
	}
	return n
}
