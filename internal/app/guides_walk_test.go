package app

import (
	"bytes"
	"cmp"
	"context"
	"image"
	"image/color"
	"image/png"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"siida.id/internal/infra/samplefile"
)

// guideMoment is when the guides' pictures are taken: a morning on which the
// demo's second year has begun.
var guideMoment = time.Date(2026, 12, 1, 2, 30, 0, 0, time.UTC)

// The windows of the pictures: whoever works for an agency holds a telephone.
var (
	narrow = [2]int64{360, 640}
	wide   = [2]int64{1280, 720}
)

// shot is one picture of a guide, whose name begins with the guide's.
type shot struct {
	name   string
	path   string             // with {travis}, {kadis}, {dinas} and {rina}
	before func(g *guideWalk) // what is done on the page first
	at     string             // the words at the top of the picture; the page's top without
	window [2]int64
}

// guidePicture is a shot that was taken.
type guidePicture struct {
	png           []byte
	words         string
	width, height int64
}

// guideWalk walks through the demo as one reader after the other.
type guideWalk struct {
	*testing.T
	ctx      context.Context
	program  *program
	address  string
	places   *strings.Replacer
	sessions map[string]string
	pictures map[string]guidePicture
}

// takeAll takes the pictures of all guides, in the order of the shots.
func takeAll(t *testing.T) *guideWalk {
	t.Helper()
	p := demoProgram(t)
	p.clock = func() time.Time { return guideMoment }
	must(t, p.keepIndexOnce(t.Context()))
	rina, dinas := personNamed(t, p, "dishub")
	g := &guideWalk{
		T: t, ctx: browser(t), program: p, address: served(t, p), sessions: map[string]string{}, pictures: map[string]guidePicture{},
		places: strings.NewReplacer(
			"{travis}", "/inovasi/"+innovationNamed(t, p, "S-TRAVIS"), "{kadis}", "/inovasi/"+innovationNamed(t, p, "BU KADIS"),
			"{dinas}", "/perangkat-daerah/"+dinas, "{rina}", "/orang/"+rina),
	}
	carry(t, g.ctx, g.address, "bahasa", "id")
	for _, s := range guideShots {
		if s.path != "" {
			guide, _, _ := strings.Cut(s.name, "-")
			g.enter(guideReaders[guide])
		}
		g.take(s)
	}
	return g
}

// enter makes the browser somebody's.
func (g *guideWalk) enter(login string) {
	g.Helper()
	if g.sessions[login] == "" {
		g.sessions[login] = session(g.T, g.program, login, demoLogin(g.T))
	}
	carry(g, g.ctx, g.address, "sesi", g.sessions[login])
}

// open opens a path that a guide names, and returns its words.
func (g *guideWalk) open(login, path string) string {
	g.Helper()
	g.enter(login)
	do(g, g.ctx, chromedp.Navigate(g.address+path))
	if status := run(g, g.ctx, chromedp.Evaluate[int](`performance.getEntriesByType("navigation")[0].responseStatus`)); status != http.StatusOK {
		g.Errorf("%s, which the guide of %s names, answers %d", path, login, status)
	}
	return g.words()
}

// take takes one picture.
func (g *guideWalk) take(s shot) {
	g.Helper()
	do(g, g.ctx, chromedp.EmulateViewport(s.window[0], s.window[1]))
	if s.path != "" {
		do(g, g.ctx, chromedp.Navigate(g.address+g.places.Replace(s.path)))
	}
	if s.before != nil {
		s.before(g)
	}
	if s.at != "" {
		const find = `(() => {
			const words = [...document.querySelectorAll("main :is(h1, h2, h3, legend, summary, label, caption, a, p, button)")].find(e => e.textContent.trim().startsWith(WORDS));
			if (!words) return false;
			for (let d = words.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
			scrollTo({top: words.getBoundingClientRect().top + scrollY - 12, behavior: "instant"});
			return true;
		})()`
		if !run(g, g.ctx, chromedp.Evaluate[bool](strings.Replace(find, "WORDS", quoted(g.T, s.at), 1))) {
			g.Fatalf("%s: %q is not on the page", s.name, s.at)
		}
	}
	g.pictures[s.name] = guidePicture{fewColours(g.T, run(g, g.ctx, chromedp.CaptureScreenshot())), g.words(), s.window[0], s.window[1]}
}

// fewColours makes a picture small: as many colours as a page needs, and no more.
func fewColours(t *testing.T, shot []byte) []byte {
	t.Helper()
	from, err := png.Decode(bytes.NewReader(shot))
	must(t, err)
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
		nearest[c] = uint8(palette.Index(c)) //nolint:gosec // below 64
	}
	to := image.NewPaletted(area, palette)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			to.SetColorIndex(x, y, nearest[color.RGBAModel.Convert(from.At(x, y))])
		}
	}
	var buf bytes.Buffer
	must(t, (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&buf, to))
	return buf.Bytes()
}

// firstSign signs in somebody new by the slip, as far as the choice of a password.
func firstSign(g *guideWalk) {
	_, unit := personNamed(g.T, g.program, "dishub")
	slip := slipFor(g.T, g.program, unit)
	carry(g, g.ctx, g.address, "sesi", "")
	do(g, g.ctx, chromedp.Navigate(g.address+"/masuk"))
	fill(g.T, g.ctx, map[string]string{"nama": slip.Person.Login, "sandi": slip.Code})
	send(g.T, g.ctx, `location.pathname == "/sandi-baru" && document.querySelector("main [name=ulang]") != null`)
}

// signedOut shows the page to whoever has not signed in.
func signedOut(g *guideWalk) {
	carry(g, g.ctx, g.address, "sesi", "")
	do(g, g.ctx, chromedp.Navigate(g.address+"/masuk"))
}

// proveTeknis fills in the form of an indicator with its file.
func proveTeknis(g *guideWalk) {
	content, err := samplefile.PDF("CONTOH", "Pedoman teknis", []string{"Isi"})
	must(g.T, err)
	name := filepath.Join(g.TempDir(), "pedoman-teknis.pdf")
	must(g.T, os.WriteFile(name, content, 0o600))
	run(g, g.ctx, chromedp.Evaluate[any](`document.querySelector("main [name=pilihan][value='2']").click(); document.querySelector("main [name=selesai][value=ya]").click(); 0`))
	fill(g.T, g.ctx, map[string]string{"nomor": "400.10/12/2026", "tanggal": "2026-11-30", "tentang": "Pedoman teknis S-TRAVIS"})
	do(g, g.ctx, chromedp.SetUploadFiles("#berkas", []string{name}))
}

// save sends the form that is there.
func save(g *guideWalk) {
	send(g.T, g.ctx, `document.querySelector("[role=status]") != null && document.body.innerText.includes("pedoman-teknis.pdf")`)
}

// press presses a button or a link by its words, and waits for the next page.
func press(words, after string) func(g *guideWalk) {
	return func(g *guideWalk) {
		const click = `[...document.querySelectorAll("main a, main button")].find(e => e.textContent.trim().startsWith(WORDS)).click(); 0`
		run(g, g.ctx, chromedp.Evaluate[any](strings.Replace(click, "WORDS", quoted(g.T, words), 1)))
		until(g.T, g.ctx, after)
	}
}

// newcomer fills in the form of a person and shows his slip.
func newcomer(g *guideWalk) {
	newcomerTyped(g)
	send(g.T, g.ctx, `document.body.innerText.includes("hanya tampil sekali")`)
}

// newcomerTyped only fills the form in.
func newcomerTyped(g *guideWalk) {
	_, dinas := personNamed(g.T, g.program, "dishub")
	fill(g.T, g.ctx, map[string]string{"lengkap": "Nur Aisyah", "nama": "nur.aisyah", "peran": "operator", "perangkat": dinas})
}
