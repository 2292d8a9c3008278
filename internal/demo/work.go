package demo

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"

	"siida.id/internal/base/zone"
	"siida.id/internal/evidence"
	"siida.id/internal/innovation"
	"siida.id/internal/regional"
)

// work does what people do on a day of a period, and stores the index of the
// day.
func (m *builder) work(ctx context.Context, p periodRow, day int) error {
	for at, i := range m.w.Innovations {
		if i.First == p.ID && m.w.registered(p, i) == day {
			if err := m.register(ctx, p, at); err != nil {
				return fmt.Errorf("%s: %w", i.Name, err)
			}
		}
	}
	for _, a := range m.plans[p.ID] {
		if a.day == day && a.rest == 0 {
			if err := m.answer(ctx, p, a); err != nil {
				return fmt.Errorf("%s: %s: %w", m.w.Innovations[a.innovation].Name, a.row.Code, err)
			}
		}
	}
	for at, row := range p.Regional {
		if at%len(p.Days) == day {
			if err := m.answerRegion(ctx, p, row); err != nil {
				return fmt.Errorf("%s: %w", row.Code, err)
			}
		}
	}
	return m.Index.SnapshotToday(ctx)
}

// workOn does what was left of the last day on a day after it, and stores the index.
func (m *builder) workOn(ctx context.Context, p periodRow, rest int) error {
	for _, a := range m.plans[p.ID] {
		if a.rest != rest {
			continue
		}
		if err := m.answer(ctx, p, a); err != nil {
			return fmt.Errorf("%s: %s: %w", m.w.Innovations[a.innovation].Name, a.row.Code, err)
		}
	}
	return m.Index.SnapshotToday(ctx)
}

func (m *builder) register(ctx context.Context, p periodRow, at int) error {
	i := m.w.Innovations[at]
	ctx, err := m.as(ctx, m.w.operator(i.Agency, string(zone.Today(ctx, m.now))))
	if err != nil {
		return err
	}
	made, err := m.Innovations.Register(ctx, innovation.Form{
		Agency: m.agencies[i.Agency], Name: i.Name, Affair: i.Affair, TriedOn: i.Tried, AppliedOn: i.Applied, DevelopedOn: i.Developed,
		Design: m.w.Design.workings(i.long()), Profile: m.profile(p, i),
	})
	m.innovations[at] = made.ID
	return err
}

// workings returns the text on how an innovation works.
func (d design) workings(long bool) string {
	if long {
		return strings.Join([]string{d.Note, d.Work, d.Stages, d.Lasting}, "\n\n")
	}
	return strings.Join([]string{d.Note, d.Work}, "\n\n")
}

// profile returns the rest of the national form: complete for a mature
// innovation, partial for others.
func (m *builder) profile(p periodRow, i innovationRow) innovation.Profile {
	d, pack, text := dice(m.w.Seed, "profile", i.Name), m.periods[p.ID].Pack, m.w.Design
	of := func(list []string) string { return list[d.IntN(len(list))] }
	made := innovation.Profile{
		Initiator: of(pack.Initiators.Items), Class: i.Class, Kind: i.Kind, Shape: i.Shape, Problem: text.Problem, Aim: text.Aim,
	}
	for _, group := range pack.Themes {
		made.Themes = append(made.Themes, of(group.Items))
	}
	if made.Class == "" {
		made.Class = innovation.Classes()[0]
	}
	if i.Applied != "" { // an innovation that is not applied has no place yet
		at := m.w.spot(i)
		made.Latitude, made.Longitude = at.latitude(), at.longitude()
	}
	if i.Developed != "" {
		made.Development = text.Lasting
	}
	if !i.long() {
		return made
	}
	made.Law, made.Method, made.Novelty = text.Law, text.Method, text.Novelty
	made.GlobalIssue, made.NationalIssue, made.LocalIssue = text.GlobalIssue, text.NationalIssue, text.LocalIssue
	made.Benefit, made.Result = text.Benefit, text.Result
	return made
}

// answer saves an answer with its evidence, as the operator of the agency.
func (m *builder) answer(ctx context.Context, p periodRow, a act) error {
	i, id := m.w.Innovations[a.innovation], m.innovations[a.innovation]
	ctx, err := m.as(ctx, m.w.operator(i.Agency, p.Days[a.day]))
	if err != nil {
		return err
	}
	e := evidence.Entry{Choice: a.choice, Marked: a.marked, Version: a.version}
	switch a.proof {
	case newProof:
		if err := m.prove(ctx, p, a, &e); err != nil {
			return err
		}
	case reused:
		q, err := m.Evidence.Question(ctx, id, m.previous(p.ID), a.row.Code)
		if err != nil {
			return err
		}
		e.Reuse = q.Proofs[0].ID
	case unproven:
	}
	return m.Evidence.Save(ctx, id, p.ID, a.row.Code, e, nil)
}

// previous returns the id of the period before one.
func (m *builder) previous(id string) (earlier string) {
	for _, p := range m.w.Periods {
		if p.ID == id {
			break
		}
		earlier = p.ID
	}
	return earlier
}

// prove uploads a file and fills in its form.
func (m *builder) prove(ctx context.Context, p periodRow, a act, e *evidence.Entry) error {
	m.proofs++
	name := strings.ToLower(m.w.Mark + "-" + a.row.Code)
	e.Subject = strings.ReplaceAll(m.w.Document.Subject, "{indicator}", a.row.Name)
	var content []byte
	var err error
	if a.picture() {
		name += ".jpg"
		content, err = Sample(m.w.picture(p, a))
	} else {
		name += ".pdf"
		content, err = m.PDF(m.w.Mark, a.row.Name, m.w.lines(a.row.Name, m.w.Innovations[a.innovation].Name))
		year, _, _ := a.dated.Date()
		number := strings.NewReplacer("{n}", strconv.Itoa(m.proofs), "{year}", strconv.Itoa(year))
		e.Number, e.Day = number.Replace(m.w.Document.Number), string(a.dated)
	}
	if err != nil {
		return err
	}
	sent, err := m.Evidence.Receive(ctx, m.innovations[a.innovation], p.ID, a.row.Code, name, bytes.NewReader(content))
	e.FileID, e.Received = sent.ID, sent
	return err
}

// answerRegion answers an indicator of the region, as BRIDA.
func (m *builder) answerRegion(ctx context.Context, p periodRow, row regionalRow) error {
	ctx, err := m.as(ctx, "brida")
	if err != nil {
		return err
	}
	e := regional.Entry{Choice: row.Choice}
	for at, f := range row.Figures {
		e.Figures[at], e.Source = regional.TypedFigure{Year: f.Year, Value: f.Value, Unit: row.Unit}, m.w.Invented
	}
	if !row.Unproven {
		indicator, _ := m.periods[p.ID].Pack.Indicator(row.Code)
		content, err := m.PDF(m.w.Mark, indicator.Name, m.w.lines(indicator.Name, m.here.Name))
		if err != nil {
			return err
		}
		sent, err := m.Regional.Receive(ctx, p.ID, row.Code, strings.ToLower(m.w.Mark+"-"+row.Code+".pdf"), bytes.NewReader(content))
		if err != nil {
			return err
		}
		e.Subject, e.FileID = strings.ReplaceAll(m.w.Document.Subject, "{indicator}", indicator.Name), sent.ID
	}
	return m.Regional.Save(ctx, p.ID, row.Code, e, nil)
}
