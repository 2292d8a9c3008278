package demo

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"siida.id/internal/decree"
	"siida.id/internal/evidence"
	"siida.id/internal/index"
	"siida.id/internal/period"
)

// open opens a period, with its calendar.
func (m *builder) open(ctx context.Context, p periodRow) error {
	ctx, err := m.as(ctx, "brida")
	if err != nil {
		return err
	}
	opened, err := m.Periods.Open(ctx, p.Pack)
	if err != nil {
		return err
	}
	entry := period.WindowEntry{Opens: p.Opens, Closes: p.Closes, Note: p.Note}
	if err := m.Periods.SetWindow(ctx, opened.ID, entry); err != nil {
		return err
	}
	for _, d := range p.Deadlines {
		if err := m.Periods.AddDeadline(ctx, opened.ID, d.Name, period.When{Day: d.Day, Hour: d.Hour}); err != nil {
			return err
		}
	}
	m.periods[p.ID], err = m.Periods.ByID(ctx, opened.ID)
	return err
}

// extend gives an agency more time.
func (m *builder) extend(ctx context.Context, p periodRow) error {
	ctx, err := m.as(ctx, "brida")
	if err != nil {
		return err
	}
	x := p.Extension
	return m.Periods.Extend(ctx, p.ID, period.ExtensionEntry{
		Agency: m.agencies[x.Agency], Until: period.When{Day: x.Day, Hour: x.Hour}, Reason: x.Reason,
	})
}

// publish enters an invented figure of the ministry.
func (m *builder) publish(ctx context.Context, p periodRow) error {
	ctx, err := m.as(ctx, "brida")
	if err != nil {
		return err
	}
	n := p.National
	return m.Index.Publish(ctx, p.ID, index.NationalEntry{Figure: n.Figure, Day: n.On, Source: m.w.Invented})
}

// decree enters an SK with its scan, which names the innovations first applied in
// its year.
func (m *builder) decree(ctx context.Context, d decreeRow) error {
	ctx, err := m.as(ctx, "brida")
	if err != nil {
		return err
	}
	form := decree.Form{Number: d.Number, Day: d.Day, Subject: m.w.Decree.Subject, Implementers: m.w.Decree.Implementers}
	for at, i := range m.w.Innovations {
		if strings.HasPrefix(i.Applied, d.Year) && m.innovations[at] != "" && i.Maturity[d.In] != "rendah" {
			form.Innovations = append(form.Innovations, m.innovations[at])
		}
	}
	made, err := m.Decrees.Enter(ctx, form)
	if err != nil {
		return err
	}
	scan, err := m.PDF(m.w.Mark, d.Number, append(m.w.lines(form.Subject, d.Year)[:1], form.Subject))
	if err != nil {
		return err
	}
	return m.Decrees.AttachScan(ctx, made.ID, strings.ToLower(m.w.Mark)+"-sk-"+d.Year+".pdf", bytes.NewReader(scan))
}

// endorse has the heads endorse mature innovations.
func (m *builder) endorse(ctx context.Context, p periodRow) error {
	for at, i := range m.w.Innovations {
		login := m.w.head(i.Agency)
		if login == "" || i.Maturity[p.ID] != "tinggi" {
			continue
		}
		ctx, err := m.as(ctx, login)
		if err != nil {
			return err
		}
		heads, err := m.Evidence.Endorsements(ctx, m.innovations[at], p.ID)
		if err != nil {
			return err
		}
		for _, h := range heads {
			if h.AgencyID != m.agencies[i.Agency] {
				continue
			}
			if err := m.Evidence.Do(ctx, evidence.Endorse, m.innovations[at], p.ID, h.AgencyID, h.Now.String()); err != nil {
				return fmt.Errorf("%s: %w", i.Name, err)
			}
		}
	}
	return nil
}
