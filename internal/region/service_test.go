package region_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/region"
	"siida.id/internal/region/regionsql"
)

var (
	selatan = region.Region{Code: "18.01", Name: "Kabupaten Lampung Selatan", URL: "https://selatan.example.id", Zone: "Asia/Jakarta", Motif: region.Tapis}
	contoh  = region.Region{Code: "99.01", Name: "Kabupaten Contoh", URL: "https://contoh.example.id", Zone: "Asia/Jakarta", Sample: true}
)

// record is a Log and a Days that stores its calls and can fail.
type record struct {
	lines     []string
	days, log error
}

func (r *record) Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error {
	line := strings.Join([]string{
		actor.From(ctx).Region, subject.String(), string(event), details[audit.KeyURL], details[audit.KeyZone], details[audit.KeyDaysMoved],
	}, " ")
	if quota := details[audit.KeyQuota]; quota != "" {
		line += " " + quota + " " + details[audit.KeyQuotaBefore]
	}
	if motif := details[audit.KeyMotif]; motif != "" {
		line += " " + motif + " " + details[audit.KeyMotifBefore]
	}
	r.lines = append(r.lines, line)
	return r.log
}

func (r *record) ZoneChanged(ctx context.Context, from, to string) (int, error) {
	r.lines = append(r.lines, actor.From(ctx).Region+" days from "+from+" to "+to)
	return 3, r.days
}

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
		if diff := cmp.Diff([]region.Region{{Code: "18", Name: "Provinsi Lampung", Zone: "Asia/Jakarta", Motif: region.Tapis}, selatan, contoh}, list); err != nil || diff != "" {
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
			"code=region.code_taken":   {Code: "18.01", Name: "A"},
			"url=region.url_taken":     {Code: "18.02", Name: "A", URL: "http://selatan.example.id:8080"},
			"zone=region.zone_form":    {Code: "18.02", Name: "A", Zone: "Local"},
		} {
			if err := s.Add(t.Context(), r); err == nil || err.Error() != "fault.invalid "+want {
				t.Errorf("%+v = %v, want %s", r, err, want)
			}
		}
		if err := s.Add(t.Context(), region.Region{Code: "x", URL: "-", Zone: "-"}); len(fault.FieldsOf(err)) != 4 {
			t.Errorf("four mistakes = %v", err)
		}
		for _, r := range []region.Region{selatan, {Code: "18.02", Name: "A", URL: selatan.URL}} {
			if err := store.Add(t.Context(), r); fault.KindOf(err) != fault.Conflict {
				t.Errorf("the store took %+v twice: %v", r, err)
			}
		}
	})
}

// An address has scheme, host and at most a port.
func TestAddresses(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s := &region.Service{Store: &regionsql.Store{DB: db}, Log: &record{}, Tx: db}
		if err := s.Add(t.Context(), region.Region{Code: "73.71", Name: "Kota Makassar"}); err != nil {
			t.Fatal(err)
		}
		for text, want := range map[string]string{
			"https://si-ida.lampungselatan.go.id":   "si-ida.lampungselatan.go.id",
			" HTTPS://SI-IDA.lampungselatan.go.id/": "si-ida.lampungselatan.go.id",
			"http://127.0.0.1:8080":                 "127.0.0.1",
			"http://localhost":                      "localhost",
			"si-ida.lampungselatan.go.id":           "-",
			"ftp://si-ida.example.id":               "-",
			"https://":                              "-",
			"https://si-ida.example.id/masuk":       "-",
			"https://si-ida.example.id?a=1":         "-",
			"https://si-ida.example.id#a":           "-",
			"https://admin@si-ida.example.id":       "-",
			"https://si-ida.example.id:":            "-",
			"https://si-ida.example.id:0":           "-",
			"https://si-ida.example.id:65536":       "-",
			"https://si_ida.example.id":             "-",
			"https://si-ida.example.id:80:80":       "-",
			"https://[::1]:8080":                    "-",
			"https://a b":                           "-",
			"javascript:alert(1)":                   "-",
		} {
			r, err := s.Set(t.Context(), "73.71", region.Change{URL: &text})
			switch {
			case want == "-" && (err == nil || err.Error() != "fault.invalid url=region.url_form"):
				t.Errorf("%q is taken: %+v, %v", text, r, err)
			case want != "-" && (err != nil || r.Host() != want || r.Zone != "Asia/Makassar"):
				t.Errorf("%q: %+v, %v; want the host %s", text, r, err, want)
			}
		}
	})
}

// A region without an address can get one, and a zone.
func TestSet(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		record := &record{}
		s := &region.Service{Store: &regionsql.Store{DB: db}, Days: record, Log: record, Tx: db}
		for _, r := range []region.Region{{Code: "18.01", Name: "Satu"}, contoh} {
			if err := s.Add(t.Context(), r); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.ByHost(t.Context(), "satu.example.id"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("without an address: %v", err)
		}
		text := func(s string) *string { return &s }
		for _, tt := range []struct {
			code   string
			change region.Change
			keys   string
		}{
			{"18.01", region.Change{URL: text("https://satu.example.id")}, ""},
			{"18.01", region.Change{URL: text("https://satu.example.id/")}, ""},
			{"18.01", region.Change{Zone: text("wit")}, ""},
			{"18.01", region.Change{URL: text("Satu"), Zone: text("UTC+7")}, " region.url_form region.zone_form"},
			{"18.01", region.Change{URL: text("http://contoh.example.id:80")}, " region.url_taken"},
			{"18.02", region.Change{URL: text("https://dua.example.id")}, " region.code_unknown"},
			{"18.02", region.Change{}, " region.code_unknown region.nothing_set"},
			{"99.01", region.Change{URL: text("")}, ""},
			{"18.01", region.Change{Quota: text("50GB")}, ""},
			{"18.01", region.Change{Motif: text("batik")}, " region.motif_form"},
			{"18.01", region.Change{Motif: text(" None")}, ""},
			{"18.01", region.Change{Motif: text("tapis")}, ""},
			{"18.01", region.Change{Quota: text("50"), Zone: text("x")}, " region.zone_form region.quota_form"},
		} {
			_, err := s.Set(t.Context(), tt.code, tt.change)
			var keys string
			for _, f := range fault.FieldsOf(err) {
				keys += " " + f.Key
			}
			if keys != tt.keys || (err == nil) != (tt.keys == "") {
				t.Errorf("%s %+v = %v, want %q", tt.code, tt.change, err, tt.keys)
			}
		}
		want := region.Region{Code: "18.01", Name: "Satu", URL: "https://satu.example.id", Zone: "Asia/Jayapura", Quota: 50 << 30, Motif: region.Tapis}
		if r, err := s.ByHost(t.Context(), "satu.example.id:443"); err != nil || r != want {
			t.Errorf("with an address: %+v, %v", r, err)
		}
		if r, err := s.Here(actor.With(t.Context(), actor.Actor{Region: "18.01"})); err != nil || r != want {
			t.Errorf("the actor's: %+v, %v", r, err)
		}
		if diff := cmp.Diff([]string{
			"18.01 region/18.01 region.set https://satu.example.id Asia/Jakarta ",
			"18.01 days from Asia/Jakarta to Asia/Jayapura",
			"18.01 region/18.01 region.set https://satu.example.id Asia/Jayapura 3",
			"99.01 region/99.01 region.set  Asia/Jakarta ",
			"18.01 region/18.01 region.set https://satu.example.id Asia/Jayapura  50GB none",
			"18.01 region/18.01 region.set https://satu.example.id Asia/Jayapura  none tapis",
			"18.01 region/18.01 region.set https://satu.example.id Asia/Jayapura  tapis none",
		}, record.lines); diff != "" {
			t.Error(diff)
		}
		for name, broken := range map[string]*error{"its days": &record.days, "its log": &record.log} {
			*broken = errors.New("the disk is full")
			if _, err := s.Set(t.Context(), "18.01", region.Change{Zone: text("WITA")}); !errors.Is(err, *broken) {
				t.Errorf("a zone without %s: %v", name, err)
			}
			*broken = nil
			if r, err := s.ByHost(t.Context(), "satu.example.id"); err != nil || r != want {
				t.Errorf("what is left of a zone without %s: %+v, %v", name, r, err)
			}
		}
	})
}
