package world

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/app"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/demo"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/region"
	"siida.id/internal/regional"
	"siida.id/internal/report"
)

// AsBridaIn returns a context for writing as BRIDA in a region.
func AsBridaIn(tb testing.TB, p *app.Program, here region.Region) context.Context {
	tb.Helper()
	ctx := region.Within(tb.Context(), here)
	err := p.Accounts.Store.Add(ctx, account.Person{ID: "x", Name: "Orang BRIDA", Login: "orang.brida", Active: true}, []account.Assignment{
		{ID: "x", Assignment: actor.Assignment{Role: actor.Brida}},
	})
	if fault.KindOf(err) != fault.Conflict {
		Must(tb, err)
		Must(tb, p.Auth.Store.SetPasswordHash(ctx, "x", "none"))
	}
	return Acting(tb, p, here, "orang.brida")
}

// IssuedOf returns an issued report of the place of an object.
func (w *Regions) IssuedOf(tb testing.TB, place string) report.Issued {
	tb.Helper()
	here := w.In(place)
	if list, err := w.Report.Register(brida(tb, here)); err != nil || len(list) > 0 {
		Must(tb, err)
		return list[0]
	}
	ctx := AsBridaIn(tb, w.Program, here)
	Must(tb, w.Report.SaveLetterhead(ctx, report.Entry{
		Government: "PEMERINTAH", Agency: "BADAN", Address: "Jalan", Pattern: "{nomor}/{tahun}", Place: "Kalianda",
		Signer: report.Signer{Office: report.HeadOfRegion, Position: "Bupati", Name: "Nama"},
	}, nil))
	made, err := w.Report.Issue(ctx, "2026", report.Agreed{N: 1, Letterhead: 1}, func(report.Report) (paper, book []byte, err error) {
		return []byte("%PDF-1.7 " + w.IDs[place].Secret), []byte("PK " + w.IDs[place].Secret), nil
	})
	Must(tb, err)
	return made
}

// LastIssued returns the newest issued report of the first region; zero if
// there is none.
func (w *Regions) LastIssued(tb testing.TB) report.Issued {
	tb.Helper()
	list, err := w.Report.Register(brida(tb, w.Home))
	Must(tb, err)
	if len(list) == 0 {
		return report.Issued{}
	}
	return list[0]
}

// LastRequest returns the newest data request of the first region.
func (w *Regions) LastRequest(tb testing.TB) (last string) {
	tb.Helper()
	l, err := w.Regional.Listing(brida(tb, w.Home), "2026")
	Must(tb, err)
	ids := []string{""}
	for _, r := range l.List {
		ids = append(ids, r.ID)
	}
	return slices.Max(ids)
}

// RequestOf returns a data request to the agency of a place, answered with a
// file.
func (w *Regions) RequestOf(tb testing.TB, place string) string {
	tb.Helper()
	if id := w.requests[place]; id != "" {
		return id
	}
	here := w.In(place)
	o, admin, operator := w.IDs[place], Acting(tb, w.Program, here, "admin"), Acting(tb, w.Program, here, w.IDs[place].Secret)
	ids, err := w.Regional.Ask(admin, regional.AskEntry{Codes: []string{"SPD-04"}, To: o.Agency, Due: "2099-01-01", Note: "Perlu " + o.Secret})
	Must(tb, err)
	id := ids["SPD-04"]
	f, err := w.Regional.ReceiveReply(operator, id, o.Secret+".pdf", strings.NewReader("%PDF-1.7 "+o.Secret))
	Must(tb, err)
	Must(tb, w.Regional.Reply(operator, id, regional.ReplyEntry{Source: "BPS", FileID: f.ID, Version: 1}, nil))
	w.requests[place] = id
	return id
}

// WithLetterhead sets up a letterhead as BRIDA.
func WithLetterhead(tb testing.TB, ctx context.Context, p *app.Program) {
	tb.Helper()
	drawn, err := demo.Sample("crest.png")
	Must(tb, err)
	logo, err := p.Report.ReceiveLogo(ctx, bytes.NewReader(drawn))
	Must(tb, err)
	now, err := p.Report.Letterhead(ctx)
	Must(tb, err)
	Must(tb, p.Report.SaveLetterhead(ctx, report.Entry{
		Government: "PEMERINTAH KABUPATEN LAMPUNG SELATAN", Agency: "BADAN RISET DAN INOVASI DAERAH",
		Address: "Jalan Contoh Nomor 1, Kalianda 35513", Contact: "Telepon (0727) 000000, pos-el brida@contoh.example",
		Pattern: "000.9.2/{nomor}/{kode OPD}/{bulan}/{tahun}", Code: "BRIDA", Place: "Kalianda", LogoID: logo.ID, Version: now.Version,
		Signer: report.Signer{
			Office: report.OtherOffice, Position: "Kepala Badan Riset dan Inovasi Daerah Kabupaten Lampung Selatan",
			Before: "Dr.", Name: "Sri Contoh Rahayu", After: "S.Sos., M.Si.", Rank: "Pembina Utama Muda, IV/c", NIP: "198001012005012001",
		},
	}, nil))
}

// Issue issues the report of a period as offered.
func Issue(tb testing.TB, h http.Handler, token, period string) {
	tb.Helper()
	path := "/laporan/indeks/" + period + "/terbitkan"
	form := url.Values{}
	for _, m := range regexp.MustCompile(`name="(nomor|versi)" value="(\d+)"`).FindAllStringSubmatch(AnswerTo(tb, h, token, http.MethodGet, path, "").Body.String(), -1) {
		form.Set(m[1], m[2])
	}
	if w := AnswerTo(tb, h, token, http.MethodPost, path, form.Encode()); w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), "/laporan/terbit/") {
		tb.Fatalf("issuing: %d %s", w.Code, w.Body)
	}
}

// LastIssuedIn returns the newest issued report of the region of ctx.
func LastIssuedIn(tb testing.TB, ctx context.Context, p *app.Program) report.Issued {
	tb.Helper()
	list, err := p.Report.Register(ctx)
	Must(tb, err)
	if len(list) == 0 {
		tb.Fatal("nothing was issued")
	}
	return list[0]
}

// SkipHour advances the clock by an hour.
func SkipHour(tb testing.TB, p *app.Program) {
	tb.Helper()
	_, err := p.DB.Exec(tb.Context(), `update sessions set seen_at = $1`, sqldb.Time(p.Clock().Add(-time.Hour)))
	Must(tb, err)
}
