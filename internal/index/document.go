package index

import (
	"context"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/instrument"
)

// Document is what the index of a region comes from, as `siida score` reads it:
// the region's own answers and those of every innovation that counts, as far as
// evidence proves them. That command finds the same figures.
type Document struct {
	Instrument  string         `json:"instrument"`
	Region      map[string]int `json:"spd"`
	Innovations []Answered     `json:"innovations"`
}

// Answered is one of these innovations. An affair that the instrument does not
// know covers none in the index; `siida score` names it and refuses.
type Answered struct {
	ID      string         `json:"id"`
	Affair  string         `json:"urusan"`
	Answers map[string]int `json:"answers"`
}

// Document returns what the index of a period comes from, or came from at the
// end of a day, to whoever sees the figures of every agency.
func (s *Service) Document(ctx context.Context, periodID string, on day.Day) (Document, error) {
	p, err := s.period(ctx, periodID)
	if err != nil {
		return Document{}, err
	}
	if !seesAll(actor.From(ctx)) {
		return Document{}, fault.New(fault.Forbidden, "fault.forbidden")
	}
	sum, err := s.on(ctx, p, on)
	if err != nil {
		return Document{}, err
	}
	d := Document{
		Instrument: p.Pack.ID, Region: answered(p.Pack.Rows(instrument.PerRegion), sum.answers.Region), Innovations: make([]Answered, len(sum.entries)),
	}
	for i, e := range sum.entries {
		d.Innovations[i] = Answered{e.ID, e.Affair, answered(p.Pack.Rows(instrument.PerInnovation), sum.answers.Innovations[i].Levels)}
	}
	return d, nil
}

// answered names the levels of rows by their codes, but for rows without any.
func answered(rows []*instrument.Indicator, levels []uint8) map[string]int {
	byCode := map[string]int{}
	for i, row := range rows {
		if levels[i] > 0 {
			byCode[row.Code] = int(levels[i])
		}
	}
	return byCode
}
