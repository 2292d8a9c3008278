package scenarios

import (
	"html"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"siida.id/internal/account"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/creating"
	"siida.id/internal/base/id"
	"siida.id/internal/test/world"
	"siida.id/web/ui"
)

// conflict is a form with a version: where it is, who else saves it, what that person
// changes, and what one changes oneself.
type conflict struct {
	name, page, action, what string
	template                 string // that has the form, below internal
	as, other                string
	theirPage, theirAction   string // where the other changes the same, if elsewhere
	saved                    bool   // it is saved once before
	fields                   url.Values
	theirs, mine             url.Values
	taken                    string            // that the page has of theirs, where it is not a text of theirs
	beside                   map[string]string // by an input that both change, what is stored
	then                     *request          // an event about the same by somebody else, which changes nothing of the form
}

var conflicts = []conflict{
	{
		name: "a profile", page: "/inovasi/{innovation}/ubah", action: "/inovasi/{innovation}/ubah", template: "innovation/innovationweb/form.templ", as: "operator", other: "second",
		fields: form("nama", "Inovasi rahasia-own", "urusan", "Kesehatan", "terap", "2024-03-01", "rancang", "Rancang rahasia-own"),
		theirs: form("rancang", "Rancang mereka", "nama", "Isi mereka", "terap", "2024-03-05"), mine: form("manfaat", "Manfaat saya", "nama", "Isi saya", "terap", "2024-03-06"),
		beside: map[string]string{"nama": "Isi mereka", "terap": "5 Maret 2024"},
		then:   &request{as: "third", path: "/inovasi/{innovation}/pindah", form: form("tujuan-pindah", "{elsewhere}", "catatan", "Sesuai tugas"), status: 303},
	},
	{
		name: "a decree", page: "/sk/{decree}/ubah", action: "/sk/{decree}/ubah", template: "decree/decreeweb/pages.templ", what: "188/own", as: "brida", other: "second",
		fields: form("nomor", "188/own", "tanggal", "2024-01-02", "tentang", "Penetapan inovasi", "inovasi", "{innovation}"),
		theirs: form("pelaksana", "Tim mereka", "tentang", "Isi mereka", "inovasi", "{elsewhere innovation}"), mine: form("tanggal", "2024-01-03", "tentang", "Isi saya"),
		beside: map[string]string{"tentang": "Isi mereka", "inovasi": "Inovasi rahasia-other"},
	},
	{
		name: "an answer", page: "/inovasi/{innovation}/2026/SID-17", action: "/inovasi/{innovation}/2026/SID-17", template: "evidence/evidenceweb/question.templ", what: "Ketersediaan", as: "operator", other: "second",
		fields: form("pilihan", "0"), theirs: form("pilihan", "3"), mine: form("selesai", "ya"), taken: `value="3" checked`,
	},
	{
		name: "an answer that both change", page: "/inovasi/{innovation}/2026/SID-16", action: "/inovasi/{innovation}/2026/SID-16", template: "evidence/evidenceweb/question.templ", as: "operator", other: "second",
		fields: form("pilihan", ""), theirs: form("pilihan", "3"), mine: form("pilihan", "1"), beside: map[string]string{"pilihan": "Peraturan"},
	},
	{
		name: "an answer of the region", page: "/daerah/2026/SPD-04", action: "/daerah/2026/SPD-04", template: "regional/regionalweb/question.templ", as: "brida", other: "second",
		fields: form("pilihan", "0", "tahun_1", "2025", "tahun_2", "2024"), theirs: form("pilihan", "1", "sumber", "Isi mereka", "angka_1", "4,25"), mine: form("angka_1", "5,1", "sumber", "Isi saya"),
		beside: map[string]string{"sumber": "Isi mereka", "angka_1": "4,25"},
	},
	{
		name: "a reply", page: "/permintaan-data/{request}", action: "/permintaan-data/{request}/jawab", template: "regional/regionalweb/request.templ", as: "operator", other: "second",
		fields: form("sumber", "BPS"), theirs: form("angka", "4,25", "tahun", "2024", "sumber", "Isi mereka"), mine: form("catatan", "Catatan saya", "sumber", "Isi saya"),
		beside: map[string]string{"sumber": "Isi mereka"},
	},
	{
		name: "guidance", page: "/panduan/2026/SID-16", action: "/panduan/2026/SID-16", template: "guidance/guidanceweb/edit.templ", as: "brida", other: "second",
		fields: form("panduan", ""), theirs: form("panduan", "Isi mereka"), mine: form("panduan", "Isi saya"), beside: map[string]string{"panduan": "Isi mereka"},
	},
	{
		name: "a window", page: "/periode/2026/ubah", action: "/periode/2026/ubah", template: "period/periodweb/calendar.templ", as: "brida", other: "second",
		fields: form("buka_tanggal", "", "buka_jam", "", "tutup_tanggal", "", "tutup_jam", "", "catatan", ""),
		theirs: form("tutup_tanggal", "2090-01-02", "tutup_jam", "16.00", "catatan", "Isi mereka"), mine: form("buka_tanggal", "2026-01-01", "buka_jam", "08.00", "tutup_tanggal", "2090-02-03", "tutup_jam", "16.00", "catatan", "Isi saya"),
		beside: map[string]string{"catatan": "Isi mereka", "tutup_tanggal": "2 Januari 2090"},
		then:   &request{as: "third", path: "/periode/2026/tenggat", form: form("tenggat_nama", "Bukti", "tenggat_tanggal", "1-8-2090", "tenggat_jam", "12.00"), status: 303},
	},
	{
		name: "a letterhead", page: "/laporan/kop", action: "/laporan/kop", template: "report/reportweb/letterhead.templ", as: "brida", other: "second",
		saved: true, fields: letterheadForm(), theirs: form("perangkat", "Isi mereka", "alamat", "Alamat mereka", "kedudukan", "sekretaris-daerah", "nip", "198001012005012002"), mine: form("perangkat", "Isi saya", "kontak", "Kontak saya", "nip", "198001012005012003"),
		beside: map[string]string{"perangkat": "Isi mereka", "nip": "19800101 200501 2 002"},
	},
	{
		name: "an agency", page: "/perangkat-daerah/{agency}/ubah", action: "/perangkat-daerah/{agency}/ubah", template: "agency/agencyweb/pages.templ", as: "admin", other: "second",
		fields: form("jenis", "dinas", "induk", "", "mulai", ""), theirs: form("jenis", "badan", "induk", "{elsewhere}", "mulai", "2019-01-02"), mine: form("jenis", "kecamatan", "induk", "{above}", "mulai", "2019-03-04"),
		beside: map[string]string{"jenis": "Badan", "induk": "Dinas other", "mulai": "2 Januari 2019"},
	},
	{
		name: "a person", page: "/orang/{person}/ubah", action: "/orang/{person}/ubah", template: "account/accountweb/change.templ", as: "admin", other: "second",
		fields: form("lengkap", "Orang", "telepon", ""), theirs: form("lengkap", "Isi mereka"), mine: form("lengkap", "Isi saya", "telepon", "081200000001"),
		beside: map[string]string{"lengkap": "Isi mereka"},
		then:   &request{as: "third", path: "/orang/{person}/kode", status: 200},
	},
	{
		name: "one's own account", page: "/saya", action: "/saya", template: "account/accountweb/self.templ", as: "operator", other: "second", theirPage: "/orang/{me}/ubah", theirAction: "/orang/{me}/ubah",
		fields: form("lengkap", "Orang", "telepon", "", "bahasa", ""), theirs: form("lengkap", "Isi mereka", "telepon", "081200000002"), mine: form("lengkap", "Isi saya", "bahasa", "id"),
		beside: map[string]string{"lengkap": "Isi mereka"},
		then:   &request{as: "operator", path: "/bahasa", form: form("bahasa", "id", "ke", "/saya"), status: 303},
	},
}

var hiddenField = regexp.MustCompile(`<input type="hidden" name="(versi|` + ui.BaseField + `)" value="([^"]*)"`)

// Each form with a version is tried.
func TestVersionedFormsAreListed(t *testing.T) {
	tried := map[string]bool{}
	for _, c := range conflicts {
		tried[c.template] = true
	}
	forms := os.DirFS("../..")
	world.Must(t, fs.WalkDir(forms, ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".templ") {
			return err
		}
		text, err := fs.ReadFile(forms, name)
		switch n := strings.Count(string(text), "@ui.Version("); {
		case n > 1:
			t.Errorf("%s has %d forms with a version", name, n)
		case n == 1 != tried[name]:
			t.Errorf("%s has a form with a version: %v; tried: %v", name, n == 1, tried[name])
		}
		return err
	}))
}

// A11: a conflict names who has saved what and when. Where one has changed nothing, what
// the other has saved stays; where both have, what is stored is shown beside the field as
// people read it; and one's own other tab is not somebody else.
func TestCaseA11ConflictsLoseNothing(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler := world.Pages(t, w.Program)
		admin := world.Acting(t, w.Program, w.Home, "admin")
		for _, persona := range []string{"second", "third"} {
			w.People[persona], _ = w.Enrol(t, admin, persona, account.Assignment{Assignment: actor.Assignment{Role: actor.Admin}})
		}
		me, err := w.Auth.Resume(admin, w.People["operator"])
		world.Must(t, err)
		own, elsewhere := w.IDs["own"], w.IDs["other"]
		above, err := w.Agencies.Add(admin, "Badan di atas", "badan")
		world.Must(t, err)
		fill := strings.NewReplacer("{innovation}", own.Innovation, "{elsewhere innovation}", elsewhere.Innovation, "{decree}", own.Decree, "{agency}", own.Agency,
			"{elsewhere}", elsewhere.Agency, "{above}", above.ID, "{person}", own.Person, "{me}", me.ID, "{request}", w.RequestOf(t, "own"))
		for _, c := range conflicts {
			t.Run(c.name, func(t *testing.T) { conflicting{w, t, handler, fill, c}.run() })
		}
	})
}

// conflicting runs a conflict.
type conflicting struct {
	*world.Regions
	t       *testing.T
	handler http.Handler
	fill    *strings.Replacer
	conflict
}

func (c conflicting) run() {
	action, theirAction := c.action, c.action
	if c.theirAction != "" {
		theirAction = c.theirAction
	}
	if c.saved {
		if code, page := c.send(c.as, action, c.shown(c.as, c.page), nil); code != http.StatusSeeOther {
			c.t.Fatalf("first: %d %s", code, page)
		}
	}
	old := c.shown(c.as, c.page)
	theirOld := old
	if c.theirPage != "" {
		theirOld = c.shown(c.other, c.theirPage)
	}
	if code, page := c.send(c.other, theirAction, theirOld, c.theirs); code != http.StatusSeeOther {
		c.t.Fatalf("the other: %d %s", code, page)
	}
	if c.then != nil {
		fields := c.filled(c.then.form)
		fields.Set(creating.Field, id.New())
		if answer := c.Ask(c.t, c.handler, c.then.as, http.MethodPost, c.fill.Replace(c.then.path), fields.Encode()); answer.Code != c.then.status {
			c.t.Fatalf("then: %d %s", answer.Code, answer.Body)
		}
	}
	if c.name == "an answer" { // a mistake comes first, and its page still knows what the form was shown with
		code, page := c.send(c.as, action, old, form("pilihan", "9"))
		if code != http.StatusUnprocessableEntity || !strings.Contains(page, `name="`+ui.BaseField+`" value="`+old.Get(ui.BaseField)+`"`) {
			c.t.Errorf("with a mistake: %d %s", code, page)
		}
	}
	code, page := c.send(c.as, action, old, c.mine)
	if code != http.StatusConflict {
		c.t.Fatalf("one's own: %d %s", code, page)
	}
	for _, want := range []string{"Orang second menyimpan “" + c.what, "Isian Anda belum tersimpan", " pukul "} {
		if !strings.Contains(page, want) {
			c.t.Errorf("the page lacks %q: %s", want, page)
		}
	}
	for _, list := range []url.Values{c.filled(c.theirs), c.filled(c.mine)} {
		for name := range list {
			if text := list.Get(name); len(text) > 1 && c.beside[name] == "" && !strings.Contains(page, text) {
				c.t.Errorf("%q of %s is lost: %s", text, name, page)
			}
		}
	}
	if c.taken != "" && !strings.Contains(page, c.taken) {
		c.t.Errorf("the page lacks %q of the other: %s", c.taken, page)
	}
	c.besides(page, "Isian Orang second yang sudah tersimpan: ")
	if c.theirPage == "" {
		if code, page := c.send(c.other, action, old, c.mine); code != http.StatusConflict || !strings.Contains(page, "Anda sendiri menyimpan") {
			c.t.Errorf("one's own other tab: %d %s", code, page)
		} else {
			c.besides(page, "Isian Anda di tab atau perangkat lain yang sudah tersimpan: ")
		}
	}
	if page := c.Ask(c.t, c.handler, c.as, http.MethodGet, c.fill.Replace(c.page), "").Body.String(); strings.Contains(page, "Isi saya") {
		c.t.Error("what was in conflict is saved")
	}
}

// besides expects what is stored beside the inputs that both have changed, which have what
// was typed, and nothing of the kind elsewhere.
func (c conflicting) besides(page, who string) {
	c.t.Helper()
	for name, want := range c.beside {
		found := regexp.MustCompile(`<p id="` + name + `-stored"[^>]*>([^<]*)<`).FindStringSubmatch(page)
		if found == nil || !strings.HasPrefix(found[1], who+want) {
			c.t.Errorf("beside %s: %q, want %q: %s", name, found, who+want, page)
		}
	}
	if n := strings.Count(page, `-stored" class=`); n != len(c.beside) {
		c.t.Errorf("%d inputs have what is stored, want %d: %s", n, len(c.beside), page)
	}
	for _, raw := range regexp.MustCompile(`-stored"[^>]*>([^<]*)<`).FindAllStringSubmatch(page, -1) {
		if regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}|\d{4}-\d\d-\d\d`).MatchString(raw[1]) {
			c.t.Errorf("%q is not for people", raw[1])
		}
	}
}

// shown returns the form as its page has it.
func (c conflicting) shown(as, path string) url.Values {
	fields := c.filled(c.fields)
	page := c.Ask(c.t, c.handler, as, http.MethodGet, c.fill.Replace(path), "").Body.String()
	for _, m := range hiddenField.FindAllStringSubmatch(page, -1) {
		fields.Set(m[1], html.UnescapeString(m[2]))
	}
	return fields
}

func (c conflicting) filled(fields url.Values) url.Values {
	filled := url.Values{}
	for name, values := range fields {
		for _, value := range values {
			filled.Add(name, c.fill.Replace(value))
		}
	}
	return filled
}

func (c conflicting) send(as, action string, base, changed url.Values) (int, string) {
	fields := url.Values{}
	for _, from := range []url.Values{base, c.filled(changed)} {
		for name := range from {
			fields[name] = slices.DeleteFunc(slices.Clone(from[name]), func(v string) bool { return v == "" && name == "inovasi" })
		}
	}
	fields.Set(creating.Field, id.New())
	answer := c.Ask(c.t, c.handler, as, http.MethodPost, c.fill.Replace(action), fields.Encode())
	return answer.Code, html.UnescapeString(answer.Body.String())
}

// A refusal for another reason is no conflict, even where somebody has saved meanwhile: the
// form stays as it was sent, under the sentence of that reason.
func TestCaseA11OtherRefusalsAreNoConflict(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler := world.Pages(t, w.Program)
		request, innovation := w.RequestOf(t, "own"), w.IDs["own"].Innovation
		for _, tt := range []struct {
			name, page, action, as string
			fields                 url.Values
			then                   act
			want                   string
		}{
			{
				"a reply that was accepted", "/permintaan-data/" + request, "/permintaan-data/" + request + "/jawab", "operator",
				form("sumber", "Isi saya", "catatan", "Catatan saya"),
				act{"brida", "/permintaan-data/" + request + "/terima"},
				"sudah diterima",
			},
			{
				"an archived innovation", "/inovasi/" + innovation + "/ubah", "/inovasi/" + innovation + "/ubah", "operator",
				with(profile, "nama", "Isi saya"),
				act{"admin", "/inovasi/" + innovation + "/arsipkan"},
				"arsip",
			},
		} {
			t.Run(tt.name, func(t *testing.T) {
				page := w.Ask(t, handler, tt.as, http.MethodGet, tt.page, "").Body.String()
				for _, m := range hiddenField.FindAllStringSubmatch(page, -1) {
					tt.fields.Set(m[1], html.UnescapeString(m[2]))
				}
				version := w.Ask(t, handler, tt.then.as, http.MethodGet, tt.page, "").Body.String()
				found := hiddenField.FindStringSubmatch(version)
				if answer := w.Ask(t, handler, tt.then.as, http.MethodPost, tt.then.path, form("versi", found[2]).Encode()); answer.Code != http.StatusSeeOther {
					t.Fatalf("then: %d %s", answer.Code, answer.Body)
				}
				answer := w.Ask(t, handler, tt.as, http.MethodPost, tt.action, tt.fields.Encode())
				body := answer.Body.String()
				if answer.Code != http.StatusConflict || !strings.Contains(body, tt.want) || strings.Contains(body, "menyimpan “") || strings.Contains(body, `-stored"`) || !strings.Contains(body, "Isi saya") {
					t.Errorf("%d %s", answer.Code, body)
				}
			})
		}
	})
}

// act is an act of a person, by a path alone.
type act struct{ as, path string }
