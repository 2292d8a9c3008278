// Package questionweb has the parts that pages with a question show alike, whether
// it is an innovation's or the region's. It has no routes of its own.
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

// Title is an indicator as pages name it: its number and name. The number of a
// sub-row has a letter.
func Title(row *instrument.Indicator) string {
	number := strconv.Itoa(row.Number)
	if last := row.Code[len(row.Code)-1]; last >= 'a' && last <= 'z' {
		number += string(last)
	}
	return number + " " + row.Name
}

// Step is the link to a neighbour in a sheet; nil where there is none.
func Step(row *instrument.Indicator, href func(code string) string) *ui.Link {
	if row == nil {
		return nil
	}
	return &ui.Link{Text: Title(row), Href: href(row.Code), Foreign: true}
}

// Options are what a form offers for an indicator, with their points: in groups
// where it has alternatives, of which basis names the one to show, and none all. The
// last offers to take the answer back; noneHint says when.
func Options(ctx context.Context, row *instrument.Indicator, basis, noneHint string) (list []ui.Group) {
	option := func(basis string, o instrument.Option) ui.Option {
		points := i18n.T(ctx, "question.points_worth", i18n.Args{"Points": i18n.Decimal(ctx, row.Points(o.Level).Exact())})
		return ui.Option{Value: question.Choice(basis, o.Level), Label: o.Text, Aside: points, Foreign: true}
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

// BasisTitle is an alternative as pages name it: its letter and name.
func BasisTitle(a instrument.Alternative) string { return strings.ToUpper(a.Code) + ". " + a.Name }

// File is the field of a form that takes a file for an indicator, of at most max
// bytes. sent is the id of one that came with a form that was refused, and
// sentText says so.
func File(ctx context.Context, row *instrument.Indicator, max int64, mistakes ui.Mistakes, sent, sentText string) ui.Upload {
	formats := question.Formats(row)
	return ui.Upload{
		Name: "berkas", Label: i18n.T(ctx, "question.file"), Accept: "." + strings.Join(formats, ",."), Error: mistakes.On("berkas"),
		Hint:     i18n.T(ctx, "question.file_hint", i18n.Args{"Formats": question.FormatNames(formats), "Most": i18n.Bytes(ctx, max)}),
		KeptName: "terkirim", KeptValue: sent, Kept: sentText,
	}
}
