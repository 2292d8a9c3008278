package app

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

var typedLine = regexp.MustCompile(`(?m)^ {4}(siida .+)$`)

// Every command and flag in a guide exists.
func TestGuidesNameKnownCommands(t *testing.T) {
	guides, err := filepath.Glob("../../docs/panduan/*.md")
	if err != nil || len(guides) == 0 {
		t.Fatalf("no guides: %v", err)
	}
	lines := 0
	for _, guide := range guides {
		text, err := os.ReadFile(guide)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range typedLine.FindAllStringSubmatch(string(text), -1) {
			lines++
			var cli commands
			parser, err := kong.New(&cli, kong.Name("siida"), kong.Vars{"packs": ""}, kong.Exit(func(int) {}))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := parser.Parse(strings.Fields(line[1])[1:]); err != nil {
				t.Errorf("%s: %q: %v", guide, line[1], err)
			}
		}
	}
	if lines == 0 {
		t.Error("no guide has anybody type a command: has their layout changed?")
	}
}
