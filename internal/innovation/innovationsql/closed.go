package innovationsql

import (
	"context"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/innovation"
)

// copied are the columns that closed_profiles has from innovations, copiedFrom the same
// of a row i.
const (
	copied = `agency_id, name, affair, tried_on, applied_on, developed_on, design, initiator, initiator_name, class,
	kind, shape, other_affairs, themes, latitude, longitude, law, problem, issue_global, issue_national,
	issue_local, method, novelty, aim, benefit, result, rights, awards, programme, activity,
	sub_activity, goals, development, earlier_id, state, state_note, created_at, changed_at, version`
	copiedFrom = `i.agency_id, i.name, i.affair, i.tried_on, i.applied_on, i.developed_on, i.design, i.initiator, i.initiator_name, i.class,
	i.kind, i.shape, i.other_affairs, i.themes, i.latitude, i.longitude, i.law, i.problem, i.issue_global, i.issue_national,
	i.issue_local, i.method, i.novelty, i.aim, i.benefit, i.result, i.rights, i.awards, i.programme, i.activity,
	i.sub_activity, i.goals, i.development, i.earlier_id, i.state, i.state_note, i.created_at, i.changed_at, i.version`
)

// SaveClosed implements innovation.ClosedStore. One statement copies all profiles.
func (s *Store) SaveClosed(ctx context.Context, periodID string, at time.Time) error {
	region := actor.From(ctx).Region
	if _, err := s.DB.Exec(ctx, `
		delete from closed_profiles
		where region_id = $1 and period_id = $2`,
		region, periodID); err != nil {
		return err
	}
	_, err := s.DB.Exec(ctx, `
		insert into closed_profiles (
			region_id, period_id, innovation_id, closed_at, agency_name, above_id, above_name, earlier_name, decree,
			`+copied+`
		)
		select i.region_id, $2, i.id, $3, a.name, g.id, g.name,
			(select e.name from innovations e where e.region_id = i.region_id and e.id = i.earlier_id),
			(
				select min(d.day || ' ' || d.number)
				from decree_innovations n
				join decrees d on d.region_id = n.region_id and d.id = n.decree_id
				where n.region_id = i.region_id and n.innovation_id = i.id and substr(d.day, 1, 4) = substr(i.applied_on, 1, 4)
			),
			`+copiedFrom+`
		from innovations i
		join agencies a on a.region_id = i.region_id and a.id = i.agency_id
		left join agency_settings s on s.region_id = i.region_id and s.parent_endorses
		left join agencies g on g.region_id = s.region_id and g.id = a.parent_id and g.valid_until is null
		where i.region_id = $1`,
		region, periodID, sqldb.Time(at))
	return err
}

// closedFields are fields without what only a current profile has: the decrees to choose
// from, and whether it is a third report.
func closedFields(c *innovation.ClosedProfile) []any {
	i := &c.Innovation
	return []any{
		sqldb.ScanTime(&c.ClosedAt),
		&i.ID, &i.AgencyID, &i.AgencyName, &i.Name, sqldb.ScanOptional(&i.Affair), sqldb.ScanOptional(&i.TriedOn),
		sqldb.ScanOptional(&i.AppliedOn), sqldb.ScanOptional(&i.DevelopedOn),
		sqldb.ScanOptional(&i.Initiator), sqldb.ScanOptional(&i.Class), sqldb.ScanOptional(&i.Kind), sqldb.ScanOptional(&i.Shape),
		lines{&i.Themes, "\n"},
		sqldb.ScanOptional(&i.EarlierID), sqldb.ScanOptional(&i.State),
		sqldb.ScanTime(&i.CreatedAt), sqldb.ScanTime(&i.ChangedAt), &i.Version,
		decree{i},
		sqldb.ScanOptional(&i.EarlierName),
	}
}

// ClosedByID implements innovation.ClosedStore.
func (s *Store) ClosedByID(ctx context.Context, periodID, id string) (innovation.ClosedProfile, error) {
	fields := func(c *innovation.ClosedProfile) []any { return append(closedFields(c), textFields(&c.Innovation)...) }
	return sqldb.One(ctx, s.DB, fields, `
		select i.closed_at, i.innovation_id, i.agency_id, i.agency_name, i.name, i.affair, i.tried_on, i.applied_on, i.developed_on,
			i.initiator, i.class, i.kind, i.shape, i.themes, i.earlier_id, i.state, i.created_at, i.changed_at, i.version,
			i.decree, i.earlier_name, `+texts+`
		from closed_profiles i
		where i.region_id = $1 and i.period_id = $2 and i.innovation_id = $3`,
		actor.From(ctx).Region, periodID, id)
}

// ChangedSince implements innovation.ClosedStore. A profile that was not stored has changed
// if it was there at the close and was saved later.
func (s *Store) ChangedSince(ctx context.Context, periodID string, at time.Time) (int, error) {
	return sqldb.One(ctx, s.DB, sqldb.Self[int], `
		select count(*)
		from innovations i
		left join closed_profiles c on c.region_id = i.region_id and c.period_id = $2 and c.innovation_id = i.id
		where i.region_id = $1
			and case when c.innovation_id is null then i.created_at <= $3 and i.changed_at > $3 else i.version <> c.version end`,
		actor.From(ctx).Region, periodID, sqldb.Time(at))
}
