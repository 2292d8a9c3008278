package regionsql_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/region"
	"siida.id/internal/region/regionsql"
)

func TestStore(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s, ctx := &regionsql.Store{DB: db}, t.Context()
		want := []region.Region{
			{Code: "18", Name: "Provinsi Lampung", Zone: "Asia/Jakarta", Quota: 50 << 30, Motif: region.Tapis},
			{Code: "18.01", Name: "Kabupaten Lampung Selatan", Zone: "Asia/Jakarta"},
			{Code: "99.01", Name: "Kabupaten Contoh", URL: "http://contoh.example.id:8080", Zone: "Asia/Jayapura", Sample: true},
		}
		for i := range want {
			r := want[len(want)-1-i]
			if err := s.Add(ctx, r); err != nil {
				t.Fatal(err)
			}
			if err := s.Add(ctx, r); fault.KindOf(err) != fault.Conflict {
				t.Errorf("%s twice = %v, want Conflict", r.Code, err)
			}
			if i == 0 {
				if got, err := s.ByHost(ctx, "other"); err != nil || got != r {
					t.Errorf("the only region = %+v, %v; want %+v", got, err, r)
				}
			}
		}
		got, err := s.All(ctx)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
		if got, err := s.ByHost(ctx, "contoh.example.id"); err != nil || got.Code != "99.01" {
			t.Errorf("ByHost = %+v, %v", got, err)
		}
		if got, err := s.ByCode(ctx, "99.01"); err != nil || got != want[2] {
			t.Errorf("ByCode = %+v, %v", got, err)
		}
		if got, err := s.ByCode(ctx, "18.99"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("ByCode of none = %+v, %v", got, err)
		}
		moved := region.Region{Code: "18", Name: "Provinsi Lampung", URL: "https://lampung.example.id", Zone: "Asia/Makassar"}
		if err := s.Set(ctx, moved); err != nil {
			t.Fatal(err)
		}
		if got, err := s.ByHost(ctx, "lampung.example.id"); err != nil || got != moved {
			t.Errorf("with the address set: %+v, %v", got, err)
		}
		moved.URL = "https://contoh.example.id"
		if err := s.Set(ctx, moved); fault.KindOf(err) != fault.Conflict {
			t.Errorf("the host of another = %v, want Conflict", err)
		}
		if err := s.Set(ctx, region.Region{Code: "18.99"}); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a region that is not there = %v, want NotFound", err)
		}
		for name, lock := range map[string]func(context.Context, string) (region.Region, error){"LockShared": s.LockShared, "Lock": s.Lock} {
			for code, want := range map[string]fault.Kind{"18": fault.Internal, "18.99": fault.NotFound} {
				var got region.Region
				err := db.InTx(ctx, func(ctx context.Context) (err error) { got, err = lock(ctx, code); return err })
				if fault.KindOf(err) != want || (err == nil) != (code == "18") || err == nil && (got.Code != code || got.Zone != "Asia/Makassar") {
					t.Errorf("%s of %s = %+v, %v", name, code, got, err)
				}
			}
		}
		for _, host := range []string{"", "other"} {
			if got, err := s.ByHost(ctx, host); fault.KindOf(err) != fault.NotFound {
				t.Errorf("ByHost(%q) = %+v, %v; want NotFound", host, got, err)
			}
		}
	})
}
