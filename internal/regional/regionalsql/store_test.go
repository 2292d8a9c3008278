package regionalsql_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/file"
	"siida.id/internal/file/filetest"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/period"
	"siida.id/internal/period/periodsql"
	"siida.id/internal/regional"
	"siida.id/internal/regional/regionalsql"
)

var at = time.Date(2026, 3, 2, 8, 30, 0, 123_000_000, time.UTC)

// each calls fn with a store and two regions that have the same periods.
func each(t *testing.T, fn func(t *testing.T, s *regionalsql.Store, home, away context.Context)) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		home := actor.With(t.Context(), actor.Actor{Region: "18.01"})
		away := actor.With(t.Context(), actor.Actor{Region: "18.02"})
		for _, ctx := range []context.Context{home, away} {
			for id, year := range map[string]int{"2026": 2026, "2027": 2027} {
				must(t, (&periodsql.Store{DB: db}).Add(ctx, period.Period{ID: id, Year: year, OpenedAt: at}))
			}
		}
		fn(t, &regionalsql.Store{DB: db}, home, away)
	})
}

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

func same[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func answer(period, code string, level int, figures ...regional.Figure) regional.Answer {
	return regional.Answer{PeriodID: period, Code: code, Level: level, Source: "BPS", Figures: figures, By: "p1", At: at}
}

func proof(id, period, code string) regional.Proof {
	return regional.Proof{
		ID: id, PeriodID: period, Code: code, AgencyID: "a1", Subject: "Tentang " + id, By: "p1", At: at,
		File: file.Record{
			ID: "f" + id, Purpose: "regional", Name: id + ".pdf", Media: "application/pdf", Size: 1 << 40, SHA256: "aa",
			State: file.Checked, ReceivedBy: "p2", ReceivedAt: at,
		},
	}
}

func TestAnswers(t *testing.T) {
	each(t, func(t *testing.T, s *regionalsql.Store, home, away context.Context) {
		_, err := s.Answer(home, "2026", "SPD-04")
		refused(t, "an answer that was never given", err, fault.NotFound)
		first := answer("2026", "SPD-04", 2, regional.Figure{Year: 2025, Value: "4,2", Unit: "%"}, regional.Figure{Year: 2024, Value: "3,9", Unit: "%"})
		must(t, s.SaveAnswer(home, first))
		refused(t, "a second first save", s.SaveAnswer(home, first), fault.Conflict)
		got, err := s.Answer(home, "2026", "SPD-04")
		want := first
		want.Version, want.Figures = 1, nil
		must(t, err)
		same(t, "the answer", got, want)
		must(t, s.SaveAnswer(home, answer("2027", "SPD-04", 3, regional.Figure{Year: 2025, Value: "4,3", Unit: "%"})))
		must(t, s.SaveAnswer(home, answer("2026", "SPD-03", 1)))

		// A figure of a later period for the same year changes nothing here.
		figures, err := s.Figures(home, "SPD-04")
		must(t, err)
		past := func(period string, year int, value string) regional.Past {
			return regional.Past{PeriodID: period, Figure: regional.Figure{Year: year, Value: value, Unit: "%"}, Source: "BPS"}
		}
		same(t, "the figures", figures, []regional.Past{past("2027", 2025, "4,3"), past("2026", 2025, "4,2"), past("2026", 2024, "3,9")})

		first.Version, first.Figures, first.Level = 1, []regional.Figure{{Year: 2023, Value: "x", Unit: "%"}}, 0
		must(t, s.SaveAnswer(home, first))
		refused(t, "an old version", s.SaveAnswer(home, first), fault.Conflict)
		figures, err = s.Figures(home, "SPD-04")
		must(t, err)
		same(t, "the figures", figures, []regional.Past{past("2027", 2025, "4,3"), past("2026", 2023, "x")})

		for _, list := range []func() (int, error){
			func() (int, error) { l, err := s.Figures(away, "SPD-04"); return len(l), err },
			func() (int, error) { l, err := s.Claims(away, "2026"); return len(l), err },
		} {
			if n, err := list(); n != 0 || err != nil {
				t.Errorf("another region sees %d, %v", n, err)
			}
		}
		must(t, s.SaveAnswer(away, answer("2026", "SPD-04", 1)))
	})
}

func TestClaims(t *testing.T) {
	each(t, func(t *testing.T, s *regionalsql.Store, home, away context.Context) {
		must(t, s.SaveAnswer(home, answer("2026", "SPD-04", 2)))
		must(t, s.SaveAnswer(home, answer("2026", "SPD-05a", 3)))
		for _, p := range []regional.Proof{proof("b1", "2026", "SPD-04"), proof("b2", "2026", "SPD-04"), proof("b3", "2026", "SPD-06")} {
			filetest.Add(t, home, s.DB, p.File)
			must(t, s.AddProof(home, p))
		}
		claims, err := s.Claims(home, "2026")
		must(t, err)
		earned := func() (list []string) {
			for _, c := range claims {
				list = append(list, fmt.Sprint(c.Code, " ", c.Proven(), " ", c.State()))
			}
			return list
		}
		same(t, "what is earned", earned(), []string{"SPD-04 2 proven", "SPD-05a 0 begun", "SPD-06 0 begun"})
		if len(claims) != 3 || claims[0].Proofs != 2 || claims[0].Version != 1 || claims[2].Code != "SPD-06" || claims[2].Version != 0 {
			t.Errorf("claims = %+v", claims)
		}
		must(t, s.EndProof(home, "b1", "2026", "SPD-04", at))
		must(t, s.EndProof(home, "b2", "2026", "SPD-04", at))
		claims, err = s.Claims(home, "2026")
		must(t, err)
		same(t, "what is earned without proofs", earned(), []string{"SPD-04 0 begun", "SPD-05a 0 begun", "SPD-06 0 begun"})
	})
}

func TestProofs(t *testing.T) {
	each(t, func(t *testing.T, s *regionalsql.Store, home, away context.Context) {
		first, link := proof("b1", "2026", "SPD-04"), proof("b2", "2026", "SPD-04")
		link.File, link.Address, link.AgencyID, link.At = file.Record{}, "https://contoh.go.id", "", at.Add(time.Second)
		refused(t, "a proof without its file", s.AddProof(home, first), fault.Internal)
		filetest.Add(t, home, s.DB, first.File)
		must(t, s.AddProof(home, first))
		must(t, s.AddProof(home, link))
		list, err := s.Proofs(home, "2026", "SPD-04")
		must(t, err)
		same(t, "the proofs", list, []regional.Proof{first, link})
		got, err := s.ProofByID(home, "b1")
		must(t, err)
		same(t, "the proof", got, first)

		_, err = s.ProofByID(away, "b1")
		refused(t, "a proof of another region", err, fault.NotFound)
		refused(t, "taking it off from there", s.EndProof(away, "b1", "2026", "SPD-04", at), fault.NotFound)
		refused(t, "taking it off another answer", s.EndProof(home, "b1", "2026", "SPD-05a", at), fault.NotFound)
		must(t, s.EndProof(home, "b1", "2026", "SPD-04", at))
		refused(t, "putting it back too late", s.ResumeProof(home, "b1", "2026", "SPD-04", at.Add(time.Millisecond)), fault.NotFound)
		refused(t, "putting it back from another region", s.ResumeProof(away, "b1", "2026", "SPD-04", at), fault.NotFound)
		must(t, s.ResumeProof(home, "b1", "2026", "SPD-04", at))
		must(t, s.EndProof(home, "b1", "2026", "SPD-04", at))
		refused(t, "taking it off twice", s.EndProof(home, "b1", "2026", "SPD-04", at), fault.NotFound)
		if list, err = s.Proofs(home, "2026", "SPD-04"); err != nil || len(list) != 1 {
			t.Errorf("proofs = %v, %v", list, err)
		}
	})
}
