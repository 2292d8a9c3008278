package demo

import (
	"bytes"
	"context"

	"siida.id/internal/report"
)

// setLetterhead sets up the letterhead, with an invented crest.
func (m *builder) setLetterhead(ctx context.Context) error {
	ctx, err := m.as(ctx, "brida")
	if err != nil {
		return err
	}
	drawn, err := Sample("crest.png")
	if err != nil {
		return err
	}
	crest, err := m.Report.ReceiveLogo(ctx, bytes.NewReader(drawn))
	if err != nil {
		return err
	}
	l := m.w.Letterhead
	return m.Report.SaveLetterhead(ctx, report.Entry{
		Government: l.Government, Agency: l.Agency, Address: l.Address, Contact: l.Contact, Pattern: l.Pattern, Code: l.Code, Place: l.Place,
		Signer: report.Signer{
			Office: report.OtherOffice, Position: l.Position, Before: l.Before, Name: l.Name, After: l.After, Rank: l.Rank, NIP: l.NIP,
		},
		LogoID: crest.ID,
	}, nil)
}

// issue issues the report of the year that is closed.
func (m *builder) issue(ctx context.Context) error {
	ctx, err := m.as(ctx, "brida")
	if err != nil {
		return err
	}
	offer, err := m.Report.Offer(ctx, m.w.Letterhead.Period)
	if err != nil {
		return err
	}
	_, err = m.Report.Issue(ctx, offer.Period.ID, report.Agreed{N: offer.N, Letterhead: offer.Letterhead.Version}, m.Print(m.here))
	return err
}
