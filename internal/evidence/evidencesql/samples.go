package evidencesql

import (
	"context"
	"database/sql"
	"strings"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/evidence"
	"siida.id/internal/infra/sqldb"
)

func sampleFields(s *evidence.Sample) []any {
	return []any{&s.ID, &s.PeriodID, &s.Code, &s.Verdict, &s.Caption, &s.Name, &s.Media, &s.Size, &s.Sum, &s.By, sqldb.ScanTime(&s.At)}
}

// AddSample implements evidence.Store.
func (s *Store) AddSample(ctx context.Context, v evidence.Sample) error {
	_, err := s.DB.Exec(ctx, `
		insert into guidance_samples (region_id, id, period_id, code, verdict, caption, name, media, size, sum, added_by, added_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		actor.From(ctx).Region, v.ID, v.PeriodID, v.Code, string(v.Verdict), v.Caption, v.Name, v.Media, v.Size, v.Sum, v.By, sqldb.Time(v.At))
	return err
}

// SampleByID implements evidence.Store.
func (s *Store) SampleByID(ctx context.Context, id string) (evidence.Sample, error) {
	return sqldb.One(ctx, s.DB, sampleFields, `
		select id, period_id, code, verdict, caption, name, media, size, sum, added_by, added_at
		from guidance_samples
		where region_id = $1 and id = $2`,
		actor.From(ctx).Region, id)
}

// Samples implements evidence.Store.
func (s *Store) Samples(ctx context.Context, periodID, code string) ([]evidence.Sample, error) {
	return sqldb.List(ctx, s.DB, sampleFields, `
		select id, period_id, code, verdict, caption, name, media, size, sum, added_by, added_at
		from guidance_samples
		where region_id = $1 and period_id = $2 and code = $3 and verdict <> ''
		order by verdict, added_at, id`,
		actor.From(ctx).Region, periodID, code)
}

// ShowSample implements evidence.Store.
func (s *Store) ShowSample(ctx context.Context, v evidence.Sample) error {
	n, err := s.DB.Exec(ctx, `
		update guidance_samples
		set verdict = $1, caption = $2
		where region_id = $3 and id = $4 and verdict = ''`,
		string(v.Verdict), v.Caption, actor.From(ctx).Region, v.ID)
	return found(n, err)
}

// DropSample implements evidence.Store.
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

// shown reads the samples of an indicator beside its answer: id, verdict and
// caption, with two spaces between samples, which no caption has.
type shown struct{ to *[]evidence.Sample }

// Scan implements sql.Scanner.
func (s shown) Scan(src any) error {
	var text sql.NullString
	if err := text.Scan(src); err != nil {
		return err
	}
	*s.to = nil
	for one := range strings.SplitSeq(text.String, "  ") {
		if one == "" {
			continue
		}
		var v evidence.Sample
		id, rest, _ := strings.Cut(one, " ")
		verdict, caption, _ := strings.Cut(rest, " ")
		v.ID, v.Verdict, v.Caption = id, evidence.Verdict(verdict), caption
		*s.to = append(*s.to, v)
	}
	return nil
}
