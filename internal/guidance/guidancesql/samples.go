package guidancesql

import (
	"context"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/file"
	"siida.id/internal/guidance"
	"siida.id/internal/infra/sqldb"
)

var _ file.Lister = (*Store)(nil)

func sampleFields(s *guidance.Sample) []any {
	return []any{&s.ID, &s.PeriodID, &s.Code, &s.Verdict, &s.Caption, &s.Name, &s.Media, &s.Size, &s.Sum, &s.By, sqldb.ScanTime(&s.At)}
}

// AddSample implements guidance.Store.
func (s *Store) AddSample(ctx context.Context, v guidance.Sample) error {
	_, err := s.DB.Exec(ctx, `
		insert into guidance_samples (region_id, id, period_id, code, verdict, caption, name, media, size, sum, added_by, added_at)
		values ($1, $2, $3, $4, nullif($5, ''), nullif($6, ''), $7, $8, $9, $10, $11, $12)`,
		actor.From(ctx).Region, v.ID, v.PeriodID, v.Code, string(v.Verdict), v.Caption, v.Name, v.Media, v.Size, v.Sum, v.By, sqldb.Time(v.At))
	return err
}

// SampleByID implements guidance.Store.
func (s *Store) SampleByID(ctx context.Context, id string) (guidance.Sample, error) {
	return sqldb.One(ctx, s.DB, sampleFields, `
		select id, period_id, code, coalesce(verdict, ''), coalesce(caption, ''), name, media, size, sum, added_by, added_at
		from guidance_samples
		where region_id = $1 and id = $2`,
		actor.From(ctx).Region, id)
}

// Samples implements guidance.Store.
func (s *Store) Samples(ctx context.Context, periodID, code string) ([]guidance.Sample, error) {
	return sqldb.List(ctx, s.DB, sampleFields, `
		select id, period_id, code, coalesce(verdict, ''), coalesce(caption, ''), name, media, size, sum, added_by, added_at
		from guidance_samples
		where region_id = $1 and period_id = $2 and code = $3 and verdict is not null
		order by verdict, added_at, id`,
		actor.From(ctx).Region, periodID, code)
}

// ShowSample implements guidance.Store.
func (s *Store) ShowSample(ctx context.Context, v guidance.Sample) error {
	n, err := s.DB.Exec(ctx, `
		update guidance_samples
		set verdict = $1, caption = $2
		where region_id = $3 and id = $4 and verdict is null`,
		string(v.Verdict), v.Caption, actor.From(ctx).Region, v.ID)
	return found(n, err)
}

// DropSample implements guidance.Store.
func (s *Store) DropSample(ctx context.Context, id string) error {
	n, err := s.DB.Exec(ctx, `
		delete from guidance_samples
		where region_id = $1 and id = $2`,
		actor.From(ctx).Region, id)
	return found(n, err)
}

func found(n int64, err error) error {
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return err
}

// Kept implements file.Lister.
func (s *Store) Kept(ctx context.Context) ([]file.Kept, error) {
	fields := func(k *file.Kept) []any { return []any{&k.Table, &k.ID, &k.Sum, &k.Size} }
	return sqldb.List(ctx, s.DB, fields, `
		select 'guidance_samples', id, sum, size
		from guidance_samples
		where region_id = $1
		order by id`,
		actor.From(ctx).Region)
}
