package demo

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"siida.id/internal/guidance"
	"siida.id/internal/instrument"
)

// guidanceSteps lists the guidance and sample files of a period.
func (m *builder) guidanceSteps(p periodRow) (steps []step) {
	for _, g := range p.Guides {
		steps = append(steps, step{g.On, "guidance for " + g.Code, func(ctx context.Context) error { return m.addGuidance(ctx, p, g) }})
	}
	return steps
}

func (m *builder) addGuidance(ctx context.Context, p periodRow, g guidanceRow) error {
	ctx, err := m.as(ctx, "brida")
	if err != nil {
		return err
	}
	indicator, known := m.periods[p.ID].Pack.Indicator(g.Code)
	if !known {
		return fmt.Errorf("no indicator %s", g.Code)
	}
	words := m.w.Guide + "\n\n" + strings.Join(g.Words, "\n\n")
	if err := m.Guidance.Set(ctx, p.ID, g.Code, words, 0); err != nil {
		return err
	}
	for _, s := range g.Samples {
		if err := m.addSample(ctx, p, indicator, s); err != nil {
			return fmt.Errorf("sample %q: %w", s.Caption, err)
		}
	}
	return nil
}

// addSample adds a file that proves an indicator, or a bad example, to its
// guidance.
func (m *builder) addSample(ctx context.Context, p periodRow, indicator *instrument.Indicator, s sampleRow) error {
	content, end, err := m.sample(s)
	if err != nil {
		return err
	}
	name := strings.ToLower(m.w.Mark + "-" + s.Verdict + "-" + indicator.Code + end)
	sent, err := m.Guidance.ReceiveSample(ctx, p.ID, indicator.Code, name, bytes.NewReader(content))
	if err != nil {
		return err
	}
	e := guidance.SampleEntry{FileID: sent.ID, Verdict: s.Verdict, Caption: s.Caption}
	return m.Guidance.ShowSample(ctx, p.ID, indicator.Code, e, nil)
}

// sample returns the file and its extension.
func (m *builder) sample(s sampleRow) (content []byte, end string, err error) {
	if len(s.Lines) > 0 {
		content, err = m.PDF(m.w.Mark, s.Title, slices.Concat(m.w.Document.Lines[:1], s.Lines))
		return content, ".pdf", err
	}
	content, err = Sample(s.Picture)
	return content, ".jpg", err
}
