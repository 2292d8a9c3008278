package pdf

import (
	"strings"
	"unicode"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// unknown replaces a character that the fonts lack.
const unknown = "?"

// words encodes a text for the standard fonts of PDF, which have the letters of
// western Europe. A letter with a missing diacritic loses it; any other missing
// character becomes a visible question mark.
func (p *Document) words(text string) string {
	var out strings.Builder
	for _, r := range norm.NFC.String(nearest.Replace(text)) {
		out.WriteString(sign(r))
	}
	return out.String()
}

func sign(r rune) string {
	switch b, known := charmap.Windows1252.EncodeRune(r); {
	case r == '\n':
		return "\n"
	case unicode.IsControl(r):
		return " "
	case known:
		return string([]byte{b})
	case unicode.In(r, unicode.Mn, unicode.Cf, unicode.Variation_Selector):
		return "" // a combining mark; the letter itself is there
	}
	var plain strings.Builder
	for _, r := range norm.NFKD.String(string(r)) {
		if b, known := charmap.Windows1252.EncodeRune(r); known && !unicode.IsControl(r) {
			plain.WriteByte(b)
		}
	}
	if strings.TrimSpace(plain.String()) == "" {
		return unknown
	}
	return plain.String()
}

// nearest replaces characters of our own texts that the fonts lack.
var nearest = strings.NewReplacer("≥", ">=", "≤", "<=", "−", "-", "\u00a0", " ", "→", "->", "≠", "<>", "‑", "-", "\u202f", " ")
