package auth

import (
	_ "embed" // common.txt
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

const (
	shortestPassword = 12 // characters
	longestPassword  = 128
	shortestWord     = 3 // of a name's parts, those below make up too much
)

//go:embed common.txt
var commonText string

// common holds whole passwords and, among them, words that a password must not
// be made of alone.
var common = sync.OnceValue(func() (list []string) {
	for line := range strings.Lines(commonText) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			list = append(list, line)
		}
	}
	return list
})

// passwordMistake says what is wrong with a password, or "". Long beats
// complicated: no kind of character is asked for, but what everybody tries
// first is refused.
func passwordMistake(password, name, login string) string {
	switch size := utf8.RuneCountInString(password); {
	case size == 0:
		return "auth.password_missing"
	case size < shortestPassword:
		return "auth.password_short"
	case size > longestPassword:
		return "auth.password_long"
	case easy(password, name, login):
		return "auth.password_common"
	}
	return ""
}

// easy reports whether password is one of the common ones, or nothing but
// common words and names, whatever figures and signs stand between them.
func easy(password, name, login string) bool {
	password = strings.ToLower(password)
	if slices.Contains(common(), password) || fewLetters(password) {
		return true
	}
	words := append(slices.Clone(common()), letters(login), letters(name))
	for part := range strings.FieldsSeq(strings.ToLower(name)) {
		words = append(words, letters(part))
	}
	return madeOf(letters(password), words)
}

// fewLetters reports whether text repeats three characters or fewer.
func fewLetters(text string) bool {
	seen := []rune(text)
	slices.Sort(seen)
	return len(slices.Compact(seen)) <= 3
}

// madeOf reports whether text is words and nothing else, one after the other.
func madeOf(text string, words []string) bool {
	reached := make([]bool, len(text)+1)
	reached[0] = true
	for i := range text {
		for _, word := range words {
			if reached[i] && len(word) >= shortestWord && strings.HasPrefix(text[i:], word) {
				reached[i+len(word)] = true
			}
		}
	}
	return text != "" && reached[len(text)]
}

func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}
