package stories

import (
	"net/http"
	"regexp"
	"testing"

	"siida.id/internal/test/world"
)

const (
	photoPath = "/inovasi/{innovation}/2026/SID-25"
	linkPath  = "/inovasi/{innovation}/2026/SID-35"
	picture   = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
)

// evidenceStories are of the printed page, the kinds of evidence, BRIDA's
// guidance, and who has opened what.
var evidenceStories = map[string][]request{
	"the printed page": {
		{"of one's own", "operator", "GET", "/inovasi/{innovation}/cetak", nil, "", "", 200, []string{"rahasia-own", "Dinas own", "SID-16"}, []string{"rahasia-other", "<form method=\"post\" action=\"/inovasi"}},
		{"BRIDA may print", "brida", "GET", "/inovasi/{innovation}/cetak?periode=2026", nil, "", "", 200, []string{"rahasia-own"}, nil},
		{"of a period that is not open", "operator", "GET", "/inovasi/{innovation}/cetak?periode=2031", nil, "", "", 404, []string{"belum dibuka"}, []string{"rahasia-own"}},
		{"an agency below does not", "child", "GET", "/inovasi/{innovation}/cetak", nil, "", "", 404, nil, []string{"rahasia-own"}},
		{"nor another region", "outsider", "GET", "/inovasi/{innovation}/cetak", nil, "", "", 404, nil, []string{"rahasia-own"}},
	},
	"kinds of evidence": {
		{"a photo needs no number", "operator", "GET", photoPath, nil, "", "", 200, []string{`name="tentang"`}, []string{`name="nomor"`, `name="alamat"`}},
		{"a document where only photos count", "operator", "POST", photoPath, form("pilihan", "1", "tentang", "Foto rapat"), "sk.pdf", "%PDF-1.7 isi", 422, []string{`href="#berkas"`, `value="Foto rapat"`}, nil},
		{"a photo", "operator", "POST", photoPath, form("pilihan", "1", "tentang", "Foto rapat"), "foto.png", picture, 303, []string{"tersimpan"}, nil},
		{"it is there", "operator", "GET", photoPath, nil, "", "", 200, []string{"Foto rapat"}, nil},
		{"the kinds to choose from", "operator", "GET", linkPath, nil, "", "", 200, []string{`value="photo"`, `value="video"`, `value="link"`}, []string{`value="document"`}},
		{"a kind that does not count", "operator", "POST", linkPath, form("pilihan", "1", "jenis", "document", "tentang", "SK"), "", "", 422, []string{`href="#jenis"`}, nil},
		{"a link without an address", "operator", "POST", linkPath, form("pilihan", "1", "jenis", "link", "tentang", "Video"), "", "", 422, []string{`href="#alamat"`}, []string{`href="#berkas"`}},
		{"an address that acts", "operator", "POST", linkPath, form("pilihan", "1", "jenis", "link", "tentang", "Video", "alamat", "javascript:alert(1)"), "", "", 422, []string{`href="#alamat"`}, []string{`href="javascript`}},
	},
	"guidance": {
		{"not for an operator", "operator", "GET", "/panduan/2026/SID-16", nil, "", "", 403, nil, []string{`name="panduan"`}},
		{"nor by him", "operator", "POST", "/panduan/2026/SID-16", form("panduan", "Palsu", "versi", "0"), "", "", 403, nil, []string{"Palsu"}},
		{"the form", "brida", "GET", "/panduan/2026/SID-16", nil, "", "", 200, []string{`name="panduan"`, `name="versi" value="0"`}, nil},
		{"of what is no indicator", "brida", "GET", "/panduan/2026/SID-99", nil, "", "", 404, nil, nil},
		{"of a period that is not open", "brida", "GET", "/panduan/1999/SID-16", nil, "", "", 404, nil, nil},
		{"too long", "brida", "POST", "/panduan/2026/SID-16", form("panduan", long, "versi", "0"), "", "", 422, []string{`href="#panduan"`}, nil},
		{"saving", "brida", "POST", "/panduan/2026/SID-16", form("panduan", "Sertakan <b>lampiran", "versi", "0"), "", "", 303, []string{"/panduan/2026/SID-16"}, nil},
		{"it is on the indicator's page", "operator", "GET", "/inovasi/{innovation}/2026/SID-16", nil, "", "", 200, []string{"Panduan BRIDA", "Sertakan &lt;b&gt;lampiran"}, []string{"<b>", "Palsu", `href="/panduan`}},
		{"and can be changed from there", "brida", "GET", "/inovasi/{innovation}/2026/SID-16", nil, "", "", 200, []string{`href="/panduan/2026/SID-16"`}, nil},
		{"on no other", "operator", "GET", "/inovasi/{innovation}/2026/SID-17", nil, "", "", 200, nil, []string{"lampiran"}},
		{"not in another region", "outsider", "GET", "/panduan/2026/SID-16", nil, "", "", 200, nil, []string{"lampiran"}},
		{"somebody else was faster", "admin", "POST", "/panduan/2026/SID-16", form("panduan", "Lain", "versi", "0"), "", "", 409, []string{"Orang lain baru saja mengubah panduan", "Sertakan &lt;b&gt;lampiran", "Lain"}, nil},
	},
	"openings": {
		{"nobody has opened it", "brida", "GET", "/bukti/{document}/dibuka", nil, "", "", 200, []string{"Belum pernah dibuka"}, nil},
		{"not for an operator", "operator", "GET", "/bukti/{document}/dibuka", nil, "", "", 403, nil, []string{"rahasia-own"}},
		{"an operator opens his own", "operator", "GET", "/bukti/{document}", nil, "", "", 200, []string{"%PDF-1.7 rahasia-own"}, nil},
		{"pimpinan is asked for a reason", "pimpinan", "GET", "/bukti/{document}", nil, "", "", 303, []string{"/alasan"}, []string{"%PDF"}},
		{"here", "pimpinan", "GET", "/bukti/{document}/alasan", nil, "", "", 200, []string{`name="alasan"`, "Surat rahasia-own"}, []string{"%PDF"}},
		{"none given", "pimpinan", "POST", "/bukti/{document}/alasan", form("alasan", " "), "", "", 422, []string{`href="#alasan"`}, []string{"%PDF"}},
		{"still closed", "pimpinan", "GET", "/bukti/{document}", nil, "", "", 303, []string{"/alasan"}, []string{"%PDF"}},
		{"given", "pimpinan", "POST", "/bukti/{document}/alasan", form("alasan", "Rapat <b>anggaran"), "", "", 303, []string{"/bukti/"}, []string{"/alasan"}},
		{"opened", "pimpinan", "GET", "/bukti/{document}", nil, "", "", 200, []string{"%PDF-1.7 rahasia-own"}, nil},
		{"BRIDA reads who and why", "brida", "GET", "/bukti/{document}/dibuka", nil, "", "", 200, []string{"Orang operator", "Orang pimpinan", "Rapat &lt;b&gt;anggaran"}, []string{"<b>"}},
		{"a page that is not there", "brida", "GET", "/bukti/{document}/dibuka?halaman=9", nil, "", "", 404, nil, []string{"Orang operator"}},
		{"an agency below has no reason", "child", "GET", "/bukti/{document}/alasan", nil, "", "", 404, nil, []string{"rahasia-own"}},
		{"another region neither", "outsider", "POST", "/bukti/{document}/alasan", form("alasan", "Ingin tahu"), "", "", 404, nil, []string{"rahasia-own"}},
	},
}

// Evidence that lies elsewhere has a page with its address, and leads nobody there by itself.
func TestEvidenceThatIsALink(t *testing.T) {
	w := world.New(t)
	handler := world.Pages(t, w.Program)
	saved := request{"a link", "operator", "POST", linkPath, form("pilihan", "1", "jenis", "link", "tentang", "Video desa", "alamat", "https://video.example/v?a=1&b=2"), "", "", 303, []string{"tersimpan"}, nil}
	saved.check(t, send(t, w, handler, saved))
	page := w.Ask(t, handler, "operator", http.MethodGet, "/inovasi/"+w.IDs["own"].Innovation+"/2026/SID-35", "").Body.String()
	found := regexp.MustCompile(`/bukti/[0-9a-f-]{36}`).FindString(page)
	if found == "" {
		t.Fatalf("the link is not there: %s", page)
	}
	for _, r := range []request{
		{"its page", "operator", "GET", found, nil, "", "", 200, []string{"https://video.example/v?a=1&amp;b=2", "noreferrer"}, nil},
		{"pimpinan is asked for a reason", "pimpinan", "GET", found, nil, "", "", 303, []string{found + "/alasan"}, []string{"video.example"}},
		{"an agency below", "child", "GET", found, nil, "", "", 404, nil, []string{"video.example"}},
		{"another region", "outsider", "GET", found, nil, "", "", 404, nil, []string{"video.example"}},
	} {
		r.check(t, send(t, w, handler, r))
	}
}
