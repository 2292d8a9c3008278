package evidence

import (
	"slices"

	"siida.id/internal/instrument"
	"siida.id/internal/question"
)

// takes reports whether an indicator takes a document that is there already.
func takes(row *instrument.Indicator, d Document) bool {
	return slices.Contains(question.Kinds(row), d.Kind) &&
		(d.Kind == instrument.Link || slices.Contains(question.FormatsOf(row, d.Kind), d.File.Ext()))
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
