package question

import (
	"slices"
	"strconv"
	"strings"

	"siida.id/internal/base/fault"
	"siida.id/internal/instrument"
)

// endings are the file name extensions of a kind, without the dot; a link has no
// file.
var endings = map[instrument.Kind][]string{
	instrument.Document: {"pdf"},
	instrument.Photo:    {"jpg", "jpeg", "png"},
	instrument.Video:    {"mp4", "mov"},
}

// kinds in the order of the form.
var kinds = []instrument.Kind{instrument.Document, instrument.Photo, instrument.Video, instrument.Link}

// Kinds returns the kinds of evidence that an indicator accepts. If the pack names
// none they follow from its formats; without formats all are accepted.
func Kinds(row *instrument.Indicator) (list []instrument.Kind) {
	e := row.Evidence
	for _, k := range kinds {
		switch {
		case e == nil, len(e.Kinds) == 0 && len(e.Formats) == 0:
			list = append(list, k)
		case len(e.Kinds) > 0 && slices.Contains(e.Kinds, k):
			list = append(list, k)
		case len(e.Kinds) == 0 && (len(e.Of(k)) > 0 || k == instrument.Link && slices.Contains(e.Formats, "url")):
			list = append(list, k)
		}
	}
	return list
}

// Formats returns the file name extensions that an indicator accepts, without the
// dot; those of all evidence if the pack names none.
func Formats(row *instrument.Indicator) []string {
	if row.Evidence != nil {
		if known := slices.DeleteFunc(slices.Clone(row.Evidence.Formats), func(f string) bool { return f == "url" }); len(known) > 0 {
			return known
		}
	}
	return []string{"pdf", "jpg", "jpeg", "png", "mp4"}
}

// FormatsOf is Formats for one kind of evidence.
func FormatsOf(row *instrument.Indicator, kind instrument.Kind) []string {
	return slices.DeleteFunc(slices.Clone(Formats(row)), func(f string) bool { return !slices.Contains(endings[kind], f) })
}

// KindOf returns the kind of evidence of a file name extension; empty for none.
func KindOf(ending string) instrument.Kind {
	for _, k := range kinds {
		if slices.Contains(endings[k], ending) {
			return k
		}
	}
	return ""
}

// CheckFormat adds a mistake on field if the extension of a file is not among
// formats.
func CheckFormat(check *fault.Check, field fault.FieldName, formats []string, name, ending string) {
	check.That(slices.Contains(formats, ending), field, "question.file_type", fault.Args{"Name": name, "Formats": fault.Formats(formats)})
}

// NoChoice is the value that deletes an answer.
const NoChoice = "0"

// Choice formats the option of an answer as a form's value: "2", or "a:2" if the
// indicator has alternatives.
func Choice(basis string, level int) string {
	if basis != "" && level > 0 {
		return basis + ":" + strconv.Itoa(level)
	}
	return strconv.Itoa(level)
}

// ReadChoice parses a value of Choice; ok is false if the indicator has no such
// option.
func ReadChoice(row *instrument.Indicator, text string) (basis string, level int, ok bool) {
	if text == NoChoice {
		return "", 0, true
	}
	options, number := row.Options, text
	if len(row.Alternatives) > 0 {
		options = nil
		basis, number, _ = strings.Cut(text, ":")
		for _, alternative := range row.Alternatives {
			if alternative.Code == basis {
				options = alternative.Options
			}
		}
	}
	for _, o := range options {
		if strconv.Itoa(o.Level) == number {
			return basis, o.Level, true
		}
	}
	return "", 0, false
}

// OptionText returns the text of an option, with its basis if the indicator has
// several; empty for none.
func OptionText(row *instrument.Indicator, basis string, level int) string {
	options, prefix := row.Options, ""
	for _, alternative := range row.Alternatives {
		if alternative.Code == basis {
			options, prefix = alternative.Options, alternative.Name+": "
		}
	}
	for _, o := range options {
		if o.Level == level {
			return prefix + o.Text
		}
	}
	return ""
}
