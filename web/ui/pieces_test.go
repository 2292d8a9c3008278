package ui

import "testing"

// Each text of the instrument in a sentence is marked, the longest one that fits.
func TestPieces(t *testing.T) {
	words := []string{"Inovatif", "Sangat Inovatif", ""}
	for sentence, want := range map[string]string{
		"": "", "none": "none", "Inovatif": "[Inovatif]", "10 short of Sangat Inovatif. 2026: Inovatif.": "10 short of [Sangat Inovatif]. 2026: [Inovatif].",
	} {
		got := ""
		for _, p := range pieces(sentence, words) {
			if p.foreign {
				got += "[" + p.text + "]"
			} else {
				got += p.text
			}
		}
		if got != want {
			t.Errorf("%s: %s", sentence, got)
		}
	}
}
