package filetype

import (
	"path"
	"strings"
	"unicode"

	"siida.id/internal/base/text"
)

const (
	longest  = 120      // runes of a name
	longExt  = 16       // runes of an extension; more is part of the name
	nameless = "berkas" // what a file without a name is called
)

// CleanName makes of the name that somebody gave a file one that is safe to
// show and to download by: no folders, no control or formatting characters
// (which can turn the reading direction round), none that a file system
// forbids, at most 120 runes with the extension kept, and never empty.
func CleanName(name string) string {
	for {
		// Dropping a sign may leave another one where it is not allowed, such as a
		// combining mark with no letter before it.
		cleaned := cleanOnce(name)
		if cleaned == name {
			return cleaned
		}
		name = cleaned
	}
}

func cleanOnce(name string) string {
	name = strings.ReplaceAll(name, `\`, "/")
	name = strings.Map(allowed, text.Line(name[strings.LastIndex(name, "/")+1:]))
	name = strings.TrimRight(text.Line(name), ". ")
	ext := path.Ext(name)
	if len([]rune(ext)) > longExt {
		ext = ""
	}
	stem := strings.TrimLeft(strings.TrimSuffix(name, ext), ". ")
	stem = strings.TrimRight(cut(stem, longest-len([]rune(ext))), ". ")
	if stem == "" {
		stem = nameless
	}
	return stem + ext
}

// allowed replaces what a file system may refuse, and drops what is not text: also the
// joiners of pictures, and code points that are no characters yet.
func allowed(r rune) rune {
	switch {
	case r == unicode.ReplacementChar || !unicode.IsPrint(r):
		return -1
	case r == '"':
		return '\''
	case strings.ContainsRune(`<>:|?*`, r):
		return '_'
	}
	return r
}

func cut(s string, most int) string {
	runes := []rune(s)
	return string(runes[:min(len(runes), most)])
}
