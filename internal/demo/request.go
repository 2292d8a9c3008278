package demo

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"siida.id/internal/regional"
)

// requestSteps lists the steps of a period's data requests: BRIDA asks, the
// agency answers, and BRIDA accepts or returns it.
func (m *builder) requestSteps(p periodRow) (steps []step) {
	for _, r := range p.Requests {
		var id string
		at := func(day, what string, do func(ctx context.Context) error) {
			if day != "" {
				steps = append(steps, step{day, fmt.Sprintf("the request for %s %s", r.Code, what), do})
			}
		}
		at(r.On, "is made", func(ctx context.Context) (err error) { id, err = m.ask(ctx, r); return err })
		at(r.Replied, "is answered", func(ctx context.Context) error { return m.reply(ctx, p, r, id) })
		at(r.Judged, "is judged", func(ctx context.Context) error { return m.judge(ctx, r, id) })
	}
	return steps
}

func (m *builder) ask(ctx context.Context, r requestRow) (id string, err error) {
	ctx, err = m.as(ctx, "brida")
	if err != nil {
		return "", err
	}
	to := m.agencies[r.Agency]
	if r.Person != "" {
		to += "/" + m.people[r.Person].ID
	}
	ids, err := m.Regional.Ask(ctx, regional.AskEntry{Codes: []string{r.Code}, To: to, Due: r.Due, Note: r.Note})
	return ids[r.Code], err
}

func (m *builder) reply(ctx context.Context, p periodRow, r requestRow, id string) error {
	ctx, err := m.as(ctx, r.By)
	if err != nil {
		return err
	}
	indicator, _ := m.periods[p.ID].Pack.Indicator(r.Code)
	content, err := m.PDF(m.w.Mark, indicator.Name, m.w.lines(indicator.Name, m.here.Name))
	if err != nil {
		return err
	}
	sent, err := m.Regional.ReceiveReply(ctx, id, strings.ToLower(m.w.Mark+"-"+r.Code+".pdf"), bytes.NewReader(content))
	if err != nil {
		return err
	}
	return m.Regional.Reply(ctx, id, regional.ReplyEntry{
		Figure: regional.TypedFigure{Year: r.Year, Value: r.Value}, Unit: r.Unit, Source: m.w.Invented, FileID: sent.ID, Version: 1,
	}, nil)
}

// judge accepts an answer and applies it, or returns it with a reason.
func (m *builder) judge(ctx context.Context, r requestRow, id string) error {
	ctx, err := m.as(ctx, "brida")
	if err != nil {
		return err
	}
	if r.Reason != "" {
		return m.Regional.Judge(ctx, id, regional.Return, r.Reason, 2)
	}
	if err := m.Regional.Judge(ctx, id, regional.Accept, "", 2); err != nil {
		return err
	}
	return m.Regional.ApplyToAnswer(ctx, id, false)
}
