// Package questionweb has the parts of pages that questions of innovations and of the
// region share. It has no routes.
package questionweb

import (
	"context"
	"strconv"
	"strings"

	"siida.id/internal/infra/i18n"
	"siida.id/internal/instrument"
	"siida.id/internal/question"
	"siida.id/web/ui"
)

// Title returns the number and name of an indicator. The number of a sub-row has a
// letter.
func Title(row *instrument.Indicator) string {
	number := strconv.Itoa(row.Number)
	if last := row.Code[len(row.Code)-1]; last >= 'a' && last <= 'z' {
		number += string(last)
	}
	return number + " " + row.Name
}

// Step returns the link to a neighbouring indicator; nil for none.
func Step(row *instrument.Indicator, href func(code string) string) *ui.Link {
	if row == nil {
		return nil
	}
	return &ui.Link{Text: Title(row), Href: href(row.Code), Foreign: true}
}

// Chosen returns the text of a choice of an indicator, that of an unanswered one for "0".
func Chosen(ctx context.Context, row *instrument.Indicator, choice string) string {
	basis, level, ok := question.ReadChoice(row, choice)
	if !ok || level == 0 {
		return i18n.T(ctx, "question.none")
	}
	return question.OptionText(row, basis, level)
}

// Options returns the options of an indicator with their points: in groups if it has
// alternatives; basis selects one of them, empty all. The last option deletes the
// answer; noneHint is its hint.
func Options(ctx context.Context, row *instrument.Indicator, basis, noneHint string) (list []ui.Group) {
	option := func(basis string, o instrument.Option) ui.Option {
		points := i18n.T(ctx, "question.points_worth", i18n.Args{"Points": i18n.Decimal(ctx, row.Points(o.Level).Exact())})
		return ui.Option{Value: question.Choice(basis, o.Level), Label: o.Text, Aside: points, Points: row.Points(o.Level).String(), Foreign: true}
	}
	if len(row.Alternatives) == 0 {
		var only ui.Group
		for _, o := range row.Options {
			only.Options = append(only.Options, option("", o))
		}
		list = append(list, only)
	}
	for _, a := range row.Alternatives {
		if basis != "" && a.Code != basis {
			continue
		}
		group := ui.Group{Name: BasisTitle(a), Foreign: true}
		for _, o := range a.Options {
			group.Options = append(group.Options, option(a.Code, o))
		}
		list = append(list, group)
	}
	none := ui.Option{Value: question.NoChoice, Label: i18n.T(ctx, "question.none"), Hint: noneHint}
	return append(list, ui.Group{Options: []ui.Option{none}})
}

// BasisTitle returns the letter and name of an alternative.
func BasisTitle(a instrument.Alternative) string { return strings.ToUpper(a.Code) + ". " + a.Name }

// File returns the form field of a file for an indicator, of max bytes at most. sent
// is the id of a file uploaded with a refused form, and sentText says that it need
// not be sent again.
func File(ctx context.Context, row *instrument.Indicator, max int64, mistakes ui.Mistakes, sent, sentText string) ui.Upload {
	formats := question.Formats(row)
	return ui.Upload{
		Name: "berkas", Label: i18n.T(ctx, "question.file"), Formats: formats, Max: max, Error: mistakes.On("berkas"),
		Hint:        i18n.T(ctx, "question.file_hint", i18n.Args{"Formats": i18n.Formats(ctx, formats), "Most": i18n.Bytes(ctx, max)}),
		PendingName: "terkirim", PendingValue: sent, PendingText: sentText,
	}
}
