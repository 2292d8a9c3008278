package stories

// fileStories are about the files of a profile and the scans of decrees.
var fileStories = map[string][]request{
	"files of a profile": {
		{"none yet", "operator", "GET", "/inovasi/{innovation}/berkas", nil, "", "", 200, []string{"Belum ada berkas", `name="anggaran"`, `accept=".pdf,.jpg,.png"`}, nil},
		{"the profile leads there", "operator", "GET", "/inovasi/{innovation}", nil, "", "", 200, []string{"/berkas\""}, nil},
		{"no file", "operator", "POST", "/inovasi/{innovation}/berkas/anggaran", nil, "", "", 422, []string{`href="#anggaran"`, "Pilih berkas"}, nil},
		{"an empty one", "operator", "POST", "/inovasi/{innovation}/berkas/anggaran", nil, "rab.pdf", "", 422, []string{"Berkas kosong"}, nil},
		{"a picture as a budget", "operator", "POST", "/inovasi/{innovation}/berkas/anggaran", nil, "rab.png", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", 422, []string{`href="#anggaran"`, "PDF"}, nil},
		{"a page that calls itself a document", "operator", "POST", "/inovasi/{innovation}/berkas/haki", nil, "haki.pdf", "<html><script>", 422, []string{`href="#haki"`}, []string{"<html><script>"}},
		{"a file of no kind", "operator", "POST", "/inovasi/{innovation}/berkas/lain", nil, "a.pdf", "%PDF-1.7 isi", 404, nil, nil},
		{"a budget", "operator", "POST", "/inovasi/{innovation}/berkas/anggaran", nil, "rab.pdf", "%PDF-1.7 isi", 303, []string{"/berkas?tersimpan"}, nil},
		{"another takes its place", "operator", "POST", "/inovasi/{innovation}/berkas/anggaran", nil, "rab-baru.pdf", "%PDF-1.7 lain", 303, nil, nil},
		{"it is listed", "pimpinan", "GET", "/inovasi/{innovation}/berkas", nil, "", "", 200, []string{"rab-baru.pdf"}, []string{"rab.pdf", "Lepas berkas", `name="anggaran"`}},
		{"BRIDA looks and does not change", "brida", "POST", "/inovasi/{innovation}/berkas/haki", nil, "haki.pdf", "%PDF-1.7 isi", 403, nil, nil},
		{"a stranger finds nothing", "outsider", "GET", "/inovasi/{innovation}/berkas", nil, "", "", 404, nil, []string{"rab"}},
		{"one that is not there", "operator", "GET", "/inovasi/{innovation}/berkas/x", nil, "", "", 404, nil, nil},
		{"taking off what is not there", "operator", "POST", "/inovasi/{innovation}/berkas/lepas", form("berkas", "x"), "", "", 404, nil, nil},
	},
	"the scan of an SK": {
		{"none yet", "operator", "GET", "/sk/{decree}", nil, "", "", 200, []string{"Pindaian SK", "Belum ada berkas"}, []string{`type="file"`}},
		{"none to open", "operator", "GET", "/sk/{decree}/pindaian", nil, "", "", 404, nil, nil},
		{"an operator sends none", "operator", "POST", "/sk/{decree}/pindaian", nil, "sk.pdf", "%PDF-1.7 sk", 403, nil, nil},
		{"no file", "brida", "POST", "/sk/{decree}/pindaian", nil, "", "", 422, []string{`href="#sk"`}, nil},
		{"BRIDA does", "brida", "POST", "/sk/{decree}/pindaian", nil, "sk.pdf", "%PDF-1.7 sk", 303, []string{"/sk/"}, nil},
		{"all read it", "operator", "GET", "/sk/{decree}/pindaian", nil, "", "", 200, []string{"%PDF-1.7 sk"}, nil},
		{"the page leads there", "operator", "GET", "/sk/{decree}", nil, "", "", 200, []string{"sk.pdf", "/pindaian"}, nil},
		{"a stranger does not", "outsider", "GET", "/sk/{decree}/pindaian", nil, "", "", 404, nil, nil},
	},
}
