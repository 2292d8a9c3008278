package browser

import (
	"bytes"
	"encoding/json"
	"image/png"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"siida.id/internal/test/chromium"
	"siida.id/internal/test/world"
	"siida.id/locales"
)

const (
	guideFolder = "../../../docs/panduan"
	heaviestAll = 2_000_000 // bytes of all pictures
	guideImages = "gambar/"
)

// guideReaders maps each guide to the login with which its pages are opened.
var guideReaders = map[string]string{
	"operator": "dishub", "pendamping": "pendamping", "kepala": "kepala", "brida": "brida", "pimpinan": "pimpinan", "admin": "admin",
}

var (
	pictured  = regexp.MustCompile(`!\[[^\]]+\]\(` + guideImages + `([a-z-]+)\.png\)`)
	spokenOf  = regexp.MustCompile(`\*\*([^*]+)\*\*`)
	pathNamed = regexp.MustCompile("`(/[a-z0-9/-]*)`")
	leadsTo   = regexp.MustCompile(`\]\(([a-z]+)\.md\)`)
)

// Guides stay current: every button, link or field that a guide names is on a
// page that its section shows or names; its pictures are those taken here, and
// its commands exist. GUIDES names the folder that the pictures are written to;
// `make panduan` sets it.
func TestGuides(t *testing.T) {
	taken := takeAll(t)
	if folder := os.Getenv("GUIDES"); folder != "" {
		for name, p := range taken.pictures {
			world.Must(t, os.WriteFile(filepath.Join(folder, name+".png"), p.png, 0o600))
		}
	}
	unused := maps.Clone(taken.pictures)
	for guide, login := range guideReaders {
		text, err := os.ReadFile(filepath.Join(guideFolder, guide+".md"))
		world.Must(t, err)
		for section := range strings.SplitSeq("\n"+string(text), "\n## ") {
			title, _, _ := strings.Cut(section, "\n")
			var seen strings.Builder
			for _, m := range pictured.FindAllStringSubmatch(section, -1) {
				p, ok := taken.pictures[m[1]]
				if !ok || !strings.HasPrefix(m[1], guide+"-") {
					t.Errorf("%s, %q: no picture %s is taken for it", guide, title, m[1])
				}
				delete(unused, m[1])
				seen.WriteString(p.words)
			}
			for _, m := range pathNamed.FindAllStringSubmatch(section, -1) {
				seen.WriteString(taken.open(login, m[1]))
			}
			for _, m := range spokenOf.FindAllStringSubmatch(section, -1) {
				if !strings.Contains(seen.String(), m[1]) {
					t.Errorf("%s, %q: %q is on no page that the section shows or names", guide, title, m[1])
				}
			}
		}
	}
	for name := range unused {
		t.Errorf("no guide shows the picture %s", name)
	}
	committedPictures(t, taken.pictures)
}

// committedPictures compares the committed pictures with those that are taken: they
// have the same names and sizes, and are not too large.
// same names and sizes, and not too heavy.
func committedPictures(t *testing.T, taken map[string]guidePicture) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(guideFolder, guideImages, "*.png"))
	world.Must(t, err)
	sum := 0
	for _, name := range names {
		content, err := os.ReadFile(name)
		world.Must(t, err)
		sum += len(content)
		short := strings.TrimSuffix(filepath.Base(name), ".png")
		p, ok := taken[short]
		if !ok {
			t.Errorf("%s is not taken any more", name)
			continue
		}
		is, err := png.DecodeConfig(bytes.NewReader(content))
		world.Must(t, err)
		if is.Width != int(p.width) || is.Height != int(p.height) {
			t.Errorf("%s is %d × %d, and is taken as %d × %d: run make panduan", name, is.Width, is.Height, p.width, p.height)
		}
	}
	if len(names) != len(taken) {
		t.Errorf("%d pictures lie in %s, %d are taken: run make panduan", len(names), guideImages, len(taken))
	}
	if sum > heaviestAll {
		t.Errorf("the pictures are %d bytes, at most %d are wanted", sum, heaviestAll)
	}
}

// The first page links to every guide, and every guide has a reader.
func TestGuidesAreListed(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(guideFolder, "README.md"))
	world.Must(t, err)
	var listed []string
	for _, m := range leadsTo.FindAllStringSubmatch(string(text), -1) {
		listed = append(listed, m[1])
	}
	files, err := fs.Glob(os.DirFS(guideFolder), "*.md")
	world.Must(t, err)
	var there []string
	for _, f := range files {
		if name := strings.TrimSuffix(f, ".md"); name != "README" {
			there = append(there, name)
		}
	}
	slices.Sort(listed)
	readers := slices.Sorted(maps.Keys(guideReaders))
	if !slices.Equal(listed, there) || !slices.Equal(readers, there) {
		t.Errorf("guides %v, listed %v, read by %v", there, listed, readers)
	}
}

// Words set in bold in guides are texts of the catalogue, so that a search for one
// finds both.
func TestGuidesUseTextsOfPages(t *testing.T) {
	var patterns []string
	names, err := fs.Glob(locales.Files, "id/*.json")
	world.Must(t, err)
	for _, name := range names {
		content, err := locales.Files.ReadFile(name)
		world.Must(t, err)
		var messages map[string]any
		world.Must(t, json.Unmarshal(content, &messages))
		for _, value := range messages {
			if forms, ok := value.(map[string]any); ok {
				value = forms["other"]
			}
			if text, ok := value.(string); ok {
				patterns = append(patterns, regexp.MustCompile(`\\{\\{\\\.\w+\\}\\}`).ReplaceAllString(regexp.QuoteMeta(text), ".+"))
			}
		}
	}
	words := regexp.MustCompile(`^(?:` + strings.Join(patterns, "|") + `)$`)
	for guide := range guideReaders {
		text, err := os.ReadFile(filepath.Join(guideFolder, guide+".md"))
		world.Must(t, err)
		for _, m := range spokenOf.FindAllStringSubmatch(string(text), -1) {
			if !words.MatchString(m[1]) {
				t.Errorf("%s: %q is no text of the catalogue", guide, m[1])
			}
		}
	}
}

// words returns all text of a page, including folded parts and labels for
// screen readers.
func (g *guideTour) words() string {
	const all = `[...document.querySelectorAll("[aria-label]")].map(e => e.ariaLabel).concat(document.body.textContent).join("\n").replace(/\s+/g, " ")`
	return chromium.Run(g, g.ctx, chromedp.Evaluate[string](all))
}
