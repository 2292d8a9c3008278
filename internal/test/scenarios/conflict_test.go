package scenarios

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"siida.id/internal/test/world"
	"siida.id/web/ui"
)

// conflicts has forms with a version: where they are, who else saves them, what that
// person changes, what one changes oneself, and a field that both change.
var conflicts = []struct {
	name, page, action, what string
	as, other                string
	fields                   url.Values // that the page does not have as inputs with a value
	theirs, mine             url.Values
	both                     string
}{
	{
		name: "a profile", page: "/inovasi/{innovation}/ubah", action: "/inovasi/{innovation}/ubah", as: "operator", other: "admin",
		fields: form("nama", "Inovasi rahasia-own", "urusan", "Kesehatan", "terap", "2024-03-01", "rancang", "Rancang rahasia-own"),
		theirs: form("rancang", "Rancang mereka"), mine: form("manfaat", "Manfaat saya"), both: "nama",
	},
	{
		name: "a decree", page: "/sk/{decree}/ubah", action: "/sk/{decree}/ubah", what: "188/own", as: "brida", other: "admin",
		fields: form("nomor", "188/own", "tanggal", "2024-01-02", "tentang", "Penetapan inovasi", "inovasi", "{innovation}"),
		theirs: form("pelaksana", "Tim mereka"), mine: form("tanggal", "2024-01-03"), both: "tentang",
	},
	{
		name: "an answer", page: "/inovasi/{innovation}/2026/SID-17", action: "/inovasi/{innovation}/2026/SID-17", what: "Ketersediaan", as: "operator", other: "admin",
		fields: form("pilihan", "0"), theirs: form("pilihan", "3"), mine: form("selesai", "ya"),
	},
	{
		name: "an answer of the region", page: "/daerah/2026/SPD-04", action: "/daerah/2026/SPD-04", as: "brida", other: "admin",
		fields: form("pilihan", "0", "tahun_1", "2025", "tahun_2", "2024"), theirs: form("pilihan", "1", "sumber", "BPS mereka"), mine: form("angka_1", "5,1"), both: "sumber",
	},
	{
		name: "guidance", page: "/panduan/2026/SID-16", action: "/panduan/2026/SID-16", as: "brida", other: "admin", fields: form("panduan", ""), theirs: form("panduan", "Panduan mereka"), both: "panduan",
	},
	{
		name: "a window", page: "/periode/2026/ubah", action: "/periode/2026/ubah", as: "brida", other: "admin",
		fields: form("buka_tanggal", "", "buka_jam", "", "tutup_tanggal", "", "tutup_jam", "", "catatan", ""),
		theirs: form("tutup_tanggal", "2090-01-02", "tutup_jam", "16.00"), mine: form("buka_tanggal", "2026-01-01", "buka_jam", "08.00"), both: "catatan",
	},
}

var hiddenField = regexp.MustCompile(`<input type="hidden" name="(versi|` + ui.BaseField + `)" value="([^"]*)"`)

// A11: a conflict names who has saved what and when. Where one has changed nothing, what
// the other has saved stays; where both have, both texts are shown; and one's own other
// tab is not somebody else.
func TestCaseA11ConflictsLoseNothing(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler := world.Pages(t, w.Program)
		fill := strings.NewReplacer("{innovation}", w.IDs["own"].Innovation, "{decree}", w.IDs["own"].Decree)
		for _, tt := range conflicts {
			t.Run(tt.name, func(t *testing.T) {
				shown := func() url.Values { // the form as its page has it
					fields := url.Values{}
					for name, values := range tt.fields {
						fields.Set(name, fill.Replace(values[0]))
					}
					page := w.Ask(t, handler, tt.as, http.MethodGet, fill.Replace(tt.page), "").Body.String()
					for _, m := range hiddenField.FindAllStringSubmatch(page, -1) {
						fields.Set(m[1], html.UnescapeString(m[2]))
					}
					return fields
				}
				send := func(as string, base, changed url.Values) (int, string) {
					fields := url.Values{}
					for _, from := range []url.Values{base, changed} {
						for name := range from {
							fields[name] = slices.Clone(from[name])
						}
					}
					answer := w.Ask(t, handler, as, http.MethodPost, fill.Replace(tt.action), fields.Encode())
					return answer.Code, html.UnescapeString(answer.Body.String())
				}
				old, mine := shown(), url.Values{}
				for name := range tt.mine {
					mine.Set(name, tt.mine.Get(name))
				}
				theirs := url.Values{}
				for name := range tt.theirs {
					theirs.Set(name, tt.theirs.Get(name))
				}
				if tt.both != "" {
					theirs.Set(tt.both, "Isi mereka")
					mine.Set(tt.both, "Isi saya")
				}
				if code, page := send(tt.other, old, theirs); code != http.StatusSeeOther {
					t.Fatalf("the other: %d %s", code, page)
				}
				if tt.name == "an answer" { // a mistake comes first, and its page still knows what the form was shown with
					code, page := send(tt.as, old, form("pilihan", "9"))
					if code != http.StatusUnprocessableEntity || !strings.Contains(page, `name="`+ui.BaseField+`" value="`+old.Get(ui.BaseField)+`"`) {
						t.Errorf("with a mistake: %d %s", code, page)
					}
				}
				code, page := send(tt.as, old, mine)
				if code != http.StatusConflict {
					t.Fatalf("one's own: %d %s", code, page)
				}
				for _, want := range []string{"Admin Kabupaten Satu menyimpan “" + tt.what, "Isian Anda belum tersimpan", " pukul "} {
					if !strings.Contains(page, want) {
						t.Errorf("the page lacks %q: %s", want, page)
					}
				}
				for _, list := range []url.Values{theirs, mine} {
					for name := range list {
						if text := list.Get(name); len(text) > 1 && !strings.Contains(page, text) {
							t.Errorf("%q of %s is lost: %s", text, name, page)
						}
					}
				}
				if tt.name == "an answer" && !regexp.MustCompile(`value="3" checked`).MatchString(page) {
					t.Errorf("the choice of the other is not taken over: %s", page)
				}
				if code, page := send(tt.other, old, mine); code != http.StatusConflict || !strings.Contains(page, "Anda sendiri menyimpan") {
					t.Errorf("one's own other tab: %d %s", code, page)
				}
				if page := w.Ask(t, handler, tt.as, http.MethodGet, fill.Replace(tt.page), "").Body.String(); strings.Contains(page, "Isi saya") {
					t.Error("what was in conflict is saved")
				}
			})
		}
	})
}
