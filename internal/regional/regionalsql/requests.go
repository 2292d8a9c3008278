package regionalsql

import (
	"context"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/regional"
)

func requestFields(r *regional.Request) []any {
	d := &r.Data
	own := []any{
		&r.ID, &r.PeriodID, &r.Code, &r.AgencyID, &r.AgencyName, sqldb.ScanOptional(&r.PersonID), &r.PersonName,
		sqldb.ScanOptional(&r.Former.AgencyID), &r.Former.AgencyName, sqldb.ScanOptional(&r.Former.PersonID), &r.Former.PersonName,
		sqldb.ScanOptionalTime(&r.Former.Until), &r.Due, sqldb.ScanOptional(&r.Note),
		&r.State, sqldb.ScanOptional(&r.Reason),
		&r.AskedBy, sqldb.ScanTime(&r.AskedAt), sqldb.ScanOptional(&d.Figure.Year), sqldb.ScanOptional(&d.Figure.Value), sqldb.ScanOptional(&d.Unit),
		sqldb.ScanOptional(&d.Source), sqldb.ScanOptional(&d.Note), sqldb.ScanOptional(&d.By), &d.ByName, sqldb.ScanOptionalTime(&d.At), &r.Applied, &r.Version,
	}
	return append(own, fileFields(&d.File)...)
}

// requested selects requests with the names of their people, who may no longer exist.
const requested = `
		select r.id, r.period_id, r.code, r.agency_id, a.name, r.person_id, coalesce(asked.name, ''),
			r.former_agency_id, coalesce(fa.name, ''), r.former_person_id, coalesce(fp.name, ''), r.moved_at, r.due, r.note, r.state, r.reason,
			r.asked_by, r.asked_at, r.year, r.value, r.unit, r.source, r.reply,
			r.replied_by, coalesce(replier.name, ''), r.replied_at, r.applied, r.version, ` + fileOrNone + `
		from data_requests r
		join agencies a on a.region_id = r.region_id and a.id = r.agency_id
		left join people asked on asked.region_id = r.region_id and asked.id = r.person_id
		left join agencies fa on fa.region_id = r.region_id and fa.id = r.former_agency_id
		left join people fp on fp.region_id = r.region_id and fp.id = r.former_person_id
		left join people replier on replier.region_id = r.region_id and replier.id = r.replied_by
		left join files f on f.region_id = r.region_id and f.id = r.file_id`

// Requests implements regional.Store.
func (s *Store) Requests(ctx context.Context, periodID string) ([]regional.Request, error) {
	return sqldb.List(ctx, s.DB, requestFields, requested+`
		where r.region_id = $1 and r.period_id = $2
		order by r.due, r.code, r.id`,
		actor.From(ctx).Region, periodID)
}

// RequestByID implements regional.Store.
func (s *Store) RequestByID(ctx context.Context, id string) (regional.Request, error) {
	return sqldb.One(ctx, s.DB, requestFields, requested+`
		where r.region_id = $1 and r.id = $2`,
		actor.From(ctx).Region, id)
}

// LockRequest implements regional.Store. It reads after it has the lock, so it sees
// what the previous holder of the lock wrote.
func (s *Store) LockRequest(ctx context.Context, id string) (regional.Request, error) {
	_, err := sqldb.LockOne(ctx, s.DB, sqldb.Self[string], `
		select id
		from data_requests
		where region_id = $1 and id = $2`,
		actor.From(ctx).Region, id)
	if err != nil {
		return regional.Request{}, err
	}
	return s.RequestByID(ctx, id)
}

// SaveRequest implements regional.Store. It does not change what was asked.
func (s *Store) SaveRequest(ctx context.Context, r regional.Request) error {
	d := r.Data
	n, err := s.DB.Exec(ctx, `
		insert into data_requests (
			region_id, id, period_id, code, agency_id, person_id, due, note, state, reason, asked_by, asked_at,
			year, value, unit, source, reply, replied_by, replied_at, file_id, applied, version)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22 + 1)
		on conflict (region_id, id) do update set
			state      = excluded.state,
			reason     = excluded.reason,
			year       = excluded.year,
			value      = excluded.value,
			unit       = excluded.unit,
			source     = excluded.source,
			reply      = excluded.reply,
			replied_by = excluded.replied_by,
			replied_at = excluded.replied_at,
			file_id    = excluded.file_id,
			applied    = excluded.applied,
			version    = excluded.version
		where data_requests.version = excluded.version - 1`,
		actor.From(ctx).Region, r.ID, r.PeriodID, r.Code, r.AgencyID, sqldb.Optional(r.PersonID), string(r.Due),
		sqldb.Optional(r.Note), string(r.State), sqldb.Optional(r.Reason), r.AskedBy, sqldb.Time(r.AskedAt), sqldb.Optional(d.Figure.Year),
		sqldb.Optional(d.Figure.Value), sqldb.Optional(d.Unit), sqldb.Optional(d.Source), sqldb.Optional(d.Note), sqldb.Optional(d.By),
		sqldb.OptionalTime(d.At), sqldb.Optional(d.File.ID), r.Applied, r.Version)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.Moved("regional.request_moved_on")
	}
	return nil
}

// OpenRequests implements regional.Requests.
func (s *Store) OpenRequests(ctx context.Context, agencyID string) ([]regional.Request, error) {
	return sqldb.List(ctx, s.DB, requestFields, requested+`
		where r.region_id = $1 and r.agency_id = $2 and r.state in ('diminta', 'dijawab', 'dikembalikan')
		order by r.id`,
		actor.From(ctx).Region, agencyID)
}

// RequestsTo implements regional.Requests.
func (s *Store) RequestsTo(ctx context.Context, personID string) ([]regional.Request, error) {
	return sqldb.List(ctx, s.DB, requestFields, requested+`
		where r.region_id = $1 and r.person_id = $2 and r.state in ('diminta', 'dijawab', 'dikembalikan')
		order by r.id`,
		actor.From(ctx).Region, personID)
}

// Unanswerable implements regional.Requests.
func (s *Store) Unanswerable(ctx context.Context, now time.Time) ([]regional.Request, error) {
	return sqldb.List(ctx, s.DB, requestFields, requested+`
		where r.region_id = $1 and r.person_id is not null and r.state in ('diminta', 'dijawab', 'dikembalikan')
			and not exists (
				select 1
				from assignments t
				where t.region_id = r.region_id and t.person_id = r.person_id and t.agency = r.agency_id and asked.active
					and t.role in ('operator', 'pendamping') and t.valid_from <= $2 and (t.valid_until is null or t.valid_until > $2))
		order by r.id`,
		actor.From(ctx).Region, sqldb.Time(now))
}

// MoveRequest implements regional.Requests.
func (s *Store) MoveRequest(ctx context.Context, r regional.Request) error {
	_, err := s.DB.Exec(ctx, `
		update data_requests
		set agency_id = $1, person_id = $2, former_agency_id = $3, former_person_id = $4, moved_at = $5, state = $6, version = version + 1
		where region_id = $7 and id = $8`,
		r.AgencyID, sqldb.Optional(r.PersonID), sqldb.Optional(r.Former.AgencyID), sqldb.Optional(r.Former.PersonID), sqldb.OptionalTime(r.Former.Until),
		string(r.State), actor.From(ctx).Region, r.ID)
	return err
}

// deputyRow is a deputy with their sort keys.
type deputyRow struct {
	regional.Deputy
	agencyKey, personKey string
}

func deputyFields(d *deputyRow) []any {
	return []any{&d.AgencyID, &d.AgencyName, &d.PersonID, &d.PersonName, &d.Login, &d.Role, &d.agencyKey, &d.personKey}
}

// Deputies implements regional.Store.
func (s *Store) Deputies(ctx context.Context, now time.Time) (list []regional.Deputy, err error) {
	rows, err := sqldb.List(ctx, s.DB, deputyFields, `
		select a.id, a.name, coalesce(d.id, ''), coalesce(d.name, ''), coalesce(d.login, ''), coalesce(d.role, ''),
			a.sort_key, coalesce(d.sort_key, '')
		from agencies a
		left join (
			select p.region_id, p.id, p.name, p.login, p.sort_key, t.agency, min(t.role) as role
			from assignments t
			join people p on p.region_id = t.region_id and p.id = t.person_id and p.active
			where t.role in ('operator', 'pendamping') and t.valid_from <= $1 and (t.valid_until is null or t.valid_until > $1)
			group by p.region_id, p.id, p.name, p.login, p.sort_key, t.agency
		) d on d.region_id = a.region_id and d.agency = a.id
		where a.region_id = $2 and a.valid_until is null
		order by 7, 1, 8, 3`,
		sqldb.Time(now), actor.From(ctx).Region)
	for _, r := range rows {
		list = append(list, r.Deputy)
	}
	return list, err
}
