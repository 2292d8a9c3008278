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
	shortestWord     = 3 // shorter parts of a name are ignored: too many passwords contain them
)

//go:embed common.txt
var commonText string

// commonWords returns the words of which alone a password must not be made, beside
// those that Passwords knows: of this field and country.
var commonWords = sync.OnceValue(func() (list []string) {
	for line := range strings.Lines(commonText) {
		if !strings.HasPrefix(line, "#") {
			list = append(list, strings.Fields(line)...)
		}
	}
	return list
})

// passwordMistake returns the key of what is wrong with a password, or "". Length is
// demanded, but no kinds of characters; what is guessed soon is refused.
func (s *Service) passwordMistake(password, name, login string) string {
	switch size := utf8.RuneCountInString(password); {
	case size == 0:
		return "auth.password_missing"
	case size < shortestPassword:
		return "auth.password_short"
	case size > longestPassword:
		return "auth.password_long"
	case s.easy(password, name, login):
		return "auth.password_common"
	}
	return ""
}

// easy reports whether password is guessed soon, or consists only of common words and
// names with any digits and signs between them.
func (s *Service) easy(password, name, login string) bool {
	words := append(slices.Clone(commonWords()), letters(login), letters(name))
	for part := range strings.FieldsSeq(strings.ToLower(name)) {
		words = append(words, letters(part))
	}
	return fewLetters(password) || madeOf(letters(password), words) || s.Passwords.Guessable(password, words)
}

// fewLetters reports whether text has three different characters or fewer.
func fewLetters(text string) bool {
	seen := []rune(strings.ToLower(text))
	slices.Sort(seen)
	return len(slices.Compact(seen)) <= 3
}

// madeOf reports whether text is a concatenation of words.
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
