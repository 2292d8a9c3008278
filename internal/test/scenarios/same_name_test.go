package scenarios

import (
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"siida.id/internal/base/creating"
	"siida.id/internal/base/id"
	"siida.id/internal/base/text"
	"siida.id/internal/innovation"
	"siida.id/internal/test/world"
)

// A10: a second innovation of the same name in one agency is asked about, when it is
// registered and when it gets that name, with all that was typed and a link to the
// first. Whoever ticks that they mean it goes on.
func TestCaseA10SecondInnovationOfTheSameName(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler := world.Pages(t, w.Program)
		own := w.IDs["own"]
		send := func(path string, fields url.Values) (*httptest.ResponseRecorder, string) {
			answer := w.Ask(t, handler, "admin", http.MethodPost, path, fields.Encode())
			return answer, html.UnescapeString(answer.Body.String())
		}
		register := func(agency, name string, pairs ...string) (*httptest.ResponseRecorder, string) {
			return send("/inovasi", with(profile, append([]string{"perangkat", agency, "nama", name, creating.Field, id.New()}, pairs...)...))
		}
		made := func(answer *httptest.ResponseRecorder, page string) string {
			t.Helper()
			path, _, _ := strings.Cut(answer.Header().Get("Location"), "?")
			if answer.Code != http.StatusSeeOther || !strings.HasPrefix(path, "/inovasi/") {
				t.Fatalf("%d to %q: %s", answer.Code, path, page)
			}
			return strings.TrimPrefix(path, "/inovasi/")
		}
		asked := func(of, typed string, answer *httptest.ResponseRecorder, page string) {
			t.Helper()
			if answer.Code != http.StatusUnprocessableEntity {
				t.Errorf("%q: %d to %s", typed, answer.Code, answer.Header().Get("Location"))
			}
			for _, want := range []string{
				"Dinas own sudah punya inovasi bernama “Bus Sekolah”", `href="#nama-sama"`, `href="/inovasi/` + of + `"`, "Tetap simpan dengan nama ini",
				`name="nama-sama" value="` + of + `"`, `value="` + typed + `"`, "Manfaat yang <panjang>",
			} {
				if !strings.Contains(page, want) {
					t.Errorf("%q: the page lacks %q: %s", typed, want, page)
				}
			}
			if regexp.MustCompile(`name="nama-sama"[^>]*checked`).MatchString(page) {
				t.Errorf("%q: it is ticked already", typed)
			}
		}

		first := made(register(own.Agency, "Bus Sekolah"))
		for _, name := range []string{"Bus Sekolah", "BUS  sekolah", " bus\u200b-sekolah. ", "Bús Sekolah", "Bus\u00a0Sekolah"} {
			answer, page := register(own.Agency, name, "manfaat", "Manfaat yang <panjang>")
			typed := regexp.MustCompile(`name="nama"[^>]* value="([^"]*)"`).FindStringSubmatch(page)
			if typed == nil || typed[1] != name && typed[1] != text.Clean(name) {
				t.Errorf("%q is typed again as %q", name, typed)
				continue
			}
			asked(first, typed[1], answer, page)
		}
		made(register(own.Agency, "Bus Sekolah 2"))
		made(register(w.IDs["other"].Agency, "Bus Sekolah"))
		if answer, page := register("lain", "Bus Sekolah"); answer.Code != http.StatusUnprocessableEntity || strings.Contains(page, "sudah punya") {
			t.Errorf("in no agency: %d %s", answer.Code, page)
		}
		answer := w.Ask(t, handler, "outsider", http.MethodPost, "/inovasi", with(profile, "perangkat", own.Agency, "nama", "Bus Sekolah").Encode())
		if strings.Contains(answer.Body.String(), "sudah punya") {
			t.Errorf("another region is told of it: %s", answer.Body)
		}

		// A tick is for the innovation that was asked about, and stays if there is a mistake.
		answer, page := register(own.Agency, "bus sekolah", "nama-sama", own.Innovation, "manfaat", "Manfaat yang <panjang>")
		asked(first, "bus sekolah", answer, page)
		answer, page = register(own.Agency, "bus sekolah", "nama-sama", first, "rancang", "")
		if answer.Code != http.StatusUnprocessableEntity || strings.Contains(page, "sudah punya") || !regexp.MustCompile(`name="nama-sama" value="`+first+`" checked`).MatchString(page) {
			t.Errorf("ticked, and a mistake: %d %s", answer.Code, page)
		}
		second := made(register(own.Agency, "bus sekolah", "nama-sama", first))

		// A change asks if the name becomes the same, and not if it stays.
		change := func(id, name string, pairs ...string) (*httptest.ResponseRecorder, string) {
			page := w.Ask(t, handler, "admin", http.MethodGet, "/inovasi/"+id+"/ubah", "").Body.String()
			fields := with(profile, append([]string{"nama", name}, pairs...)...)
			for _, m := range hiddenField.FindAllStringSubmatch(page, -1) {
				fields.Set(m[1], html.UnescapeString(m[2]))
			}
			return send("/inovasi/"+id+"/ubah", fields)
		}
		for _, name := range []string{"bus sekolah", "Bus-Sekolah"} {
			made(change(second, name, "manfaat", "Lain"))
		}
		answer, page = change(own.Innovation, "bus sekolah", "manfaat", "Manfaat yang <panjang>")
		asked(first, "bus sekolah", answer, page)
		made(change(own.Innovation, "Bus Lain"))
		made(change(own.Innovation, "Bus sekolah", "nama-sama", second))

		// A withdrawn one is asked about, an archived one is not.
		admin := world.Acting(t, w.Program, w.Home, "admin")
		third := made(register(own.Agency, "Kapal Sekolah"))
		world.Must(t, w.Innovations.Do(admin, third, innovation.Withdraw, "Berhenti"))
		if answer, page := register(own.Agency, "kapal sekolah"); answer.Code != http.StatusUnprocessableEntity || !strings.Contains(page, `href="/inovasi/`+third+`"`) {
			t.Errorf("of a withdrawn one: %d %s", answer.Code, page)
		}
		world.Must(t, w.Innovations.Do(admin, third, innovation.Archive, ""))
		made(register(own.Agency, "kapal sekolah"))

		// Of several at once, one is saved and the others are asked.
		codes := make([]int, 4)
		var group sync.WaitGroup
		for n := range codes {
			group.Go(func() {
				answer, _ := register(own.Agency, "Kereta Sekolah")
				codes[n] = answer.Code
			})
		}
		group.Wait()
		if slices.Sort(codes); !slices.Equal(codes, []int{303, 422, 422, 422}) {
			t.Errorf("four at once: %v", codes)
		}
	})
}

// A10: what is restored from the archive, or received, is asked about like what is
// registered; and of two that get the same name at once, one is asked.
func TestCaseA10SameNameWhereItIsRestoredOrReceived(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler := world.Pages(t, w.Program)
		own, other := w.IDs["own"], w.IDs["other"]
		admin := world.Acting(t, w.Program, w.Home, "admin")
		register := func(agency, name string) string {
			answer := w.Ask(t, handler, "admin", http.MethodPost, "/inovasi", with(profile, "perangkat", agency, "nama", name, creating.Field, id.New()).Encode())
			path, _, _ := strings.Cut(answer.Header().Get("Location"), "?")
			if answer.Code != http.StatusSeeOther {
				t.Fatalf("%s: %d %s", name, answer.Code, answer.Body)
			}
			return strings.TrimPrefix(path, "/inovasi/")
		}
		asks := func(path, of string) {
			t.Helper()
			answer := w.Ask(t, handler, "admin", http.MethodPost, path, "")
			page := html.UnescapeString(answer.Body.String())
			_, sent, _ := strings.Cut(page, `action="`+path+`"`) // the form that asked has the box
			sent, _, _ = strings.Cut(sent, "</form>")
			if answer.Code != http.StatusUnprocessableEntity || !strings.Contains(page, `href="#nama-sama"`) || !strings.Contains(sent, `name="nama-sama" value="`+of+`"`) || !strings.Contains(page, `href="/inovasi/`+of+`"`) {
				t.Errorf("%s: %d %s", path, answer.Code, page)
			}
			if answer := w.Ask(t, handler, "admin", http.MethodPost, path, form("nama-sama", of).Encode()); answer.Code != http.StatusSeeOther {
				t.Errorf("%s, ticked: %d %s", path, answer.Code, answer.Body)
			}
		}
		archived := register(own.Agency, "Bus Sekolah")
		world.Must(t, w.Innovations.Do(admin, archived, innovation.Archive, ""))
		asks("/inovasi/"+archived+"/pulihkan", register(own.Agency, "bus sekolah"))

		stuck := register(own.Agency, "Perahu Sekolah") // offered, and then archived
		world.Must(t, w.Innovations.AskTransfer(admin, stuck, other.Agency, ""))
		world.Must(t, w.Innovations.Do(admin, stuck, innovation.Archive, ""))
		asks("/inovasi/"+stuck+"/pulihkan", register(own.Agency, "perahu sekolah"))

		offered, theirs := register(own.Agency, "Kapal Sekolah"), register(other.Agency, "kapal sekolah")
		world.Must(t, w.Innovations.AskTransfer(admin, offered, other.Agency, ""))
		asks("/inovasi/"+offered+"/pindah/terima", theirs)

		renamed := []string{register(own.Agency, "Satu"), register(own.Agency, "Dua")}
		codes := make([]int, len(renamed))
		var group sync.WaitGroup
		for n, one := range renamed {
			group.Go(func() {
				fields := with(profile, "nama", "Kereta Sekolah", "versi", "1")
				codes[n] = w.Ask(t, handler, "admin", http.MethodPost, "/inovasi/"+one+"/ubah", fields.Encode()).Code
			})
		}
		group.Wait()
		if slices.Sort(codes); !slices.Equal(codes, []int{303, 422}) {
			t.Errorf("two renamed at once: %v", codes)
		}
	})
}

// A state that does not allow a move any more is told on the page of the thing, with the
// reason that was typed.
func TestCaseA10MovesSentTwiceAreToldAtTheirPlace(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler, own := world.Pages(t, w.Program), w.IDs["own"].Innovation
		for _, tt := range []struct {
			path, want, form string
		}{
			{"/inovasi/" + own + "/tarik", `action="/inovasi/` + own + `/pulihkan"`, form("alasan", "Ganda menurut kepala").Encode()},
			{"/inovasi/" + own + "/arsipkan", `action="/inovasi/` + own + `/pulihkan"`, ""},
			{"/periode/2026/tutup", "/periode/2026/buka", ""},
		} {
			if first := w.Ask(t, handler, "admin", http.MethodPost, tt.path, tt.form); first.Code != http.StatusSeeOther {
				t.Fatalf("%s: %d %s", tt.path, first.Code, first.Body)
			}
			second := w.Ask(t, handler, "admin", http.MethodPost, tt.path, tt.form)
			if page := second.Body.String(); second.Code != http.StatusConflict || !strings.Contains(page, tt.want) || tt.form != "" && !strings.Contains(page, "Ganda menurut kepala") || !strings.Contains(page, `role="alert"`) || strings.Contains(page, "Halaman tidak dapat dibuka") {
				t.Errorf("%s twice: %d %s", tt.path, second.Code, page)
			}
		}
	})
}

// A10: whoever merges agencies sees which innovations of the same name will be in one
// agency, of both that end and of the target, and can go on.
func TestCaseA10SameNamesOfAMerger(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler := world.Pages(t, w.Program)
		const found, once = "Ada inovasi bernama sama", "Periksa inovasi yang bernama sama"
		const page = "/perangkat-daerah/{other}/gabung"
		register := func(agency, name string) string {
			t.Helper()
			answer := w.Ask(t, handler, "admin", http.MethodPost, "/inovasi", with(profile, "perangkat", agency, "nama", name, creating.Field, id.New()).Encode())
			path, _, _ := strings.Cut(answer.Header().Get("Location"), "?")
			if answer.Code != http.StatusSeeOther {
				t.Fatalf("%s: %d %s", name, answer.Code, answer.Body)
			}
			return `href="` + path + `"`
		}
		run := func(list ...request) {
			t.Helper()
			for _, r := range list {
				r.check(t, send(t, w, handler, r))
			}
		}
		one, two := register(w.IDs["other"].Agency, "Bus Sekolah"), register(w.IDs["own"].Agency, "BUS-sekolah")
		alone := register(w.IDs["own"].Agency, "Kapal Sekolah")
		run(
			request{name: "of one agency alone", as: "admin", method: "GET", path: page, status: 200, not: []string{found}},
			request{name: "another one that ends", as: "admin", method: "POST", path: page, form: decreeFields("nama", "Dinas Baru", "jenis", "dinas", "bersama", "{agency}"), status: 200, want: []string{found, one, two, "Dinas own ikut digabung"}, not: []string{once, alone}},
			request{name: "the target is shown first", as: "admin", method: "POST", path: page, form: decreeFields("ke", "{agency}"), status: 200, want: []string{found, once, one, two, `name="nama-dilihat"`, `value="800/17/2026"`}, not: []string{alone}},
			request{name: "a target without them", as: "admin", method: "POST", path: page, form: with(decreeFields("nama", "Dinas Baru", "jenis", "dinas"), "nomor", ""), status: 422, not: []string{found}},
		)
		answer := w.Ask(t, handler, "admin", http.MethodPost, "/perangkat-daerah/"+w.IDs["other"].Agency+"/gabung", decreeFields("ke", w.IDs["own"].Agency).Encode())
		fields := decreeFields("ke", "{agency}", "nama-dilihat", formOf(t, answer.Body.String()).Get("nama-dilihat"))
		run(
			request{name: "mistakes come with it", as: "admin", method: "POST", path: page, form: with(fields, "nomor", ""), status: 422, want: []string{found, one, two, `href="#nomor"`}, not: []string{once}},
			request{name: "seen, and merged", as: "admin", method: "POST", path: page, form: fields, status: 303},
			request{name: "both are there", as: "operator", method: "GET", path: "/inovasi", status: 200, want: []string{one, two}},
		)
	})
}
