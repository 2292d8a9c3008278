package agencysql_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/agency"
	"siida.id/internal/agency/agencysql"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
)

func TestAgencies(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s := &agencysql.Store{DB: db}
		home := actor.With(t.Context(), actor.Actor{Region: "18.01"})
		away := actor.With(t.Context(), actor.Actor{Region: "18.02"})
		list := []agency.Agency{
			{ID: "a1", Name: "Dinas Kesehatan", Kind: "dinas", Version: 1},
			{ID: "a2", Name: "dinas Sosial", Kind: "dinas", Version: 1},
			{ID: "a3", Name: "Badan Riset", Kind: "badan", Version: 1},
		}
		for _, a := range list {
			if err := s.Add(home, a); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Add(home, agency.Agency{ID: "a4", Name: "DINAS SOSIAL", Kind: "badan"}); fault.KindOf(err) != fault.Conflict {
			t.Errorf("the same name in capitals = %v, want Conflict", err)
		}
		if err := s.Add(away, list[0]); err != nil {
			t.Errorf("the same agency in another region: %v", err)
		}
		got, err := s.All(home)
		if diff := cmp.Diff([]agency.Agency{list[2], list[0], list[1]}, got); err != nil || diff != "" {
			t.Errorf("All: %v %s", err, diff)
		}
		if got, err := s.ByID(home, "a2"); err != nil || got != list[1] {
			t.Errorf("ByID = %v, %v", got, err)
		}
		if _, err := s.ByID(away, "a2"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("from another region: %v, want NotFound", err)
		}
	})
}

func TestSaveAndLock(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s := &agencysql.Store{DB: db}
		home := actor.With(t.Context(), actor.Actor{Region: "18.01"})
		away := actor.With(t.Context(), actor.Actor{Region: "18.02"})
		a := agency.Agency{ID: "a1", Name: "Dinas Élan", Kind: "dinas", Version: 1}
		for _, ctx := range []context.Context{home, away} {
			if err := s.Add(ctx, a); err != nil {
				t.Fatal(err)
			}
		}
		ended := agency.Agency{ID: "a1", Name: "Dinas ÉLAN", Kind: "badan", Parent: "a2", From: "2020-01-02", Until: "2026-03-01", Version: 2}
		err := db.InTx(home, func(ctx context.Context) error {
			if err := s.LockAll(ctx); err != nil {
				return err
			}
			for _, lock := range []func(context.Context, string) (agency.Agency, error){s.Lock, s.LockShared} {
				if got, err := lock(ctx, "a1"); err != nil || got != a {
					t.Errorf("locked %+v, %v", got, err)
				}
				if _, err := lock(ctx, "a9"); fault.KindOf(err) != fault.NotFound {
					t.Errorf("locked one that is not there: %v, want NotFound", err)
				}
			}
			return s.Save(ctx, ended)
		})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := s.ByID(home, "a1"); err != nil || got != ended {
			t.Errorf("saved %+v, %v", got, err)
		}
		if got, err := s.ByID(away, "a1"); err != nil || got != a {
			t.Errorf("the one of another region: %+v, %v", got, err)
		}
		if err := s.Add(home, agency.Agency{ID: "a3", Name: "dinas élan", Kind: "dinas"}); err != nil {
			t.Errorf("the name of one that has ended: %v", err)
		}
		if err := s.Save(home, a); fault.KindOf(err) != fault.Conflict {
			t.Errorf("back to life under a name that is taken = %v, want Conflict", err)
		}
		if err := s.Save(home, agency.Agency{ID: "a9", Name: "X"}); fault.KindOf(err) != fault.NotFound {
			t.Errorf("one that is not there = %v, want NotFound", err)
		}
	})
}

func TestActs(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s := &agencysql.Store{DB: db}
		home := actor.With(t.Context(), actor.Actor{Region: "18.01"})
		away := actor.With(t.Context(), actor.Actor{Region: "18.02"})
		by := agency.Decree{Number: "800/1", Signed: "2026-01-02"}
		first := agency.Act{ID: "x1", Move: agency.Rename, On: "2026-02-01", Decree: by, From: "a1", To: "a1", FromName: "A", ToName: "B"}
		second := agency.Act{ID: "x2", Move: agency.Rename, On: "2026-03-01", Decree: by, From: "a1", To: "a1", FromName: "B", ToName: "C"}
		merged := agency.Act{ID: "x3", Move: agency.Merge, On: "2026-04-01", Decree: by, From: "a1", To: "a2", FromName: "C", ToName: "D"}
		for _, a := range []agency.Act{second, merged, first} {
			if err := s.Record(home, a); err != nil {
				t.Fatal(err)
			}
		}
		for id, want := range map[string][]agency.Act{"a1": {merged, second, first}, "a2": {merged}, "a3": nil} {
			got, err := s.Acts(home, id)
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Errorf("Acts of %s: %v %s", id, err, diff)
			}
		}
		got, err := s.Renames(home)
		if diff := cmp.Diff([]agency.Act{first, second}, got); err != nil || diff != "" {
			t.Errorf("Renames: %v %s", err, diff)
		}
		for name, list := range map[string]func() ([]agency.Act, error){
			"Acts": func() ([]agency.Act, error) { return s.Acts(away, "a1") }, "Renames": func() ([]agency.Act, error) { return s.Renames(away) },
		} {
			if got, err := list(); err != nil || len(got) != 0 {
				t.Errorf("%s of another region: %v, %v", name, got, err)
			}
		}
	})
}

func TestKindsAndSettings(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s := &agencysql.Store{DB: db}
		home := actor.With(t.Context(), actor.Actor{Region: "18.01"})
		away := actor.With(t.Context(), actor.Actor{Region: "18.02"})
		for _, err := range []error{
			s.AddKind(home, "museum", "Museum"), s.AddKind(home, "balai", "Balai"), s.AddKind(away, "museum", "Museum"),
			s.SaveSettings(home, agency.Settings{}), s.SaveSettings(home, agency.Settings{ParentEndorses: true}),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := s.AddKind(home, "museum", "Lain"); fault.KindOf(err) != fault.Conflict {
			t.Errorf("the same id = %v, want Conflict", err)
		}
		got, err := s.Kinds(home)
		want := []agency.LabelledKind{{ID: "balai", Label: map[string]string{"id": "Balai"}}, {ID: "museum", Label: map[string]string{"id": "Museum"}}}
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("Kinds: %v %s", err, diff)
		}
		for ctx, want := range map[context.Context]bool{home: true, away: false} {
			if got, err := s.Settings(ctx); err != nil || got.ParentEndorses != want {
				t.Errorf("Settings = %v, %v", got, err)
			}
		}
	})
}
