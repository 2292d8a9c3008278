package regionalsql

import (
	"context"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/file"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/regional"
)

func fileFields(f *file.Record) []any {
	return []any{&f.ID, &f.Purpose, &f.Name, &f.Media, &f.Size, &f.SHA256, &f.State, &f.ReceivedBy, sqldb.ScanOptionalTime(&f.ReceivedAt)}
}

// The columns of a file, empty if there is none.
const fileOrNone = `coalesce(f.id, ''), coalesce(f.purpose, ''), coalesce(f.name, ''), coalesce(f.media, ''), coalesce(f.size, 0),
	coalesce(f.sha256, ''), coalesce(f.state, ''), coalesce(f.received_by, ''), f.received_at`

const proofColumns = `p.id, p.period_id, p.code, p.agency_id, p.subject, p.address, p.added_by, p.added_at, ` + fileOrNone

func proofFields(p *regional.Proof) []any {
	own := []any{
		&p.ID, &p.PeriodID, &p.Code, sqldb.ScanOptional(&p.AgencyID), sqldb.ScanOptional(&p.Subject),
		sqldb.ScanOptional(&p.Address), &p.By, sqldb.ScanTime(&p.At),
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
		where p.region_id = $1 and p.period_id = $2 and p.code = $3 and p.ended_at is null
		order by p.added_at, p.id`,
		actor.From(ctx).Region, periodID, code)
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
