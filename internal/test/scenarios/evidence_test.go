package scenarios

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

// evidenceScenarios are about the printed page, the kinds of evidence, BRIDA's
// guidance, and the access log.
var evidenceScenarios = []scenario{
	{name: "the printed page", requests: []request{
		{name: "of one's own", as: "operator", method: "GET", path: "/inovasi/{innovation}/cetak", status: 200, want: []string{"rahasia-own", "Dinas own", "SID-16"}, not: []string{"rahasia-other", "<form method=\"post\" action=\"/inovasi"}},
		{name: "BRIDA may print", as: "brida", method: "GET", path: "/inovasi/{innovation}/cetak?periode=2026", status: 200, want: []string{"rahasia-own"}},
		{name: "of a period that is not open", as: "operator", method: "GET", path: "/inovasi/{innovation}/cetak?periode=2031", status: 404, want: []string{"belum dibuka"}, not: []string{"rahasia-own"}},
		{name: "an agency below does not", as: "child", method: "GET", path: "/inovasi/{innovation}/cetak", status: 404, not: []string{"rahasia-own"}},
		{name: "nor another region", as: "outsider", method: "GET", path: "/inovasi/{innovation}/cetak", status: 404, not: []string{"rahasia-own"}},
	}},
	{name: "kinds of evidence", requests: []request{
		{name: "a photo needs no number", as: "operator", method: "GET", path: photoPath, status: 200, want: []string{`name="tentang"`}, not: []string{`name="nomor"`, `name="alamat"`}},
		{name: "a document where only photos count", as: "operator", method: "POST", path: photoPath, form: form("pilihan", "1", "tentang", "Foto rapat"), file: "sk.pdf", bytes: "%PDF-1.7 isi", status: 422, want: []string{`href="#berkas"`, `value="Foto rapat"`}},
		{name: "a photo", as: "operator", method: "POST", path: photoPath, form: form("pilihan", "1", "tentang", "Foto rapat"), file: "foto.png", bytes: picture, status: 303, want: []string{"tersimpan"}},
		{name: "it is there", as: "operator", method: "GET", path: photoPath, status: 200, want: []string{"Foto rapat"}},
		{name: "the kinds to choose from", as: "operator", method: "GET", path: linkPath, status: 200, want: []string{`value="photo"`, `value="video"`, `value="link"`}, not: []string{`value="document"`}},
		{name: "a kind that does not count", as: "operator", method: "POST", path: linkPath, form: form("pilihan", "1", "jenis", "document", "tentang", "SK"), status: 422, want: []string{`href="#jenis"`}},
		{name: "a link without an address", as: "operator", method: "POST", path: linkPath, form: form("pilihan", "1", "jenis", "link", "tentang", "Video"), status: 422, want: []string{`href="#alamat"`}, not: []string{`href="#berkas"`}},
		{name: "an address that acts", as: "operator", method: "POST", path: linkPath, form: form("pilihan", "1", "jenis", "link", "tentang", "Video", "alamat", "javascript:alert(1)"), status: 422, want: []string{`href="#alamat"`}, not: []string{`href="javascript`}},
	}},
	{name: "guidance", requests: []request{
		{name: "not for an operator", as: "operator", method: "GET", path: "/panduan/2026/SID-16", status: 403, not: []string{`name="panduan"`}},
		{name: "nor by him", as: "operator", method: "POST", path: "/panduan/2026/SID-16", form: form("panduan", "Palsu", "versi", "0"), status: 403, not: []string{"Palsu"}},
		{name: "the form", as: "brida", method: "GET", path: "/panduan/2026/SID-16", status: 200, want: []string{`name="panduan"`, `name="versi" value="0"`}},
		{name: "of what is no indicator", as: "brida", method: "GET", path: "/panduan/2026/SID-99", status: 404},
		{name: "of a period that is not open", as: "brida", method: "GET", path: "/panduan/1999/SID-16", status: 404},
		{name: "too long", as: "brida", method: "POST", path: "/panduan/2026/SID-16", form: form("panduan", long, "versi", "0"), status: 422, want: []string{`href="#panduan"`}},
		{name: "saving", as: "brida", method: "POST", path: "/panduan/2026/SID-16", form: form("panduan", "Sertakan <b>lampiran", "versi", "0"), status: 303, want: []string{"/panduan/2026/SID-16"}},
		{name: "it is on the indicator's page", as: "operator", method: "GET", path: "/inovasi/{innovation}/2026/SID-16", status: 200, want: []string{"Panduan BRIDA", "Sertakan &lt;b&gt;lampiran"}, not: []string{"Sertakan <b>", "Palsu", `href="/panduan`}},
		{name: "and can be changed from there", as: "brida", method: "GET", path: "/inovasi/{innovation}/2026/SID-16", status: 200, want: []string{`href="/panduan/2026/SID-16"`}},
		{name: "on no other", as: "operator", method: "GET", path: "/inovasi/{innovation}/2026/SID-17", status: 200, not: []string{"lampiran"}},
		{name: "not in another region", as: "outsider", method: "GET", path: "/panduan/2026/SID-16", status: 200, not: []string{"lampiran"}},
		{name: "somebody else was faster", as: "admin", method: "POST", path: "/panduan/2026/SID-16", form: form("panduan", "Lain", "versi", "0"), status: 409, want: []string{" menyimpan “", "Sertakan &lt;b&gt;lampiran", "Lain"}},
	}},
	{name: "weak evidence", requests: []request{
		{name: "there is none", as: "operator", method: "GET", path: "/bukti-lemah", status: 200, want: []string{"Tidak ada bukti lemah"}, not: []string{"rahasia"}},
		{name: "a visitor", method: "GET", path: "/bukti-lemah", status: 303, want: []string{"/masuk"}},
	}},
	{name: "openings", requests: []request{
		{name: "nobody has opened it", as: "brida", method: "GET", path: "/bukti/{document}/dibuka", status: 200, want: []string{"Belum pernah dibuka"}},
		{name: "not for an operator", as: "operator", method: "GET", path: "/bukti/{document}/dibuka", status: 403, not: []string{"rahasia-own"}},
		{name: "an operator opens his own", as: "operator", method: "GET", path: "/bukti/{document}", status: 200, want: []string{"%PDF-1.7 rahasia-own"}},
		{name: "pimpinan is asked for a reason", as: "pimpinan", method: "GET", path: "/bukti/{document}", status: 303, want: []string{"/alasan"}, not: []string{"%PDF"}},
		{name: "here", as: "pimpinan", method: "GET", path: "/bukti/{document}/alasan", status: 200, want: []string{`name="alasan"`, "Surat rahasia-own"}, not: []string{"%PDF"}},
		{name: "none given", as: "pimpinan", method: "POST", path: "/bukti/{document}/alasan", form: form("alasan", " "), status: 422, want: []string{`href="#alasan"`}, not: []string{"%PDF"}},
		{name: "still closed", as: "pimpinan", method: "GET", path: "/bukti/{document}", status: 303, want: []string{"/alasan"}, not: []string{"%PDF"}},
		{name: "given", as: "pimpinan", method: "POST", path: "/bukti/{document}/alasan", form: form("alasan", "Rapat <b>anggaran"), status: 303, want: []string{"/bukti/"}, not: []string{"/alasan"}},
		{name: "opened", as: "pimpinan", method: "GET", path: "/bukti/{document}", status: 200, want: []string{"%PDF-1.7 rahasia-own"}},
		{name: "BRIDA reads who and why", as: "brida", method: "GET", path: "/bukti/{document}/dibuka", status: 200, want: []string{"Orang operator", "Orang pimpinan", "Rapat &lt;b&gt;anggaran"}, not: []string{"<b>"}},
		{name: "a page that is not there", as: "brida", method: "GET", path: "/bukti/{document}/dibuka?halaman=9", status: 404, not: []string{"Orang operator"}},
		{name: "an agency below has no reason", as: "child", method: "GET", path: "/bukti/{document}/alasan", status: 404, not: []string{"rahasia-own"}},
		{name: "another region neither", as: "outsider", method: "POST", path: "/bukti/{document}/alasan", form: form("alasan", "Ingin tahu"), status: 404, not: []string{"rahasia-own"}},
	}},
}

// Evidence that is a link has a page with its address, without a redirect.
func TestEvidenceThatIsALink(t *testing.T) {
	w := world.New(t)
	handler := world.Pages(t, w.Program)
	saved := request{name: "a link", as: "operator", method: "POST", path: linkPath, form: form("pilihan", "1", "jenis", "link", "tentang", "Video desa", "alamat", "https://video.example/v?a=1&b=2"), status: 303, want: []string{"tersimpan"}}
	saved.check(t, send(t, w, handler, saved))
	page := w.Ask(t, handler, "operator", http.MethodGet, "/inovasi/"+w.IDs["own"].Innovation+"/2026/SID-35", "").Body.String()
	found := regexp.MustCompile(`/bukti/[0-9a-f-]{36}`).FindString(page)
	if found == "" {
		t.Fatalf("the link is not there: %s", page)
	}
	for _, r := range []request{
		{name: "its page", as: "operator", method: "GET", path: found, status: 200, want: []string{"https://video.example/v?a=1&amp;b=2", "noreferrer"}},
		{name: "pimpinan is asked for a reason", as: "pimpinan", method: "GET", path: found, status: 303, want: []string{found + "/alasan"}, not: []string{"video.example"}},
		{name: "an agency below", as: "child", method: "GET", path: found, status: 404, not: []string{"video.example"}},
		{name: "another region", as: "outsider", method: "GET", path: found, status: 404, not: []string{"video.example"}},
	} {
		r.check(t, send(t, w, handler, r))
	}
}
