package reportsql_test

import (
	"context"
	"errors"
	"slices"
	"sync"
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
	"siida.id/internal/report"
	"siida.id/internal/report/reportsql"
)

var at = time.Date(2026, 3, 2, 8, 30, 0, 123_000_000, time.UTC)

// each calls fn with a store and two regions that have the same period.
func each(t *testing.T, fn func(t *testing.T, s *reportsql.Store, home, away context.Context)) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		home := actor.With(t.Context(), actor.Actor{Region: "18.01"})
		away := actor.With(t.Context(), actor.Actor{Region: "18.02"})
		for _, ctx := range []context.Context{home, away} {
			must(t, (&periodsql.Store{DB: db}).Add(ctx, period.Period{ID: "2026", Year: 2026, OpenedAt: at}))
		}
		fn(t, &reportsql.Store{DB: db}, home, away)
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

func sent(id string) file.Record {
	return file.Record{
		ID: id, Purpose: "report", Name: id + ".pdf", Media: "application/pdf", Size: 1 << 40, SHA256: "aa" + id, State: file.Checked,
		ReceivedBy: "p1", ReceivedAt: at,
	}
}

func TestLetterhead(t *testing.T) {
	each(t, func(t *testing.T, s *reportsql.Store, home, away context.Context) {
		_, err := s.Letterhead(home)
		refused(t, "a letterhead that was never saved", err, fault.NotFound)
		filetest.Add(t, home, s.DB, sent("f1"))
		l := report.Letterhead{
			Government: "PEMERINTAH", Agency: "BADAN", Address: "Jalan", Contact: "Telepon", Logo: sent("f1"), Pattern: "{nomor}/{tahun}",
			Code: "BRIDA", Place: "Kalianda", By: "p1", At: at,
			Signer: report.Signer{Office: report.OtherOffice, Position: "Kepala", Before: "Dr.", Name: "Nama", After: "M.Si.", Rank: "Pembina", NIP: "1"},
		}
		must(t, s.SaveLetterhead(home, l))
		refused(t, "a second first save", s.SaveLetterhead(home, l), fault.Conflict)
		got, err := s.Letterhead(home)
		must(t, err)
		l.Version = 1
		same(t, "the letterhead", got, l)

		l.Logo, l.Agency = file.Record{}, "DINAS"
		must(t, s.SaveLetterhead(home, l))
		refused(t, "an old version", s.SaveLetterhead(home, l), fault.Conflict)
		got, err = s.Letterhead(home)
		must(t, err)
		l.Version = 2
		same(t, "the letterhead without a crest", got, l)

		_, err = s.Letterhead(away)
		refused(t, "that of another region", err, fault.NotFound)
	})
}

func issued(id string, year, n int) report.Issued {
	return report.Issued{
		ID: id, Year: year, N: n, Number: "1/" + id, Code: "CODE" + id, PeriodID: "2026", On: "2026-03-02", FiguresOn: "2026-03-01", Figure: "62.06",
		Predicate: "Inovatif", Signer: "Nama", By: "p1", ByName: "Orang", At: at, PDF: sent("p" + id), Workbook: sent("b" + id),
	}
}

func TestIssued(t *testing.T) {
	each(t, func(t *testing.T, s *reportsql.Store, home, away context.Context) {
		add := func(i report.Issued) error {
			filetest.Add(t, home, s.DB, i.PDF)
			filetest.Add(t, home, s.DB, i.Workbook)
			return s.Add(home, i)
		}
		must(t, add(issued("i1", 2026, 1)))
		must(t, add(issued("i2", 2026, 2)))
		must(t, add(issued("i3", 2027, 1)))
		refused(t, "a number that is taken", add(issued("i4", 2026, 2)), fault.Conflict)
		list, err := s.Issued(home)
		must(t, err)
		same(t, "the register", list, []report.Issued{issued("i3", 2027, 1), issued("i2", 2026, 2), issued("i1", 2026, 1)})
		one, err := s.IssuedByID(home, "i2")
		must(t, err)
		same(t, "one", one, issued("i2", 2026, 2))
		one, err = s.IssuedByCode(home, "CODEi2")
		must(t, err)
		same(t, "the one of a code", one, issued("i2", 2026, 2))
		_, err = s.IssuedByCode(away, "CODEi2")
		refused(t, "a code of another region", err, fault.NotFound)
		taken := issued("i5", 2027, 2)
		taken.Code = "CODEi2"
		refused(t, "a code that is taken", add(taken), fault.Conflict)

		revoked := issued("i2", 2026, 2)
		revoked.Revoked = report.Revocation{Why: "Salah angka", By: "p2", ByName: "Orang lain", On: "2026-03-04"}
		refused(t, "revoking that of another region", s.Revoke(away, "i2", revoked.Revoked), fault.Conflict)
		must(t, s.Revoke(home, "i2", revoked.Revoked))
		refused(t, "revoking again", s.Revoke(home, "i2", report.Revocation{Why: "x", On: "2026-03-05"}), fault.Conflict)
		one, err = s.IssuedByID(home, "i2")
		must(t, err)
		same(t, "a revoked one", one, revoked)

		_, err = s.IssuedByID(away, "i2")
		refused(t, "one of another region", err, fault.NotFound)
		if list, err := s.Issued(away); err != nil || len(list) > 0 {
			t.Errorf("another region sees %v, %v", list, err)
		}
	})
}

// Concurrent transactions get one number each, without gaps; one that fails returns
// its number.
func TestNumbersHaveNoGap(t *testing.T) {
	each(t, func(t *testing.T, s *reportsql.Store, home, away context.Context) {
		broken := errors.New("the printer is out of paper")
		var all sync.WaitGroup
		var mu sync.Mutex
		var given []int
		for i := range 24 {
			all.Go(func() {
				var n int
				err := s.DB.InTx(home, func(ctx context.Context) (err error) {
					if n, err = s.Next(ctx, 2026); err != nil || i%3 > 0 {
						return err
					}
					return broken
				})
				if i%3 == 0 {
					if !errors.Is(err, broken) {
						t.Error(err)
					}
					return
				}
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				given = append(given, n)
			})
		}
		all.Wait()
		slices.Sort(given)
		want := make([]int, 16)
		for i := range want {
			want[i] = i + 1
		}
		same(t, "the numbers", given, want)
		for _, c := range []struct {
			ctx        context.Context
			year, last int
		}{{home, 2026, 16}, {home, 2027, 0}, {away, 2026, 0}} {
			if n, err := s.Last(c.ctx, c.year); err != nil || n != c.last {
				t.Errorf("the last of %d is %d, %v, want %d", c.year, n, err, c.last)
			}
		}
	})
}
