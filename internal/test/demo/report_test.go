package demo

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"siida.id/internal/app"
	"siida.id/internal/regional"
	"siida.id/internal/report"
	"siida.id/internal/test/world"
)

// Third-party readers find the figures of the index page in its files, drafts
// and issued ones, and the sample mark on every page.
func TestReportsAreReadByOthers(t *testing.T) {
	p := world.Demo(t)
	setClock(p, time.Date(2027, 3, 1, 20, 0, 0, 0, time.UTC)) // already 2 March in the region
	h, token := world.Pages(t, p), world.Session(t, p, "admin", world.DemoPassword(t))
	regions, err := p.Regions.All(t.Context())
	world.Must(t, err)
	ctx := world.AsBridaIn(t, p, regions[0])
	world.WithLetterhead(t, ctx, p)
	want, err := p.Index.Of(ctx, "2026")
	world.Must(t, err)
	world.Issue(t, h, token, "2026")
	issued := world.LastIssuedIn(t, ctx, p)
	draft, letter := "/laporan/indeks/2026/", "/laporan/terbit/"+issued.ID+"/"

	for name, path := range map[string]string{"draft": draft, "issued": letter} {
		t.Run(name+" paper", func(t *testing.T) {
			file := fetched(t, h, token, path+"pdf", name+".pdf")
			checkPDF(t, file, want, name == "draft")
		})
		t.Run(name+" workbook", func(t *testing.T) {
			checkWorkbook(t, fetched(t, h, token, path+"xlsx", "indeks.xlsx"), want)
		})
	}
}

// Issued files never change, to the byte, whatever happens to the letterhead, the
// answers and the people; a draft follows them.
func TestIssuedReportsNeverChange(t *testing.T) {
	p := world.Demo(t)
	setClock(p, time.Date(2027, 3, 2, 3, 0, 0, 0, time.UTC))
	h, token := world.Pages(t, p), world.Session(t, p, "admin", world.DemoPassword(t))
	regions, err := p.Regions.All(t.Context())
	world.Must(t, err)
	ctx := world.AsBridaIn(t, p, regions[0])
	world.WithLetterhead(t, ctx, p)
	world.Issue(t, h, token, "2027")
	issued := world.LastIssuedIn(t, ctx, p)
	draft, letter := "/laporan/indeks/2027/", "/laporan/terbit/"+issued.ID+"/"
	all := func() (list []string) {
		for _, path := range []string{letter + "pdf", letter + "xlsx", draft + "pdf", draft + "xlsx"} {
			list = append(list, world.AnswerTo(t, h, token, http.MethodGet, path, "").Body.String())
		}
		return list
	}
	before := all()
	for i, sum := range []string{issued.PDF.SHA256, issued.Workbook.SHA256} {
		if got := fmt.Sprintf("%x", sha256.Sum256([]byte(before[i]))); got != sum {
			t.Errorf("the bytes have the sum %s, and the register says %s", got, sum)
		}
	}
	l, err := p.Report.Letterhead(ctx)
	world.Must(t, err)
	e := report.EntryOf(l)
	e.Agency, e.Signer.Name, e.LogoID = "DINAS LAIN", "Orang Lain", ""
	world.Must(t, p.Report.SaveLetterhead(ctx, e, nil))
	world.Must(t, p.Regional.Save(ctx, "2027", "SPD-04", regional.Entry{Choice: "1"}, nil))
	after := all()
	for i, changed := range []bool{false, false, true, true} {
		if (before[i] != after[i]) != changed {
			t.Errorf("file %d has changed: %v, want %v", i, !changed, changed)
		}
	}
	if found, err := p.Report.Issued(ctx, issued.ID); err != nil || found != issued {
		t.Errorf("the register has %+v, %v, and had %+v", found, err, issued)
	}
}

// A draft is the same all day, to the byte, so that caches work; the next day
// has another one.
func TestDraftsAreTheSameAllDay(t *testing.T) {
	p := world.Demo(t)
	h := world.Pages(t, p)
	for _, form := range []string{"pdf", "xlsx"} {
		ask := func(moment time.Time) *httptest.ResponseRecorder {
			setClock(p, moment)
			return world.AnswerTo(t, h, world.Session(t, p, "admin", world.DemoPassword(t)), http.MethodGet, "/laporan/indeks/2027/"+form, "")
		}
		morning := ask(time.Date(2027, 3, 2, 3, 0, 0, 0, time.UTC))
		later := ask(time.Date(2027, 3, 2, 3, 21, 7, 9, time.UTC))
		next := ask(time.Date(2027, 3, 2, 17, 0, 0, 0, time.UTC)) // midnight in the region
		if morning.Code != http.StatusOK || morning.Body.String() != later.Body.String() || morning.Header().Get("ETag") != later.Header().Get("ETag") {
			t.Errorf("%s: %d, other bytes twenty minutes later", form, morning.Code)
		}
		if morning.Body.String() == next.Body.String() || next.Code != http.StatusOK {
			t.Errorf("%s: %d, the bytes of the day before", form, next.Code)
		}
	}
}

var printedCode = regexp.MustCompile(`Periksa keaslian: \S+(/v/[A-Z-]+)`)

// A printed report can be checked by what is printed on it, without signing in.
func TestAPrintedReportIsChecked(t *testing.T) {
	p := world.Demo(t)
	h, token := world.Pages(t, p), world.Session(t, p, "admin", world.DemoPassword(t))
	regions, err := p.Regions.All(t.Context())
	world.Must(t, err)
	world.WithLetterhead(t, world.AsBridaIn(t, p, regions[0]), p)
	world.Issue(t, h, token, "2026")
	letter := "/laporan/terbit/" + world.LastIssuedIn(t, world.AsBridaIn(t, p, regions[0]), p).ID + "/"
	file := fetched(t, h, token, letter+"pdf", "a.pdf")
	found := printedCode.FindStringSubmatch(strings.Join(strings.Fields(outside(t, "pdftotext", "poppler-utils", "-layout", file, "-")), " "))
	if found == nil {
		t.Fatal("nothing is printed by which it could be checked")
	}
	answer := world.AnswerTo(t, h, "", http.MethodGet, strings.ToLower(found[1]), "")
	for _, form := range []string{"pdf", "xlsx"} {
		sum := fmt.Sprintf("%x", sha256.Sum256(world.AnswerTo(t, h, token, http.MethodGet, letter+form, "").Body.Bytes()))
		if answer.Code != http.StatusOK || !strings.Contains(answer.Body.String(), sum) {
			t.Errorf("%s: %d, without %s:\n%s", found[1], answer.Code, sum, answer.Body)
		}
	}
}

// setClock sets the program's clock.
func setClock(p *app.Program, moment time.Time) { p.Clock = func() time.Time { return moment } }
