package job

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"siida.id/internal/infra/sqldb"
)

// Unfinished is a job that is not done, also one that is parked.
type Unfinished struct {
	Kind, Region, Key string
	Args              json.RawMessage // the same text for the same arguments on both engines
}

// Unfinished returns the jobs that are not done, in the order in which they were
// inserted.
func (q *Queue) Unfinished(ctx context.Context) (list []Unfinished, err error) {
	type row struct{ kind, args string }
	fields := func(r *row) []any { return []any{&r.kind, &r.args} }
	var rows []row
	if q.db.Engine == sqldb.Postgres {
		rows, err = sqldb.List(ctx, q.db, fields, `
			select kind, args::text
			from river_job
			where state not in ('completed', 'cancelled')
			order by id`)
	} else {
		rows, err = sqldb.List(ctx, q.db, fields, `
			select kind, json(args)
			from river_job
			where state not in ('completed', 'cancelled')
			order by id`)
	}
	if err != nil {
		return nil, fmt.Errorf("unfinished jobs: %w", err)
	}
	for _, r := range rows {
		var a arguments
		err := json.Unmarshal([]byte(r.args), &a)
		if err == nil {
			a.Args, err = canonical(a.Args)
		}
		if err != nil {
			return nil, fmt.Errorf("arguments of a job %s: %w", r.kind, err)
		}
		list = append(list, Unfinished{Kind: r.kind, Region: a.Region, Key: a.Key, Args: a.Args})
	}
	return list, nil
}

// canonical orders the keys of objects, in which PostgreSQL and River differ.
func canonical(text json.RawMessage) (json.RawMessage, error) {
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		return nil, err
	}
	return json.Marshal(v)
}

// Restore inserts a job that another queue had not done, with all its tries to come. It
// does nothing for a kind that the program does not have, which it could not work.
func (q *Queue) Restore(ctx context.Context, u Unfinished) error {
	if !slices.ContainsFunc(q.kinds, func(k Kind) bool { return k.name == u.Kind }) {
		return nil
	}
	return q.insert(ctx, u.Kind, Run{Region: u.Region, Key: u.Key, Args: u.Args})
}
