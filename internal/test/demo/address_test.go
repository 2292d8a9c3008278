package demo

import (
	"image/png"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"siida.id/internal/region"
	"siida.id/internal/test/world"
)

// Whatever host a request names, an issued report prints and encodes the
// region's public address.
func TestCaseS7IssuedReportsHaveThePublicAddress(t *testing.T) {
	p := world.Demo(t)
	regions, err := p.Regions.All(t.Context())
	world.Must(t, err)
	public := "https://si-ida.contoh.example"
	_, err = p.Regions.Set(t.Context(), regions[0].Code, region.Change{URL: &public})
	world.Must(t, err)
	h, token := world.Pages(t, p), world.Session(t, p, "admin", world.DemoPassword(t))
	ctx := world.AsBridaIn(t, p, regions[0])
	world.WithLetterhead(t, ctx, p)
	forged := func(method, path, form string) *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(form))
		r.Host = "penipu.example"
		r.Header.Set("X-Forwarded-Host", "penipu.example")
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.AddCookie(&http.Cookie{Name: "sesi", Value: token})
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	path, form := "/laporan/indeks/2026/terbitkan", url.Values{}
	for _, m := range regexp.MustCompile(`name="(nomor|versi)" value="(\d+)"`).FindAllStringSubmatch(forged(http.MethodGet, path, "").Body.String(), -1) {
		form.Set(m[1], m[2])
	}
	if w := forged(http.MethodPost, path, form.Encode()); w.Code != http.StatusSeeOther {
		t.Fatalf("issuing: %d %s", w.Code, w.Body)
	}
	letter := "/laporan/terbit/" + world.LastIssuedIn(t, ctx, p).ID + "/"
	file := fetched(t, h, token, letter+"pdf", "a.pdf")
	text := outside(t, "pdftotext", "poppler-utils", "-layout", file, "-")
	flat := strings.Join(strings.Fields(text), " ")
	if strings.Contains(flat, "penipu") || !strings.Contains(flat, "Periksa keaslian: si-ida.contoh.example/v/") {
		t.Errorf("paper says where it is checked:\n%s", text)
	}
	if got := scanned(t, file); !strings.HasPrefix(got, public+"/v/") {
		t.Errorf("the code on paper leads to %q", got)
	}
}

// scanned returns the content of the first QR code of a PDF.
func scanned(t *testing.T, file string) string {
	t.Helper()
	outside(t, "pdftoppm", "poppler-utils", "-r", "200", "-png", file, strings.TrimSuffix(file, ".pdf"))
	pictures, err := filepath.Glob(strings.TrimSuffix(file, ".pdf") + "-*.png")
	world.Must(t, err)
	for _, name := range pictures {
		f, err := os.Open(name)
		world.Must(t, err)
		page, err := png.Decode(f)
		world.Must(t, err)
		world.Must(t, f.Close())
		bitmap, err := gozxing.NewBinaryBitmapFromImage(page)
		world.Must(t, err)
		found, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
		if err == nil {
			return found.GetText()
		}
	}
	t.Errorf("there is no code on %d pages", len(pictures))
	return ""
}

// Without a public address nothing is issued, the page says who sets it and how,
// and no number is used.
func TestNothingIsIssuedWithoutAPublicAddress(t *testing.T) {
	p := world.Demo(t)
	regions, err := p.Regions.All(t.Context())
	world.Must(t, err)
	h, token := world.Pages(t, p), world.Session(t, p, "admin", world.DemoPassword(t))
	ctx := world.AsBridaIn(t, p, regions[0])
	world.WithLetterhead(t, ctx, p)
	before, err := p.Report.Register(ctx)
	world.Must(t, err)
	var none string
	_, err = p.Regions.Set(t.Context(), regions[0].Code, region.Change{URL: &none})
	world.Must(t, err)
	for method, form := range map[string]string{http.MethodGet: "", http.MethodPost: "nomor=1&versi=1"} {
		w := world.AnswerTo(t, h, token, method, "/laporan/indeks/2026/terbitkan", form)
		if w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "siida region set "+regions[0].Code+" --url") {
			t.Errorf("%s: %d %s", method, w.Code, w.Body)
		}
	}
	if w := world.AnswerTo(t, h, token, http.MethodGet, "/laporan/indeks/2026/pdf", ""); w.Code != http.StatusOK {
		t.Errorf("a draft: %d", w.Code)
	}
	after, err := p.Report.Register(ctx)
	if err != nil || len(after) != len(before) {
		t.Errorf("%d were issued, %v, and %d before", len(after), err, len(before))
	}
}
