// Package lettercode generates codes that people read out, print and type.
package lettercode

import (
	"fmt"
	"io"
	"strings"
	"unicode"
)

// Letters are sixteen letters that are easy to tell apart, without vowels, so
// that they form no words. Each encodes four bits.
const Letters = "BCDFGHJKMNPRTWXY"

const group = 4

// New returns a random code of n letters.
func New(random io.Reader, length int) (string, error) {
	bytes := make([]byte, length)
	if _, err := io.ReadFull(random, bytes); err != nil {
		return "", fmt.Errorf("make a code: %w", err)
	}
	for i, b := range bytes {
		bytes[i] = Letters[int(b)%len(Letters)]
	}
	return string(bytes), nil
}

// Grouped returns a code in groups with a separator.
func Grouped(code, between string) string {
	var groups []string
	for ; len(code) > group; code = code[group:] {
		groups = append(groups, code[:group])
	}
	return strings.Join(append(groups, code), between)
}

// Typed returns the code in typed text, whatever separates its groups.
func Typed(typed string) string {
	return strings.Map(func(r rune) rune {
		if r = unicode.ToUpper(r); r < 'A' || r > 'Z' {
			return -1
		}
		return r
	}, typed)
}
