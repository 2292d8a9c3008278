package world

import (
	"strconv"
	"testing"

	"siida.id/internal/base/actor"
	"siida.id/internal/infra/sqldb"
)

// ParkedJob parks a job of a region, or of the installation if code is empty, for
// that reason, and returns its id.
func (w *Regions) ParkedJob(tb testing.TB, code, kind, reason string) string {
	tb.Helper()
	ctx := actor.With(tb.Context(), actor.Actor{Region: code})
	Must(tb, w.Jobs.Insert(ctx, kind, "", map[string]string{"day": "2026-01-02"}))
	id, err := sqldb.One(ctx, w.DB, sqldb.Self[int64], `select max(id) from river_job`)
	Must(tb, err)
	failed := `{"at":"2026-01-02T03:04:05Z","attempt":5,"error":` + strconv.Quote(reason) + `,"trace":""}`
	if w.DB.Engine == sqldb.SQLite {
		//nolint:misspell // a column of another's
		_, err = w.DB.Exec(ctx, `
			update river_job
			set state = 'discarded', attempt = 5, finalized_at = '2026-01-02 03:04:05.678', errors = jsonb('[' || $1 || ']')
			where id = $2`, failed, id)
	} else {
		//nolint:misspell // a column of another's
		_, err = w.DB.Exec(ctx, `
			update river_job
			set state = 'discarded', attempt = 5, finalized_at = '2026-01-02 03:04:05.678Z', errors = array[cast($1 as jsonb)]
			where id = $2`, failed, id)
	}
	Must(tb, err)
	return strconv.FormatInt(id, 10)
}
