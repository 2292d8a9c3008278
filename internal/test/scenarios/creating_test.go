package scenarios

import (
	"bytes"
	"fmt"
	"html"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"siida.id/internal/account"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/creating"
	"siida.id/internal/base/id"
	"siida.id/internal/infra/httpx"
	"siida.id/internal/infra/httpx/may"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/period"
	"siida.id/internal/test/world"
)

// creatingForm is a form that creates something.
type creatingForm struct {
	page   string // which has the form
	action string // the path to which it is sent, if not that of the route
	fields url.Values
	change string // a field that a person might change before they send it again
	file   string // its content; empty for none
	as     string // who sends it; another is who may send it too
	other  string
}

// creatingForms are those of all routes that create something. n is different for every
// thing that a test creates.
var creatingForms = map[string]func(t *testing.T, w *world.Regions, n int) creatingForm{
	"POST /inovasi": func(_ *testing.T, w *world.Regions, n int) creatingForm {
		return creatingForm{page: "/inovasi/baru", fields: with(profile, "perangkat", w.IDs["own"].Agency, "nama", "Inovasi "+strconv.Itoa(n)), change: "rancang", as: "operator", other: "admin"}
	},
	"POST /inovasi/{id}/pindah": func(t *testing.T, w *world.Regions, n int) creatingForm {
		made := register(t, w, n)
		return creatingForm{page: made + "/pindah", action: made + "/pindah", fields: form("tujuan-pindah", w.IDs["other"].Agency), change: "catatan", as: "operator", other: "admin"}
	},
	"POST /inovasi/{id}/berkas/{kind}": func(_ *testing.T, w *world.Regions, n int) creatingForm {
		path := "/inovasi/" + w.IDs["own"].Innovation + "/berkas"
		return creatingForm{page: path, action: path + "/anggaran", file: "%PDF-1.7 " + strconv.Itoa(n), as: "operator", other: "admin"}
	},
	"POST /inovasi/{id}/{period}/{code}": func(_ *testing.T, w *world.Regions, n int) creatingForm {
		path := "/inovasi/" + w.IDs["own"].Innovation + "/2026/SID-" + strconv.Itoa(17+n)
		return creatingForm{
			page: path, action: path, fields: form("pilihan", "2", "versi", "0", "nomor", "1/"+strconv.Itoa(n), "tanggal", "2025-01-02", "tentang", "Surat"), change: "tentang",
			file: "%PDF-1.7 " + strconv.Itoa(n), as: "operator", other: "admin",
		}
	},
	"POST /orang": func(_ *testing.T, _ *world.Regions, n int) creatingForm {
		return creatingForm{page: "/orang/baru", fields: form("lengkap", "Orang "+strconv.Itoa(n), "nama", "orang."+strconv.Itoa(n)), change: "lengkap", as: "admin", other: "second"}
	},
	"POST /orang/{id}/tugas": func(_ *testing.T, w *world.Regions, n int) creatingForm {
		path := "/orang/" + w.IDs["own"].Person
		return creatingForm{page: path, action: path + "/tugas", fields: form("peran", []string{"pendamping", "kepala", "operator"}[n], "perangkat", w.IDs["other"].Agency, "sebagai", []string{"", "plt", ""}[n]), change: "tentang", as: "admin", other: "second"}
	},
	"POST /sk": func(_ *testing.T, _ *world.Regions, n int) creatingForm {
		return creatingForm{page: "/sk/baru", fields: form("nomor", "900/"+strconv.Itoa(n), "tanggal", "2025-01-02", "tentang", "Penetapan"), change: "tentang", as: "brida", other: "admin"}
	},
	"POST /permintaan-data": func(_ *testing.T, w *world.Regions, _ int) creatingForm {
		return creatingForm{page: "/permintaan-data/baru", fields: form("periode", "2026", "baris", "SPD-04", "kepada", w.IDs["own"].Agency, "tenggat", "2099-01-02"), change: "catatan", as: "brida", other: "admin"}
	},
	"POST /daerah/{period}/{code}": func(_ *testing.T, _ *world.Regions, n int) creatingForm {
		path := "/daerah/2026/" + []string{"SPD-04", "SPD-08", "SPD-03"}[n]
		return creatingForm{page: path, action: path, fields: form("pilihan", "1", "versi", "0", "sumber", "BPS", "tentang", "Rilis"), change: "tentang", file: "%PDF-1.7 daerah " + strconv.Itoa(n), as: "brida", other: "admin"}
	},
	"POST /perangkat-daerah": func(_ *testing.T, _ *world.Regions, n int) creatingForm {
		return creatingForm{page: "/perangkat-daerah/baru", fields: form("nama", "Dinas "+strconv.Itoa(n), "jenis", "dinas"), change: "mulai", as: "admin", other: "second"}
	},
	"POST /perangkat-daerah/jenis": func(_ *testing.T, _ *world.Regions, n int) creatingForm {
		return creatingForm{page: "/perangkat-daerah/pengaturan", fields: form("nama", "Jenis "+strconv.Itoa(n)), change: "nama", as: "admin", other: "second"}
	},
	"POST /perangkat-daerah/{id}/ganti-nama": func(t *testing.T, w *world.Regions, n int) creatingForm {
		path := unit(t, w, "ganti", n) + "/ganti-nama"
		return creatingForm{page: path, action: path, fields: decreeFields("nama", "Dinas Nama "+strconv.Itoa(n)), change: "nama", as: "admin", other: "second"}
	},
	"POST /perangkat-daerah/{id}/gabung": func(t *testing.T, w *world.Regions, n int) creatingForm {
		path := unit(t, w, "gabung", n) + "/gabung"
		return creatingForm{page: path, action: path, fields: decreeFields("ke", w.IDs["other"].Agency), change: "nomor", as: "admin", other: "second"}
	},
	"POST /perangkat-daerah/{id}/pecah": func(t *testing.T, w *world.Regions, n int) creatingForm {
		path := unit(t, w, "pecah", n) + "/pecah"
		return creatingForm{page: path, action: path, fields: decreeFields("tujuan1-nama", "Dinas A "+strconv.Itoa(n), "tujuan1-jenis", "dinas", "tujuan2-nama", "Dinas B "+strconv.Itoa(n), "tujuan2-jenis", "dinas", "orang", "1"), change: "nomor", as: "admin", other: "second"}
	},
	"POST /perangkat-daerah/{id}/tutup": func(t *testing.T, w *world.Regions, n int) creatingForm {
		path := unit(t, w, "tutup", n) + "/tutup"
		return creatingForm{page: path, action: path, fields: decreeFields(), change: "nomor", as: "admin", other: "second"}
	},
	"POST /periode": func(_ *testing.T, _ *world.Regions, _ int) creatingForm {
		return creatingForm{page: "/periode", fields: form("paket", "iid-2023"), as: "brida", other: "admin"}
	},
	"POST /periode/{id}/tenggat": func(_ *testing.T, _ *world.Regions, n int) creatingForm {
		return creatingForm{page: "/periode/2026", action: "/periode/2026/tenggat", fields: form("tenggat_nama", "Bukti "+strconv.Itoa(n), "tenggat_tanggal", "1-8-2090", "tenggat_jam", "12.00"), change: "tenggat_nama", as: "brida", other: "admin"}
	},
	"POST /periode/{id}/inovasi/{innovation}": func(_ *testing.T, w *world.Regions, n int) creatingForm {
		path := "/periode/2026/inovasi/" + w.IDs["own"].Innovation
		return creatingForm{page: path, action: path, fields: form("sampai_tanggal", "3-9-2090", "sampai_jam", "8.00", "alasan", "Banjir "+strconv.Itoa(n)), change: "alasan", as: "brida", other: "admin"}
	},
	"POST /periode/{id}/perpanjangan": func(_ *testing.T, w *world.Regions, n int) creatingForm {
		return creatingForm{page: "/periode/2026", action: "/periode/2026/perpanjangan", fields: form("perangkat", w.IDs["own"].Agency, "sampai_tanggal", "3-9-2090", "sampai_jam", "8.00", "alasan", "Banjir "+strconv.Itoa(n)), change: "alasan", as: "brida", other: "admin"}
	},
	"POST /laporan/indeks/{period}/terbitkan": func(t *testing.T, w *world.Regions, _ int) creatingForm {
		path := "/laporan/indeks/2026/terbitkan"
		return creatingForm{page: path, action: path, fields: form("nomor", strconv.Itoa(w.LastIssued(t).N+1), "versi", "1"), as: "brida", other: "admin"}
	},
	"POST /panduan/{period}/{code}/contoh": func(_ *testing.T, _ *world.Regions, n int) creatingForm {
		return creatingForm{page: "/panduan/2026/SID-16", action: "/panduan/2026/SID-16/contoh", fields: form("contoh", "benar", "keterangan", "Contoh"), change: "keterangan", file: "%PDF-1.7 contoh " + strconv.Itoa(n), as: "brida", other: "admin"}
	},
}

// createsNothing has the other forms, and why sending one twice is the same as once.
var createsNothing = map[string]string{
	"POST /bahasa": "a choice", "POST /saya": "a change with a version", "POST /orang/{id}/ubah": "a change with a version",
	"POST /inovasi/{id}/ubah": "a change with a version", "POST /sk/{id}/ubah": "a change with a version", "POST /perangkat-daerah/{id}/ubah": "a change with a version",
	"POST /periode/{id}/ubah": "a change with a version", "POST /panduan/{period}/{code}": "a change with a version", "POST /laporan/kop": "a change with a version",
	"POST /permintaan-data/{id}/jawab": "a change with a version", "POST /permintaan-data/{id}/{move}": "a change with a version", "POST /permintaan-data/{id}/ambil": "a state",
	"POST /laporan/kop/contoh": "stores nothing", "POST /sk/{id}/pindaian": "replaces the scan", "POST /indeks/{period}/nasional": "replaces the figure of its day",
	"POST /orang/{id}/kode": "replaces the code; the last answer has the one that works", "POST /bukti/{id}/alasan": "each opening has its entry",
	"POST /inovasi/{id}/tarik": "a state", "POST /inovasi/{id}/arsipkan": "a state", "POST /inovasi/{id}/pulihkan": "a state", "POST /inovasi/{id}/pindah/{answer}": "a state",
	"POST /inovasi/{id}/sahkan": "a state", "POST /inovasi/{id}/cabut": "a state", "POST /periode/{id}/{move}": "a state", "POST /laporan/terbit/{id}/cabut": "a state",
	"POST /orang/{id}/nonaktif": "a state", "POST /orang/{id}/aktif": "a state", "POST /orang/{id}/dua-langkah/hapus": "a state", "POST /orang/dua-langkah": "a choice",
	"POST /orang/{id}/tugas/{assignment}/akhiri": "a state", "POST /perangkat-daerah/pengaturan": "a choice", "POST /kemajuan/pengaturan": "a choice", "POST /keadaan/pekerjaan/{job}/coba-lagi": "a state",
	"POST /inovasi/{id}/berkas/lepas": "ends one", "POST /inovasi/{id}/{period}/{code}/lepas": "ends one", "POST /inovasi/{id}/{period}/{code}/urungkan": "undoes it",
	"POST /daerah/{period}/{code}/lepas": "ends one", "POST /daerah/{period}/{code}/urungkan": "undoes it", "POST /panduan/{period}/{code}/hapus-contoh": "ends one",
	"POST /periode/{id}/hapus-tenggat": "ends one", "POST /periode/{id}/cabut-perpanjangan": "ends one",
	"POST /masuk": "a session for each", "POST /masuk/kode": "a session for each", "POST /keluar": "a state", "POST /mulai/{token}": "the link works once", "POST /sandi-baru": "a change",
	"POST /dua-langkah": "a state", "POST /dua-langkah/mulai": "replaces the secret", "POST /dua-langkah/pemulihan": "replaces the codes", "POST /dua-langkah/matikan": "a state",
	"POST /saya/sandi": "a change", "POST /saya/sesi/{session}/akhiri": "a state", "POST /saya/sesi/akhiri-lain": "a state",
}

func register(t *testing.T, w *world.Regions, n int) (path string) {
	t.Helper()
	f := with(profile, "perangkat", w.IDs["own"].Agency, "nama", "Inovasi untuk pindah "+strconv.Itoa(n))
	answer := w.Ask(t, world.Pages(t, w.Program), "operator", http.MethodPost, "/inovasi", f.Encode())
	path, _, _ = strings.Cut(answer.Header().Get("Location"), "?")
	return path
}

func unit(t *testing.T, w *world.Regions, name string, n int) (path string) {
	t.Helper()
	made, err := w.Agencies.Add(world.Acting(t, w.Program, w.Home, "admin"), "Unit "+name+" "+strconv.Itoa(n), "dinas")
	world.Must(t, err)
	return "/perangkat-daerah/" + made.ID
}

// A form either creates something, and then it is tried here, or it is listed why sending
// it twice is no different.
func TestCreatingFormsAreListed(t *testing.T) {
	site, err := world.Empty(t).Site(false)
	world.Must(t, err)
	seen := map[string]bool{}
	site.Routes(func(pattern string, _ httpx.Handler, _ may.Who, options ...httpx.Option) {
		seen[pattern] = true
		creates, listed := slices.ContainsFunc(options, httpx.IsCreates), createsNothing[pattern] != ""
		_, tried := creatingForms[pattern]
		if strings.HasPrefix(pattern, "POST ") && (creates != tried || creates == listed) {
			t.Errorf("%s: creates %v, tried %v, listed as creating nothing %v", pattern, creates, tried, listed)
		}
	})
	for _, pattern := range slices.Concat(slices.Collect(maps.Keys(creatingForms)), slices.Collect(maps.Keys(createsNothing))) {
		if !seen[pattern] {
			t.Errorf("%s is no route", pattern)
		}
	}
}

// creator sends creating forms.
type creator struct {
	*world.Regions
	t       *testing.T
	handler http.Handler
}

// eachCreating runs fn for every creating form on both engines.
func eachCreating(t *testing.T, fn func(c creator, pattern string)) {
	t.Helper()
	world.Each(t, func(t *testing.T, w *world.Regions) {
		site, err := w.Site(false)
		world.Must(t, err)
		w.People["second"], _ = w.Enrol(t, world.Acting(t, w.Program, w.Home, "admin"), "second", account.Assignment{Assignment: actor.Assignment{Role: actor.Admin}})
		brida := world.Acting(t, w.Program, w.Home, "brida")
		world.Must(t, w.Periods.SetWindow(brida, "2026", period.WindowEntry{Closes: period.When{Day: "2090-01-02", Hour: "16.00"}}))
		world.WithLetterhead(t, brida, w.Program)
		for _, pattern := range slices.Sorted(maps.Keys(creatingForms)) {
			t.Run(pattern, func(t *testing.T) { fn(creator{w, t, site.Handler()}, pattern) })
		}
	})
}

func (c creator) form(pattern string, n int) (f creatingForm, made string) {
	c.t.Helper()
	f = creatingForms[pattern](c.t, c.Regions, n)
	if f.action == "" {
		_, f.action, _ = strings.Cut(pattern, " ")
	}
	return f, c.idOn(f)
}

// idOn returns the id of the form on its page.
func (c creator) idOn(f creatingForm) string {
	c.t.Helper()
	page := c.Ask(c.t, c.handler, f.as, http.MethodGet, f.page, "").Body.String()
	found := regexp.MustCompile(`<form method="post" action="` + regexp.QuoteMeta(f.action) + `"[^>]*><input type="hidden" name="` + creating.Field + `" value="([^"]*)"`).FindStringSubmatch(page)
	if found == nil {
		c.t.Fatalf("%s has no form for %s with an id", f.page, f.action)
	}
	return found[1]
}

func (c creator) send(f creatingForm, as, made string) *httptest.ResponseRecorder {
	var body bytes.Buffer
	kind := "application/x-www-form-urlencoded"
	fields := maps.Clone(f.fields)
	if fields == nil {
		fields = url.Values{}
	}
	if made != "" {
		fields.Set(creating.Field, made)
	}
	if f.file == "" {
		body.WriteString(fields.Encode())
	} else {
		parts := multipart.NewWriter(&body)
		kind = parts.FormDataContentType()
		for _, name := range slices.Sorted(maps.Keys(fields)) {
			world.Must(c.t, parts.WriteField(name, fields.Get(name)))
		}
		part, err := parts.CreateFormFile(world.FileField(f.action), "berkas.pdf")
		world.Must(c.t, err)
		_, err = part.Write([]byte(f.file))
		world.Must(c.t, err)
		world.Must(c.t, parts.Close())
	}
	r := httptest.NewRequestWithContext(c.t.Context(), http.MethodPost, f.action, &body)
	r.Host = world.HomeHost
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Accept-Language", "id")
	r.AddCookie(&http.Cookie{Name: "sesi", Value: c.People[as]})
	answer := httptest.NewRecorder()
	c.handler.ServeHTTP(answer, r)
	return answer
}

// done returns how many entries the log has: everything that is created has one.
func (c creator) done() (n int64) {
	c.t.Helper()
	n, err := sqldb.One(c.t.Context(), c.DB, sqldb.Self[int64], `select seq from event_heads where region_id = $1`, c.Home.Code)
	world.Must(c.t, err)
	return n
}

// created reports whether an answer says that something was created.
func created(answer *httptest.ResponseRecorder) bool {
	return answer.Code == http.StatusSeeOther || answer.Code == http.StatusOK && strings.Contains(answer.Body.String(), "Kode sekali pakai")
}

// A10: a form that was sent twice has created one thing, and leads there both times. One
// that was changed in between is shown again with another id, and says that it was not
// saved; another person is refused, and sees nothing of it.
func TestCaseA10FormsSentTwiceCreateOneThing(t *testing.T) {
	eachCreating(t, func(c creator, pattern string) {
		f, made := c.form(pattern, 0)
		first := c.send(f, f.as, made)
		if !created(first) {
			c.t.Fatalf("first: %d %s", first.Code, first.Body)
		}
		after := c.done()
		second := c.send(f, f.as, strings.ToUpper(made))
		if to := first.Header().Get("Location"); second.Code != http.StatusSeeOther || to != "" && second.Header().Get("Location") != to {
			c.t.Errorf("second: %d to %s, want 303 to %s: %s", second.Code, second.Header().Get("Location"), to, second.Body)
		}
		if page := c.Ask(c.t, c.handler, f.as, http.MethodGet, second.Header().Get("Location"), ""); page.Code != http.StatusOK || !strings.Contains(page.Body.String(), `role="status"`) {
			c.t.Errorf("it leads to a page with %d", page.Code)
		}
		if f.change != "" {
			f.fields.Set(f.change, f.fields.Get(f.change)+" lagi")
			again := c.send(f, f.as, made)
			if f.fields.Has("versi") {
				if again.Code != http.StatusConflict || !strings.Contains(again.Body.String(), f.fields.Get(f.change)) {
					c.t.Errorf("changed: %d %s", again.Code, again.Body)
				}
			} else if page := again.Body.String(); again.Code != http.StatusConflict && (again.Code != http.StatusUnprocessableEntity ||
				!strings.Contains(page, "isian di bawah ini berbeda, jadi belum tersimpan") || !strings.Contains(page, html.EscapeString(strings.TrimSpace(f.fields.Get(f.change))))) || strings.Contains(page, creating.Field+`" value="`+made) {
				c.t.Errorf("changed: %d %s", again.Code, page)
			}
		}
		other := c.send(f, f.other, made)
		if page := html.UnescapeString(other.Body.String()); other.Code != http.StatusConflict || other.Header().Get("Location") != "" || !strings.Contains(page, "dengan akun lain") && !strings.Contains(page, "sudah tidak ada. Pilih") ||
			f.change != "" && strings.Contains(page, `action="`+f.action+`"`) && !strings.Contains(page, strings.TrimSpace(f.fields.Get(f.change))) || strings.Contains(page, creating.Field+`" value="`+made) {
			c.t.Errorf("another person: %d %s", other.Code, page)
		}
		if now := c.done(); now != after {
			c.t.Errorf("%d entries of the log after the first, %d now", after, now)
		}
	})
}

// S9: six at once create one thing, and all of them lead there.
func TestCaseS9FormsSentSixTimesAtOnceCreateOneThing(t *testing.T) {
	eachCreating(t, func(c creator, pattern string) {
		f, made := c.form(pattern, 1)
		before := c.done()
		answers := make([]*httptest.ResponseRecorder, 6)
		if f.file != "" {
			answers = answers[:4] // nobody may send more files at once
		}
		var group sync.WaitGroup
		for n := range answers {
			group.Go(func() { answers[n] = c.send(f, f.as, made) })
		}
		group.Wait()
		var to string
		for _, answer := range answers {
			if !created(answer) {
				c.t.Errorf("%d %s", answer.Code, answer.Body)
			}
			if at := answer.Header().Get("Location"); at != "" {
				if to != "" && to != at {
					c.t.Errorf("one leads to %s, another to %s", to, at)
				}
				to = at
			}
		}
		got := c.done() - before
		if pattern == "POST /periode" { // opened once
			if got != 1 {
				c.t.Errorf("%d entries of the log", got)
			}
			return
		}
		one, made := c.form(pattern, 2)
		before = c.done()
		if answer := c.send(one, one.as, made); !created(answer) {
			c.t.Fatalf("one: %d %s", answer.Code, answer.Body)
		}
		if want := c.done() - before; got != want {
			c.t.Errorf("six at once have made %d entries of the log, one makes %d", got, want)
		}
	})
}

// A form without an id, or with one that is none, is refused with all that was typed, and
// has an id then; an id that something else has creates nothing either.
func TestCreatingFormsNeedAnID(t *testing.T) {
	eachCreating(t, func(c creator, pattern string) {
		f, _ := c.form(pattern, 0)
		before := c.done()
		for _, wrong := range []string{"", "x", "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "{" + id.New() + "}", fmt.Sprintf("%s'", id.New())} {
			answer := c.send(f, f.as, wrong)
			page := answer.Body.String()
			if answer.Code != http.StatusUnprocessableEntity || !strings.Contains(page, "belum disimpan") {
				c.t.Errorf("%q: %d %s", wrong, answer.Code, page)
			}
			if !regexp.MustCompile(`action="` + regexp.QuoteMeta(f.action) + `"[^>]*><input type="hidden" name="` + creating.Field + `" value="[0-9a-f-]{36}"`).MatchString(page) {
				c.t.Errorf("%q: the form has no id now: %s", wrong, page)
			}
			if f.change != "" && f.fields.Get(f.change) != "" && !strings.Contains(page, f.fields.Get(f.change)) {
				c.t.Errorf("%q: what was typed is lost: %s", wrong, page)
			}
		}
		own := c.IDs["own"]
		taken := map[string]string{
			"POST /inovasi": own.Innovation, "POST /inovasi/{id}/{period}/{code}": own.Document, "POST /orang": own.Person, "POST /sk": own.Decree, "POST /perangkat-daerah": own.Agency,
		}[pattern]
		if taken != "" {
			if answer := c.send(f, f.as, taken); answer.Code != http.StatusConflict && answer.Code != http.StatusUnprocessableEntity {
				c.t.Errorf("the id of what is there: %d %s", answer.Code, answer.Body)
			}
		}
		if now := c.done(); now != before {
			c.t.Errorf("%d entries of the log before, %d now", before, now)
		}
	})
}

// A10: a form with evidence whose answer was lost is changed and sent again. What it stored
// the first time is not stored twice, also where one presses once more.
func TestCaseA10EvidenceOfALostAnswerIsStoredOnce(t *testing.T) {
	eachCreating(t, func(c creator, pattern string) {
		f, made := c.form(pattern, 2)
		if f.file == "" || !f.fields.Has("versi") {
			return
		}
		if first := c.send(f, f.as, made); first.Code != http.StatusSeeOther {
			c.t.Fatalf("first: %d %s", first.Code, first.Body)
		}
		stored := func() int {
			return strings.Count(c.Ask(c.t, c.handler, f.as, http.MethodGet, f.page, "").Body.String(), `id="bukti-`)
		}
		before, choice := stored(), "2"
		if f.fields.Get("pilihan") == choice {
			choice = "1"
		}
		f.fields.Set("pilihan", choice)
		right := f // the texts were right, and the file was not
		right.file = f.file + "\n% lain\n"
		if page := c.send(right, f.as, made).Body.String(); strings.Contains(page, "dari formulir ini sudah tersimpan sebelumnya") || !strings.Contains(page, `name="terkirim"`) {
			c.t.Errorf("another file with the same texts: %s", page)
		}
		again := c.send(f, f.as, made)
		page := again.Body.String()
		if again.Code != http.StatusConflict || !strings.Contains(page, "dari formulir ini sudah tersimpan sebelumnya") || strings.Contains(page, `name="terkirim"`) || !strings.Contains(page, `value="`+choice+`" checked`) {
			c.t.Fatalf("again: %d %s", again.Code, page)
		}
		fields := url.Values{}
		for _, m := range regexp.MustCompile(`<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"`).FindAllStringSubmatch(page[strings.Index(page, `name="`+creating.Field):], -1) {
			if m[1] == "tentang" || m[1] == "nomor" || m[1] == "alamat" || m[1] == "terkirim" {
				fields.Set(m[1], html.UnescapeString(m[2]))
			}
		}
		fields.Set("pilihan", choice)
		fields.Set("versi", regexp.MustCompile(`name="versi" value="(\d+)"`).FindStringSubmatch(page)[1])
		fields.Set(creating.Field, regexp.MustCompile(creating.Field + `" value="([^"]*)"`).FindStringSubmatch(page)[1])
		if answer := c.Ask(c.t, c.handler, f.as, http.MethodPost, f.action, fields.Encode()); answer.Code != http.StatusSeeOther {
			c.t.Errorf("once more: %d %s", answer.Code, answer.Body)
		}
		if now := stored(); before == 0 || now != before {
			c.t.Errorf("%d rows of evidence after the first, %d now", before, now)
		}
	})
}
