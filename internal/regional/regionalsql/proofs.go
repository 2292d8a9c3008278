package regionalsql

import (
	"cmp"
	"context"
	"slices"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/file"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/regional"
)

func fileFields(f *file.Record) []any {
	return []any{&f.ID, &f.Purpose, &f.Name, &f.Media, &f.Size, &f.SHA256, &f.State, &f.Reason, &f.ReceivedBy, sqldb.ScanOptionalTime(&f.ReceivedAt)}
}

// The columns of a file, empty if there is none.
const fileOrNone = `coalesce(f.id, ''), coalesce(f.purpose, ''), coalesce(f.name, ''), coalesce(f.media, ''), coalesce(f.size, 0),
	coalesce(f.sha256, ''), coalesce(f.state, ''), coalesce(f.reason, ''), coalesce(f.received_by, ''), f.received_at`

const proofColumns = `p.id, p.period_id, p.code, p.agency_id, p.subject, p.address, p.added_by, p.added_at, p.void, ` + fileOrNone

func proofFields(p *regional.Proof) []any {
	own := []any{
		&p.ID, &p.PeriodID, &p.Code, sqldb.ScanOptional(&p.AgencyID), sqldb.ScanOptional(&p.Subject),
		sqldb.ScanOptional(&p.Address), &p.By, sqldb.ScanTime(&p.At), &p.Void,
	}
	return append(own, fileFields(&p.File)...)
}

// AddProof implements regional.Store.
func (s *Store) AddProof(ctx context.Context, p regional.Proof) error {
	_, err := s.DB.Exec(ctx, `
		insert into regional_proofs (region_id, id, period_id, code, agency_id, subject, address, file_id, added_by, added_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		actor.From(ctx).Region, p.ID, p.PeriodID, p.Code, sqldb.Optional(p.AgencyID), sqldb.Optional(p.Subject),
		sqldb.Optional(p.Address), sqldb.Optional(p.File.ID), p.By, sqldb.Time(p.At))
	return err
}

// ProofByID implements regional.Store.
func (s *Store) ProofByID(ctx context.Context, id string) (regional.Proof, error) {
	return sqldb.One(ctx, s.DB, proofFields, `
		select `+proofColumns+`
		from regional_proofs p
		left join files f on f.region_id = p.region_id and f.id = p.file_id
		where p.region_id = $1 and p.id = $2`,
		actor.From(ctx).Region, id)
}

// Proofs implements regional.Store.
func (s *Store) Proofs(ctx context.Context, periodID, code string) ([]regional.Proof, error) {
	return sqldb.List(ctx, s.DB, proofFields, `
		select `+proofColumns+`
		from regional_proofs p
		left join files f on f.region_id = p.region_id and f.id = p.file_id
		where p.region_id = $1 and p.period_id = $2 and ($3 = '' or p.code = $3) and p.ended_at is null
		order by p.added_at, p.id`,
		actor.From(ctx).Region, periodID, code)
}

// Unopenable implements regional.Store.
func (s *Store) Unopenable(ctx context.Context) ([]string, error) {
	return sqldb.List(ctx, s.DB, sqldb.Self[string], `
		select distinct r.period_id
		from files f
		join regional_proofs r on r.region_id = f.region_id and r.file_id = f.id and r.ended_at is null and not r.void
		join periods p on p.region_id = r.region_id and p.id = r.period_id and p.state = 'buka'
		where f.region_id = $1 and f.state = 'unopenable'
		order by 1`,
		actor.From(ctx).Region)
}

// VoidProofs implements regional.Store.
func (s *Store) VoidProofs(ctx context.Context, periodID string) ([]regional.VoidProof, error) {
	list, err := sqldb.List(ctx, s.DB, func(v *regional.VoidProof) []any { return []any{&v.ID, &v.Code} }, `
		update regional_proofs
		set void = true
		where region_id = $1 and period_id = $2 and ended_at is null and not void and file_id in (
			select id
			from files
			where region_id = $1 and state = 'unopenable'
		)
		returning id, code`,
		actor.From(ctx).Region, periodID)
	slices.SortFunc(list, func(a, b regional.VoidProof) int {
		return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.ID, b.ID))
	})
	return list, err
}

// ResumeProof implements regional.Store.
func (s *Store) ResumeProof(ctx context.Context, id, periodID, code string, since time.Time) error {
	n, err := s.DB.Exec(ctx, `
		update regional_proofs
		set ended_at = null
		where region_id = $1 and id = $2 and period_id = $3 and code = $4 and ended_at >= $5`,
		actor.From(ctx).Region, id, periodID, code, sqldb.Time(since))
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return err
}

// EndProof implements regional.Store.
func (s *Store) EndProof(ctx context.Context, id, periodID, code string, at time.Time) error {
	n, err := s.DB.Exec(ctx, `
		update regional_proofs
		set ended_at = $1
		where region_id = $2 and id = $3 and period_id = $4 and code = $5 and ended_at is null`,
		sqldb.Time(at), actor.From(ctx).Region, id, periodID, code)
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return err
}
