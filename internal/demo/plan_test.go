package demo

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"siida.id/internal/instrument"
)

// planLines returns the plan of a world as lines, by innovation.
func planLines(t *testing.T, w world) map[string][]string {
	t.Helper()
	packs, err := instrument.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	lines := map[string][]string{}
	var before []act
	for _, p := range w.Periods {
		pack, known := packs.ByID(p.Pack)
		if !known {
			t.Fatalf("no pack %s", p.Pack)
		}
		before = w.plan(p, rows(pack), before)
		for _, a := range before {
			name := w.Innovations[a.innovation].Name
			lines[name] = append(lines[name], fmt.Sprint(p.ID, a.day, a.row.Code, a.choice, a.version, a.marked, a.proof, a.dated))
		}
	}
	return lines
}

// The same seed gives the same plan, another seed another one; changing one
// innovation leaves the others unchanged.
func TestPlanFollowsFromTheSeed(t *testing.T) {
	w, err := read()
	if err != nil {
		t.Fatal(err)
	}
	first := planLines(t, w)
	for name, again := range planLines(t, w) {
		if !slices.Equal(first[name], again) {
			t.Errorf("%s is another the second time", name)
		}
	}
	const changed = "Akung Asik"
	other := w
	other.Innovations = slices.DeleteFunc(slices.Clone(w.Innovations), func(i innovationRow) bool { return i.Name == changed })
	for name, lines := range planLines(t, other) {
		if !slices.Equal(first[name], lines) {
			t.Errorf("%s is another because %s has gone", name, changed)
		}
	}
	other = w
	other.Seed++
	same := 0
	for name, lines := range planLines(t, other) {
		if slices.Equal(first[name], lines) {
			same++
		}
	}
	if same > 5 { // some have hardly any answers
		t.Errorf("%d innovations do not depend on the seed", same)
	}
}

// A plan contains only what people could do: existing options, one answer to each
// indicator before it is revised, and only existing evidence reused.
func TestPlanIsPossible(t *testing.T) {
	w, err := read()
	if err != nil {
		t.Fatal(err)
	}
	packs, err := instrument.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	var before []act
	for _, p := range w.Periods {
		pack, _ := packs.ByID(p.Pack)
		list := w.plan(p, rows(pack), before)
		versions, counts := map[string]int64{}, map[proof]int{}
		for _, a := range list {
			i := w.Innovations[a.innovation]
			at := i.Name + " " + a.row.Code + " of " + p.ID
			basis, level := a.parts()
			if basis+strconv.Itoa(level) != a.choice || level < 1 || level > 3 || (basis != "") != (len(a.row.Alternatives) > 0) {
				t.Errorf("%s: choice %q", at, a.choice)
			}
			if a.version != versions[at] {
				t.Errorf("%s: version %d after %d", at, a.version, versions[at])
			}
			versions[at]++
			if a.day < w.registered(p, i) || a.day >= len(p.Days) || string(a.dated) > p.Days[a.day] {
				t.Errorf("%s: day %d, document of %s", at, a.day, a.dated)
			}
			if _, there := last(before, a.innovation, a.row.Code); a.proof == reused && !there {
				t.Errorf("%s: carried on from nothing", at)
			}
			counts[a.proof]++
		}
		if counts[newProof] < 90 || counts[unproven] < 10 || (counts[reused] > 50) != (before != nil) {
			t.Errorf("%s: %v", p.ID, counts)
		}
		before = list
	}
}

// The stated maturity decides how much of an innovation is answered.
func TestMaturities(t *testing.T) {
	w, err := read()
	if err != nil {
		t.Fatal(err)
	}
	packs, err := instrument.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	p := w.Periods[0]
	pack, _ := packs.ByID(p.Pack)
	points := func(maturity string) (sum int) {
		for n := range 50 {
			w.Innovations = []innovationRow{{Name: fmt.Sprint(n), First: p.ID, Maturity: map[string]string{p.ID: maturity}}}
			for _, a := range w.answers(p, 0, rows(pack), nil) {
				if _, level := a.parts(); a.proof != unproven {
					sum += level
				}
			}
		}
		return sum
	}
	order := []string{"draf", "rendah", "sedang", "tinggi", "lengkap"}
	for at, name := range order[1:] {
		if less, more := points(order[at]), points(name); less*10 >= more*9 {
			t.Errorf("%s has %d points, and %s %d", order[at], less, name, more)
		}
	}
	if len(w.Maturities) != len(order) || points("none") != 0 {
		t.Errorf("maturities %v", w.Maturities)
	}
}

func TestWeighted(t *testing.T) {
	counts := map[int]int{}
	d := dice(1, "x")
	for range 6000 {
		counts[weighted(d, [3]int{0, 1, 2})]++
	}
	if counts[1] != 0 || counts[2] < 1800 || counts[2] > 2200 || counts[2]+counts[3] != 6000 {
		t.Errorf("%v, want none, a third and two thirds", counts)
	}
}
