package evidencesql_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"siida.id/internal/base/actor"
	"siida.id/internal/evidence"
	"siida.id/internal/evidence/evidencesql"
	"siida.id/internal/question"
	"siida.id/migrations"
)

// What the database counts is what question.StateOf says of each answer, whatever people
// have chosen, marked, used, detached, and whatever was made void; the migration that has
// introduced this counts the same.
func TestCaseB9CountsAreThoseOfStateOf(t *testing.T) {
	text, err := migrations.Files.ReadFile("1230_state.sql")
	must(t, err)
	_, up, _ := strings.Cut(string(text), "-- +goose Up\n")
	recount := strings.Split(strings.TrimSuffix(strings.TrimSpace(up), ";"), ";\n\n")
	codes := []string{"SID-16", "SID-17", "SID-18", "SID-33"}
	each(t, func(t *testing.T, s *evidencesql.Store, home, away context.Context) {
		random := rand.New(rand.NewPCG(9, 1230))
		add(t, s, home, document("d1", "i1"), document("d2", "i1"), document("d3", "i2"))
		add(t, s, away, document("d1", "i1"))
		must(t, s.SaveAnswer(away, answer("i1", "2026", "SID-16", 3)))
		must(t, s.Use(away, "d1", "2026", "SID-16", at))
		must(t, s.RefreshSummary(away, "i1", "2026"))
		var want [2]map[string]question.State // of i1 and i2 in 2026
		for round := range 12 {
			year := fmt.Sprint(2026 + round%2)
			for n, id := range []string{"i1", "i2"} {
				want[n] = map[string]question.State{}
				for _, code := range codes {
					level, marked, valid := random.IntN(3), random.IntN(2) == 0, 0
					if a := answer(id, year, code, level); random.IntN(4) > 0 {
						a.Marked = marked
						if before, err := s.Answer(home, id, year, code); err == nil {
							a.Version = before.Version
						}
						must(t, s.SaveAnswer(home, a))
					} else if before, err := s.Answer(home, id, year, code); err == nil {
						level, marked = before.Level, before.Marked
					} else {
						level, marked = 0, false
					}
					for _, d := range map[string][]string{"i1": {"d1", "d2"}, "i2": {"d3"}}[id] {
						_ = s.EndUse(home, d, year, code, at) // there may be none
						if random.IntN(2) == 0 {
							continue
						}
						must(t, s.Use(home, d, year, code, at))
						if random.IntN(3) > 0 {
							valid++
							continue
						}
						_, err := s.DB.Exec(home, `
							update document_uses
							set void = true
							where region_id = $1 and document_id = $2 and period_id = $3 and code = $4`,
							actor.From(home).Region, d, year, code)
						must(t, err)
					}
					want[n][code] = question.StateOf(level, valid, marked)
				}
				must(t, s.RefreshSummary(home, id, year))
			}
			check := func(when string) {
				t.Helper()
				list, err := s.Progress(home, year, evidence.Scope{Region: true})
				must(t, err)
				complete := 0
				for n, states := range want {
					var finished, proven int
					for code, state := range states {
						asked, err := s.Asked(home, list[n].InnovationID, year, code)
						must(t, err)
						if asked.State() != state {
							t.Errorf("round %d, %s: %s of %s is %s, want %s", round, when, code, list[n].InnovationID, asked.State(), state)
						}
						if state.Finished() {
							finished++
						}
						if state == question.Proven {
							proven++
						}
					}
					if got := list[n].Completeness; got.Finished != finished || got.Proven != proven {
						t.Errorf("round %d, %s: %s has %+v, want %d finished, %d proven", round, when, list[n].InnovationID, got, finished, proven)
					}
					if finished == len(codes) {
						complete++
					}
				}
				totals, err := s.AgencyTotals(home, year, evidence.Scope{Region: true}, len(codes))
				if err != nil || len(totals) != 1 || totals[0].Finished != complete {
					t.Errorf("round %d, %s: totals %+v, %v; want %d finished", round, when, totals, err, complete)
				}
				if mismatches, err := s.Mismatches(home); err != nil || len(mismatches) > 0 {
					t.Errorf("round %d, %s: mismatches %v, %v", round, when, mismatches, err)
				}
			}
			check("refreshed")
			_, err := s.DB.Exec(home, `update answer_summaries set finished = 99`)
			must(t, err)
			for _, statement := range recount {
				_, err := s.DB.WriterPool().ExecContext(home, statement)
				must(t, err)
			}
			check("migrated")
			for n, id := range []string{"i1", "i2"} {
				for code, state := range want[n] {
					if a, err := s.Answer(home, id, year, code); err == nil && a.Marked && state == question.Proven {
						t.Errorf("round %d: %s of %s is proven and marked", round, code, id)
					}
				}
			}
			agrees(t, s, away)
		}
	})
}
