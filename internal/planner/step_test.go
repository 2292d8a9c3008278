package planner_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"siida.id/internal/base/decimal"
	"siida.id/internal/instrument"
	"siida.id/internal/planner"
	"siida.id/internal/scoring"
	"siida.id/internal/scoring/scoringbench"
)

func compiled(t interface{ Fatal(args ...any) }, id string) *scoring.Instrument {
	lib, err := instrument.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	pack, known := lib.ByID(id)
	if !known {
		t.Fatal("no pack " + id)
	}
	return scoring.Compile(pack)
}

func everybody(int) bool { return true }

// pick returns the levels of the given codes, and zero for others.
func pick(levels map[string]int) func(string) int {
	return func(code string) int { return levels[code] }
}

// The gains are computed by hand: 2026 divides by 12 and by 250.
func TestSteps(t *testing.T) {
	in := compiled(t, "iid-2026")
	health, _ := in.Affair("Kesehatan")
	s := planner.Situation{
		Answers: scoring.Answers{
			Region: in.Levels(pick(map[string]int{"SPD-06": 2, "SPD-12": 3})),
			Innovations: []scoring.Innovation{
				{Affair: health, Levels: in.InnovationLevels(pick(map[string]int{"SID-35": 2, "SID-16": 3}))},
			},
		},
		Innovations: [][]uint8{in.InnovationLevels(pick(map[string]int{"SID-31": 3, "SID-33": 1}))},
		Include:     func(i int) bool { return i == 0 },
	}
	steps := planner.Steps(in, s, 3)
	type row struct {
		kind     planner.Kind
		code     string
		from, to int
		gain     string
	}
	for i, want := range []row{
		{planner.Prove, "SID-31", 0, 3, "0.3000"}, // 9 points, of 12, of 250
		{planner.Raise, "SID-35", 2, 3, "0.1333"},
		{planner.Prove, "SID-33", 0, 1, "0.1000"},
	} {
		got := steps[i]
		if (row{got.Kind, got.Indicator.Code, got.From, got.To, got.Gain.Round(4).String()}) != want || got.Innovation != 0 {
			t.Errorf("step %d is %+v, want %+v", i, got, want)
		}
	}
	s.Include = everybody
	if second := planner.Steps(in, s, 2)[1]; second.Innovation != planner.Region || second.Gain.Round(4).String() != "0.6000" {
		t.Errorf("a row of the region counts whole: %+v", second) // after the gate
	}
	if none := planner.Steps(in, s, 0); len(none) != 0 {
		t.Errorf("nothing was asked for: %+v", none)
	}
}

// The gain of opening the gate is the count score less what the new innovations take
// from the mean.
func TestCover(t *testing.T) {
	in := compiled(t, "iid-2026")
	s := planner.Situation{Include: everybody}
	for _, name := range []string{"Kesehatan", "Pendidikan", "Sosial", "Perumahan Rakyat dan Kawasan Permukiman"} {
		affair, known := in.Affair(name)
		if !known {
			t.Fatalf("no affair %s in %v", name, in.Pack().AffairNames()[:8])
		}
		s.Answers.Innovations = append(s.Answers.Innovations, scoring.Innovation{Affair: affair})
	}
	opening := func(s planner.Step) bool { return s.Kind == planner.Cover }
	steps := planner.Steps(in, s, 50)
	at := slices.IndexFunc(steps, opening)
	if at < 0 {
		t.Fatalf("nothing opens the gate: %+v", steps)
	}
	step := steps[at]
	if step.Needed != 1 || len(step.Affairs) != 2 || step.Gain.Round(2).String() != "0.76" { // 5 × 0.38 of 250
		t.Errorf("got %+v", step)
	}
	affair, _ := in.Affair(step.Affairs[0])
	s.Answers.Innovations = append(s.Answers.Innovations, scoring.Innovation{Affair: affair})
	if slices.ContainsFunc(planner.Steps(in, s, 50), opening) {
		t.Error("the gate is open already")
	}
}

// Scoring again after a step gives its gain, and no step that was left out gains
// more.
func TestGains(t *testing.T) {
	packs := map[string]*scoring.Instrument{}
	for _, id := range []string{"iid-2023", "iid-2026", "iid-2027"} {
		packs[id] = compiled(t, id)
	}
	rapid.Check(t, func(t *rapid.T) {
		in := packs[rapid.SampledFrom([]string{"iid-2023", "iid-2026", "iid-2027"}).Draw(t, "pack")]
		s := planner.Situation{Include: everybody}
		s.Answers = scoringbench.Region(in, rapid.IntRange(1, 30).Draw(t, "n"), rapid.IntRange(0, 1000).Draw(t, "seed"))
		max := rapid.IntRange(1, 12).Draw(t, "most")
		before := in.Score(s.Answers)
		var last decimal.Ratio
		for i, step := range planner.Steps(in, s, max) {
			if i > 0 && step.Gain.Compare(last) > 0 {
				t.Fatalf("step %d gains more than the one before", i)
			}
			last = step.Gain
			if step.Kind == planner.Cover {
				continue // in TestCover
			}
			after := in.Score(apply(in, s.Answers, step))
			if got := after.Exact.Minus(before.Exact); !got.Equal(step.Gain) {
				t.Fatalf("%+v gains %s, not %s", step, got, step.Gain)
			}
		}
	})
}

func apply(in *scoring.Instrument, a scoring.Answers, step planner.Step) scoring.Answers {
	set := func(scope instrument.Scope, levels []uint8) []uint8 {
		rows := in.Pack().Rows(scope)
		next := make([]uint8, len(rows))
		copy(next, levels)
		for at, row := range rows {
			if row == step.Indicator {
				next[at] = uint8(step.To)
			}
		}
		return next
	}
	if step.Innovation == planner.Region {
		a.Region = set(instrument.PerRegion, a.Region)
		return a
	}
	a.Innovations = append([]scoring.Innovation{}, a.Innovations...)
	a.Innovations[step.Innovation].Levels = set(instrument.PerInnovation, a.Innovations[step.Innovation].Levels)
	return a
}
