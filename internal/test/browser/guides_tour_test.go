package browser

import (
	"bytes"
	"cmp"
	"context"
	"image"
	"image/color"
	"image/png"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"siida.id/internal/app"
	"siida.id/internal/region"
	"siida.id/internal/test/chromium"
	"siida.id/internal/test/world"
)

// guideMoment is the time at which the guides' pictures are taken: a morning in
// the demo's second year.
var guideMoment = time.Date(2026, 12, 1, 2, 30, 0, 0, time.UTC)

// The window sizes of the pictures: people of agencies use a phone.
var (
	narrow = [2]int64{360, 640}
	wide   = [2]int64{1280, 720}
)

// shot is one picture of a guide, whose name begins with the guide's.
type shot struct {
	name   string
	path   string             // with {travis}, {kadis}, {dinas}, {rina} and {sumbangan}
	before func(g *guideTour) // actions on the page before the picture
	at     string             // the text at the top of the picture; empty for the top of the page
	window [2]int64
}

// guidePicture is a shot that was taken.
type guidePicture struct {
	png           []byte
	words         string
	width, height int64
}

// guideTour opens the demo as one reader after the other.
type guideTour struct {
	*testing.T
	ctx      context.Context
	program  *app.Program
	address  string
	places   *strings.Replacer
	sessions map[string]string
	pictures map[string]guidePicture
}

// takeAll takes the pictures of all guides, in the order of the shots.
func takeAll(t *testing.T) *guideTour {
	t.Helper()
	p := world.Demo(t)
	p.Clock = func() time.Time { return guideMoment }
	world.Must(t, p.Index.SnapshotToday(region.Within(t.Context(), world.OnlyRegion(t, p))))
	world.WithLetterhead(t, world.AsBridaIn(t, p, world.OnlyRegion(t, p)), p)
	rina, dinas := world.PersonNamed(t, p, "dishub")
	g := &guideTour{
		T: t, ctx: chromium.Tab(t), program: p, address: servedAsInstalled(t, p), sessions: map[string]string{}, pictures: map[string]guidePicture{},
		places: strings.NewReplacer(
			"{travis}", "/inovasi/"+world.InnovationNamed(t, p, "S-TRAVIS"), "{kadis}", "/inovasi/"+world.InnovationNamed(t, p, "BU KADIS"),
			"{dinas}", "/perangkat-daerah/"+dinas, "{sumbangan}", "/indeks/2026/perangkat-daerah/"+dinas, "{rina}", "/orang/"+rina),
	}
	chromium.SetCookie(t, g.ctx, g.address, "bahasa", "id")
	if _, err := chromedp.Call(g.ctx, emulation.SetLocaleOverride, emulation.SetLocaleOverrideParams{Locale: "id-ID"}); err != nil {
		t.Fatal(err)
	}
	for _, s := range guideShots {
		if s.path != "" {
			guide, _, _ := strings.Cut(s.name, "-")
			g.enter(guideReaders[guide])
		}
		g.take(s)
	}
	return g
}

// servedAsInstalled is served without the developers' page, and under a
// realistic host name.
func servedAsInstalled(t *testing.T, p *app.Program) (address string) {
	t.Helper()
	s, err := p.Site(false)
	world.Must(t, err)
	handler := world.Checked(t, s.Handler())
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Host = "siida.example"
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// enter signs the browser in as a reader.
func (g *guideTour) enter(login string) {
	g.Helper()
	if g.sessions[login] == "" {
		g.sessions[login] = world.Session(g.T, g.program, login, world.DemoPassword(g.T))
	}
	chromium.SetCookie(g, g.ctx, g.address, "sesi", g.sessions[login])
}

// open opens a path that a guide names, and returns its words.
func (g *guideTour) open(login, path string) string {
	g.Helper()
	g.enter(login)
	chromium.Do(g, g.ctx, chromedp.Navigate(g.address+path))
	if status := chromium.Run(g, g.ctx, chromedp.Evaluate[int](`performance.getEntriesByType("navigation")[0].responseStatus`)); status != http.StatusOK {
		g.Errorf("%s, which the guide of %s names, answers %d", path, login, status)
	}
	return g.words()
}

// take takes one picture.
func (g *guideTour) take(s shot) {
	g.Helper()
	chromium.Do(g, g.ctx, chromedp.EmulateViewport(s.window[0], s.window[1]))
	if s.path != "" {
		chromium.Do(g, g.ctx, chromedp.Navigate(g.address+g.places.Replace(s.path)))
	}
	if s.before != nil {
		s.before(g)
	}
	if s.at != "" {
		const find = `(() => {
			const words = [...document.querySelectorAll("main :is(h1, h2, h3, legend, summary, label, caption, a, p, button)")].find(e => e.textContent.trim().startsWith(WORDS));
			if (!words) return false;
			for (let d = words.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
			scrollTo(0, words.getBoundingClientRect().top + scrollY - 12);
			return true;
		})()`
		if !chromium.Run(g, g.ctx, chromedp.Evaluate[bool](strings.Replace(find, "WORDS", quoted(g.T, s.at), 1))) {
			g.Fatalf("%s: %q is not on the page", s.name, s.at)
		}
	}
	g.pictures[s.name] = guidePicture{fewColours(g.T, chromium.Run(g, g.ctx, chromedp.CaptureScreenshot())), g.words(), s.window[0], s.window[1]}
}

// fewColours reduces the colours of a picture to make it small.
func fewColours(t *testing.T, shot []byte) []byte {
	t.Helper()
	from, err := png.Decode(bytes.NewReader(shot))
	world.Must(t, err)
	often := map[color.Color]int{}
	area := from.Bounds()
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			often[color.RGBAModel.Convert(from.At(x, y))]++
		}
	}
	list := slices.SortedFunc(maps.Keys(often), func(a, b color.Color) int { return cmp.Compare(often[b], often[a]) })
	palette := color.Palette(list[:min(len(list), 64)])
	nearest := map[color.Color]uint8{}
	for c := range often {
		nearest[c] = uint8(palette.Index(c))
	}
	to := image.NewPaletted(area, palette)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			to.SetColorIndex(x, y, nearest[color.RGBAModel.Convert(from.At(x, y))])
		}
	}
	var buf bytes.Buffer
	world.Must(t, (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&buf, to))
	return buf.Bytes()
}
