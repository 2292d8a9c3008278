package periodsql

import (
	"context"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/period"
)

// Deadlines implements period.Store.
func (s *Store) Deadlines(ctx context.Context, id string) ([]period.Deadline, error) {
	fields := func(d *period.Deadline) []any { return []any{&d.ID, &d.Name, sqldb.ScanTime(&d.At)} }
	return sqldb.List(ctx, s.DB, fields, `
		select id, name, at
		from period_deadlines
		where region_id = $1 and period_id = $2
		order by at, id`,
		actor.From(ctx).Region, id)
}

// AddDeadline implements period.Store.
func (s *Store) AddDeadline(ctx context.Context, id string, d period.Deadline) error {
	_, err := s.DB.Exec(ctx, `
		insert into period_deadlines (region_id, period_id, id, name, at)
		values ($1, $2, $3, $4, $5)`,
		actor.From(ctx).Region, id, d.ID, d.Name, sqldb.Time(d.At))
	return err
}

// DropDeadline implements period.Store.
func (s *Store) DropDeadline(ctx context.Context, id, deadlineID string) error {
	n, err := s.DB.Exec(ctx, `
		delete from period_deadlines
		where region_id = $1 and period_id = $2 and id = $3`,
		actor.From(ctx).Region, id, deadlineID)
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return err
}

// Extensions implements period.Store.
func (s *Store) Extensions(ctx context.Context, id string) ([]period.Extension, error) {
	return sqldb.List(ctx, s.DB, extensionFields, extension+`
		where e.region_id = $1 and e.period_id = $2
		order by e.granted_at desc, e.id desc`,
		actor.From(ctx).Region, id)
}

// OpenExtensions implements period.Store.
func (s *Store) OpenExtensions(ctx context.Context, agencyID string, now time.Time) ([]period.Extension, error) {
	return sqldb.List(ctx, s.DB, extensionFields, extension+`
		where e.region_id = $1 and e.agency_id = $2 and e.ended_at is null and e.until_at > $3
		order by e.period_id, e.id`,
		actor.From(ctx).Region, agencyID, sqldb.Time(now))
}

const extension = `
		select e.id, e.period_id, e.agency_id, e.agency_name, e.innovation_id, e.innovation_name, e.until_at, e.reason, e.by_id, e.by_name, e.granted_at,
			e.ended_at, e.ended_by_id, e.ended_by_name, e.follows_id, f.agency_name
		from period_extensions e
		left join period_extensions f on f.region_id = e.region_id and f.period_id = e.period_id and f.id = e.follows_id`

func extensionFields(e *period.Extension) []any {
	return []any{
		&e.ID, &e.PeriodID, sqldb.ScanOptional(&e.Agency), sqldb.ScanOptional(&e.AgencyName),
		sqldb.ScanOptional(&e.InnovationID), sqldb.ScanOptional(&e.InnovationName), sqldb.ScanTime(&e.Until), &e.Reason, &e.ByID, &e.ByName,
		sqldb.ScanTime(&e.GrantedAt), sqldb.ScanOptionalTime(&e.Ended), sqldb.ScanOptional(&e.EndedID), sqldb.ScanOptional(&e.EndedName),
		sqldb.ScanOptional(&e.FollowsID), sqldb.ScanOptional(&e.FollowsName),
	}
}

// Extend implements period.Store.
func (s *Store) Extend(ctx context.Context, id string, e period.Extension) error {
	_, err := s.DB.Exec(ctx, `
		insert into period_extensions (
			region_id, period_id, id, agency_id, agency_name, innovation_id, innovation_name, until_at, reason, by_id, by_name, granted_at, follows_id
		)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		actor.From(ctx).Region, id, e.ID, sqldb.Optional(e.Agency), sqldb.Optional(e.AgencyName), sqldb.Optional(e.InnovationID), sqldb.Optional(e.InnovationName),
		sqldb.Time(e.Until), e.Reason, e.ByID, e.ByName, sqldb.Time(e.GrantedAt), sqldb.Optional(e.FollowsID))
	return err
}

// Unextend implements period.Store.
func (s *Store) Unextend(ctx context.Context, id string, e period.Extension) error {
	n, err := s.DB.Exec(ctx, `
		update period_extensions
		set ended_at = $1, ended_by_id = $2, ended_by_name = $3
		where region_id = $4 and period_id = $5 and id = $6 and ended_at is null`,
		sqldb.Time(e.Ended), sqldb.Optional(e.EndedID), e.EndedName, actor.From(ctx).Region, id, e.ID)
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return err
}
