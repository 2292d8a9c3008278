package scoring_test

import (
	"flag"
	"fmt"
	"strings"
	"testing"

	"siida.id/internal/base/decimal"
	"siida.id/internal/instrument"
	"siida.id/internal/scoring"
	"siida.id/internal/scoring/scoringbench"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var packs = []string{"iid-2023", "iid-2026", "iid-2027", "iid-2031"}

// pick returns level for all codes without an exception.
func pick(level int, except map[string]int) func(string) int {
	return func(code string) int {
		if other, ok := except[code]; ok {
			return other
		}
		return level
	}
}

// Answers that give an innovation of 2026 and 2023 that maturity.
var maturities = map[int]func(string) int{
	11:  pick(0, map[string]int{"SID-16": 1, "SID-17": 2, "SID-19": 2}),
	37:  pick(1, nil),
	70:  pick(2, map[string]int{"SID-17": 1, "SID-18": 1}),
	74:  pick(2, nil),
	80:  pick(2, map[string]int{"SID-16": 3, "SID-31": 3}),
	111: pick(3, nil),
}

var spd40 = pick(2, map[string]int{"SPD-01": 1, "SPD-03": 1})

// region returns answers of n equal innovations in that number of basic affairs.
func region(in *scoring.Instrument, spd, levels func(string) int, n, covered int) scoring.Answers {
	a := scoring.Answers{Region: in.Levels(spd)}
	names := in.Pack().AffairNames()
	for i := range n {
		name := names[len(names)-1]
		if covered > 0 {
			name = names[i%covered]
		}
		affair, _ := in.Affair(name)
		a.Innovations = append(a.Innovations, scoring.Innovation{Affair: affair, Levels: in.InnovationLevels(levels)})
	}
	return a
}

// The examples were computed by hand from the ministry's formula.
func TestExamples(t *testing.T) {
	none := pick(0, nil)
	for _, tt := range []struct {
		pack                      string
		spd                       func(string) int
		n, maturity, covered      int
		divisor                   int
		mean, count, total, index string
		predicate                 string
	}{
		{"iid-2026", spd40, 20, 70, 5, 20, "70.0000", "7.60", "117.60", "47.04", "Inovatif"},
		{"iid-2026", spd40, 20, 70, 4, 20, "70.0000", "0.00", "110.00", "44.00", "Inovatif"},
		{"iid-2026", spd40, 8, 80, 5, 12, "53.3333", "3.04", "96.37", "38.55", "Kurang Inovatif"},
		{"iid-2026", spd40, 9, 80, 5, 12, "60.0000", "3.42", "103.42", "41.37", "Inovatif"},
		{"iid-2026", spd40, 12, 80, 5, 12, "80.0000", "4.56", "124.56", "49.82", "Inovatif"},
		{"iid-2026", spd40, 15, 80, 5, 15, "80.0000", "5.70", "125.70", "50.28", "Inovatif"},
		{"iid-2026", pick(3, nil), 200, 111, 6, 200, "111.0000", "76.00", "250.00", "100.00", "Sangat Inovatif"},
		{"iid-2026", pick(3, nil), 250, 111, 6, 250, "111.0000", "76.00", "250.00", "100.00", "Sangat Inovatif"},
		{"iid-2026", none, 0, 37, 0, 12, "0.0000", "0.00", "0.00", "0.00", "Tidak Dapat Dinilai"},
		{"iid-2026", none, 1, 37, 1, 12, "3.0833", "0.00", "3.08", "1.23", "Kurang Inovatif"},
		{"iid-2027", spd40, 14, 74, 5, 14, "74.0000", "0.00", "114.00", "45.60", "Inovatif"},
		{"iid-2027", spd40, 14, 74, 6, 14, "74.0000", "5.32", "119.32", "47.73", "Inovatif"},
		{"iid-2023", none, 1, 11, 0, 10, "1.1000", "0.38", "1.48", "0.59", "Kurang Inovatif"},
	} {
		t.Run(fmt.Sprintf("%s/%dx%d/%d", tt.pack, tt.n, tt.maturity, tt.covered), func(t *testing.T) {
			in := compiled(t, tt.pack)
			r := in.Score(region(in, tt.spd, maturities[tt.maturity], tt.n, tt.covered))
			for _, m := range r.Maturity {
				if m != decimal.FromInt(tt.maturity) {
					t.Fatalf("maturity %s", m)
				}
			}
			got := []string{fmt.Sprint(r.Divisor), r.Mean.Round(4).String(), r.Count.Points.Round(2).String(), r.Total.Round(2).String(), r.Index.String(), r.Predicate}
			want := []string{fmt.Sprint(tt.divisor), tt.mean, tt.count, tt.total, tt.index, tt.predicate}
			if strings.Join(got, " ") != strings.Join(want, " ") {
				t.Errorf("\n got %v\nwant %v", got, want)
			}
		})
	}
}

// A published index has the predicate that was published with it.
func TestPublishedPredicates(t *testing.T) {
	p := compiled(t, "iid-2023").Pack()
	for index, want := range map[string]string{"60.39": "Sangat Inovatif", "62.06": "Sangat Inovatif", "48": "Inovatif", "0": "Tidak Dapat Dinilai"} {
		if band, ok := p.Predicate(decimal.Must(index)); !ok || band.Label != want {
			t.Errorf("%s is %s, want %s", index, band.Label, want)
		}
	}
}

// An index close to a band has the predicate of its rounded value.
func TestPredicateOfRoundedIndex(t *testing.T) {
	in := compiled(t, "iid-2026")
	// One row of weight 1 in 700 innovations: 1/700 of 250 is far below half a hundredth.
	none := pick(0, nil)
	a := region(in, none, none, 700, 0)
	a.Innovations[0].Levels = in.InnovationLevels(pick(0, map[string]int{"SID-20": 1}))
	if r := in.Score(a); r.Index.String() != "0.00" || r.Exact.Equal(decimal.Ratio{}) || r.Predicate != "Tidak Dapat Dinilai" {
		t.Errorf("%s (exactly %s) is %s", r.Index, r.Exact, r.Predicate)
	}
}

func TestGolden(t *testing.T) {
	for _, id := range packs {
		t.Run(id, func(t *testing.T) {
			in := compiled(t, id)
			var b strings.Builder
			for _, n := range []int{0, 3, 90} {
				a := scoringbench.Region(in, n, 7)
				describe(&b, in, a, n == 3)
			}
			golden(t, id+".golden", b.String(), *update)
		})
	}
}

func describe(b *strings.Builder, in *scoring.Instrument, a scoring.Answers, rows bool) {
	r := in.Score(a)
	fmt.Fprintf(b, "%d innovations: index %s, %s\n", len(a.Innovations), r.Index, r.Predicate)
	add := func(why scoring.Reason) {
		fmt.Fprintf(b, "  %-14s %-8s %-14s %-9s %-48s %s\n", why.Figure, why.Code, why.Value, why.Certainty, why.Rule, why.Sources)
	}
	for _, why := range in.Explain(r) {
		add(why)
	}
	if !rows {
		return
	}
	for _, why := range in.Rows(a.Region) {
		add(*why)
	}
	for i, m := range r.Maturity {
		add(in.Maturity(m))
		for _, why := range in.InnovationRows(a.Innovations[i].Levels) {
			add(*why)
		}
	}
}

// The fictional pack has nothing in common with the real ones except its form.
func TestFictionalPack(t *testing.T) {
	in := compiled(t, "iid-2031")
	if n := len(in.Pack().Rows(instrument.PerRegion)) + len(in.Pack().Rows(instrument.PerInnovation)); n != 25 {
		t.Fatalf("%d rows", n)
	}
	best := func(code string) int {
		row, _ := in.Pack().Indicator(code)
		return len(row.Options)
	}
	if r := in.Score(region(in, best, best, 80, 2)); r.Index.String() != "100.00" || r.Predicate != "Unggul" || r.Total.String() != r.Max.Ratio().String() {
		t.Errorf("all best is %s of %s: %s %s", r.Total, r.Max, r.Index, r.Predicate)
	}
	r := in.Score(region(in, pick(0, map[string]int{"DRH-01": 1}), pick(0, map[string]int{"INO-16": 1}), 3, 2))
	if r.SPD.Points.String() != "0.125" || r.Maturity[0].String() != "0.0001" || r.Mean.String() != "3/70000" || r.Count.Points.String() != "0.375" {
		t.Errorf("got %+v", r)
	}
}
