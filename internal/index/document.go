package index

import (
	"context"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/instrument"
)

// Document has the inputs of a region's index in the form that `siida score` reads:
// the proven answers of the region and of every innovation that counts. That command
// computes the same figures from it.
type Document struct {
	Instrument  string         `json:"instrument"`
	Region      map[string]int `json:"spd"`
	Innovations []Answered     `json:"innovations"`
}

// Answered is one of these innovations. An affair that the instrument does not have
// covers nothing in the index; `siida score` refuses it.
type Answered struct {
	ID      string         `json:"id"`
	Affair  string         `json:"urusan"`
	Answers map[string]int `json:"answers"`
}

// Document returns the inputs of the index of a period, now or at the end of a day,
// to those who may read the figures of every agency.
func (s *Service) Document(ctx context.Context, periodID string, on day.Day) (Document, error) {
	p, err := s.period(ctx, periodID)
	if err != nil {
		return Document{}, err
	}
	if !seesAll(actor.From(ctx)) {
		return Document{}, fault.New(fault.Forbidden, "fault.forbidden")
	}
	computed, err := s.on(ctx, p, on)
	if err != nil {
		return Document{}, err
	}
	d := Document{
		Instrument: p.Pack.ID, Region: answered(p.Pack.Rows(instrument.PerRegion), computed.answers.Region), Innovations: make([]Answered, len(computed.entries)),
	}
	for i, e := range computed.entries {
		d.Innovations[i] = Answered{e.ID, e.Affair, answered(p.Pack.Rows(instrument.PerInnovation), computed.answers.Innovations[i].Levels)}
	}
	return d, nil
}

// answered maps indicator codes to levels, without zero levels.
func answered(rows []*instrument.Indicator, levels []uint8) map[string]int {
	byCode := map[string]int{}
	for i, row := range rows {
		if levels[i] > 0 {
			byCode[row.Code] = int(levels[i])
		}
	}
	return byCode
}
