package region_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/region"
	"siida.id/internal/region/regionsql"
)

var (
	selatan = region.Region{Code: "18.01", Name: "Kabupaten Lampung Selatan", Host: "selatan.example.id"}
	contoh  = region.Region{Code: "99.01", Name: "Kabupaten Contoh", Host: "contoh.example.id", Sample: true}
)

func TestByHost(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s := &region.Service{Store: &regionsql.Store{DB: db}}
		check := func(host, want string) {
			t.Helper()
			got, err := s.ByHost(t.Context(), host)
			if want == "" && (fault.KindOf(err) != fault.NotFound || fault.KeyOf(err) != "region.unknown_host") {
				t.Errorf("%q = %v, %v; want NotFound", host, got, err)
			}
			if want != "" && (err != nil || got.Code != want) {
				t.Errorf("%q = %v, %v; want %s", host, got, err, want)
			}
		}
		add := func(r region.Region) {
			t.Helper()
			if err := s.Add(t.Context(), r); err != nil {
				t.Fatal(err)
			}
		}
		check("anything", "")
		add(contoh)
		for _, host := range []string{"contoh.example.id", "127.0.0.1:8080", "[::1]:8080", "", "a b", "\x00\xff"} {
			check(host, "99.01")
		}
		add(selatan)
		add(region.Region{Code: "18", Name: "Provinsi Lampung"})
		for host, want := range map[string]string{
			"selatan.example.id": "18.01", "SELATAN.example.id:443": "18.01", "selatan.example.id.": "18.01",
			"contoh.example.id": "99.01", "example.id": "", "": "", ":80": "", "127.0.0.1": "", "\x00": "",
		} {
			check(host, want)
		}
		list, err := s.All(t.Context())
		if diff := cmp.Diff([]region.Region{{Code: "18", Name: "Provinsi Lampung"}, selatan, contoh}, list); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
	})
}

func TestAddRefuses(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		store := &regionsql.Store{DB: db}
		s := &region.Service{Store: store}
		if err := s.Add(t.Context(), selatan); err != nil {
			t.Fatal(err)
		}
		for want, r := range map[string]region.Region{
			"code=region.code_form":    {Code: "18.1", Name: "A"},
			"name=region.name_missing": {Code: "18.02", Name: " \t"},
			"host=region.host_form":    {Code: "18.02", Name: "A", Host: "Selatan.example.id"},
			"code=region.code_taken":   {Code: "18.01", Name: "A"},
			"host=region.host_taken":   {Code: "18.02", Name: "A", Host: selatan.Host},
		} {
			if err := s.Add(t.Context(), r); err == nil || err.Error() != "fault.invalid "+want {
				t.Errorf("%+v = %v, want %s", r, err, want)
			}
		}
		if err := s.Add(t.Context(), region.Region{Code: "x", Host: "-"}); len(fault.FieldsOf(err)) != 3 {
			t.Errorf("three mistakes = %v", err)
		}
		for _, r := range []region.Region{selatan, {Code: "18.02", Name: "A", Host: selatan.Host}} {
			if err := store.Add(t.Context(), r); fault.KindOf(err) != fault.Conflict {
				t.Errorf("the store took %+v twice: %v", r, err)
			}
		}
	})
}

// A region without a host can be given one once there is a second.
func TestAnswer(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s := &region.Service{Store: &regionsql.Store{DB: db}}
		for _, r := range []region.Region{{Code: "18.01", Name: "Satu"}, contoh} {
			if err := s.Add(t.Context(), r); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.ByHost(t.Context(), "satu.example.id"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("without a host: %v", err)
		}
		for _, tt := range []struct{ code, host, key string }{
			{"18.01", "satu.example.id", ""},
			{"18.01", "satu.example.id", ""},
			{"18.01", "Satu", "region.host_form"},
			{"18.01", contoh.Host, "region.host_taken"},
			{"18.02", "dua.example.id", "region.code_unknown"},
			{"99.01", "", ""},
		} {
			err := s.Answer(t.Context(), tt.code, tt.host)
			var key string
			for _, f := range fault.FieldsOf(err) {
				key = f.Key
			}
			if key != tt.key || (err == nil) != (tt.key == "") {
				t.Errorf("%s %q = %v, want %q", tt.code, tt.host, err, tt.key)
			}
		}
		if r, err := s.ByHost(t.Context(), "satu.example.id:443"); err != nil || r.Code != "18.01" {
			t.Errorf("with a host: %v, %v", r, err)
		}
	})
}
