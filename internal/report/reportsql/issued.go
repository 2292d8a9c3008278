package reportsql

import (
	"context"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/report"
)

// Last implements report.Store.
func (s *Store) Last(ctx context.Context, year int) (int, error) {
	return sqldb.One(ctx, s.DB, sqldb.Self[int], `
		select coalesce(max(last), 0)
		from report_numbers
		where region_id = $1 and year = $2`,
		actor.From(ctx).Region, year)
}

// Next implements report.Store. The row that it writes is locked until the
// transaction ends.
func (s *Store) Next(ctx context.Context, year int) (int, error) {
	return sqldb.One(ctx, s.DB, sqldb.Self[int], `
		insert into report_numbers (region_id, year, last)
		values ($1, $2, 1)
		on conflict (region_id, year) do update set
			last = report_numbers.last + 1
		returning last`,
		actor.From(ctx).Region, year)
}

// Add implements report.Store.
func (s *Store) Add(ctx context.Context, i report.Issued) error {
	_, err := s.DB.Exec(ctx, `
		insert into report_issued (region_id, id, year, n, number, period_id, issued_on, figures_on, figure, predicate,
			signer, issued_by, by_name, issued_at, pdf_id, workbook_id, code)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
		actor.From(ctx).Region, i.ID, i.Year, i.N, i.Number, i.PeriodID, string(i.On), string(i.FiguresOn), i.Figure, i.Predicate,
		i.Signer, i.By, i.ByName, sqldb.Time(i.At), i.PDF.ID, i.Workbook.ID, i.Code)
	return err
}

const issuedRows = `
		select i.id, i.year, i.n, i.number, i.period_id, i.issued_on, i.figures_on, i.figure, i.predicate,
			i.signer, i.issued_by, i.by_name, i.issued_at, i.code, i.revoked_why, i.revoked_by, i.revoked_name, i.revoked_on,
			p.id, p.purpose, p.name, p.media, p.size, p.sha256, p.state, p.received_by, p.received_at,
			b.id, b.purpose, b.name, b.media, b.size, b.sha256, b.state, b.received_by, b.received_at
		from report_issued i
		join files p on p.region_id = i.region_id and p.id = i.pdf_id
		join files b on b.region_id = i.region_id and b.id = i.workbook_id`

func issuedFields(i *report.Issued) []any {
	own := []any{
		&i.ID, &i.Year, &i.N, &i.Number, &i.PeriodID, &i.On, &i.FiguresOn, &i.Figure, &i.Predicate,
		&i.Signer, &i.By, &i.ByName, sqldb.ScanTime(&i.At), &i.Code,
		sqldb.ScanOptional(&i.Revoked.Why), sqldb.ScanOptional(&i.Revoked.By), sqldb.ScanOptional(&i.Revoked.ByName), sqldb.ScanOptional(&i.Revoked.On),
	}
	return append(append(own, fileFields(&i.PDF)...), fileFields(&i.Workbook)...)
}

// Issued implements report.Store.
func (s *Store) Issued(ctx context.Context) ([]report.Issued, error) {
	return sqldb.List(ctx, s.DB, issuedFields, issuedRows+`
		where i.region_id = $1
		order by i.year desc, i.n desc`,
		actor.From(ctx).Region)
}

// IssuedByID implements report.Store.
func (s *Store) IssuedByID(ctx context.Context, id string) (report.Issued, error) {
	return sqldb.One(ctx, s.DB, issuedFields, issuedRows+`
		where i.region_id = $1 and i.id = $2`,
		actor.From(ctx).Region, id)
}

// IssuedByCode implements report.Store.
func (s *Store) IssuedByCode(ctx context.Context, code string) (report.Issued, error) {
	return sqldb.One(ctx, s.DB, issuedFields, issuedRows+`
		where i.region_id = $1 and i.code = $2`,
		actor.From(ctx).Region, code)
}

// Revoke implements report.Store.
func (s *Store) Revoke(ctx context.Context, id string, r report.Revocation) error {
	n, err := s.DB.Exec(ctx, `
		update report_issued
		set revoked_why = $1, revoked_by = $2, revoked_name = $3, revoked_on = $4
		where region_id = $5 and id = $6 and revoked_on is null`,
		r.Why, r.By, r.ByName, string(r.On), actor.From(ctx).Region, id)
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "report.revoked_already")
	}
	return err
}
