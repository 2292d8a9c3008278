package scoring_test

import (
	"testing"

	"siida.id/internal/scoring"
	"siida.id/internal/scoring/scoringbench"
)

// The nation is to be scored in 5 ms on one core; Floor is what reading the answers alone takes.
func BenchmarkNation(b *testing.B) {
	in := compiled(b, "iid-2026")
	nation := scoringbench.Nation(in)
	b.ReportAllocs()
	for b.Loop() {
		for i := range nation {
			in.Score(nation[i])
		}
	}
}

func BenchmarkNationFloor(b *testing.B) {
	nation := scoringbench.Nation(compiled(b, "iid-2026"))
	for b.Loop() {
		scoringbench.Floor(nation)
	}
}

// One region of 300 innovations with every reason is to take 1 ms.
func BenchmarkRegionWithReasons(b *testing.B) {
	in := compiled(b, "iid-2026")
	region := scoringbench.Region(in, 300, 1)
	b.ReportAllocs()
	for b.Loop() {
		reasons(in, region, in.Score(region))
	}
}

func reasons(in *scoring.Instrument, a scoring.Answers, r scoring.Result) (n int) {
	n = len(in.Rows(a.Region)) + len(in.Explain(r))
	for i := range a.Innovations {
		n += len(in.InnovationRows(a.Innovations[i].Levels)) + len(in.Maturity(r.Maturity[i]).Args)
	}
	return n
}
