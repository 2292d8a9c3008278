package ui

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// SentForm is a form whose answer is an error page: its content, so that it can be
// sent again.
type SentForm struct {
	Action string
	Fields []SentField
	Upload bool // the file has to be chosen again
	Secret bool // a secret was removed, which has to be typed again
}

// SentField is a field of a SentForm. Names may repeat.
type SentField struct {
	Name, Value string
	id          string
}

// NewSentForm returns the form with these fields, by name, without those whose names
// are in secret.
func NewSentForm(action string, sent url.Values, secret []string) *SentForm {
	form := &SentForm{Action: action}
	for _, name := range slices.Sorted(maps.Keys(sent)) {
		if slices.Contains(secret, name) {
			form.Secret = true
			continue
		}
		for _, value := range sent[name] {
			form.Fields = append(form.Fields, SentField{name, value, "sent-" + strconv.Itoa(len(form.Fields)+1)})
		}
	}
	return form
}

// long reports whether typing the value again would take a while.
func (f SentField) long() bool {
	const short = 60 // characters
	return strings.Contains(f.Value, "\n") || utf8.RuneCountInString(f.Value) > short
}
