package text

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Clean is the one rule for text that people type, paste or load, wherever it comes
// from: a form, an address, a file name, a pack, a command line. What looks the same is
// the same afterwards, and nothing in it is unseen: letters are composed (NFC), each
// white space is a space or the line break "\n", and control and format signs, soft
// hyphens, letters without a shape and signs that only Unicode's tables know are dropped.
// The joiner and the variation selectors stay where a picture consists of them. Bytes
// that are no Unicode become U+FFFD, so that people see that something was lost.
//
// Clean does not trim: Line and Paragraphs do. Cleaning twice changes nothing.
func Clean(s string) string {
	if plain(s) {
		return s
	}
	runes := []rune(strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\r\n", "\n"))
	kept := make([]rune, 0, len(runes))
	for i, r := range runes {
		switch {
		case r == '\n', r == '\r', r == '\v', r == '\f', r == '\u0085', r == '\u2028', r == '\u2029':
			kept = append(kept, '\n')
		case unicode.IsSpace(r):
			kept = append(kept, ' ')
		case r == joiner:
			if joins(kept) && i+1 < len(runes) && isPicture(runes[i+1]) {
				kept = append(kept, r)
			}
		case r == textStyle || r == pictureStyle:
			next := rune(0)
			if i+1 < len(runes) {
				next = runes[i+1]
			}
			if styled(kept, next) {
				kept = append(kept, r)
			}
		case '\U000e0020' <= r && r <= '\U000e007f': // the letters of a region's flag
			if flags(kept) {
				kept = append(kept, r)
			}
		case !unseen(r):
			kept = append(kept, r)
		}
	}
	return norm.NFC.String(string(kept))
}

const (
	joiner       = '\u200d'
	textStyle    = '\ufe0e' // the selector for a picture drawn as a letter
	pictureStyle = '\ufe0f' // the selector for a letter drawn as a picture
	keycap       = '\u20e3'
	blackFlag    = '\U0001f3f4'
	longestFlag  = 8 // signs that spell a region, with the flag before them
)

// plain reports whether s has nothing but the letters and signs of ASCII, and spaces and
// line breaks.
func plain(s string) bool {
	for i := range len(s) {
		if (s[i] < ' ' || s[i] >= 0x7f) && s[i] != '\n' {
			return false
		}
	}
	return true
}

// unseen reports whether r has no shape of its own.
func unseen(r rune) bool {
	switch r {
	case '\u2800', // Braille without a dot
		'\ufffc',     // where an object stood in the document that was pasted
		'\U0001d159': // a note without a head
		return true
	}
	return unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r) ||
		unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector, unicode.Noncharacter_Code_Point)
}

// isPicture reports whether r is a picture that the joiner combines with others.
func isPicture(r rune) bool {
	return '\u2190' <= r && r <= '\u2bff' && unicode.Is(unicode.S, r) || '\U0001f000' <= r && r <= '\U0001faff'
}

// joins reports whether a joiner may follow: a picture, with or without its selector.
func joins(before []rune) bool {
	if n := len(before); n > 0 && (before[n-1] == pictureStyle || before[n-1] == textStyle) {
		before = before[:n-1]
	}
	return len(before) > 0 && isPicture(before[len(before)-1])
}

// styled reports whether a selector between before and next chooses how a picture is
// drawn.
func styled(before []rune, next rune) bool {
	if len(before) == 0 {
		return false
	}
	switch last := before[len(before)-1]; last {
	case '©', '®', '™', '‼', '⁉', 'ℹ', 'Ⓜ', '〰', '〽', '㊗', '㊙':
		return true
	case '#', '*', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return next == keycap
	default:
		return isPicture(last)
	}
}

// flags reports whether before ends with the flag of a region that is being spelt.
func flags(before []rune) bool {
	for i := len(before) - 1; i >= max(0, len(before)-longestFlag); i-- {
		if before[i] < '\U000e0020' || before[i] > '\U000e007e' {
			return before[i] == blackFlag
		}
	}
	return false
}

// Line is text of one line: clean, its words one space apart. It is empty if nothing in
// it can be seen alone.
func Line(s string) string {
	s = strings.Join(strings.Fields(Clean(s)), " ")
	if !strings.ContainsFunc(s, stands) {
		return ""
	}
	return s
}

// Paragraphs is text of several lines: clean, without space around it or at the end of a
// line. It is empty if nothing in it can be seen alone.
func Paragraphs(s string) string {
	s = Clean(s)
	if !strings.ContainsFunc(s, stands) {
		return ""
	}
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// stands reports whether r can be seen without another: no space, and no accent, which
// stands on a letter.
func stands(r rune) bool { return !unicode.IsSpace(r) && !unicode.Is(unicode.M, r) }
