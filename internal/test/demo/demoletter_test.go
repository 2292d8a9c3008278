package demo

import (
	"context"
	"testing"

	"siida.id/internal/app"
	"siida.id/internal/base/decimal"
	"siida.id/internal/index"
	"siida.id/internal/test/world"
)

// demoLetters checks the letterhead and the report of the closed year.
func demoLetters(t *testing.T, p *app.Program, ctx context.Context, closed index.Report) {
	t.Helper()
	l, err := p.Report.Letterhead(ctx)
	world.Must(t, err)
	if !l.Ready() || l.Logo.ID == "" || l.Signer.Name != "Nama Rekaan" {
		t.Errorf("the letterhead is %+v", l)
	}
	list, err := p.Report.Register(ctx)
	world.Must(t, err)
	if len(list) != 1 {
		t.Fatalf("%d reports were issued", len(list))
	}
	one := list[0]
	figure, err := decimal.Parse(one.Figure)
	world.Must(t, err)
	if one.PeriodID != "2026" || one.Number != "000.9.2/1/CONTOH-BRIDA/2026" || figure != closed.Result.Index.Value || one.FiguresOn != "2026-08-31" || !one.IsValid() {
		t.Errorf("issued is %+v", one)
	}
	if found, err := p.Report.Check(t.Context(), one.Code); err == nil {
		t.Errorf("outside of the region there is %+v", found)
	}
	found, err := p.Report.Check(ctx, one.Code)
	world.Must(t, err)
	if found.Number != one.Number || found.PDFSHA256 != one.PDF.SHA256 {
		t.Errorf("check = %+v", found)
	}
}
