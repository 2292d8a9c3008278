package pdf

import (
	"math"
	"strings"
	"unicode"

	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansregular"

	"siida.id/internal/base/text"
)

// family is the font of all documents: Liberation Sans, which has the Latin, Greek and
// Cyrillic letters and the widths of Helvetica. A document contains those of its glyphs
// that it uses.
const family = "LiberationSans"

func (p *Document) addFonts() {
	p.doc.AddUTF8FontFromBytes(family, "", liberationsansregular.TTF)
	p.doc.AddUTF8FontFromBytes(family, "B", liberationsansbold.TTF)
}

// box replaces a sign outside the plane of Unicode that the library can write. A sign of
// the plane that the font lacks is drawn as a box by the font, and stays itself where the
// text is copied.
const box = '□'

// words returns a text as the font can write it.
func (p *Document) words(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r > math.MaxUint16:
			if unicode.In(r, unicode.M, unicode.Cf) {
				return -1
			}
			return box
		case r == '\u200d', unicode.Is(unicode.Variation_Selector, r):
			return -1 // they make one picture of several boxes
		case r == '\u20e3', unicode.Is(unicode.M, r) && (r < '\u0300' || r > '\u036f'):
			return -1 // a mark that the font lacks; its letter is there
		}
		return r
	}, text.Clean(s))
}

// wrap breaks a text into lines of at most that width: at spaces, or within a word that
// is longer than a line. (Those that the library makes lose letters of East Asia.)
func (p *Document) wrap(s string, wide float64) (lines []string) {
	_, size := p.doc.GetFontSize()
	most := int(math.Ceil((wide - 2*p.doc.GetCellMargin()) * 1000 / size))
	for paragraph := range strings.SplitSeq(strings.TrimRight(p.words(s), "\n"), "\n") {
		runes := []rune(paragraph)
		start, space, width := 0, -1, 0
		for i := 0; i < len(runes); i++ {
			if runes[i] == ' ' {
				space = i
			}
			width += p.doc.GetStringSymbolWidth(string(runes[i]))
			if width <= most || i == start {
				continue
			}
			end, next := i, i
			if space >= start {
				end, next = space, space+1
			}
			lines = append(lines, string(runes[start:end]))
			start, space, width, i = next, -1, 0, next-1
		}
		lines = append(lines, string(runes[start:]))
	}
	return lines
}

// write adds a text of several lines of that height at the position, and goes to the
// start of the next line. A width of zero is the rest of the line.
func (p *Document) write(wide, high float64, s, align string) {
	if wide == 0 {
		wide = margin + p.width() - p.doc.GetX()
	}
	p.doc.MultiCell(wide, high, strings.Join(p.wrap(s, wide), "\n"), "", align, false)
}
