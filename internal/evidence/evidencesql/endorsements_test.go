package evidencesql_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/agency"
	"siida.id/internal/agency/agencysql"
	"siida.id/internal/base/fault"
	"siida.id/internal/evidence"
	"siida.id/internal/evidence/evidencesql"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/innovation/innovationsql"
)

// heads returns the heads of an innovation, without the content to endorse.
func heads(t *testing.T, s *evidencesql.Store, ctx context.Context, innovation string) (list evidence.Heads) {
	t.Helper()
	p, err := s.ProgressOf(ctx, innovation, "2026")
	must(t, err)
	for _, h := range p.Heads {
		h.Now = evidence.Content{}
		list = append(list, h)
	}
	return list
}

// content returns the content of i1 to endorse.
func content(t *testing.T, s *evidencesql.Store, ctx context.Context) evidence.Content {
	t.Helper()
	p, err := s.ProgressOf(ctx, "i1", "2026")
	must(t, err)
	return p.Heads[0].Now
}

// The head of the agency is asked, and that of the existing agency above if the
// region's settings require it.
func TestHeads(t *testing.T) {
	each(t, func(t *testing.T, s *evidencesql.Store, home, away context.Context) {
		agencies := &agencysql.Store{DB: s.DB}
		must(t, agencies.Add(home, agency.Agency{ID: "a0", Name: "Induk", Kind: "dinas"}))
		check := func(what string, ctx context.Context, want ...string) {
			t.Helper()
			var got []string
			for _, h := range heads(t, s, ctx, "i1") {
				got = append(got, h.AgencyID+" "+h.AgencyName)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %s", what, diff)
			}
		}
		must(t, agencies.SaveSettings(home, agency.Settings{ParentEndorses: true}))
		check("without a parent", home, "a1 Dinas")
		must(t, agencies.Save(home, agency.Agency{ID: "a1", Name: "Dinas", Kind: "dinas", Parent: "a0"}))
		check("with one", home, "a1 Dinas", "a0 Induk")
		check("another region", away, "a1 Dinas")
		must(t, agencies.SaveSettings(home, agency.Settings{}))
		check("a region that does not ask him", home, "a1 Dinas")
		must(t, agencies.SaveSettings(home, agency.Settings{ParentEndorses: true}))
		must(t, agencies.Save(home, agency.Agency{ID: "a0", Name: "Induk", Kind: "dinas", Until: "2026-01-01"}))
		check("a parent that has ended", home, "a1 Dinas")
	})
}

func TestEndorsements(t *testing.T) {
	each(t, func(t *testing.T, s *evidencesql.Store, home, away context.Context) {
		e := evidence.Endorsement{
			InnovationID: "i1", PeriodID: "2026", AgencyID: "a1", AgencyName: "Dinas Lama", By: "p1", Name: "Ibu Kepala", Acting: "plt",
			At: at, Of: evidence.Content{Profile: 3, Answers: "aa"},
		}
		refused(t, "taking back what was never given", s.EndEndorsement(home, "i1", "2026", "a1"), fault.NotFound)
		must(t, s.Endorse(home, e))
		check := func(what string, ctx context.Context, innovation string, want evidence.Endorsement) {
			t.Helper()
			if diff := cmp.Diff(want, heads(t, s, ctx, innovation)[0].Endorsement); diff != "" {
				t.Errorf("%s: %s", what, diff)
			}
		}
		check("given", home, "i1", e)
		for ctx, want := range map[context.Context]int{home: 1, away: 0} {
			if list, err := s.EndorsedAmong(ctx, []string{"i1", "i2", "none"}, "2026"); err != nil || len(list) != want || want > 0 && (list[0].ID != "i1" || list[0].AgencyID != "a1") {
				t.Errorf("EndorsedAmong = %+v, %v, want %d", list, err, want)
			}
		}
		check("of another innovation", home, "i2", evidence.Endorsement{})
		check("of another region", away, "i1", evidence.Endorsement{})
		if p, err := s.ProgressOf(home, "i1", "2027"); err != nil || p.Heads[0].Endorsement.By != "" {
			t.Errorf("of another period: %+v, %v", p, err)
		}
		e.AgencyName, e.By, e.Name, e.Acting, e.At, e.Of = "Dinas", "p2", "Pak Kepala", "definitif", at.Add(time.Hour), evidence.Content{Profile: 4, Answers: "bb"}
		must(t, s.Endorse(home, e))
		check("given again", home, "i1", e)
		refused(t, "taking back that of another region", s.EndEndorsement(away, "i1", "2026", "a1"), fault.NotFound)
		endorsed := func(ctx context.Context, innovation, period string, want bool) {
			t.Helper()
			if got, err := s.Endorsed(ctx, innovation, period); got != want || err != nil {
				t.Errorf("Endorsed(%s, %s) = %v, %v, want %v", innovation, period, got, err, want)
			}
		}
		endorsed(home, "i1", "2026", true)
		endorsed(home, "i1", "2025", false)
		endorsed(home, "i2", "2026", false)
		endorsed(away, "i1", "2026", false)
		must(t, s.EndEndorsement(home, "i1", "2026", "a1"))
		endorsed(home, "i1", "2026", false)
		check("taken back", home, "i1", evidence.Endorsement{})
		e.InnovationID = "none"
		refused(t, "an endorsement of nothing", s.Endorse(home, e), fault.Internal)
	})
}

func TestHeaded(t *testing.T) {
	each(t, func(t *testing.T, s *evidencesql.Store, home, away context.Context) {
		must(t, s.SaveAnswer(home, answer("i1", "2026", "SID-16", 2)))
		for name, tt := range map[string]struct {
			ctx      context.Context
			agencies []string
			want     []string
		}{
			"his":            {home, []string{"x", "a1"}, []string{"i1", "i2"}},
			"not his":        {home, []string{"x"}, nil},
			"none":           {home, nil, nil},
			"another region": {away, []string{"a1"}, []string{"i1", "i2"}},
		} {
			ctx, statements := sqldb.Counted(tt.ctx)
			list, err := s.Headed(ctx, "2026", tt.agencies)
			var got []string
			for _, p := range list {
				got = append(got, p.InnovationID)
				one, err := s.ProgressOf(tt.ctx, p.InnovationID, "2026")
				if diff := cmp.Diff(one, p); err != nil || diff != "" {
					t.Errorf("%s: %v %s", name, err, diff)
				}
			}
			if diff := cmp.Diff(tt.want, got); err != nil || diff != "" || statements.Load() != 1 {
				t.Errorf("%s: %v, %d statements %s", name, err, statements.Load(), diff)
			}
		}
	})
}

// The content changes with the profile, the claimed options and their documents, and
// with nothing else.
func TestContent(t *testing.T) {
	each(t, func(t *testing.T, s *evidencesql.Store, home, away context.Context) {
		add(t, s, home, document("d1", "i1"), document("d2", "i1"), document("d3", "i2"))
		add(t, s, away, document("d1", "i1"))
		last := content(t, s, home)
		check := func(what string, changes bool, do func() error) {
			t.Helper()
			must(t, do())
			now := content(t, s, home)
			if (now != last) != changes {
				t.Errorf("%s: changed is %v, want %v", what, now != last, changes)
			}
			last = now
		}
		save := func(ctx context.Context, a evidence.Answer) func() error {
			return func() error { return s.SaveAnswer(ctx, a) }
		}
		again := func(a evidence.Answer, version int64) evidence.Answer { a.Version = version; return a }
		based := answer("i1", "2026", "SID-16", 2)
		based.Basis = "b"
		finished := again(based, 2)
		finished.Marked = true
		use := func(document, period string) func() error {
			return func() error { return s.Use(home, document, period, "SID-16", at) }
		}
		check("an answer", true, save(home, answer("i1", "2026", "SID-16", 2)))
		check("its basis", true, save(home, again(based, 1)))
		check("that it is finished", false, save(home, finished))
		check("no option", false, save(home, answer("i1", "2026", "SID-17", 0)))
		check("of another innovation", false, save(home, answer("i2", "2026", "SID-16", 1)))
		check("of another period", false, save(home, answer("i1", "2027", "SID-16", 1)))
		check("of another region", false, save(away, answer("i1", "2026", "SID-16", 1)))
		check("evidence", true, use("d1", "2026"))
		check("more evidence", true, use("d2", "2026"))
		check("evidence of another innovation", false, use("d3", "2026"))
		check("evidence of another period", false, use("d2", "2027"))
		check("less evidence", true, func() error { return s.EndUse(home, "d1", "2026", "SID-16", at) })
		check("the profile", true, func() error { return (&innovationsql.Store{DB: s.DB}).BumpVersion(home, "i1") })
		check("the profile of another", false, func() error { return (&innovationsql.Store{DB: s.DB}).BumpVersion(home, "i2") })
	})
}
