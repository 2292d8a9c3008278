package innovationsql_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/agency"
	"siida.id/internal/agency/agencysql"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/decree"
	"siida.id/internal/decree/decreesql"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/innovation"
	"siida.id/internal/innovation/innovationsql"
)

var at = time.Date(2026, 3, 2, 8, 30, 0, 0, time.UTC)

// full has all texts of a profile.
var full = innovation.Profile{
	Initiator: "OPD", InitiatorName: "Dinas", Class: "Masyarakat", Kind: "Digital", Shape: "Pelayanan publik",
	OtherAffairs: []string{"Sosial", "Kesehatan"}, Themes: []string{"Asta Cita 1", "Kedaulatan Pangan"}, Latitude: "-5,730100", Longitude: "105.6",
	Law: "1", Problem: "2", GlobalIssue: "3", NationalIssue: "4", LocalIssue: "5", Method: "6", Novelty: "7", Aim: "8", Benefit: "9", Result: "10",
	Rights: "11", Awards: "12", Programme: "13", Activity: "14", SubActivity: "15", Goals: "16", Development: "17", EarlierID: "i0",
}

// brief returns the part of an innovation that a list has.
func brief(i innovation.Innovation) innovation.Innovation {
	p := i.Profile
	i.Profile = innovation.Profile{Initiator: p.Initiator, Class: p.Class, Kind: p.Kind, Shape: p.Shape, Themes: p.Themes, EarlierID: p.EarlierID}
	i.Design, i.StateNote = "", ""
	return i
}

func TestInnovations(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s := &innovationsql.Store{DB: db}
		home := actor.With(t.Context(), actor.Actor{Region: "18.01"})
		away := actor.With(t.Context(), actor.Actor{Region: "18.02"})
		for _, id := range []string{"a1", "a2", "a3"} {
			if err := (&agencysql.Store{DB: db}).Add(home, agency.Agency{ID: id, Name: "Dinas " + id, Kind: "dinas"}); err != nil {
				t.Fatal(err)
			}
		}
		first := innovation.Innovation{
			ID: "i1", AgencyID: "a1", AgencyName: "Dinas a1", Name: "S-TRAVIS", Affair: "Perhubungan", TriedOn: "2023-11-01",
			AppliedOn: "2024-02-01", DevelopedOn: "2025-05-06", Design: "Dasar hukum\nCara kerja", Profile: full, CreatedAt: at, ChangedAt: at,
			State: innovation.Withdrawn, StateNote: "Ganda",
		}
		second := innovation.Innovation{ID: "i2", AgencyID: "a2", AgencyName: "Dinas a2", Name: "Poetri Bisa", CreatedAt: at, ChangedAt: at}
		for _, i := range []innovation.Innovation{first, second} {
			if err := s.Save(home, i); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Save(home, first); fault.KindOf(err) != fault.Conflict {
			t.Errorf("a second save of version zero = %v, want Conflict", err)
		}
		first.Version, second.Version = 1, 1
		got, err := s.ByID(home, "i1")
		if diff := cmp.Diff(first, got); err != nil || diff != "" {
			t.Errorf("ByID: %v %s", err, diff)
		}
		if _, err := s.ByID(away, "i1"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("from another region: %v, want NotFound", err)
		}
		must(t, db.InTx(home, func(ctx context.Context) error {
			got, err := s.Lock(ctx, "i1")
			if diff := cmp.Diff(first, got); diff != "" {
				t.Errorf("Lock: %s", diff)
			}
			if a, err := s.LockAccess(ctx, "i1"); err != nil || a != first.Access() {
				t.Errorf("LockAccess = %+v, %v, want %+v", a, err, first.Access())
			}
			return err
		}))
		err = db.InTx(away, func(ctx context.Context) error {
			_, err := s.Lock(ctx, "i1")
			return err
		})
		if fault.KindOf(err) != fault.NotFound {
			t.Errorf("Lock from another region = %v, want NotFound", err)
		}
		for _, tt := range []struct {
			scope innovation.Scope
			want  []innovation.Innovation
		}{
			{innovation.Scope{Region: true}, []innovation.Innovation{second, brief(first)}},
			{innovation.Scope{Agencies: []string{"a1", "a3"}}, []innovation.Innovation{brief(first)}},
			{innovation.Scope{Agencies: []string{"a2", "a1"}}, []innovation.Innovation{second, brief(first)}},
			{innovation.Scope{}, nil},
		} {
			got, err := s.List(home, tt.scope)
			if diff := cmp.Diff(tt.want, got); err != nil || diff != "" {
				t.Errorf("List(%v): %v %s", tt.scope, err, diff)
			}
		}
		if list, err := s.List(away, innovation.Scope{Region: true}); err != nil || list != nil {
			t.Errorf("List of another region = %v, %v", list, err)
		}
		first.Name = "S-TRAVIS 2"
		if err := s.Save(home, first); err != nil {
			t.Error(err)
		}
		if err := s.Save(home, first); fault.KindOf(err) != fault.Conflict {
			t.Errorf("saving what has moved on = %v, want Conflict", err)
		}
		first.Version++
		must(t, s.BumpVersion(home, "i1"))
		if err := s.Save(home, first); fault.KindOf(err) != fault.Conflict {
			t.Errorf("saving what was touched = %v, want Conflict", err)
		}
	})
}

func TestNamed(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s, home, away := seedRegions(t, db)
		for n, i := range []innovation.Innovation{
			{ID: "n1", AgencyID: "a1", Name: "Bus Sekolah"},
			{ID: "n0", AgencyID: "a1", Name: "BUS-sekolah!", State: innovation.Withdrawn},
			{ID: "n2", AgencyID: "a1", Name: "Bus Sekolah", State: innovation.Archived},
			{ID: "n3", AgencyID: "a1", Name: "Bus Sekolah 2"},
			{ID: "n4", AgencyID: "a2", Name: "Bus Sekolah"},
			{ID: "n5", AgencyID: "a1", Name: "!!"},
			{ID: "n6", AgencyID: "a1", Name: "?"},
		} {
			i.CreatedAt, i.ChangedAt = at.Add(time.Duration(n)*time.Minute), at
			must(t, s.Save(home, i))
		}
		for _, tt := range []struct {
			ctx          context.Context
			agency, name string
			want         []innovation.Innovation
		}{
			{home, "a1", "bús sekolah", []innovation.Innovation{
				{ID: "n1", AgencyID: "a1", AgencyName: "Dinas 1", Name: "Bus Sekolah"},
				{ID: "n0", AgencyID: "a1", AgencyName: "Dinas 1", Name: "BUS-sekolah!"},
			}},
			{home, "a2", "Bus Sekolah", []innovation.Innovation{{ID: "n4", AgencyID: "a2", AgencyName: "Dinas 2", Name: "Bus Sekolah"}}},
			{home, "a1", "?", []innovation.Innovation{{ID: "n6", AgencyID: "a1", AgencyName: "Dinas 1", Name: "?"}}},
			{home, "a1", "Bus", nil},
			{away, "a1", "Bus Sekolah", nil},
		} {
			got, err := s.Named(tt.ctx, tt.agency, tt.name)
			if diff := cmp.Diff(tt.want, got); err != nil || diff != "" {
				t.Errorf("Named(%s, %q): %v %s", tt.agency, tt.name, err, diff)
			}
		}
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// seedRegions creates two agencies with an innovation each, in two regions.
func seedRegions(t *testing.T, db *sqldb.DB) (s *innovationsql.Store, home, away context.Context) {
	t.Helper()
	s = &innovationsql.Store{DB: db}
	home = actor.With(t.Context(), actor.Actor{Region: "18.01"})
	away = actor.With(t.Context(), actor.Actor{Region: "18.02"})
	for _, ctx := range []context.Context{home, away} {
		for _, n := range []string{"1", "2"} {
			must(t, (&agencysql.Store{DB: db}).Add(ctx, agency.Agency{ID: "a" + n, Name: "Dinas " + n, Kind: "dinas"}))
			must(t, s.Save(ctx, innovation.Innovation{
				ID: "i" + n, AgencyID: "a" + n, AgencyName: "Dinas " + n, Name: "Inovasi " + n, AppliedOn: "2024-02-0" + day.Day(n), CreatedAt: at, ChangedAt: at,
			}))
		}
	}
	return s, home, away
}

func TestThirdReport(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s, home, _ := seedRegions(t, db)
		third := innovation.Innovation{ID: "i3", AgencyID: "a1", Name: "Inovasi 3", Profile: innovation.Profile{EarlierID: "i2"}}
		must(t, s.Save(home, third))
		before, err := s.ByID(home, "i3")
		must(t, err)
		second, err := s.ByID(home, "i2")
		must(t, err)
		second.EarlierID = "i1"
		must(t, s.Save(home, second))
		after, err := s.ByID(home, "i3")
		if err != nil || before.ThirdReport || !after.ThirdReport || after.EarlierName != "Inovasi 2" {
			t.Errorf("third report: %v, then %v, %v", before.ThirdReport, after.ThirdReport, err)
		}
	})
}

// An innovation is read with all its decrees, and the first of its cohort.
func TestDecrees(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s, home, away := seedRegions(t, db)
		decrees := &decreesql.Store{DB: db}
		for id, day := range map[string]day.Day{"d1": "2024-05-06", "d2": "2024-01-17", "d3": "2022-01-17"} {
			must(t, decrees.Save(home, decree.Decree{ID: id, Number: "B/2 " + id, Day: day, Subject: "Penetapan", CreatedAt: at, ChangedAt: at}))
			must(t, decrees.Name(home, id, "i1"))
		}
		must(t, decrees.Name(home, "d1", "i2"))
		named, err := s.NamedBy(home, "d1")
		if err != nil || len(named) != 2 || named[0].ID != "i1" || named[0].DecreeNumber != "B/2 d2" || named[0].DecreeDay != "2024-01-17" ||
			!slices.Equal(named[0].DecreeIDs, []string{"d1", "d2", "d3"}) {
			t.Errorf("NamedBy = %+v, %v", named, err)
		}
		if list, err := s.NamedBy(away, "d1"); err != nil || len(list) > 0 {
			t.Errorf("NamedBy in another region = %v, %v", list, err)
		}
		must(t, decrees.Unname(home, "d1", "i1"))
		must(t, decrees.Unname(home, "d2", "i1"))
		i, err := s.ByID(home, "i1")
		if err != nil || i.DecreeNumber != "" || !slices.Equal(i.DecreeIDs, []string{"d3"}) {
			t.Errorf("named by one of another year alone: %q %v, %v", i.DecreeNumber, i.DecreeIDs, err)
		}
	})
}

func TestOwners(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s, home, away := seedRegions(t, db)
		must(t, s.RecordOwner(home, "i1", "", "a1", "", "2024-01-01"))
		must(t, s.RecordOwner(home, "i1", "a1", "a2", "B/9/2025", "2025-03-04"))
		must(t, s.RecordOwner(home, "i1", "a2", "a1", "", "2025-03-04"))
		must(t, s.RecordOwner(away, "i1", "a1", "a2", "", "2026-01-01")) // the owner so far has no row
		for _, tt := range []struct {
			ctx  context.Context
			want []innovation.Owner
		}{
			{home, []innovation.Owner{
				{AgencyID: "a1", AgencyName: "Dinas 1", From: "2024-01-01", Until: "2025-03-04"},
				{AgencyID: "a2", AgencyName: "Dinas 2", From: "2025-03-04", Until: "2025-03-04", Number: "B/9/2025"},
				{AgencyID: "a1", AgencyName: "Dinas 1", From: "2025-03-04"},
			}},
			{away, []innovation.Owner{
				{AgencyID: "a1", AgencyName: "Dinas 1", Until: "2026-01-01"},
				{AgencyID: "a2", AgencyName: "Dinas 2", From: "2026-01-01"},
			}},
		} {
			got, err := s.OwnersOf(tt.ctx, "i1")
			if diff := cmp.Diff(tt.want, got); err != nil || diff != "" {
				t.Errorf("OwnersOf: %v %s", err, diff)
			}
		}
	})
}

func TestTransfers(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s, home, away := seedRegions(t, db)
		asked := innovation.Transfer{
			InnovationID: "i1", InnovationName: "Inovasi 1", From: "a1", FromName: "Dinas 1", To: "a2", ToName: "Dinas 2", Note: "Tugas pindah", AskedAt: at,
		}
		must(t, s.AskTransfer(home, asked))
		if err := s.AskTransfer(home, asked); fault.KindOf(err) != fault.Conflict {
			t.Errorf("asking twice = %v, want Conflict", err)
		}
		list, err := s.Transfers(home)
		if diff := cmp.Diff([]innovation.Transfer{asked}, list); err != nil || diff != "" {
			t.Errorf("Transfers: %v %s", err, diff)
		}
		got, err := s.TransferOf(home, "i1")
		if diff := cmp.Diff(asked, got); err != nil || diff != "" {
			t.Errorf("TransferOf: %v %s", err, diff)
		}
		if list, err := s.Transfers(away); err != nil || list != nil {
			t.Errorf("of another region: %v, %v", list, err)
		}
		if err := s.RedirectTransfer(away, "i1", "a1"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("RedirectTransfer of another region = %v, want NotFound", err)
		}
		if err := s.LapseTransfer(away, "i1", at); fault.KindOf(err) != fault.NotFound {
			t.Errorf("LapseTransfer of another region = %v, want NotFound", err)
		}
		must(t, s.RedirectTransfer(home, "i1", "a1"))
		redirected := asked
		redirected.To, redirected.ToName, redirected.FormerName = "a1", "Dinas 1", "Dinas 2"
		got, err = s.TransferOf(home, "i1")
		if diff := cmp.Diff(redirected, got); err != nil || diff != "" {
			t.Errorf("redirected: %v %s", err, diff)
		}
		must(t, s.LapseTransfer(home, "i1", at.Add(time.Minute)))
		redirected.Lapsed = at.Add(time.Minute)
		for after, want := range map[time.Time][]innovation.Transfer{at: {redirected}, at.Add(time.Minute): nil} {
			if lapsed, err := s.LapsedTransfers(home, after); err != nil || !cmp.Equal(want, lapsed) {
				t.Errorf("lapsed after %s: %+v, %v", after, lapsed, err)
			}
		}
		if lapsed, err := s.LapsedTransfers(away, at); err != nil || lapsed != nil {
			t.Errorf("lapsed in another region: %+v, %v", lapsed, err)
		}
		if err := s.LapseTransfer(home, "i1", at); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a second LapseTransfer = %v, want NotFound", err)
		}
		must(t, s.AskTransfer(home, asked))
		got, err = s.TransferOf(home, "i1")
		if diff := cmp.Diff(asked, got); err != nil || diff != "" {
			t.Errorf("asked again: %v %s", err, diff)
		}
		for _, ctx := range []context.Context{away, home} {
			want := fault.Internal // no fault
			if ctx == away {
				want = fault.NotFound
			}
			if err := s.EndTransfer(ctx, "i1"); fault.KindOf(err) != want || (err != nil) != (ctx == away) {
				t.Errorf("EndTransfer = %v", err)
			}
		}
		if _, err := s.TransferOf(home, "i1"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("TransferOf one that has ended = %v, want NotFound", err)
		}
	})
}
