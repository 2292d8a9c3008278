package evidencesql_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/agency"
	"siida.id/internal/agency/agencysql"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/evidence"
	"siida.id/internal/evidence/evidencesql"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/innovation"
	"siida.id/internal/innovation/innovationsql"
)

// agrees compares the stored summaries with the answers.
func agrees(t *testing.T, s *evidencesql.Store, ctx context.Context) {
	t.Helper()
	mismatches, err := s.Mismatches(ctx)
	if err != nil || len(mismatches) > 0 {
		t.Errorf("mismatches: %v, %v", mismatches, err)
	}
	for _, year := range []string{"2026", "2027"} {
		stored, err := s.Progress(ctx, year, evidence.Scope{Region: true})
		must(t, err)
		for _, one := range stored {
			claims, err := s.Claims(ctx, one.InnovationID, year)
			must(t, err)
			var is evidence.Completeness
			for _, c := range claims {
				if c.State().Finished() {
					is.Finished++
				}
				if c.Level > 0 {
					is.Answered++
				}
				if c.Proven() > 0 {
					is.Proven++
				}
			}
			if is != one.Completeness {
				t.Errorf("%s in %s: stored %+v, answers say %+v", one.InnovationID, year, one.Completeness, is)
			}
		}
	}
}

// Summaries agree with the answers, whatever is saved, used and detached, in any
// order.
func TestSummariesFollowAnswers(t *testing.T) {
	each(t, func(t *testing.T, s *evidencesql.Store, home, away context.Context) {
		add(t, s, home, document("d1", "i1"), document("d2", "i1"), document("d3", "i2"))
		add(t, s, away, document("d1", "i1"))
		must(t, s.SaveAnswer(away, answer("i1", "2026", "SID-16", 1)))
		must(t, s.RefreshSummary(away, "i1", "2026"))
		random := rand.New(rand.NewPCG(1, 40))
		versions := map[string]int64{}
		of := map[string]string{"d1": "i1", "d2": "i1", "d3": "i2"}
		one := func(list ...string) string { return list[random.IntN(len(list))] }
		for range 150 {
			innovation, year, code := one("i1", "i2"), one("2026", "2027"), one("SID-16", "SID-17", "SID-33")
			document := one("d1", "d2", "d3")
			var err error
			switch random.IntN(3) {
			case 0:
				key := innovation + year + code
				a := answer(innovation, year, code, random.IntN(4))
				a.Marked, a.Version = random.IntN(2) == 0, versions[key]
				if random.IntN(8) == 0 {
					a.Version = 99 // a version that is not the stored one
				}
				if err = s.SaveAnswer(home, a); err == nil {
					versions[key]++
				}
			case 1:
				innovation, err = of[document], s.Use(home, document, year, code, at)
			case 2:
				innovation, err = of[document], s.EndUse(home, document, year, code, at)
			}
			if kind := fault.KindOf(err); err != nil && kind != fault.Conflict && kind != fault.NotFound {
				t.Fatal(err)
			}
			if err == nil {
				must(t, s.RefreshSummary(home, innovation, year))
			}
		}
		agrees(t, s, home)
		agrees(t, s, away)
	})
}

// Of two concurrent answers to the same innovation both are in the summary.
func TestSummariesAtOnce(t *testing.T) {
	each(t, func(t *testing.T, s *evidencesql.Store, home, _ context.Context) {
		var wait sync.WaitGroup
		innovations := &innovationsql.Store{DB: s.DB}
		for n := range 8 {
			wait.Go(func() {
				err := s.DB.InTx(home, func(ctx context.Context) error {
					if _, err := innovations.LockAccess(ctx, "i1"); err != nil { // as the service does
						return err
					}
					if err := s.SaveAnswer(ctx, answer("i1", "2026", fmt.Sprint("SID-", 16+n), 1)); err != nil {
						return err
					}
					return s.RefreshSummary(ctx, "i1", "2026")
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		agrees(t, s, home)
		if got, err := s.ProgressOf(home, "i1", "2026"); err != nil || got.Answered != 8 {
			t.Errorf("%+v, %v", got.Completeness, err)
		}
	})
}

// Summaries returns those of one innovation, of all periods.
func TestSummaries(t *testing.T) {
	each(t, func(t *testing.T, s *evidencesql.Store, home, away context.Context) {
		for _, year := range []string{"2026", "2027"} {
			must(t, s.SaveAnswer(home, answer("i1", year, "SID-16", 2)))
			must(t, s.RefreshSummary(home, "i1", year))
		}
		must(t, s.SaveAnswer(home, answer("i2", "2026", "SID-17", 1)))
		must(t, s.RefreshSummary(home, "i2", "2026"))
		one := evidence.AnswerSummary{Answered: 1, Unproven: map[string]int{"SID-16": 2}}
		got, err := s.Summaries(home, "i1")
		if diff := cmp.Diff(map[string]evidence.AnswerSummary{"2026": one, "2027": one}, got); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
		if got, err := s.Summaries(away, "i1"); err != nil || len(got) != 0 {
			t.Errorf("another region: %v, %v", got, err)
		}
		if got, err := s.Summaries(home, "none"); err != nil || len(got) != 0 {
			t.Errorf("of none: %v, %v", got, err)
		}
	})
}

// A wrong summary is found, and only in its own region.
func TestMismatches(t *testing.T) {
	each(t, func(t *testing.T, s *evidencesql.Store, home, away context.Context) {
		add(t, s, home, document("d1", "i1"))
		for _, ctx := range []context.Context{home, away} {
			must(t, s.SaveAnswer(ctx, answer("i1", "2026", "SID-16", 2)))
			must(t, s.SaveAnswer(ctx, answer("i2", "2027", "SID-16", 2)))
			must(t, s.RefreshSummary(ctx, "i2", "2027"))
		}
		must(t, s.Use(home, "d1", "2026", "SID-16", at))
		must(t, s.RefreshSummary(home, "i1", "2026"))
		must(t, s.RefreshSummary(away, "i1", "2026"))
		agrees(t, s, home)
		for name, tt := range map[string]struct {
			harm func() (int64, error)
			want []evidence.Mismatch
		}{
			"how many are finished": {func() (int64, error) {
				return s.DB.Exec(home, `update answer_summaries set finished = 9 where region_id = $1 and innovation_id = 'i1'`, actor.From(home).Region)
			}, []evidence.Mismatch{{InnovationID: "i1", PeriodID: "2026"}}},
			"its options": {func() (int64, error) {
				return s.DB.Exec(home, `update answer_summaries set detail = '{"unproven":{"SID-16":3}}' where region_id = $1 and innovation_id = 'i2'`, actor.From(home).Region)
			}, []evidence.Mismatch{{InnovationID: "i2", PeriodID: "2027"}}},
			"what heads endorse": {func() (int64, error) {
				return s.DB.Exec(home, `update answer_summaries set answers_sha256 = 'aa' where region_id = $1 and innovation_id = 'i1'`, actor.From(home).Region)
			}, []evidence.Mismatch{{InnovationID: "i1", PeriodID: "2026"}}},
			"when they changed": {func() (int64, error) {
				return s.DB.Exec(home, `update answer_summaries set changed_at = '2026-03-03T00:00:00.000Z' where region_id = $1 and innovation_id = 'i1'`, actor.From(home).Region)
			}, []evidence.Mismatch{{InnovationID: "i1", PeriodID: "2026"}}},
			"when one became finished": {func() (int64, error) {
				return s.DB.Exec(home, `update answers set finished_at = null where region_id = $1 and innovation_id = 'i1' and finished_at is not null`, actor.From(home).Region)
			}, []evidence.Mismatch{{InnovationID: "i1", PeriodID: "2026"}}},
			"a row that is gone": {func() (int64, error) {
				return s.DB.Exec(home, `delete from answer_summaries where region_id = $1 and innovation_id = 'i2'`, actor.From(home).Region)
			}, []evidence.Mismatch{{InnovationID: "i2", PeriodID: "2027"}}},
		} {
			n, err := tt.harm()
			if err != nil || n != 1 {
				t.Fatalf("%s: %d rows, %v", name, n, err)
			}
			got, err := s.Mismatches(home)
			if diff := cmp.Diff(tt.want, got); err != nil || diff != "" {
				t.Errorf("%s: %v %s", name, err, diff)
			}
			agrees(t, s, away)
			for _, w := range tt.want { // the next refresh repairs it
				must(t, s.RefreshSummary(home, w.InnovationID, w.PeriodID))
			}
			agrees(t, s, home)
		}
	})
}

// AgencyTotals adds up the progress of innovations that are neither withdrawn nor
// archived.
func TestAgencyTotals(t *testing.T) {
	each(t, func(t *testing.T, s *evidencesql.Store, home, away context.Context) {
		must(t, (&agencysql.Store{DB: s.DB}).Add(home, agency.Agency{ID: "a2", Name: "Badan", Kind: "badan"}))
		for id, state := range map[string]innovation.State{"j1": innovation.Active, "j2": innovation.Withdrawn, "j3": innovation.Archived} {
			must(t, (&innovationsql.Store{DB: s.DB}).Save(home, innovation.Innovation{ID: id, AgencyID: "a2", Name: id, State: state, CreatedAt: at, ChangedAt: at}))
		}
		finished := func(innovation, code string, level int) {
			a := answer(innovation, "2026", code, level)
			a.Marked = true
			must(t, s.SaveAnswer(home, a))
			must(t, s.RefreshSummary(home, innovation, "2026"))
		}
		finished("i1", "SID-16", 1)
		finished("i1", "SID-17", 0)
		finished("i2", "SID-16", 0)
		must(t, s.SaveAnswer(home, answer("j1", "2026", "SID-16", 1)))
		must(t, s.RefreshSummary(home, "j1", "2026"))
		first := evidence.AgencyTotals{AgencyID: "a1", Innovations: 2, Finished: 1}
		second := evidence.AgencyTotals{AgencyID: "a2", Innovations: 1}
		for name, tt := range map[string]struct {
			ctx    context.Context
			period string
			scope  evidence.Scope
			want   []evidence.AgencyTotals
		}{
			"the region":     {home, "2026", evidence.Scope{Region: true}, []evidence.AgencyTotals{first, second}},
			"an agency":      {home, "2026", evidence.Scope{Agencies: []string{"x", "a2"}}, []evidence.AgencyTotals{second}},
			"nothing":        {home, "2026", evidence.Scope{}, nil},
			"another period": {home, "2027", evidence.Scope{Agencies: []string{"a1"}}, []evidence.AgencyTotals{{AgencyID: "a1", Innovations: 2, Untouched: 2}}},
			"another region": {away, "2026", evidence.Scope{Region: true}, []evidence.AgencyTotals{{AgencyID: "a1", Innovations: 2, Untouched: 2}}},
		} {
			ctx, statements := sqldb.Counted(tt.ctx)
			got, err := s.AgencyTotals(ctx, tt.period, tt.scope, 2)
			if diff := cmp.Diff(tt.want, got); err != nil || diff != "" || statements.Load() != 1 {
				t.Errorf("%s: %v, %d statements %s", name, err, statements.Load(), diff)
			}
		}
	})
}

// An answer became finished when it or its evidence was changed last before that; saving
// it again does not change when.
func TestFinishedAt(t *testing.T) {
	each(t, func(t *testing.T, s *evidencesql.Store, home, away context.Context) {
		add(t, s, home, document("d1", "i1"))
		hours := func(n int) time.Time { return at.Add(time.Duration(n) * time.Hour) }
		check := func(what string, do func() error, want time.Time) {
			t.Helper()
			must(t, do())
			must(t, s.RefreshSummary(home, "i1", "2026"))
			var got time.Time
			_, err := sqldb.One(home, s.DB, func(*string) []any { return []any{sqldb.ScanOptionalTime(&got)} }, `
				select finished_at
				from answers
				where region_id = $1 and innovation_id = 'i1' and period_id = '2026' and code = 'SID-16'`,
				actor.From(home).Region)
			if err != nil || !got.Equal(want) {
				t.Errorf("%s: %v, %v, want %v", what, got, err, want)
			}
			agrees(t, s, home)
		}
		save := func(version int64, hour int, marked bool) func() error {
			return func() error {
				a := answer("i1", "2026", "SID-16", 2)
				a.At, a.Version, a.Marked = hours(hour), version, marked
				return s.SaveAnswer(home, a)
			}
		}
		check("an option", save(0, 1, false), time.Time{})
		check("with evidence", func() error { return s.Use(home, "d1", "2026", "SID-16", hours(2)) }, hours(2))
		check("another option", save(1, 3, false), hours(2))
		check("without evidence", func() error { return s.EndUse(home, "d1", "2026", "SID-16", hours(4)) }, time.Time{})
		check("marked", save(2, 5, true), hours(5))
		check("with evidence again", func() error { return s.Use(home, "d1", "2026", "SID-16", hours(6)) }, hours(5))
		check("no longer marked", save(3, 7, false), hours(5))
	})
}

// What an earlier version has stored is found until it is refreshed.
func TestUnsummarised(t *testing.T) {
	each(t, func(t *testing.T, s *evidencesql.Store, home, away context.Context) {
		for _, ctx := range []context.Context{home, away} {
			for _, id := range []string{"i1", "i2"} {
				must(t, s.SaveAnswer(ctx, answer(id, "2026", "SID-16", 2)))
				must(t, s.RefreshSummary(ctx, id, "2026"))
			}
		}
		check := func(ctx context.Context, want ...evidence.InPeriod) {
			t.Helper()
			if got, err := s.Unsummarised(ctx); err != nil || !slices.Equal(got, want) {
				t.Errorf("%v, %v, want %v", got, err, want)
			}
		}
		check(home)
		_, err := s.DB.Exec(home, `update answer_summaries set answers_sha256 = null where region_id = $1 and innovation_id = 'i2'`, actor.From(home).Region)
		must(t, err)
		check(home, evidence.InPeriod{InnovationID: "i2", PeriodID: "2026"})
		check(away)
		must(t, s.RefreshSummary(home, "i2", "2026"))
		check(home)
	})
}
