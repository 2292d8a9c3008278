package question

import (
	"slices"
	"strconv"
	"strings"

	"siida.id/internal/base/fault"
	"siida.id/internal/instrument"
)

// endings are those of the files of a kind, without the dot; a link has no file.
var endings = map[instrument.Kind][]string{
	instrument.Document: {"pdf"},
	instrument.Photo:    {"jpg", "jpeg", "png"},
	instrument.Video:    {"mp4", "mov"},
}

// kinds in the order in which a form offers them.
var kinds = []instrument.Kind{instrument.Document, instrument.Photo, instrument.Video, instrument.Link}

// Kinds lists the kinds of evidence that an indicator takes. Where the pack
// names none they follow from its formats, and are all where it has none either.
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

// Formats lists the endings of the files that an indicator takes, without the
// dot; those of all evidence where the pack does not know.
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

// KindOf is the kind of evidence that a file with that ending can be; empty for none.
func KindOf(ending string) instrument.Kind {
	for _, k := range kinds {
		if slices.Contains(endings[k], ending) {
			return k
		}
	}
	return ""
}

// FormatNames names endings as people do: "PDF, JPG".
func FormatNames(formats []string) string { return strings.ToUpper(strings.Join(formats, ", ")) }

// CheckFormat adds a mistake on field for a file whose ending is none of formats.
func CheckFormat(check *fault.Check, field string, formats []string, name, ending string) {
	check.That(slices.Contains(formats, ending), field, "question.file_type", fault.Args{"Name": name, "Formats": FormatNames(formats)})
}

// NoChoice is what a form sends to take an answer back.
const NoChoice = "0"

// Choice writes the option that was chosen as a form has it: "2", or "a:2" where the
// indicator has alternatives.
func Choice(basis string, level int) string {
	if basis != "" && level > 0 {
		return basis + ":" + strconv.Itoa(level)
	}
	return strconv.Itoa(level)
}

// ReadChoice reads that against what the indicator offers; ok is false for anything else.
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

// OptionText is the words of an option, with its basis where the indicator has
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
