package scenarios

import (
	"net/http"
	"strings"
	"testing"

	"siida.id/internal/evidence"
	"siida.id/internal/instrument"
	"siida.id/internal/region"
	"siida.id/internal/test/world"
)

// Case B9: an answer has one state, derived from option, evidence and the mark of a
// person, on every page. A mark is asked for, and means something, only while option or
// evidence is missing.
func TestCaseB9OneState(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler := world.Pages(t, w.Program)
		const sheet, proven, letter, empty = "/inovasi/{innovation}", "/inovasi/{innovation}/2026/SID-16", "/inovasi/{innovation}/2026/SID-17", "/inovasi/{innovation}/2026/SID-18"
		run := func(list ...request) {
			t.Helper()
			for _, r := range list {
				r.check(t, send(t, w, handler, r))
			}
		}
		onHome := func(finished string) string { return strings.TrimSuffix(finished, " selesai") }
		counted := func(what, finished, left, answered string) {
			t.Helper()
			for _, as := range []string{"operator", "pendamping", "kepala", "brida", "pimpinan"} {
				run(request{name: what + ": the innovation, " + as, as: as, method: "GET", path: sheet, status: 200, want: []string{finished, answered}})
			}
			run(
				request{name: what + ": on paper", as: "brida", method: "GET", path: sheet + "/cetak", status: 200, want: []string{finished, answered}},
				request{name: what + ": home", as: "operator", method: "GET", path: "/", status: 200, want: []string{left, onHome(finished), answered}},
				request{name: what + ": home of the head", as: "kepala", method: "GET", path: "/", status: 200, want: []string{onHome(finished), answered}},
			)
			if list, err := w.Status.Derived.Mismatches(region.Within(t.Context(), w.Home)); len(list) != 0 || err != nil {
				t.Errorf("%s: summaries %v, %v", what, list, err)
			}
		}
		counted("evidence without a mark", "1 dari 20 selesai", "Kurang 19", "1 dijawab, 1 ada buktinya")
		run(
			request{name: "its indicator asks for none", as: "operator", method: "GET", path: proven, status: 200, want: []string{"Selesai", `name="pilihan"`}, not: []string{`name="selesai"`, "Ditandai selesai"}},
			request{name: "BRIDA reads it", as: "brida", method: "GET", path: proven, status: 200, want: []string{"Selesai"}, not: []string{"Ditandai selesai", "Belum diisi"}},
			request{name: "an indicator without an answer", as: "operator", method: "GET", path: letter, status: 200, want: []string{"Belum diisi", `name="selesai"`}, not: []string{`value="ya" checked`}},

			request{name: "a mark without evidence", as: "operator", method: "POST", path: letter, form: form("versi", "0", "pilihan", "1", "selesai", "ya"), status: 303},
			request{name: "its indicator", as: "operator", method: "GET", path: letter, status: 200, want: []string{"Ditandai selesai, tanpa bukti", `value="ya" checked`}},
			request{name: "and for BRIDA", as: "brida", method: "GET", path: letter, status: 200, want: []string{"Ditandai selesai, tanpa bukti"}, not: []string{`name="selesai"`}},
			request{name: "a mark without an option", as: "operator", method: "POST", path: empty, form: form("versi", "0", "pilihan", "0", "selesai", "ya"), status: 303},
			request{name: "on paper", as: "kepala", method: "GET", path: sheet + "/cetak", status: 200, want: []string{"Ditandai selesai, tanpa bukti", "Ditandai selesai, tanpa jawaban"}},
			request{name: "in the list", as: "brida", method: "GET", path: sheet, status: 200, want: []string{"Ditandai selesai, tanpa bukti", "Ditandai selesai, tanpa jawaban", "Mengapa 6,00?"}},
		)
		counted("marks", "3 dari 20 selesai", "Kurang 17", "2 dijawab, 1 ada buktinya")

		run(
			request{name: "a mark on a proven answer", as: "operator", method: "POST", path: proven, form: form("versi", "1", "pilihan", "2", "selesai", "ya"), status: 303},
			request{name: "its evidence goes", as: "operator", method: "POST", path: proven + "/lepas", form: form("bukti", "{document}"), status: 303},
			request{name: "it is open again", as: "operator", method: "GET", path: proven, status: 200, want: []string{"Tanpa bukti", "Belum ada bukti: 0 poin", `name="selesai"`}, not: []string{`value="ya" checked`, "Ditandai selesai"}},
		)
		counted("without that evidence", "2 dari 20 selesai", "Kurang 18", "2 dijawab, 0 ada buktinya")
		run(
			request{name: "marked instead", as: "operator", method: "POST", path: proven, form: form("versi", "2", "pilihan", "2", "selesai", "ya"), status: 303},
			request{name: "it says what that is worth", as: "operator", method: "GET", path: proven + "?tersimpan=1", status: 200, want: []string{"ditandai selesai walau belum lengkap"}},
			request{name: "the evidence comes back", as: "operator", method: "POST", path: proven + "/urungkan", form: form("bukti", "{document}"), status: 303},
			request{name: "Back to the page that could undo it", as: "operator", method: "GET", path: proven + "?tersimpan=bukti-dilepas&urungkan={document}", status: 200, not: []string{"Bukti dilepas.", "/urungkan"}},
			request{name: "the mark is gone", as: "operator", method: "GET", path: proven, status: 200, want: []string{`name="versi" value="4"`}, not: []string{`name="selesai"`}},
			request{
				name: "evidence for what was marked", as: "operator", method: "POST", path: letter, file: "sk.pdf", bytes: "%PDF-1.7 isi", status: 303,
				form: form("versi", "1", "pilihan", "1", "selesai", "ya", "nomor", "7/2025", "tentang", "SK tim", "tanggal", "14/3/2025"),
			},
			request{name: "is simply finished", as: "operator", method: "GET", path: letter, status: 200, not: []string{`name="selesai"`, "Ditandai selesai"}},
		)
		counted("with evidence again", "3 dari 20 selesai", "Kurang 17", "2 dijawab, 2 ada buktinya")

		run(
			request{name: "the region: an option alone", as: "brida", method: "POST", path: someRow, form: form("versi", "0", "pilihan", "2"), status: 303},
			request{name: "the region: is not finished", as: "pimpinan", method: "GET", path: "/daerah", status: 200, want: []string{"0 dari 20 selesai", "1 dijawab, 0 ada buktinya", "Tanpa bukti", "Belum ada bukti: 0 poin"}},
			request{name: "the region: its indicator", as: "operator", method: "GET", path: someRow, status: 200, want: []string{"Tanpa bukti", "Belum ada bukti: 0 poin"}},
			request{name: "the region: a proof", as: "brida", method: "POST", path: someRow, form: form("versi", "1", "pilihan", "2", "tentang", "Opini BPK"), file: "opini.pdf", bytes: "%PDF-1.7 isi", status: 303},
			request{name: "the region: is finished", as: "pimpinan", method: "GET", path: "/daerah", status: 200, want: []string{"1 dari 20 selesai", "1 dijawab, 1 ada buktinya"}, not: []string{"Terbukti", "terbukti", "Belum ada bukti"}},
			request{name: "the region: its indicator, finished", as: "operator", method: "GET", path: someRow, status: 200, want: []string{"Selesai"}, not: []string{"Tanpa bukti", "Ditandai selesai"}},
		)

		operator := world.Acting(t, w.Program, w.Home, "operator")
		all, err := w.Evidence.Sheet(operator, w.IDs["own"].Innovation, "2026")
		world.Must(t, err)
		for _, row := range all.Period.Pack.Rows(instrument.PerInnovation)[3:] {
			world.Must(t, w.Evidence.Save(operator, w.IDs["own"].Innovation, "2026", row.Code, evidence.Entry{Choice: "0", Marked: true}, nil))
		}
		run(
			request{name: "all finished: before closing", as: "brida", method: "GET", path: "/periode/2026/tutup", status: 200, want: []string{"1 dari 2", "19 dari 20"}},
			request{name: "all finished: the head", as: "kepala", method: "GET", path: "/", status: 200, want: []string{"Sahkan Inovasi rahasia-own"}},
			request{name: "endorsing", as: "kepala", method: "POST", path: endorsePath, form: with(ownHead, "isi", marked(t, w, handler, "kepala")), status: 303},
			request{name: "a mark is taken back", as: "operator", method: "POST", path: empty, form: form("versi", "1", "pilihan", "0"), status: 303},
			request{name: "what the head has endorsed is the same", as: "kepala", method: "GET", path: sheet, status: 200, want: []string{"19 dari 20 selesai", "Disahkan"}, not: []string{"Berubah sejak disahkan"}},
		)
		if page := w.Ask(t, handler, "admin", http.MethodGet, "/catatan", "").Body.String(); !strings.Contains(page, "Ditandai selesai") {
			t.Error("the log lacks the marks")
		}
	})
}
