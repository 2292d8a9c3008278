package backupsql_test

import (
	"context"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/backup"
	"siida.id/internal/backup/backupsql"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/migrations"
)

// What is added is read again; the ends of logs and the files are those of all regions.
func TestStore(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s := &backupsql.Store{DB: db, Migrations: migrations.Files}
		tables, err := s.Tables(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		file := func(region, id string, sha256 any) []any {
			return []any{region, id, "test", "a.txt", nil, int64(1), sha256, "checked", nil, "x", "2026-01-02T03:04:05.000Z", "2026-01-02T03:04:05.000Z"}
		}
		added := map[string][][]any{
			"files":       {file("1", "a", "ff"), file("1", "b", nil), file("1", "c", "ff"), file("2", "a", "ff"), file("2", "b", "ee")},
			"event_heads": {{"1", int64(7), "x"}, {"2", int64(1), "y"}},
		}
		err = s.InTx(t.Context(), func(ctx context.Context) error {
			for name, rows := range added {
				one := tables[slices.IndexFunc(tables, func(t backup.Table) bool { return t.Name == name })]
				if used, err := s.Any(ctx, one); used || err != nil {
					t.Errorf("%s has rows, %v", name, err)
				}
				if err := s.Add(ctx, one, rows); err != nil {
					return err
				}
				var got [][]any
				err := s.Each(ctx, one, func(row []any) error {
					got = append(got, slices.Clone(row))
					return nil
				})
				if err != nil {
					return err
				}
				if diff := cmp.Diff(rows, got); diff != "" {
					t.Error(diff)
				}
				if used, err := s.Any(ctx, one); !used || err != nil {
					t.Errorf("%s has no rows, %v", name, err)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		var logs []backup.LogEnd
		err = s.Snapshot(t.Context(), func(ctx context.Context) (err error) {
			logs, err = s.LogEnds(ctx)
			return err
		})
		if diff := cmp.Diff([]backup.LogEnd{{Region: "1", Seq: 7, Hash: "x"}, {Region: "2", Seq: 1, Hash: "y"}}, logs); diff != "" || err != nil {
			t.Error(diff, err)
		}
		files, err := s.Files(t.Context())
		if diff := cmp.Diff([]backup.File{{Region: "1", SHA256: "ff"}, {Region: "2", SHA256: "ee"}, {Region: "2", SHA256: "ff"}}, files); diff != "" || err != nil {
			t.Error(diff, err)
		}
		if version, err := s.Schema(t.Context()); version == 0 || err != nil {
			t.Errorf("schema %d, %v", version, err)
		}
		if size, err := s.Size(t.Context()); size < 100_000 || err != nil {
			t.Errorf("%d bytes, %v", size, err)
		}
		s.Migrations = fstest.MapFS{}
		if version, err := s.Schema(t.Context()); err == nil {
			t.Errorf("schema %d is not the program's", version)
		}
	})
}
