// Package innovationsql implements innovation.Store in SQL. Every statement runs on
// both engines.
package innovationsql

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/innovation"
)

var _ innovation.Store = (*Store)(nil)

// Store implements innovation.Store.
type Store struct{ DB *sqldb.DB }

// columns are the columns of a list. The decree is the first of the cohort, by day
// and number; the last column says whether the innovation that it continues is a
// continuation itself.
const columns = `i.id, i.agency_id, a.name, i.name, i.affair, i.tried_on, i.applied_on, i.developed_on, i.initiator, i.class, i.kind, i.shape,
	i.themes, i.earlier_id, i.state, i.created_at, i.changed_at, i.version,
	coalesce((
		select string_agg(n.decree_id, ' ' order by n.decree_id)
		from decree_innovations n
		where n.region_id = i.region_id and n.innovation_id = i.id
	), ''),
	coalesce((
		select min(d.day || ' ' || d.number)
		from decree_innovations n
		join decrees d on d.region_id = n.region_id and d.id = n.decree_id
		where n.region_id = i.region_id and n.innovation_id = i.id and substr(d.day, 1, 4) = substr(i.applied_on, 1, 4)
	), ''),
	coalesce((select e.name from innovations e where e.region_id = i.region_id and e.id = i.earlier_id), ''),
	exists (select 1 from innovations e where e.region_id = i.region_id and e.id = i.earlier_id and e.earlier_id is not null)`

func fields(i *innovation.Innovation) []any {
	return []any{
		&i.ID, &i.AgencyID, &i.AgencyName, &i.Name, sqldb.ScanOptional(&i.Affair), sqldb.ScanOptional(&i.TriedOn),
		sqldb.ScanOptional(&i.AppliedOn), sqldb.ScanOptional(&i.DevelopedOn),
		sqldb.ScanOptional(&i.Initiator), sqldb.ScanOptional(&i.Class), sqldb.ScanOptional(&i.Kind), sqldb.ScanOptional(&i.Shape),
		lines{&i.Themes, "\n"},
		sqldb.ScanOptional(&i.EarlierID), sqldb.ScanOptional(&i.State),
		sqldb.ScanTime(&i.CreatedAt), sqldb.ScanTime(&i.ChangedAt), &i.Version,
		lines{&i.DecreeIDs, " "},
		decree{i},
		&i.EarlierName, &i.ThirdReport,
	}
}

// texts are the columns read only for a single innovation.
const texts = `i.design, i.initiator_name, i.other_affairs, i.latitude, i.longitude, i.law, i.problem, i.issue_global, i.issue_national, i.issue_local,
	i.method, i.novelty, i.aim, i.benefit, i.result, i.rights, i.awards, i.programme, i.activity, i.sub_activity, i.goals, i.development, i.state_note`

func allFields(i *innovation.Innovation) []any { return append(fields(i), textFields(i)...) }

func textFields(i *innovation.Innovation) []any {
	return []any{
		sqldb.ScanOptional(&i.Design), sqldb.ScanOptional(&i.InitiatorName),
		lines{&i.OtherAffairs, "\n"},
		sqldb.ScanOptional(&i.Latitude),
		sqldb.ScanOptional(&i.Longitude), sqldb.ScanOptional(&i.Law), sqldb.ScanOptional(&i.Problem), sqldb.ScanOptional(&i.GlobalIssue),
		sqldb.ScanOptional(&i.NationalIssue), sqldb.ScanOptional(&i.LocalIssue),
		sqldb.ScanOptional(&i.Method), sqldb.ScanOptional(&i.Novelty), sqldb.ScanOptional(&i.Aim), sqldb.ScanOptional(&i.Benefit),
		sqldb.ScanOptional(&i.Result), sqldb.ScanOptional(&i.Rights), sqldb.ScanOptional(&i.Awards), sqldb.ScanOptional(&i.Programme),
		sqldb.ScanOptional(&i.Activity), sqldb.ScanOptional(&i.SubActivity), sqldb.ScanOptional(&i.Goals), sqldb.ScanOptional(&i.Development),
		sqldb.ScanOptional(&i.StateNote),
	}
}

// lines scans a text with one item a line, or with another separator.
type lines struct {
	to        *[]string
	separator string
}

// Scan implements sql.Scanner.
func (l lines) Scan(src any) error {
	var text sql.NullString
	if err := text.Scan(src); err != nil {
		return err
	}
	if *l.to = nil; text.String != "" {
		*l.to = strings.Split(text.String, l.separator)
	}
	return nil
}

// decree scans the decree of the cohort.
type decree struct{ to *innovation.Innovation }

// Scan implements sql.Scanner.
func (d decree) Scan(src any) error {
	var text sql.NullString
	if err := text.Scan(src); err != nil {
		return err
	}
	on, number, _ := strings.Cut(text.String, " ")
	d.to.DecreeDay, d.to.DecreeNumber = day.Day(on), number
	return nil
}

// List implements innovation.Store. The agencies are passed as one parameter, so that
// the statement does not depend on their number.
func (s *Store) List(ctx context.Context, scope innovation.Scope) ([]innovation.Innovation, error) {
	agencies, err := json.Marshal(append([]string{}, scope.Agencies...))
	if err != nil {
		return nil, fmt.Errorf("agencies: %w", err)
	}
	if s.DB.Engine == sqldb.Postgres {
		return sqldb.List(ctx, s.DB, fields, `
			select `+columns+`
			from innovations i
			join agencies a on a.region_id = i.region_id and a.id = i.agency_id
			where i.region_id = $1
				and ($2 or i.agency_id in (select jsonb_array_elements_text($3::jsonb)))
			order by i.sort_key, i.id`,
			actor.From(ctx).Region, scope.Region, string(agencies))
	}
	return sqldb.List(ctx, s.DB, fields, `
		select `+columns+`
		from innovations i
		join agencies a on a.region_id = i.region_id and a.id = i.agency_id
		where i.region_id = $1
			and ($2 or i.agency_id in (select value from json_each($3)))
		order by i.sort_key, i.id`,
		actor.From(ctx).Region, scope.Region, string(agencies))
}

// NamedBy implements innovation.Store.
func (s *Store) NamedBy(ctx context.Context, decreeID string) ([]innovation.Innovation, error) {
	return sqldb.List(ctx, s.DB, fields, `
		select `+columns+`
		from innovations i
		join agencies a on a.region_id = i.region_id and a.id = i.agency_id
		where i.region_id = $1
			and i.id in (
				select x.innovation_id
				from decree_innovations x
				where x.region_id = i.region_id and x.decree_id = $2
			)
		order by i.sort_key, i.id`,
		actor.From(ctx).Region, decreeID)
}

// Named implements innovation.Store. Names of signs alone all have the empty key, so
// that what is found is compared again.
func (s *Store) Named(ctx context.Context, agencyID, name string) ([]innovation.Innovation, error) {
	fields := func(i *innovation.Innovation) []any { return []any{&i.ID, &i.AgencyID, &i.AgencyName, &i.Name} }
	list, err := sqldb.List(ctx, s.DB, fields, `
		select i.id, i.agency_id, a.name, i.name
		from innovations i
		join agencies a on a.region_id = i.region_id and a.id = i.agency_id
		where i.region_id = $1 and i.agency_id = $2 and i.sort_key = $3
			and (i.state is null or i.state <> $4)
		order by i.created_at, i.id`,
		actor.From(ctx).Region, agencyID, text.SortKey(name), innovation.Archived)
	return slices.DeleteFunc(list, func(i innovation.Innovation) bool { return !text.SameName(i.Name, name) }), err
}

// ByID implements innovation.Store.
func (s *Store) ByID(ctx context.Context, id string) (innovation.Innovation, error) {
	return sqldb.One(ctx, s.DB, allFields, `
		select `+columns+`, `+texts+`
		from innovations i
		join agencies a on a.region_id = i.region_id and a.id = i.agency_id
		where i.region_id = $1 and i.id = $2`,
		actor.From(ctx).Region, id)
}

// Lock implements innovation.Store. It reads after it has the lock, so it sees what
// the previous holder of the lock wrote.
func (s *Store) Lock(ctx context.Context, id string) (innovation.Innovation, error) {
	if _, err := s.LockAccess(ctx, id); err != nil {
		return innovation.Innovation{}, err
	}
	return s.ByID(ctx, id)
}

// LockAccess implements innovation.Store. It reads only the locked row: columns of
// other tables in the statement could be older than the lock.
func (s *Store) LockAccess(ctx context.Context, id string) (innovation.Access, error) {
	fields := func(a *innovation.Access) []any { return []any{&a.ID, &a.AgencyID, sqldb.ScanOptional(&a.State)} }
	return sqldb.LockOne(ctx, s.DB, fields, `
		select id, agency_id, state
		from innovations
		where region_id = $1 and id = $2`,
		actor.From(ctx).Region, id)
}

// LockList implements innovation.Store. The ids are passed as one parameter, as in
// List.
func (s *Store) LockList(ctx context.Context, ids []string) ([]string, error) {
	wanted, err := json.Marshal(append([]string{}, ids...))
	if err != nil {
		return nil, fmt.Errorf("ids: %w", err)
	}
	if s.DB.Engine == sqldb.Postgres {
		return sqldb.LockList(ctx, s.DB, sqldb.Self[string], `
			select id
			from innovations
			where region_id = $1 and id in (select jsonb_array_elements_text($2::jsonb))
			order by id`,
			actor.From(ctx).Region, string(wanted))
	}
	return sqldb.LockList(ctx, s.DB, sqldb.Self[string], `
		select id
		from innovations
		where region_id = $1 and id in (select value from json_each($2))
		order by id`,
		actor.From(ctx).Region, string(wanted))
}

// Save implements innovation.Store. A first save has version zero and inserts; a
// later one updates the row with the version read, if there is one.
func (s *Store) Save(ctx context.Context, i innovation.Innovation) error {
	n, err := s.DB.Exec(ctx, `
		insert into innovations (
			region_id, id, agency_id, name, affair, tried_on, applied_on, developed_on, design,
			initiator, initiator_name, class, kind, shape, other_affairs, themes, latitude, longitude,
			law, problem, issue_global, issue_national, issue_local, method, novelty, aim, benefit, result,
			rights, awards, programme, activity, sub_activity, goals, development, earlier_id,
			state, state_note, created_at, changed_at, version, sort_key
		)
		values (
			$1, $2, $3, $4, $5, $6, $7, $8, $9,
			$10, $11, $12, $13, $14, $15, $16, $17, $18,
			$19, $20, $21, $22, $23, $24, $25, $26, $27, $28,
			$29, $30, $31, $32, $33, $34, $35, $36,
			$37, $38, $39, $40, $41 + 1, $42
		)
		on conflict (region_id, id) do update set
			agency_id      = excluded.agency_id,
			name           = excluded.name,
			sort_key       = excluded.sort_key,
			affair         = excluded.affair,
			tried_on       = excluded.tried_on,
			applied_on     = excluded.applied_on,
			developed_on   = excluded.developed_on,
			design         = excluded.design,
			initiator      = excluded.initiator,
			initiator_name = excluded.initiator_name,
			class          = excluded.class,
			kind           = excluded.kind,
			shape          = excluded.shape,
			other_affairs  = excluded.other_affairs,
			themes         = excluded.themes,
			latitude       = excluded.latitude,
			longitude      = excluded.longitude,
			law            = excluded.law,
			problem        = excluded.problem,
			issue_global   = excluded.issue_global,
			issue_national = excluded.issue_national,
			issue_local    = excluded.issue_local,
			method         = excluded.method,
			novelty        = excluded.novelty,
			aim            = excluded.aim,
			benefit        = excluded.benefit,
			result         = excluded.result,
			rights         = excluded.rights,
			awards         = excluded.awards,
			programme      = excluded.programme,
			activity       = excluded.activity,
			sub_activity   = excluded.sub_activity,
			goals          = excluded.goals,
			development    = excluded.development,
			earlier_id     = excluded.earlier_id,
			state          = excluded.state,
			state_note     = excluded.state_note,
			changed_at     = excluded.changed_at,
			version        = excluded.version
		where innovations.version = excluded.version - 1`,
		actor.From(ctx).Region, i.ID, i.AgencyID, i.Name, sqldb.Optional(i.Affair), sqldb.Optional(i.TriedOn), sqldb.Optional(i.AppliedOn),
		sqldb.Optional(i.DevelopedOn), sqldb.Optional(i.Design),
		sqldb.Optional(i.Initiator), sqldb.Optional(i.InitiatorName), sqldb.Optional(i.Class), sqldb.Optional(i.Kind),
		sqldb.Optional(i.Shape), sqldb.Optional(strings.Join(i.OtherAffairs, "\n")), sqldb.Optional(strings.Join(i.Themes, "\n")),
		sqldb.Optional(i.Latitude), sqldb.Optional(i.Longitude),
		sqldb.Optional(i.Law), sqldb.Optional(i.Problem), sqldb.Optional(i.GlobalIssue), sqldb.Optional(i.NationalIssue),
		sqldb.Optional(i.LocalIssue), sqldb.Optional(i.Method), sqldb.Optional(i.Novelty), sqldb.Optional(i.Aim),
		sqldb.Optional(i.Benefit), sqldb.Optional(i.Result),
		sqldb.Optional(i.Rights), sqldb.Optional(i.Awards), sqldb.Optional(i.Programme), sqldb.Optional(i.Activity),
		sqldb.Optional(i.SubActivity), sqldb.Optional(i.Goals), sqldb.Optional(i.Development), sqldb.Optional(i.EarlierID),
		sqldb.Optional(i.State), sqldb.Optional(i.StateNote), sqldb.Time(i.CreatedAt), sqldb.Time(i.ChangedAt), i.Version, text.SortKey(i.Name))
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.Moved("innovation.moved_on")
	}
	return s.SaveWords(ctx, i)
}

// SaveWords implements innovation.Store.
func (s *Store) SaveWords(ctx context.Context, i innovation.Innovation) error {
	_, err := s.DB.Exec(ctx, `
		insert into innovation_words (region_id, innovation_id, words)
		values ($1, $2, $3)
		on conflict (region_id, innovation_id) do update set
			words = excluded.words`,
		actor.From(ctx).Region, i.ID, i.SearchWords())
	return err
}

// Wordless implements innovation.Store. The migration has left a row without words for each.
func (s *Store) Wordless(ctx context.Context) ([]string, error) {
	return sqldb.List(ctx, s.DB, sqldb.Self[string], `
		select innovation_id
		from innovation_words
		where region_id = $1 and words is null
		order by innovation_id`,
		actor.From(ctx).Region)
}

// BumpVersion implements innovation.Store.
func (s *Store) BumpVersion(ctx context.Context, id string) error {
	_, err := s.DB.Exec(ctx, `
		update innovations
		set version = version + 1
		where region_id = $1 and id = $2`,
		actor.From(ctx).Region, id)
	return err
}
