// Package lettercode makes codes that people read out, print and type.
package lettercode

import (
	"fmt"
	"io"
	"strings"
	"unicode"
)

// Letters are sixteen that no hand or font confuses, without vowels, so that no
// word comes of them. Each stands for four bits.
const Letters = "BCDFGHJKMNPRTWXY"

const group = 4

// New makes a code of so many letters.
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

// Grouped is a code in groups, with something between them.
func Grouped(code, between string) string {
	var groups []string
	for ; len(code) > group; code = code[group:] {
		groups = append(groups, code[:group])
	}
	return strings.Join(append(groups, code), between)
}

// Typed is the code that was meant, however its groups were set apart.
func Typed(typed string) string {
	return strings.Map(func(r rune) rune {
		if r = unicode.ToUpper(r); r < 'A' || r > 'Z' {
			return -1
		}
		return r
	}, typed)
}
