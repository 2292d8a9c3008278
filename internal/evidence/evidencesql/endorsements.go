package evidencesql

import (
	"context"
	"strings"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/evidence"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/innovation"
)

// headed selects the progress of innovations with a row for each of their heads: the
// content to endorse, and the endorsement. It uses the queries counted, which is
// progress, and heads.
const headed = `
		select c.id, c.answered, c.finished, c.detail, g.id, coalesce(h.agency_name, g.name), h.version,
			coalesce((
				select string_agg(a.code || '=' || coalesce(a.basis, '') || cast(a.level as text), ' ')
				from answers a
				where a.period_id = $1 and a.region_id = $2 and a.innovation_id = h.innovation_id and a.level > 0
			), ''),
			coalesce((
				select string_agg(u.code || '<' || u.document_id, ' ')
				from documents d
				cross join document_uses u
				where u.period_id = $1 and d.region_id = $2 and d.innovation_id = h.innovation_id
					and u.region_id = d.region_id and u.document_id = d.id and u.ended_at is null and not u.void
			), ''),
			coalesce(e.innovation_id, ''), coalesce(e.period_id, ''), coalesce(e.agency_id, ''), coalesce(e.agency_name, ''),
			coalesce(e.endorsed_by, ''), coalesce(e.name, ''), e.acting,
			coalesce(e.endorsed_at, '0001-01-01T00:00:00.000Z'), coalesce(e.profile_version, 0), coalesce(e.answers_sha256, '')
		from counted c
		join heads h on h.innovation_id = c.id
		join agencies g on g.region_id = $2 and g.id = h.agency_id
		left join endorsements e on e.region_id = $2 and e.innovation_id = h.innovation_id and e.period_id = $1 and e.agency_id = h.agency_id
		where (h.step = 0 or h.agency_name is not null or g.valid_until is null)`

// The heads who are asked: that of the innovation's agency, and that of the agency
// above if the region's settings require it.
const (
	ownHead = `
			select i.id, i.version, 0, i.agency_id, cast(null as text)
			from innovations i
			where i.region_id = $2`
	headAbove = `
			union all
			select i.id, i.version, 1, a.parent_id, cast(null as text)
			from innovations i
			join agency_settings s on s.region_id = i.region_id and s.parent_endorses
			join agencies a on a.region_id = i.region_id and a.id = i.agency_id and a.parent_id is not null
			where i.region_id = $2`
)

// closed selects the profile of an innovation that was stored when a period was closed;
// nothing while it is open. The heads are then those of the close.
const closed = `
			select c.innovation_id, c.version, c.agency_id, c.agency_name, c.above_id, c.above_name
			from closed_profiles c
			join periods p on p.region_id = c.region_id and p.id = c.period_id and p.state <> 'buka'
			where c.period_id = $1 and c.region_id = $2 and c.innovation_id = $3`

// headRow is an innovation with one of its heads.
type headRow struct {
	evidence.Progress
	head            evidence.Head
	answers, proofs string
}

func headFields(r *headRow) []any {
	e := &r.head.Endorsement
	return append(progressFields(&r.Progress),
		&r.head.AgencyID, &r.head.AgencyName, &r.head.Now.Profile, &r.answers, &r.proofs,
		&e.InnovationID, &e.PeriodID, &e.AgencyID, &e.AgencyName, &e.By, &e.Name, sqldb.ScanOptional(&e.Acting),
		sqldb.ScanTime(&e.At), &e.Of.Profile, &e.Of.Answers)
}

// gathered joins the rows of each innovation.
func gathered(rows []headRow) (list []evidence.Progress) {
	for _, r := range rows {
		r.head.Now = evidence.ContentOf(r.head.Now.Profile, append(strings.Fields(r.answers), strings.Fields(r.proofs)...))
		if n := len(list); n == 0 || list[n-1].InnovationID != r.InnovationID {
			list = append(list, r.Progress)
		}
		last := &list[len(list)-1]
		last.Heads = append(last.Heads, r.head)
	}
	return list
}

// ProgressOf implements evidence.Store.
func (s *Store) ProgressOf(ctx context.Context, innovationID, periodID string) (evidence.Progress, error) {
	rows, err := sqldb.List(ctx, s.DB, headFields, `
		with counted (id, answered, finished, detail) as (`+progress+`
			and i.id = $3
		),
		closed (innovation_id, version, agency_id, agency_name, above_id, above_name) as (`+closed+`
		),
		heads (innovation_id, version, step, agency_id, agency_name) as (`+ownHead+` and i.id = $3 and not exists (select 1 from closed)`+
		headAbove+` and i.id = $3 and not exists (select 1 from closed)
			union all
			select innovation_id, version, 0, agency_id, agency_name
			from closed
			union all
			select innovation_id, version, 1, above_id, above_name
			from closed
			where above_id is not null
		)`+headed+`
		order by h.step`,
		periodID, actor.From(ctx).Region, innovationID)
	if err != nil {
		return evidence.Progress{}, err
	}
	list := gathered(rows)
	if len(list) == 0 {
		return evidence.Progress{}, fault.New(fault.NotFound, "fault.not_found")
	}
	return list[0], nil
}

const allHeaded = `
		with counted (id, answered, finished, detail) as (` + progress + `
		),
		heads (innovation_id, version, step, agency_id, agency_name) as (` + ownHead + headAbove + `
		)` + headed

// Headed implements evidence.Store. The agencies are passed as one parameter.
func (s *Store) Headed(ctx context.Context, periodID string, agencies []string) ([]evidence.Progress, error) {
	text, err := listed(agencies)
	if err != nil {
		return nil, err
	}
	var rows []headRow
	if s.DB.Engine == sqldb.Postgres {
		rows, err = sqldb.List(ctx, s.DB, headFields, allHeaded+`
			and h.agency_id in (select jsonb_array_elements_text($3::jsonb))
		order by c.id, h.step`,
			periodID, actor.From(ctx).Region, text)
	} else {
		rows, err = sqldb.List(ctx, s.DB, headFields, allHeaded+`
			and h.agency_id in (select value from json_each($3))
		order by c.id, h.step`,
			periodID, actor.From(ctx).Region, text)
	}
	return gathered(rows), err
}

// Endorsed implements evidence.Store and innovation.Endorsements.
func (s *Store) Endorsed(ctx context.Context, innovationID, periodID string) (bool, error) {
	n, err := sqldb.One(ctx, s.DB, sqldb.Self[int], `
		select count(*)
		from endorsements
		where region_id = $1 and innovation_id = $2 and period_id = $3`,
		actor.From(ctx).Region, innovationID, periodID)
	return n > 0, err
}

// EndorsedAmong implements evidence.Store and innovation.Endorsements. The ids are passed
// as one parameter.
func (s *Store) EndorsedAmong(ctx context.Context, ids []string, periodID string) ([]innovation.Innovation, error) {
	fields := func(i *innovation.Innovation) []any { return []any{&i.ID, &i.AgencyID, &i.Name} }
	text, err := listed(ids)
	if err != nil {
		return nil, err
	}
	if s.DB.Engine == sqldb.Postgres {
		return sqldb.List(ctx, s.DB, fields, endorsedAmong+`
			and i.id in (select jsonb_array_elements_text($3::jsonb))
		order by i.id`,
			actor.From(ctx).Region, periodID, text)
	}
	return sqldb.List(ctx, s.DB, fields, endorsedAmong+`
			and i.id in (select value from json_each($3))
		order by i.id`,
		actor.From(ctx).Region, periodID, text)
}

const endorsedAmong = `
		select i.id, i.agency_id, i.name
		from innovations i
		where i.region_id = $1
			and exists (select 1 from endorsements e where e.region_id = i.region_id and e.innovation_id = i.id and e.period_id = $2)`

// Endorse implements evidence.Store.
func (s *Store) Endorse(ctx context.Context, e evidence.Endorsement) error {
	_, err := s.DB.Exec(ctx, `
		insert into endorsements (
			region_id, innovation_id, period_id, agency_id, agency_name, endorsed_by, name, acting,
			profile_version, answers_sha256, endorsed_at
		)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		on conflict (region_id, innovation_id, period_id, agency_id) do update set
			agency_name     = excluded.agency_name,
			endorsed_by     = excluded.endorsed_by,
			name            = excluded.name,
			acting          = excluded.acting,
			profile_version = excluded.profile_version,
			answers_sha256  = excluded.answers_sha256,
			endorsed_at     = excluded.endorsed_at`,
		actor.From(ctx).Region, e.InnovationID, e.PeriodID, e.AgencyID, e.AgencyName, e.By, e.Name, sqldb.Optional(string(e.Acting)),
		e.Of.Profile, e.Of.Answers, sqldb.Time(e.At))
	return err
}

// EndEndorsement implements evidence.Store.
func (s *Store) EndEndorsement(ctx context.Context, innovationID, periodID, agencyID string) error {
	n, err := s.DB.Exec(ctx, `
		delete from endorsements
		where region_id = $1 and innovation_id = $2 and period_id = $3 and agency_id = $4`,
		actor.From(ctx).Region, innovationID, periodID, agencyID)
	if err == nil && n == 0 {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return err
}
