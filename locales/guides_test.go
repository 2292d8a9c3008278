package locales_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const guides = "../docs/panduan"

var (
	notSaid  = regexp.MustCompile("(?m)^!\\[.*$|^ {4}.*$|^\\|[-|]+\\|$|`[^`]*`|\\]\\([^)]*\\)|[*#\\[|]") // pictures, commands, marks
	newBlock = regexp.MustCompile(`\n\n+|\n(?:\d+\.|-|#+) |\n\|`)
	pressing = regexp.MustCompile(`(?i)\b(wajib|harus|dilarang)\b`)
)

// Guides are as plain as pages: short sentences, and nothing that blames or begs.
func TestGuidesArePlain(t *testing.T) {
	names, err := filepath.Glob(filepath.Join(guides, "*.md"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no guides in %s: %v", guides, err)
	}
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var lengths []int
		for _, block := range newBlock.Split("\n"+string(content), -1) {
			text := strings.TrimSpace(notSaid.ReplaceAllString(block, ""))
			for _, words := range []*regexp.Regexp{unwanted["id"], pressing} {
				if word := words.FindString(text); word != "" {
					t.Errorf("%s says %q", name, word)
				}
			}
			for _, sentence := range sentenceEnd.Split(strings.Join(strings.Fields(text), " "), -1) {
				n := len(strings.Fields(sentence))
				if n > longestSentence {
					t.Errorf("%s has a sentence of %d words: %q", name, n, sentence)
				}
				if n > 0 {
					lengths = append(lengths, n)
				}
			}
		}
		slices.Sort(lengths)
		if median := lengths[len(lengths)/2]; median > medianSentence {
			t.Errorf("%s: half of all sentences have more than %d words, want %d", name, median, medianSentence)
		}
		t.Logf("%s: %d sentences, median %d words", filepath.Base(name), len(lengths), lengths[len(lengths)/2])
	}
}
