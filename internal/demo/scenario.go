package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"siida.id/internal/innovation"
	"siida.id/internal/period"
)

// step is one thing done on a day.
type step struct {
	on   string
	what string
	do   func(ctx context.Context) error
}

// dayStart is when the steps of a day begin: 08.00 in the regency.
const dayStart = "08:00:00+07:00"

// run runs all steps in the order of their days.
func (m *builder) run(ctx context.Context) error {
	if err := m.prepare(); err != nil {
		return err
	}
	scenes := m.steps()
	slices.SortStableFunc(scenes, func(a, b step) int { return strings.Compare(a.on, b.on) })
	for _, s := range scenes {
		begins, err := time.Parse(time.RFC3339, s.on+"T"+dayStart)
		if err != nil {
			return fmt.Errorf("demo: %s: %w", s.what, err)
		}
		if begins.After(m.now) {
			m.at(begins.UTC())
		}
		if err := s.do(ctx); err != nil {
			return fmt.Errorf("demo: %s on %s: %w", s.what, s.on, err)
		}
	}
	return nil
}

// prepare derives all answers.
func (m *builder) prepare() error {
	m.plans = map[string][]act{}
	var before []act
	for _, p := range m.w.Periods {
		pack, known := m.Periods.Packs.ByID(p.Pack)
		if !known {
			return fmt.Errorf("demo: there is no pack %s", p.Pack)
		}
		list := m.w.plan(p, rows(pack), before)
		m.plans[p.ID], before = list, list
	}
	return nil
}

// lines returns the text of a document for an indicator.
func (w world) lines(indicator, innovation string) (list []string) {
	fill := strings.NewReplacer("{indicator}", indicator, "{innovation}", innovation)
	for _, line := range w.Document.Lines {
		list = append(list, fill.Replace(line))
	}
	return list
}

// steps lists all steps; those of one day run in this order.
func (m *builder) steps() []step {
	steps := []step{
		{m.w.Begins, "the region", m.createRegion},
		{m.w.Merger.On, "a merger", m.merge},
		{m.w.Letterhead.On, "the letterhead", m.setLetterhead},
		{m.w.Letterhead.Issued, "a report is issued", m.issue},
	}
	for _, p := range m.w.People {
		if p.Leaves != "" {
			steps = append(steps, step{p.Leaves, p.Login + " leaves", func(ctx context.Context) error { return m.endAssignments(ctx, p) }})
		}
	}
	for _, p := range m.w.Periods {
		steps = append(steps, step{p.On, "period " + p.ID, func(ctx context.Context) error { return m.open(ctx, p) }})
		for at, day := range p.Days {
			steps = append(steps, step{day, "a day of " + p.ID, func(ctx context.Context) error { return m.work(ctx, p, at) }})
		}
		for at, day := range p.Rest {
			steps = append(steps, step{day, "a later day of " + p.ID, func(ctx context.Context) error { return m.workOn(ctx, p, at+1) }})
		}
	}
	for _, p := range m.w.Periods {
		steps = append(append(steps, m.guidanceSteps(p)...), m.requestSteps(p)...)
	}
	for _, d := range m.w.Decrees {
		steps = append(steps, step{d.On, "decree " + d.Number, func(ctx context.Context) error { return m.decree(ctx, d) }})
	}
	for at, i := range m.w.Innovations {
		if i.Put.On != "" {
			steps = append(steps, step{i.Put.On, i.Name, func(ctx context.Context) error { return m.changeState(ctx, at) }})
		}
		if i.Handed.On != "" {
			steps = append(steps, step{i.Handed.On, i.Name, func(ctx context.Context) error { return m.offerTransfer(ctx, at) }})
		}
	}
	for _, p := range m.w.Periods {
		steps = append(steps, m.closingSteps(p)...)
	}
	return steps
}

// closingSteps lists the steps at the end of a period.
func (m *builder) closingSteps(p periodRow) (steps []step) {
	if p.Extension.On != "" {
		steps = append(steps, step{p.Extension.On, "more time in " + p.ID, func(ctx context.Context) error { return m.extend(ctx, p) }})
	}
	if p.Endorsed != "" {
		steps = append(steps, step{p.Endorsed, "endorsements of " + p.ID, func(ctx context.Context) error { return m.endorse(ctx, p) }})
	}
	if p.Closed != "" {
		steps = append(steps, step{p.Closed, "the close of " + p.ID, func(ctx context.Context) error {
			ctx, err := m.as(ctx, "brida")
			if err != nil {
				return err
			}
			return m.Periods.Do(ctx, p.ID, period.Close)
		}})
	}
	if p.National.On != "" {
		steps = append(steps, step{p.National.On, "the national figure of " + p.ID, func(ctx context.Context) error { return m.publish(ctx, p) }})
	}
	return steps
}

// changeState withdraws or archives an innovation, as its operator.
func (m *builder) changeState(ctx context.Context, at int) error {
	i := m.w.Innovations[at]
	ctx, err := m.as(ctx, m.w.operator(i.Agency, i.Put.On))
	if err != nil {
		return err
	}
	return m.Innovations.Do(ctx, m.innovations[at], innovation.Move(i.Put.Move), i.Put.Reason)
}

// offerTransfer asks for the transfer of an innovation; nobody has answered
// yet.
func (m *builder) offerTransfer(ctx context.Context, at int) error {
	i := m.w.Innovations[at]
	ctx, err := m.as(ctx, m.w.operator(i.Agency, i.Handed.On))
	if err != nil {
		return err
	}
	return m.Innovations.AskTransfer(ctx, m.innovations[at], m.agencies[i.Handed.To], i.Handed.Note)
}
