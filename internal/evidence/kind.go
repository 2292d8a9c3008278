package evidence

import (
	"slices"

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

// kindOf is the kind of evidence that a file can be.
func kindOf(f File) instrument.Kind {
	for _, k := range kinds {
		if slices.Contains(endings[k], f.ext()) {
			return k
		}
	}
	return ""
}

// takes reports whether an indicator takes a document that is there already.
func takes(row *instrument.Indicator, d Document) bool {
	return slices.Contains(Kinds(row), d.Kind) &&
		(d.Kind == instrument.Link || slices.Contains(FormatsOf(row, d.Kind), d.File.ext()))
}

// reusable are the documents of an innovation that an indicator takes and does not have yet.
func reusable(row *instrument.Indicator, held []HeldDocument) (list []Document) {
	seen := map[string]bool{}
	for _, h := range held {
		seen[h.ID] = seen[h.ID] || h.Code == row.Code
	}
	for _, h := range held {
		if !seen[h.ID] && takes(row, h.Document) {
			list = append(list, h.Document)
			seen[h.ID] = true
		}
	}
	return list
}

// proving are the documents that prove the indicator of that code.
func proving(held []HeldDocument, code string) (list []Document) {
	for _, h := range held {
		if h.Code == code {
			list = append(list, h.Document)
		}
	}
	return list
}
