package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"siida.id/internal/demo"
	"siida.id/internal/regional"
	"siida.id/internal/report"
)

// lettered sets up a letterhead as BRIDA would.
func lettered(t *testing.T, ctx context.Context, p *Program) {
	t.Helper()
	drawn, err := demo.Sample("crest.png")
	must(t, err)
	logo, err := p.Report.ReceiveLogo(ctx, bytes.NewReader(drawn))
	must(t, err)
	now, err := p.Report.Letterhead(ctx)
	must(t, err)
	must(t, p.Report.SaveLetterhead(ctx, report.Entry{
		Government: "PEMERINTAH KABUPATEN LAMPUNG SELATAN", Agency: "BADAN RISET DAN INOVASI DAERAH",
		Address: "Jalan Contoh Nomor 1, Kalianda 35513", Contact: "Telepon (0727) 000000, pos-el brida@contoh.example",
		Pattern: "000.9.2/{nomor}/{kode OPD}/{bulan}/{tahun}", Code: "BRIDA", Place: "Kalianda", LogoID: logo.ID, Version: now.Version,
		Signer: report.Signer{
			Office: report.OtherOffice, Position: "Kepala Badan Riset dan Inovasi Daerah Kabupaten Lampung Selatan",
			Before: "Dr.", Name: "Sri Contoh Rahayu", After: "S.Sos., M.Si.", Rank: "Pembina Utama Muda, IV/c", NIP: "198001012005012001",
		},
	}, nil))
}

// at fetches with a clock of its own.
func (p *Program) at(moment time.Time) { p.Clock = func() time.Time { return moment } }

// Readers that are not ours find the figures of the index page in its files,
// drafts and issued ones, and on every page that they are made up.
func TestReportsAreReadByOthers(t *testing.T) {
	p := demoProgram(t)
	p.at(time.Date(2027, 3, 1, 20, 0, 0, 0, time.UTC)) // the second of March where people live
	h, token := pages(t, p), session(t, p, "admin", demoLogin(t))
	regions, err := p.Regions.All(t.Context())
	must(t, err)
	ctx := clerk(t, p, regions[0])
	lettered(t, ctx, p)
	want, err := p.Index.Of(ctx, "2026")
	must(t, err)
	issue(t, h, token, "2026")
	issued := p.lastIssuedOf(t, ctx)
	draft, letter := "/laporan/indeks/2026/", "/laporan/terbit/"+issued.ID+"/"

	for name, path := range map[string]string{"draft": draft, "issued": letter} {
		t.Run(name+" paper", func(t *testing.T) {
			file := fetched(t, h, token, path+"pdf", name+".pdf")
			holdsPaper(t, file, want, name == "draft")
		})
		t.Run(name+" workbook", func(t *testing.T) {
			holdsWorkbook(t, fetched(t, h, token, path+"xlsx", "indeks.xlsx"), want)
		})
	}
}

// What was issued stays as it was, to the byte, whatever becomes of the letterhead,
// of the answers and of the demo's people; a draft follows them.
func TestIssuedReportsNeverChange(t *testing.T) {
	p := demoProgram(t)
	p.at(time.Date(2027, 3, 2, 3, 0, 0, 0, time.UTC))
	h, token := pages(t, p), session(t, p, "admin", demoLogin(t))
	regions, err := p.Regions.All(t.Context())
	must(t, err)
	ctx := clerk(t, p, regions[0])
	lettered(t, ctx, p)
	issue(t, h, token, "2027")
	issued := p.lastIssuedOf(t, ctx)
	draft, letter := "/laporan/indeks/2027/", "/laporan/terbit/"+issued.ID+"/"
	all := func() (list []string) {
		for _, path := range []string{letter + "pdf", letter + "xlsx", draft + "pdf", draft + "xlsx"} {
			list = append(list, answerTo(t, h, token, http.MethodGet, path, "").Body.String())
		}
		return list
	}
	before := all()
	for i, sum := range []string{issued.Paper.Sum, issued.Book.Sum} {
		if got := fmt.Sprintf("%x", sha256.Sum256([]byte(before[i]))); got != sum {
			t.Errorf("the bytes have the sum %s, and the register says %s", got, sum)
		}
	}
	l, err := p.Report.Letterhead(ctx)
	must(t, err)
	e := report.EntryOf(l)
	e.Agency, e.Signer.Name, e.LogoID = "DINAS LAIN", "Orang Lain", ""
	must(t, p.Report.SaveLetterhead(ctx, e, nil))
	must(t, p.Regional.Save(ctx, "2027", "SPD-04", regional.Entry{Choice: "1"}, nil))
	after := all()
	for i, changed := range []bool{false, false, true, true} {
		if (before[i] != after[i]) != changed {
			t.Errorf("file %d has changed: %v, want %v", i, !changed, changed)
		}
	}
	if found, err := p.Report.Issued(ctx, issued.ID); err != nil || found != issued {
		t.Errorf("the register says %+v, %v, and said %+v", found, err, issued)
	}
}

// A draft is the same all day, to the byte, so that nobody loads it twice; the
// next day has another one.
func TestDraftsAreTheSameAllDay(t *testing.T) {
	p := demoProgram(t)
	h := pages(t, p)
	for _, form := range []string{"pdf", "xlsx"} {
		ask := func(moment time.Time) *httptest.ResponseRecorder {
			p.at(moment)
			return answerTo(t, h, session(t, p, "admin", demoLogin(t)), http.MethodGet, "/laporan/indeks/2027/"+form, "")
		}
		morning := ask(time.Date(2027, 3, 2, 3, 0, 0, 0, time.UTC))
		later := ask(time.Date(2027, 3, 2, 3, 21, 7, 9, time.UTC))
		next := ask(time.Date(2027, 3, 2, 17, 0, 0, 0, time.UTC)) // midnight where people live
		if morning.Code != http.StatusOK || morning.Body.String() != later.Body.String() || morning.Header().Get("ETag") != later.Header().Get("ETag") {
			t.Errorf("%s: %d, other bytes twenty minutes later", form, morning.Code)
		}
		if morning.Body.String() == next.Body.String() || next.Code != http.StatusOK {
			t.Errorf("%s: %d, the bytes of the day before", form, next.Code)
		}
	}
}

// issue issues the report of a period as a person does: he looks, and agrees.
func issue(t *testing.T, h http.Handler, token, period string) {
	t.Helper()
	path := "/laporan/indeks/" + period + "/terbitkan"
	form := url.Values{}
	for _, m := range regexp.MustCompile(`name="(nomor|versi)" value="(\d+)"`).FindAllStringSubmatch(answerTo(t, h, token, http.MethodGet, path, "").Body.String(), -1) {
		form.Set(m[1], m[2])
	}
	if w := answerTo(t, h, token, http.MethodPost, path, form.Encode()); w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), "/laporan/terbit/") {
		t.Fatalf("issuing: %d %s", w.Code, w.Body)
	}
}

// answerTo is the answer to a request with a session.
func answerTo(t *testing.T, h http.Handler, token, method, path, form string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(form))
	if form != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.AddCookie(&http.Cookie{Name: "sesi", Value: token})
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func (p *Program) lastIssuedOf(t *testing.T, ctx context.Context) report.Issued {
	t.Helper()
	list, err := p.Report.Register(ctx)
	must(t, err)
	if len(list) == 0 {
		t.Fatal("nothing was issued")
	}
	return list[0]
}

var printedCode = regexp.MustCompile(`Periksa keaslian: \S+(/v/[A-Z-]+)`)

// Whoever holds a printed report finds its sum by what is printed on it, without
// signing in.
func TestAPrintedReportIsChecked(t *testing.T) {
	p := demoProgram(t)
	h, token := pages(t, p), session(t, p, "admin", demoLogin(t))
	regions, err := p.Regions.All(t.Context())
	must(t, err)
	lettered(t, clerk(t, p, regions[0]), p)
	issue(t, h, token, "2026")
	letter := "/laporan/terbit/" + p.lastIssuedOf(t, clerk(t, p, regions[0])).ID + "/"
	file := fetched(t, h, token, letter+"pdf", "a.pdf")
	found := printedCode.FindStringSubmatch(strings.Join(strings.Fields(outside(t, "pdftotext", "poppler-utils", "-layout", file, "-")), " "))
	if found == nil {
		t.Fatal("nothing is printed by which it could be checked")
	}
	answer := answerTo(t, h, "", http.MethodGet, strings.ToLower(found[1]), "")
	for _, form := range []string{"pdf", "xlsx"} {
		sum := fmt.Sprintf("%x", sha256.Sum256(answerTo(t, h, token, http.MethodGet, letter+form, "").Body.Bytes()))
		if answer.Code != http.StatusOK || !strings.Contains(answer.Body.String(), sum) {
			t.Errorf("%s: %d, without %s:\n%s", found[1], answer.Code, sum, answer.Body)
		}
	}
}
