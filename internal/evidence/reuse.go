package evidence

import (
	"slices"

	"siida.id/internal/file"
	"siida.id/internal/instrument"
	"siida.id/internal/question"
)

// takes reports whether an indicator accepts a document: not one whose file cannot be
// opened.
func takes(row *instrument.Indicator, d Document) bool {
	return slices.Contains(question.Kinds(row), d.Kind) && d.File.State != file.Unopenable &&
		(d.Kind == instrument.Link || slices.Contains(question.FormatsOf(row, d.Kind), d.File.Ext()))
}

// reusable returns the documents of an innovation that an indicator accepts and does
// not have yet.
func reusable(row *instrument.Indicator, used []UsedDocument) (list []Document) {
	seen := map[string]bool{}
	for _, h := range used {
		seen[h.ID] = seen[h.ID] || h.Code == row.Code
	}
	for _, h := range used {
		if !seen[h.ID] && takes(row, h.Document) {
			list = append(list, h.Document)
			seen[h.ID] = true
		}
	}
	return list
}

// proving returns the documents that prove the indicator with that code.
func proving(used []UsedDocument, code string) (list []Document) {
	for _, h := range used {
		if h.Code == code {
			list = append(list, h.Document)
		}
	}
	return list
}
