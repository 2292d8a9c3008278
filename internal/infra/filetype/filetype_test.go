package filetype_test

import (
	"path"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"siida.id/internal/infra/filetype"
)

// The first bytes of files.
const (
	pdf  = "%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
	jpg  = "\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
	png  = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00"
	mp4  = "\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2"
	mov  = "\x00\x00\x00\x14ftypqt  \x00\x00\x02\x00qt  "
	exe  = "MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00"
	gif  = "GIF89a\x01\x00\x01\x00\x80\x00\x00<?php system($_GET['c']); ?>"
	php  = "<?php echo 1; ?>"
	html = "<!DOCTYPE html><html><script>alert(1)</script></html>"
	svg  = `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`
	zip  = "PK\x03\x04\x14\x00\x00\x00\x08\x00"
)

func TestDetect(t *testing.T) {
	for _, tt := range []struct{ name, head, media, ext string }{
		{"SK.pdf", pdf, "application/pdf", "pdf"},
		{"SK.PDF", pdf, "application/pdf", "pdf"},
		{"SK.pdf", "\ufeff\n" + pdf, "application/pdf", "pdf"},
		{"foto.jpg", jpg, "image/jpeg", "jpg"},
		{"foto.JPEG", jpg, "image/jpeg", "jpg"},
		{"foto.png", png, "image/png", "png"},
		{"video.mp4", mp4, "video/mp4", "mp4"},
		{"video.mov", mov, "video/quicktime", "mov"},
		{"x.php.jpg", jpg, "image/jpeg", "jpg"},
		{"../../etc/SK.pdf", pdf, "application/pdf", "pdf"},
		{"x.pdf. . ", pdf, "application/pdf", "pdf"},
		{"SK.exe\x00.pdf", pdf, "application/pdf", "pdf"}, // stored as "SK.exe.pdf"
		{"SK\u202efdp.pdf", pdf, "application/pdf", "pdf"},

		{name: "x.php.jpg", head: php},
		{name: "x.jpg", head: gif},
		{name: "x.gif", head: gif},
		{name: "x.pdf.exe", head: pdf},
		{name: "x.pdf", head: exe},
		{name: "x.exe", head: exe},
		{name: "x.pdf", head: html},
		{name: "x.pdf", head: html + pdf},
		{name: "x.html", head: html},
		{name: "x.pdf", head: "<script>alert(1)</script>\n" + pdf},
		{name: "x.png", head: svg},
		{name: "x.svg", head: svg},
		{name: "x.jpg", head: png},
		{name: "x.png", head: jpg},
		{name: "x.mp4", head: mov},
		{name: "x.mov", head: mp4},
		{name: "x.mov", head: "<!--moov\x00--><script>alert(1)</script>"},
		{name: "x.mp4", head: "\x00\x00\x00\x18ftypM4A \x00\x00\x02\x00"},
		{name: "x.jpg", head: "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"},
		{name: "x.pdf", head: zip},
		{name: "x.docx", head: zip},
		{name: "x.pdf", head: ""},
		{name: "x.pdf", head: "%PDF"},
		{name: "x.jpg", head: "\xff\xd8"},
		{name: "pdf", head: pdf},
		{name: "", head: pdf},
		{name: "x.pdf/", head: pdf},
		{name: "x.pdf::$DATA", head: pdf},
		{name: "x.pdf\u202eexe", head: pdf},
		{name: "x.exe\u202efdp.", head: pdf},
	} {
		media, ext, ok := filetype.Detect(tt.name, []byte(tt.head))
		if media != tt.media || ext != tt.ext || ok != (tt.media != "") {
			t.Errorf("%q, %.20q: %q %q %v, want %q %q", tt.name, tt.head, media, ext, ok, tt.media, tt.ext)
		}
	}
}

// A film whose main brand is another one is an MP4 if that is among its compatible
// brands. Those of cameras and of Apple are.
func TestCaseB10BrandsOfFilms(t *testing.T) {
	film := func(brands ...string) string {
		head := strings.Join(append([]string{"ftyp", brands[0], "\x00\x00\x02\x00"}, brands[1:]...), "")
		return string([]byte{0, 0, 0, byte(len(head) + 4)}) + head + "\x00\x00\x00\x08free"
	}
	for name, tt := range map[string]struct {
		head string
		want bool
	}{
		"3gp4":                        {film("3gp4", "3gp4", "iso2", "avc1", "mp41"), true},
		"M4V":                         {film("M4V ", "M4V ", "iso2", "avc1", "mp41"), true},
		"Sony":                        {film("XAVC", "XAVC", "mp42", "iso2"), true},
		"GoPro":                       {film("mp41", "mp41"), true},
		"Canon":                       {film("MSNV", "isom", "mp42"), true},
		"dash":                        {film("dash", "iso6", "mp41"), true},
		"main brand alone":            {film("iso5"), true},
		"no MP4 at all":               {film("3gp4", "3gp4"), false},
		"QuickTime":                   {film("qt  ", "qt  "), false},
		"a brand as minor version":    {"\x00\x00\x00\x10ftypqt  isom", false},
		"sound":                       {film("M4A ", "M4A ", "mp42", "isom"), false},
		"picture":                     {film("avif", "mif1", "iso8"), false},
		"brands beyond the box":       {"\x00\x00\x00\x10ftypqt  \x00\x00\x02\x00isommp42", false},
		"a box that ends at once":     {"\x00\x00\x00\x08ftypisom", false},
		"a box longer than its bytes": {"\x00\x00\x02\x00ftyp3gp4\x00\x00\x00\x00iso", false},
	} {
		if _, _, ok := filetype.Detect("video.mp4", []byte(tt.head)); ok != tt.want {
			t.Errorf("%s: %v, want %v", name, ok, tt.want)
		}
	}
}

func TestCleanName(t *testing.T) {
	long := strings.Repeat("é", 300)
	for name, want := range map[string]string{
		"SK Bupati 2025.pdf":               "SK Bupati 2025.pdf",
		"../../etc/passwd":                 "passwd",
		`C:\Users\Rina\SK.pdf`:             "SK.pdf",
		`..\..\x.pdf`:                      "x.pdf",
		"/":                                "berkas",
		"":                                 "berkas",
		"...":                              "berkas",
		".pdf":                             "berkas.pdf",
		"\x00.pdf":                         "berkas.pdf",
		"a\x00b.pdf":                       "ab.pdf",
		"a.pdf\r\nSet-Cookie: x=1":         "a.pdf Set-Cookie_ x=1",
		"SK\u202efdp.exe":                  "SKfdp.exe",
		"\u2066foto\u2069.jpg":             "foto.jpg",
		"zero\u200bwidth.png":              "zerowidth.png",
		"SK \"final\" re\u0301v.pdf":       "SK 'final' rév.pdf",
		"\u3164\u2800.pdf":                 "berkas.pdf",
		`<img src="x">.png`:                "_img src='x'_.png",
		"a|b?c*d:e.pdf":                    "a_b_c_d_e.pdf",
		"  banyak \t  spasi .pdf":          "banyak spasi.pdf",
		"titik.pdf. .":                     "titik.pdf",
		"berkas 图 ا.pdf":                   "berkas 图 ا.pdf",
		"\xff\xfe.pdf":                     "berkas.pdf",
		long + ".pdf":                      strings.Repeat("é", 116) + ".pdf",
		"a." + long:                        "a." + strings.Repeat("é", 118),
		strings.Repeat("x", 115) + " .pdf": strings.Repeat("x", 115) + ".pdf",
	} {
		if got := filetype.CleanName(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func FuzzCleanName(f *testing.F) {
	for _, name := range []string{"SK.pdf", "../x", "\x00", "a\u202eb.exe", "\xff", "...", " \u0655.", "a\u200d.\u0655.b", strings.Repeat("n", 300) + ".jpeg"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got := filetype.CleanName(name)
		if got == "" || got == "." || got == ".." || !utf8.ValidString(got) || utf8.RuneCountInString(got) > 120 {
			t.Fatalf("%q: %q", name, got)
		}
		if i := strings.IndexFunc(got, func(r rune) bool { return !unicode.IsPrint(r) || strings.ContainsRune(`/\<>:"|?*`, r) }); i >= 0 {
			t.Errorf("%q: %q has %q", name, got, got[i:])
		}
		if again := filetype.CleanName(got); again != got {
			t.Errorf("%q: %q becomes %q when it is cleaned again", name, got, again)
		}
	})
}

// Whatever somebody sends is one of the types taken, under its own extension, or nothing.
func FuzzDetect(f *testing.F) {
	for _, head := range []string{pdf, jpg, png, mp4, mov, exe, gif, html, svg, ""} {
		f.Add("x.pdf", []byte(head))
		f.Add("x.jpg", []byte(head))
		f.Add("x.mp4", []byte(head))
	}
	taken := map[string]string{"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png", "mp4": "video/mp4", "mov": "video/quicktime"}
	f.Fuzz(func(t *testing.T, name string, head []byte) {
		media, ext, ok := filetype.Detect(name, head)
		if !ok {
			if media != "" || ext != "" {
				t.Errorf("not ok, yet %q %q", media, ext)
			}
			return
		}
		shown := strings.ToLower(strings.TrimPrefix(path.Ext(filetype.CleanName(name)), "."))
		if taken[ext] != media || strings.Replace(shown, "jpeg", "jpg", 1) != ext {
			t.Errorf("%q: %q %q", name, media, ext)
		}
		if len(head) == 0 || head[0] == '<' {
			t.Errorf("%q passes as %s", head, media)
		}
	})
}
