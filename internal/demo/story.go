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

// scene is something that happens on a day.
type scene struct {
	on   string
	what string
	do   func(ctx context.Context) error
}

// morning is when a day of the story begins: 08.00 in the regency.
const morning = "08:00:00+07:00"

// tell plays the story.
func (m *maker) tell(ctx context.Context) error {
	if err := m.prepare(); err != nil {
		return err
	}
	scenes := m.scenes()
	slices.SortStableFunc(scenes, func(a, b scene) int { return strings.Compare(a.on, b.on) })
	for _, s := range scenes {
		begins, err := time.Parse(time.RFC3339, s.on+"T"+morning)
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
func (m *maker) prepare() error {
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

// lines are what a document of that indicator says.
func (w world) lines(indicator, innovation string) (list []string) {
	fill := strings.NewReplacer("{indicator}", indicator, "{innovation}", innovation)
	for _, line := range w.Document.Lines {
		list = append(list, fill.Replace(line))
	}
	return list
}

// scenes lists what happens, those of a day in their order.
func (m *maker) scenes() []scene {
	list := []scene{
		{m.w.Begins, "the region", m.settle},
		{m.w.Merger.On, "a merger", m.merge},
		{m.w.Letterhead.On, "the letterhead", m.letter},
		{m.w.Letterhead.Issued, "a report is issued", m.issue},
	}
	for _, p := range m.w.People {
		if p.Leaves != "" {
			list = append(list, scene{p.Leaves, p.Login + " leaves", func(ctx context.Context) error { return m.leave(ctx, p) }})
		}
	}
	for _, p := range m.w.Periods {
		list = append(list, scene{p.On, "period " + p.ID, func(ctx context.Context) error { return m.open(ctx, p) }})
		for at, day := range p.Days {
			list = append(list, scene{day, "a day of " + p.ID, func(ctx context.Context) error { return m.work(ctx, p, at) }})
		}
	}
	for _, p := range m.w.Periods {
		list = append(append(list, m.guides(p)...), m.requests(p)...)
	}
	for _, d := range m.w.Decrees {
		list = append(list, scene{d.On, "decree " + d.Number, func(ctx context.Context) error { return m.decree(ctx, d) }})
	}
	for at, i := range m.w.Innovations {
		if i.Put.On != "" {
			list = append(list, scene{i.Put.On, i.Name, func(ctx context.Context) error { return m.put(ctx, at) }})
		}
		if i.Handed.On != "" {
			list = append(list, scene{i.Handed.On, i.Name, func(ctx context.Context) error { return m.hand(ctx, at) }})
		}
	}
	for _, p := range m.w.Periods {
		list = append(list, m.ends(p)...)
	}
	return list
}

// ends lists what ends a period, as far as it has come.
func (m *maker) ends(p periodRow) (list []scene) {
	if p.Extension.On != "" {
		list = append(list, scene{p.Extension.On, "more time in " + p.ID, func(ctx context.Context) error { return m.extend(ctx, p) }})
	}
	if p.Endorsed != "" {
		list = append(list, scene{p.Endorsed, "endorsements of " + p.ID, func(ctx context.Context) error { return m.endorse(ctx, p) }})
	}
	if p.Closed != "" {
		list = append(list, scene{p.Closed, "the close of " + p.ID, func(ctx context.Context) error {
			ctx, err := m.as(ctx, "brida")
			if err != nil {
				return err
			}
			return m.Periods.Do(ctx, p.ID, period.Close)
		}})
	}
	if p.National.On != "" {
		list = append(list, scene{p.National.On, "the national figure of " + p.ID, func(ctx context.Context) error { return m.publish(ctx, p) }})
	}
	return list
}

// put withdraws or archives an innovation, as its agency does.
func (m *maker) put(ctx context.Context, at int) error {
	i := m.w.Innovations[at]
	ctx, err := m.as(ctx, m.w.operator(i.Agency, i.Put.On))
	if err != nil {
		return err
	}
	return m.Innovations.Do(ctx, m.innovations[at], innovation.Move(i.Put.Move), i.Put.Reason)
}

// hand asks to hand an innovation on; nobody has answered yet.
func (m *maker) hand(ctx context.Context, at int) error {
	i := m.w.Innovations[at]
	ctx, err := m.as(ctx, m.w.operator(i.Agency, i.Handed.On))
	if err != nil {
		return err
	}
	return m.Innovations.Ask(ctx, m.innovations[at], m.agencies[i.Handed.To], i.Handed.Note)
}
