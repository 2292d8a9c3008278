package index

import (
	"context"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/instrument"
)

// Document has the inputs of a region's index as `siida score` reads them: the
// proven answers of the region and of every innovation that counts. That
// command computes the same figures.
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

// Document returns the inputs of the index of a period, now or at the end of a
// day, to those who may see every agency.
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

// answered maps codes of rows to their levels, without empty ones.
func answered(rows []*instrument.Indicator, levels []uint8) map[string]int {
	byCode := map[string]int{}
	for i, row := range rows {
		if levels[i] > 0 {
			byCode[row.Code] = int(levels[i])
		}
	}
	return byCode
}
