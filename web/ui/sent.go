package ui

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// SentForm is a form whose answer is an error page: what it carried, so that it can
// be sent again.
type SentForm struct {
	Action string
	Fields []SentField
	Upload bool // its file has to be chosen again
	Secret bool // a secret was left out, which has to be typed again
}

// SentField is one field of a SentForm. A name may stand more than once.
type SentField struct {
	Name, Value string
	id          string
}

// NewSentForm returns the form with these fields, by name, but for those whose names
// are secret.
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

// long reports whether a value took somebody a while to write.
func (f SentField) long() bool {
	const short = 60 // characters
	return strings.Contains(f.Value, "\n") || utf8.RuneCountInString(f.Value) > short
}
