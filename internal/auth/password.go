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

// common returns the passwords that are too common, among them words of which alone a
// password must not consist.
var common = sync.OnceValue(func() (list []string) {
	for line := range strings.Lines(commonText) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			list = append(list, line)
		}
	}
	return list
})

// passwordMistake returns the key of what is wrong with a password, or "". Length is
// demanded, but no kinds of characters; common passwords are refused.
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

// easy reports whether password is a common one, or consists only of common words and
// names with any digits and signs between them.
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

// fewLetters reports whether text has three different characters or fewer.
func fewLetters(text string) bool {
	seen := []rune(text)
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
