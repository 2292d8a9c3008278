// Package filetype detects the type of a file and cleans its name.
//
// Both its content and its extension are asked, and they must agree. Only
// what evidence consists of is known: documents, pictures and films. Anything
// that a browser could run (HTML, SVG, scripts) is unknown here and stays so.
package filetype

import (
	"bytes"
	"path"
	"strings"

	"github.com/gabriel-vasile/mimetype"
)

type kind struct{ media, ext string }

// kinds are the files that are taken, by extension.
var kinds = map[string]kind{
	".pdf":  {"application/pdf", "pdf"},
	".jpg":  {"image/jpeg", "jpg"},
	".jpeg": {"image/jpeg", "jpg"},
	".png":  {"image/png", "png"},
	".mp4":  {"video/mp4", "mp4"},
	".mov":  {"video/quicktime", "mov"},
}

// Detect returns the media type and the extension, as evidence rules spell it,
// of a file that somebody calls name and that begins with head (3072 bytes
// do). The last extension counts: "x.pdf.exe" is a program. It is not ok when
// the content is something else or the type is not taken.
func Detect(name string, head []byte) (media, ext string, ok bool) {
	k, known := kinds[strings.ToLower(path.Ext(CleanName(name)))]
	if !known || !is(k, head) || !begins(k.ext, head) {
		return "", "", false
	}
	return k.media, k.ext, true
}

// is reports whether content is of kind k.
func is(k kind, head []byte) bool {
	if k.ext == "mp4" {
		return isMP4(head)
	}
	return mimetype.Detect(head).Is(k.media)
}

// begins is stricter than the detector where that would let a page of HTML
// pass: as a document with "%PDF-" further on, as a film whose first bytes, the
// length of its first box, are letters.
func begins(ext string, head []byte) bool {
	switch ext {
	case "pdf":
		head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
		return bytes.HasPrefix(head, []byte("%PDF-"))
	case "mov", "mp4":
		return head[0] == 0
	}
	return true
}
