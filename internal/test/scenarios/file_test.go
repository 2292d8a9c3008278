package scenarios

// fileScenarios are about the files of a profile and the scans of decrees.
var fileScenarios = []scenario{
	{name: "files of a profile", requests: []request{
		{name: "none yet", as: "operator", method: "GET", path: "/inovasi/{innovation}/berkas", status: 200, want: []string{"Belum ada berkas", `name="anggaran"`, `accept=".pdf,.jpg,.jpeg,.png"`}},
		{name: "the profile leads there", as: "operator", method: "GET", path: "/inovasi/{innovation}", status: 200, want: []string{"/berkas\""}},
		{name: "no file", as: "operator", method: "POST", path: "/inovasi/{innovation}/berkas/anggaran", status: 422, want: []string{`href="#anggaran"`, "Pilih berkas"}},
		{name: "an empty one", as: "operator", method: "POST", path: "/inovasi/{innovation}/berkas/anggaran", file: "rab.pdf", status: 422, want: []string{"Berkas kosong"}},
		{name: "a picture as a budget", as: "operator", method: "POST", path: "/inovasi/{innovation}/berkas/anggaran", file: "rab.png", bytes: "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", status: 422, want: []string{`href="#anggaran"`, "PDF"}},
		{name: "a page that calls itself a document", as: "operator", method: "POST", path: "/inovasi/{innovation}/berkas/haki", file: "haki.pdf", bytes: "<html><script>", status: 422, want: []string{`href="#haki"`}, not: []string{"<html><script>"}},
		{name: "a file of no kind", as: "operator", method: "POST", path: "/inovasi/{innovation}/berkas/lain", file: "a.pdf", bytes: "%PDF-1.7 isi", status: 404},
		{name: "a budget", as: "operator", method: "POST", path: "/inovasi/{innovation}/berkas/anggaran", file: "rab.pdf", bytes: "%PDF-1.7 isi", status: 303, want: []string{"/berkas?tersimpan"}},
		{name: "another takes its place", as: "operator", method: "POST", path: "/inovasi/{innovation}/berkas/anggaran", file: "rab-baru.pdf", bytes: "%PDF-1.7 lain", status: 303},
		{name: "it is listed", as: "pimpinan", method: "GET", path: "/inovasi/{innovation}/berkas", status: 200, want: []string{"rab-baru.pdf"}, not: []string{"rab.pdf", "Lepas berkas", `name="anggaran"`}},
		{name: "BRIDA looks and does not change", as: "brida", method: "POST", path: "/inovasi/{innovation}/berkas/haki", file: "haki.pdf", bytes: "%PDF-1.7 isi", status: 403},
		{name: "a stranger finds nothing", as: "outsider", method: "GET", path: "/inovasi/{innovation}/berkas", status: 404, not: []string{"rab"}},
		{name: "one that is not there", as: "operator", method: "GET", path: "/inovasi/{innovation}/berkas/x", status: 404},
		{name: "taking off what is not there", as: "operator", method: "POST", path: "/inovasi/{innovation}/berkas/lepas", form: form("berkas", "x"), status: 404},
	}},
	{name: "the scan of an SK", requests: []request{
		{name: "none yet", as: "operator", method: "GET", path: "/sk/{decree}", status: 200, want: []string{"Pindaian SK", "Belum ada berkas"}, not: []string{`type="file"`}},
		{name: "none to open", as: "operator", method: "GET", path: "/sk/{decree}/pindaian", status: 404},
		{name: "an operator sends none", as: "operator", method: "POST", path: "/sk/{decree}/pindaian", file: "sk.pdf", bytes: "%PDF-1.7 sk", status: 403},
		{name: "no file", as: "brida", method: "POST", path: "/sk/{decree}/pindaian", status: 422, want: []string{`href="#sk"`}},
		{name: "BRIDA does", as: "brida", method: "POST", path: "/sk/{decree}/pindaian", file: "sk.pdf", bytes: "%PDF-1.7 sk", status: 303, want: []string{"/sk/"}},
		{name: "all read it", as: "operator", method: "GET", path: "/sk/{decree}/pindaian", status: 200, want: []string{"%PDF-1.7 sk"}},
		{name: "the page leads there", as: "operator", method: "GET", path: "/sk/{decree}", status: 200, want: []string{"sk.pdf", "/pindaian"}},
		{name: "a stranger does not", as: "outsider", method: "GET", path: "/sk/{decree}/pindaian", status: 404},
	}},
}
