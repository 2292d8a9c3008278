package innovationsql

import (
	"context"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/innovation"
)

func ownerFields(o *innovation.Owner) []any {
	return []any{&o.AgencyID, &o.AgencyName, sqldb.ScanOptional(&o.From), sqldb.ScanOptional(&o.Until), sqldb.ScanOptional(&o.Number)}
}

// OwnersOf implements innovation.Store.
func (s *Store) OwnersOf(ctx context.Context, id string) ([]innovation.Owner, error) {
	return sqldb.List(ctx, s.DB, ownerFields, `
		select o.agency_id, a.name, o.from_day, o.until_day, o.number
		from innovation_owners o
		join agencies a on a.region_id = o.region_id and a.id = o.agency_id
		where o.region_id = $1 and o.innovation_id = $2
		order by o.step`,
		actor.From(ctx).Region, id)
}

// RecordOwner implements innovation.Store. A previous owner without a row gets one
// without a start.
func (s *Store) RecordOwner(ctx context.Context, id, from, to, number string, on day.Day) error {
	here := actor.From(ctx).Region
	ended, err := s.DB.Exec(ctx, `
		update innovation_owners
		set until_day = $1
		where region_id = $2 and innovation_id = $3 and until_day is null`,
		on, here, id)
	if err != nil {
		return err
	}
	if ended == 0 && from != "" {
		if err := s.own(ctx, id, innovation.Owner{AgencyID: from, Until: on}); err != nil {
			return err
		}
	}
	return s.own(ctx, id, innovation.Owner{AgencyID: to, From: on, Number: number})
}

func (s *Store) own(ctx context.Context, id string, o innovation.Owner) error {
	_, err := s.DB.Exec(ctx, `
		insert into innovation_owners (region_id, innovation_id, step, agency_id, from_day, until_day, number)
		select r.id, r.innovation, (
				select count(*) + 1
				from innovation_owners o
				where o.region_id = r.id and o.innovation_id = r.innovation
			), r.agency, r.from_day, r.until_day, r.number
		from (
			select cast($1 as text) as id, cast($2 as text) as innovation, cast($3 as text) as agency,
				cast($4 as text) as from_day, cast($5 as text) as until_day, cast($6 as text) as number
		) r`,
		actor.From(ctx).Region, id, o.AgencyID, sqldb.Optional(o.From), sqldb.Optional(o.Until), sqldb.Optional(o.Number))
	return err
}

// transfers selects open transfers, and those that have lapsed.
const transfers = `
		select t.innovation_id, i.name, i.agency_id, f.name, t.to_agency_id, r.name, b.name, t.note, t.asked_at, t.ended_at
		from innovation_transfers t
		join innovations i on i.region_id = t.region_id and i.id = t.innovation_id
		join agencies f on f.region_id = t.region_id and f.id = i.agency_id
		join agencies r on r.region_id = t.region_id and r.id = t.to_agency_id
		left join agencies b on b.region_id = t.region_id and b.id = t.former_agency_id`

func transferFields(t *innovation.Transfer) []any {
	return []any{
		&t.InnovationID, &t.InnovationName, &t.From, &t.FromName, &t.To, &t.ToName, sqldb.ScanOptional(&t.FormerName), sqldb.ScanOptional(&t.Note),
		sqldb.ScanTime(&t.AskedAt), sqldb.ScanOptionalTime(&t.Lapsed),
	}
}

// Transfers implements innovation.Store.
func (s *Store) Transfers(ctx context.Context) ([]innovation.Transfer, error) {
	return sqldb.List(ctx, s.DB, transferFields, transfers+`
		where t.region_id = $1 and t.ended_at is null
		order by i.sort_key, t.innovation_id`,
		actor.From(ctx).Region)
}

// TransferOf implements innovation.Store.
func (s *Store) TransferOf(ctx context.Context, id string) (innovation.Transfer, error) {
	return sqldb.One(ctx, s.DB, transferFields, transfers+`
		where t.region_id = $1 and t.innovation_id = $2 and t.ended_at is null`,
		actor.From(ctx).Region, id)
}

// AskTransfer implements innovation.Store.
func (s *Store) AskTransfer(ctx context.Context, t innovation.Transfer) error {
	n, err := s.DB.Exec(ctx, `
		insert into innovation_transfers (region_id, innovation_id, to_agency_id, note, asked_at)
		values ($1, $2, $3, $4, $5)
		on conflict (region_id, innovation_id) do update set
			to_agency_id     = excluded.to_agency_id,
			note             = excluded.note,
			asked_at         = excluded.asked_at,
			former_agency_id = null,
			ended_at         = null
		where innovation_transfers.ended_at is not null`,
		actor.From(ctx).Region, t.InnovationID, t.To, sqldb.Optional(t.Note), sqldb.Time(t.AskedAt))
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "innovation.transfer_open")
	}
	return err
}

// RedirectTransfer implements innovation.Store.
func (s *Store) RedirectTransfer(ctx context.Context, id, to string) error {
	return changed(s.DB.Exec(ctx, `
		update innovation_transfers
		set former_agency_id = to_agency_id, to_agency_id = $1
		where region_id = $2 and innovation_id = $3 and ended_at is null`,
		to, actor.From(ctx).Region, id))
}

// LapseTransfer implements innovation.Store.
func (s *Store) LapseTransfer(ctx context.Context, id string, at time.Time) error {
	return changed(s.DB.Exec(ctx, `
		update innovation_transfers
		set ended_at = $1
		where region_id = $2 and innovation_id = $3 and ended_at is null`,
		sqldb.Time(at), actor.From(ctx).Region, id))
}

// changed returns NotFound for a statement that has changed no row.
func changed(n int64, err error) error {
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return err
}

// LapsedTransfers implements innovation.Store.
func (s *Store) LapsedTransfers(ctx context.Context, after time.Time) ([]innovation.Transfer, error) {
	return sqldb.List(ctx, s.DB, transferFields, transfers+`
		where t.region_id = $1 and t.ended_at > $2
		order by i.sort_key, t.innovation_id`,
		actor.From(ctx).Region, sqldb.Time(after))
}

// EndTransfer implements innovation.Store.
func (s *Store) EndTransfer(ctx context.Context, id string) error {
	return changed(s.DB.Exec(ctx, `
		delete from innovation_transfers
		where region_id = $1 and innovation_id = $2 and ended_at is null`,
		actor.From(ctx).Region, id))
}
