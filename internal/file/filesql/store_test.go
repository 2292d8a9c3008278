package filesql_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/file"
	"siida.id/internal/file/filesql"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/region"
	"siida.id/internal/region/regionsql"
)

var at = time.Date(2026, 3, 2, 8, 30, 0, 123_000_000, time.UTC)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func refused(t *testing.T, what string, err error, want fault.Kind) {
	t.Helper()
	if err == nil || fault.KindOf(err) != want {
		t.Errorf("%s = %v, want kind %d", what, err, want)
	}
}

func each(t *testing.T, fn func(t *testing.T, s *filesql.Records, home, away context.Context)) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		fn(t, &filesql.Records{DB: db},
			actor.With(t.Context(), actor.Actor{Region: "18.01"}), actor.With(t.Context(), actor.Actor{Region: "18.02"}))
	})
}

func arriving(id string) file.Record {
	return file.Record{ID: id, Purpose: "letter", Name: id + ".pdf", Size: 100, State: file.Receiving, ReceivedBy: "p1", ReceivedAt: at}
}

func add(t *testing.T, s *filesql.Records, ctx context.Context, r file.Record) {
	t.Helper()
	_, err := added(s, ctx, r)
	must(t, err)
}

// added adds a file in a transaction, and returns the quota.
func added(s *filesql.Records, ctx context.Context, r file.Record) (quota int64, err error) {
	err = s.DB.InTx(ctx, func(ctx context.Context) error { quota, err = s.Add(ctx, r); return err })
	return quota, err
}

// stored adds a checked file.
func stored(t *testing.T, s *filesql.Records, ctx context.Context, id, sum string, moment time.Time) file.Record {
	t.Helper()
	r := arriving(id)
	add(t, s, ctx, r)
	r.Size, r.Media, r.SHA256, r.State = 1<<40, "application/pdf", sum, file.Checked
	must(t, s.Save(ctx, r, moment))
	return r
}

func TestRecords(t *testing.T) {
	each(t, func(t *testing.T, s *filesql.Records, home, away context.Context) {
		regions := &regionsql.Store{DB: s.DB}
		must(t, regions.Add(home, region.Region{Code: "18.01", Name: "Satu", Quota: 1 << 41}))
		must(t, regions.Add(home, region.Region{Code: "18.02", Name: "Dua"}))
		if quota, err := added(s, home, arriving("f1")); err != nil || quota != 1<<41 {
			t.Errorf("quota %d, %v", quota, err)
		}
		if quota, err := added(s, away, arriving("f1")); err != nil || quota != 0 {
			t.Errorf("without one: quota %d, %v", quota, err)
		}
		_, err := added(s, home, arriving("f1"))
		refused(t, "the same again", err, fault.Conflict)
		got, err := s.ByID(home, "f1")
		if diff := cmp.Diff(arriving("f1"), got); err != nil || diff != "" {
			t.Errorf("arriving: %v %s", err, diff)
		}
		if all, err := s.All(home); err != nil || len(all) != 0 {
			t.Errorf("its bytes are stored: %v, %v", all, err)
		}
		checked := stored(t, s, home, "f2", "aa", at)
		all, err := s.All(home)
		if diff := cmp.Diff([]file.Record{checked}, all); err != nil || diff != "" {
			t.Errorf("all: %v %s", err, diff)
		}
		if used, err := s.Used(home); err != nil || used != 1<<40+100 {
			t.Errorf("used %d, %v", used, err)
		}
		broken := arriving("f1")
		broken.Size, broken.State, broken.Reason = 0, file.Refused, "file.empty"
		must(t, s.Save(home, broken, at))
		got, err = s.ByID(home, "f1")
		if diff := cmp.Diff(broken, got); err != nil || diff != "" {
			t.Errorf("refused: %v %s", err, diff)
		}
		refused(t, "saving what is refused", s.Save(home, broken, at), fault.NotFound)
		refused(t, "saving what is checked", s.Save(home, checked, at), fault.NotFound)
		refused(t, "saving what is not there", s.Save(away, checked, at), fault.NotFound)
		_, err = s.ByID(away, "f2")
		refused(t, "one of another region", err, fault.NotFound)
		for name, has := range map[string]bool{"aa": true, "bb": false} {
			if got, err := s.HasBytes(home, name); err != nil || got != has {
				t.Errorf("has %s: %v, %v", name, got, err)
			}
		}
		if got, err := s.HasBytes(away, "aa"); err != nil || got {
			t.Errorf("another region has the bytes: %v, %v", got, err)
		}
	})
}

func TestUses(t *testing.T) {
	each(t, func(t *testing.T, s *filesql.Records, home, away context.Context) {
		add(t, s, home, arriving("f1"))
		stored(t, s, home, "f2", "aa", at)
		use := file.Use{FileID: "f2", Kind: "letter", RefID: "1"}
		refused(t, "using one that arrives", s.Use(home, file.Use{FileID: "f1", Kind: "letter", RefID: "1"}, at), fault.NotFound)
		refused(t, "using one of another region", s.Use(away, use, at), fault.NotFound)
		must(t, s.Use(home, use, at))
		must(t, s.Use(home, use, at))
		refused(t, "ending it in another region", s.EndUse(away, use, at), fault.NotFound)
		must(t, s.EndUse(home, use, at))
		refused(t, "ending it again", s.EndUse(home, use, at), fault.NotFound)
	})
}

func TestUnused(t *testing.T) {
	each(t, func(t *testing.T, s *filesql.Records, home, away context.Context) {
		unused := func(before time.Time, last string, limit int, want ...string) {
			t.Helper()
			list, err := s.Unused(home, before, last, limit)
			var got []string
			for _, r := range list {
				got = append(got, r.ID)
			}
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("before %v: %v, %v, want %v", before, got, err, want)
			}
		}
		add(t, s, home, arriving("f1"))
		second := stored(t, s, home, "f2", "aa", at)
		stored(t, s, home, "f3", "bb", at.Add(time.Hour))
		stored(t, s, away, "f2", "aa", at)
		use := file.Use{FileID: "f3", Kind: "letter", RefID: "1"}
		must(t, s.Use(home, use, at))
		unused(at, "", 10)
		later := at.Add(time.Millisecond)
		unused(later, "", 10, "f1", "f2")
		unused(later, "", 1, "f1")
		unused(later, "f1", 10, "f2")
		if list, err := s.Unused(home, later, "f1", 1); err != nil || !cmp.Equal(list, []file.Record{second}) {
			t.Errorf("%+v, %v", list, err)
		}
		refused(t, "deleting one that is young", s.DeleteUnused(home, "f1", at), fault.NotFound)
		must(t, s.DeleteUnused(home, "f1", later))
		refused(t, "deleting it again", s.DeleteUnused(home, "f1", later), fault.NotFound)
		unused(at.Add(48*time.Hour), "", 10, "f2")
		refused(t, "deleting one in use", s.DeleteUnused(home, "f3", at.Add(48*time.Hour)), fault.NotFound)
		must(t, s.EndUse(home, use, at.Add(2*time.Hour)))
		refused(t, "deleting one that was just used", s.DeleteUnused(home, "f3", at.Add(2*time.Hour)), fault.NotFound)
		unused(at.Add(2*time.Hour), "", 10, "f2")
		unused(at.Add(2*time.Hour+time.Millisecond), "", 10, "f2", "f3")
		must(t, s.DeleteUnused(home, "f3", at.Add(2*time.Hour+time.Millisecond)))
		must(t, s.DeleteUnused(home, "f2", later))
		for _, id := range []string{"f1", "f2", "f3"} {
			_, err := s.ByID(home, id)
			refused(t, id, err, fault.NotFound)
		}
		if _, err := s.ByID(away, "f2"); err != nil {
			t.Errorf("that of another region: %v", err)
		}
	})
}

func TestFindings(t *testing.T) {
	each(t, func(t *testing.T, s *filesql.Records, home, away context.Context) {
		uninspected := func(what, last string, limit, count int, want ...string) {
			t.Helper()
			list, err := s.Uninspected(home, last, limit)
			var got []string
			for _, r := range list {
				got = append(got, r.ID)
			}
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Errorf("%s: %v %s", what, err, diff)
			}
			if n, err := s.CountUninspected(home); n != count || err != nil {
				t.Errorf("%s: counted %d, %v, want %d", what, n, err, count)
			}
		}
		files := map[string]file.Record{}
		for _, id := range []string{"f1", "f2", "f3"} {
			r := arriving(id)
			add(t, s, home, r)
			r.Media, r.SHA256, r.State = "application/pdf", "aa"+id, file.Stored
			must(t, s.Save(home, r, at))
			files[id] = r
		}
		add(t, s, home, arriving("f4"))
		stored(t, s, home, "f5", "bb", at)
		uninspected("all", "", 9, 3, "f1", "f2", "f3")
		uninspected("the first", "", 2, 3, "f1", "f2")
		uninspected("after that", "f2", 2, 3, "f3")

		found := func(id string, state file.State, reason string) file.Record {
			t.Helper()
			r := files[id]
			r.State, r.Reason = state, reason
			must(t, s.SaveFinding(home, r))
			got, err := s.ByID(home, id)
			if diff := cmp.Diff(r, got); err != nil || diff != "" {
				t.Errorf("%s: %v %s", id, err, diff)
			}
			return r
		}
		checked := found("f1", file.Checked, "")
		locked := found("f2", file.Unopenable, "file.locked")
		unclear := found("f3", file.Stored, "file.unclear")
		uninspected("after the findings", "", 9, 1)
		if all, err := s.All(home); err != nil || len(all) != 4 {
			t.Errorf("%d have bytes, %v", len(all), err)
		}
		for _, r := range []file.Record{checked, locked} {
			refused(t, "another finding", s.SaveFinding(home, r), fault.NotFound)
		}
		refused(t, "of another region", s.SaveFinding(away, unclear), fault.NotFound)
		use := func(id string) error {
			return s.Use(home, file.Use{FileID: id, Kind: "letter", RefID: "1"}, at)
		}
		must(t, use("f1"))
		must(t, use("f3"))
		refused(t, "using what cannot be opened", use("f2"), fault.NotFound)
	})
}
