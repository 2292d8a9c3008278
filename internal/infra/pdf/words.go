package pdf

import (
	"strings"
	"unicode"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// unknown stands for a sign that the fonts lack.
const unknown = "?"

// words writes a text for the fonts that every reader of PDF has. They know the
// letters of western Europe. A letter with a mark that they lack loses the mark;
// any other sign becomes a question mark, so that nobody takes the text for whole.
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
		return "" // it only changes the sign before it, which is there
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

// nearest are signs of our own texts that the fonts lack.
var nearest = strings.NewReplacer("≥", ">=", "≤", "<=", "−", "-", "\u00a0", " ", "→", "->", "≠", "<>", "‑", "-", "\u202f", " ")
