package evidencesql

import (
	"cmp"
	"context"
	"slices"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/evidence"
	"siida.id/internal/infra/sqldb"
)

// The columns of the file are empty for a link.
const documentColumns = `d.id, d.innovation_id, d.kind, d.number, d.day, d.subject, d.issuer, d.address, d.added_by, d.added_at,
	coalesce(f.id, ''), coalesce(f.purpose, ''), coalesce(f.name, ''), coalesce(f.media, ''), coalesce(f.size, 0),
	coalesce(f.sha256, ''), coalesce(f.state, ''), coalesce(f.reason, ''), coalesce(f.received_by, ''), f.received_at`

func documentFields(d *evidence.Document) []any {
	own := []any{
		&d.ID, &d.InnovationID, &d.Kind, sqldb.ScanOptional(&d.Number), sqldb.ScanOptional(&d.Day), sqldb.ScanOptional(&d.Subject),
		sqldb.ScanOptional(&d.Issuer), sqldb.ScanOptional(&d.Address), &d.By, sqldb.ScanTime(&d.At),
	}
	f := &d.File
	return append(own, &f.ID, &f.Purpose, &f.Name, &f.Media, &f.Size, &f.SHA256, &f.State, &f.Reason, &f.ReceivedBy, sqldb.ScanOptionalTime(&f.ReceivedAt))
}

// AddDocument implements evidence.Store.
func (s *Store) AddDocument(ctx context.Context, d evidence.Document) error {
	_, err := s.DB.Exec(ctx, `
		insert into documents (region_id, id, innovation_id, kind, number, day, subject, issuer, address, file_id, added_by, added_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		actor.From(ctx).Region, d.ID, d.InnovationID, d.Kind, sqldb.Optional(d.Number), sqldb.Optional(d.Day), sqldb.Optional(d.Subject),
		sqldb.Optional(d.Issuer), sqldb.Optional(d.Address), sqldb.Optional(d.File.ID), d.By, sqldb.Time(d.At))
	return err
}

// DocumentByID implements evidence.Store.
func (s *Store) DocumentByID(ctx context.Context, id string) (evidence.Document, error) {
	return sqldb.One(ctx, s.DB, documentFields, `
		select `+documentColumns+`
		from documents d
		left join files f on f.region_id = d.region_id and f.id = d.file_id
		where d.region_id = $1 and d.id = $2`,
		actor.From(ctx).Region, id)
}

// Use implements evidence.Store.
func (s *Store) Use(ctx context.Context, documentID, periodID, code string, at time.Time) error {
	n, err := s.DB.Exec(ctx, `
		insert into document_uses (region_id, document_id, period_id, code, used_at)
		values ($1, $2, $3, $4, $5)
		on conflict (region_id, document_id, period_id, code) do update set
			used_at  = excluded.used_at,
			void     = excluded.void,
			ended_at = null
		where document_uses.ended_at is not null`,
		actor.From(ctx).Region, documentID, periodID, code, sqldb.Time(at))
	if err == nil && n == 0 {
		return fault.New(fault.Conflict, "fault.moved_on")
	}
	return err
}

// EndUse implements evidence.Store.
func (s *Store) EndUse(ctx context.Context, documentID, periodID, code string, at time.Time) error {
	n, err := s.DB.Exec(ctx, `
		update document_uses
		set ended_at = $1
		where region_id = $2 and document_id = $3 and period_id = $4 and code = $5 and ended_at is null`,
		sqldb.Time(at), actor.From(ctx).Region, documentID, periodID, code)
	return found(n, err)
}

// ResumeUse implements evidence.Store.
func (s *Store) ResumeUse(ctx context.Context, documentID, periodID, code string, since time.Time) error {
	n, err := s.DB.Exec(ctx, `
		update document_uses
		set ended_at = null
		where region_id = $1 and document_id = $2 and period_id = $3 and code = $4 and ended_at >= $5`,
		actor.From(ctx).Region, documentID, periodID, code, sqldb.Time(since))
	return found(n, err)
}

// Unopenable implements evidence.Store.
func (s *Store) Unopenable(ctx context.Context) ([]evidence.InPeriod, error) {
	return sqldb.List(ctx, s.DB, func(i *evidence.InPeriod) []any { return []any{&i.InnovationID, &i.PeriodID} }, `
		select distinct d.innovation_id, u.period_id
		from files f
		join documents d on d.region_id = f.region_id and d.file_id = f.id
		join document_uses u on u.region_id = d.region_id and u.document_id = d.id and not u.void and u.ended_at is null
		join periods p on p.region_id = u.region_id and p.id = u.period_id and p.state = 'buka'
		where f.region_id = $1 and f.state = 'unopenable'
		order by 2, 1`,
		actor.From(ctx).Region)
}

// VoidUses implements evidence.Store.
func (s *Store) VoidUses(ctx context.Context, in evidence.InPeriod) ([]evidence.VoidUse, error) {
	list, err := sqldb.List(ctx, s.DB, func(v *evidence.VoidUse) []any { return []any{&v.DocumentID, &v.Code} }, `
		update document_uses
		set void = true
		where region_id = $1 and period_id = $2 and not void and ended_at is null and document_id in (
			select d.id
			from documents d
			join files f on f.region_id = d.region_id and f.id = d.file_id
			where d.region_id = $1 and d.innovation_id = $3 and f.state = 'unopenable'
		)
		returning document_id, code`,
		actor.From(ctx).Region, in.PeriodID, in.InnovationID)
	slices.SortFunc(list, func(a, b evidence.VoidUse) int {
		return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.DocumentID, b.DocumentID))
	})
	return list, err
}

func heldFields(h *evidence.UsedDocument) []any { return append(documentFields(&h.Document), &h.Code) }

// Documents implements evidence.Store.
func (s *Store) Documents(ctx context.Context, innovationID, periodID string) ([]evidence.UsedDocument, error) {
	return sqldb.List(ctx, s.DB, heldFields, `
		select `+documentColumns+`, coalesce(u.code, '')
		from documents d
		left join files f on f.region_id = d.region_id and f.id = d.file_id
		left join document_uses u on u.region_id = d.region_id and u.document_id = d.id and u.period_id = $1 and u.ended_at is null
		where d.region_id = $2 and d.innovation_id = $3
		order by coalesce(u.used_at, d.added_at), d.id, u.code`,
		periodID, actor.From(ctx).Region, innovationID)
}

func listedFields(d *evidence.ListedDocument) []any {
	return append(heldFields(&d.UsedDocument), &d.InnovationName, &d.AgencyID, &d.AgencyName)
}

const listedDocuments = `
		select ` + documentColumns + `, u.code, i.name, i.agency_id, a.name
		from document_uses u
		join documents d on d.region_id = u.region_id and d.id = u.document_id
		join innovations i on i.region_id = d.region_id and i.id = d.innovation_id and i.state is null
		join agencies a on a.region_id = i.region_id and a.id = i.agency_id
		left join files f on f.region_id = d.region_id and f.id = d.file_id
		where u.region_id = $1 and u.period_id = $2 and u.ended_at is null and (
			f.state in ('stored', 'unopenable') or (d.kind = 'document' and (d.number is null or d.day is null)) or d.day < $3 or ($4 <> '' and d.day > $4))`

// Doubtful implements evidence.Store.
func (s *Store) Doubtful(ctx context.Context, periodID string, scope evidence.Scope, since, until day.Day) ([]evidence.ListedDocument, error) {
	agencies, err := listed(scope.Agencies)
	if err != nil {
		return nil, err
	}
	const order = `
		order by a.sort_key, a.id, i.sort_key, i.id, u.code, u.used_at, d.id`
	if s.DB.Engine == sqldb.Postgres {
		return sqldb.List(ctx, s.DB, listedFields, listedDocuments+`
			and ($5 or i.agency_id in (select jsonb_array_elements_text($6::jsonb)))`+order,
			actor.From(ctx).Region, periodID, since, until, scope.Region, agencies)
	}
	return sqldb.List(ctx, s.DB, listedFields, listedDocuments+`
			and ($5 or i.agency_id in (select value from json_each($6)))`+order,
		actor.From(ctx).Region, periodID, since, until, scope.Region, agencies)
}

func found(n int64, err error) error {
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return err
}
