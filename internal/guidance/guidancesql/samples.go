package guidancesql

import (
	"context"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/guidance"
	"siida.id/internal/infra/sqldb"
)

const sampleColumns = `v.period_id, v.code, v.verdict, v.caption, v.shown_by, v.shown_at,
	f.id, f.purpose, f.name, f.media, f.size, f.sha256, f.state, f.received_by, f.received_at`

func sampleFields(s *guidance.Sample) []any {
	return []any{
		&s.PeriodID, &s.Code, &s.Verdict, &s.Caption, &s.By, sqldb.ScanTime(&s.At),
		&s.ID, &s.Purpose, &s.Name, &s.Media, &s.Size, &s.SHA256, &s.State, &s.ReceivedBy, sqldb.ScanTime(&s.ReceivedAt),
	}
}

// AddSample implements guidance.Store.
func (s *Store) AddSample(ctx context.Context, v guidance.Sample) error {
	_, err := s.DB.Exec(ctx, `
		insert into guidance_samples (region_id, file_id, period_id, code, verdict, caption, shown_by, shown_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		actor.From(ctx).Region, v.ID, v.PeriodID, v.Code, string(v.Verdict), v.Caption, v.By, sqldb.Time(v.At))
	return err
}

// SampleByID implements guidance.Store.
func (s *Store) SampleByID(ctx context.Context, id string) (guidance.Sample, error) {
	return sqldb.One(ctx, s.DB, sampleFields, `
		select `+sampleColumns+`
		from guidance_samples v
		join files f on f.region_id = v.region_id and f.id = v.file_id
		where v.region_id = $1 and v.file_id = $2`,
		actor.From(ctx).Region, id)
}

// Samples implements guidance.Store.
func (s *Store) Samples(ctx context.Context, periodID, code string) ([]guidance.Sample, error) {
	return sqldb.List(ctx, s.DB, sampleFields, `
		select `+sampleColumns+`
		from guidance_samples v
		join files f on f.region_id = v.region_id and f.id = v.file_id
		where v.region_id = $1 and v.period_id = $2 and v.code = $3
		order by v.verdict, v.shown_at, v.file_id`,
		actor.From(ctx).Region, periodID, code)
}

// DropSample implements guidance.Store.
func (s *Store) DropSample(ctx context.Context, id string) error {
	n, err := s.DB.Exec(ctx, `
		delete from guidance_samples
		where region_id = $1 and file_id = $2`,
		actor.From(ctx).Region, id)
	return found(n, err)
}

func found(n int64, err error) error {
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return err
}
