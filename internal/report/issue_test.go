package report_test

import (
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/report"
)

func TestPermissions(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.lettered("brida")
		w.lettered("away")
		made, err := w.issue(servicetest.As(t, "brida"))
		w.must(err)
		again := entry()
		again.Version = 9 // a conflict, so that nobody's letterhead is saved
		servicetest.Permissions(t, `
			-          visitor nobody    operator  other     brida    admin    away
			draft      unknown forbidden yes       yes       yes      yes      yes
			letterhead unknown forbidden forbidden forbidden yes      yes      yes
			save       unknown forbidden forbidden forbidden conflict conflict conflict
			crest      unknown forbidden forbidden forbidden invalid  invalid  invalid
			openlogo   unknown forbidden forbidden forbidden missing  missing  missing
			offer      unknown forbidden forbidden forbidden yes      yes      yes
			issue      unknown forbidden forbidden forbidden conflict conflict conflict
			issued     unknown missing   missing   missing   yes      yes      missing
			open       unknown missing   missing   missing   yes      yes      missing
			revoke     unknown forbidden forbidden forbidden invalid  invalid  missing
			check      yes     yes       yes       yes       yes      yes      missing`,
			servicetest.Call{Name: "draft", Do: func(ctx context.Context) error { _, err := w.Of(ctx, "2026"); return err }},
			servicetest.Call{Name: "letterhead", Do: func(ctx context.Context) error { _, err := w.Letterhead(ctx); return err }},
			servicetest.Call{Name: "save", Do: func(ctx context.Context) error { return w.SaveLetterhead(ctx, again, nil) }},
			servicetest.Call{Name: "crest", Do: func(ctx context.Context) error { _, err := w.ReceiveLogo(ctx, strings.NewReader("x")); return err }},
			servicetest.Call{Name: "openlogo", Do: func(ctx context.Context) error { _, _, err := w.OpenLogo(ctx); return err }},
			servicetest.Call{Name: "offer", Do: func(ctx context.Context) error { _, err := w.Offer(ctx, "2026"); return err }},
			servicetest.Call{Name: "issue", Do: func(ctx context.Context) error {
				_, err := w.Issue(ctx, "2026", report.Agreed{N: 9, Letterhead: 1}, printed)
				return err
			}},
			servicetest.Call{Name: "issued", Do: func(ctx context.Context) error { _, err := w.Issued(ctx, made.ID); return err }},
			servicetest.Call{Name: "open", Do: func(ctx context.Context) error { _, _, err := w.Open(ctx, made.ID, report.PDF); return err }},
			servicetest.Call{Name: "revoke", Do: func(ctx context.Context) error { return w.Revoke(ctx, made.ID, " ") }},
			servicetest.Call{Name: "check", Do: func(ctx context.Context) error { _, err := w.Check(ctx, made.Code); return err }},
		)
		for persona, want := range map[string]int{"operator": 0, "nobody": 0, "visitor": 0, "brida": 1, "admin": 1, "away": 0} {
			if list, err := w.Register(servicetest.As(t, persona)); err != nil || len(list) != want {
				t.Errorf("the register has %d for %s, %v, want %d", len(list), persona, err, want)
			}
		}
	})
}

// An issued report has the number that was agreed to, the day in the region's zone,
// and the generated files.
func TestIssue(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		brida := servicetest.As(t, "brida")
		if _, err := w.issue(brida); fault.KeyOf(err) != "report.letterhead_first" {
			t.Errorf("without a letterhead: %v", err)
		}
		w.lettered("brida")
		first, err := w.issue(brida)
		w.must(err)
		if first.Number != numbered(1) || first.Year != 2027 || first.On != "2027-01-01" || first.FiguresOn != "2027-01-01" || first.Signer != "Nama, M.Si." || !first.IsValid() {
			t.Errorf("%+v", first)
		}
		for form, want := range map[report.Form]string{report.PDF: first.Number + " " + first.Code + " 2027-01-01", report.Workbook: "book " + first.Number} {
			f, content, err := w.Open(brida, first.ID, form)
			w.must(err)
			got, err := io.ReadAll(content)
			if string(got) != want || err != nil || f.Size != int64(len(want)) {
				t.Errorf("%s has %q, %v, and %+v, want %q", form, got, err, f, want)
			}
		}
		if _, _, err := w.Open(brida, first.ID, "docx"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("another form: %v", err)
		}
		if _, err := w.Issue(brida, "2026", report.Agreed{N: 1, Letterhead: 1}, printed); fault.KeyOf(err) != "report.number_taken" {
			t.Errorf("pressed twice: %v", err)
		}
		if _, err := w.Issue(brida, "2026", report.Agreed{N: 2, Letterhead: 7}, printed); fault.KeyOf(err) != "report.letterhead_changed" {
			t.Errorf("of another letterhead: %v", err)
		}
		w.lettered("away")
		other, err := w.issue(servicetest.As(t, "away"))
		w.must(err)
		if other.N != 1 {
			t.Errorf("another region begins with %d", other.N)
		}
	})
}

// If generating or the audit log fails, nothing is issued and no number is used.
func TestFailedIssue(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.lettered("brida")
		brida, broken := servicetest.As(t, "brida"), errors.New("broken")
		unprinted := func(report.Report) (paper, book []byte, err error) { return nil, nil, broken }
		if _, err := w.Issue(brida, "2026", report.Agreed{N: 1, Letterhead: 1}, unprinted); !errors.Is(err, broken) {
			t.Errorf("not printed: %v", err)
		}
		w.log.Err = broken
		if _, err := w.issue(brida); !errors.Is(err, broken) {
			t.Errorf("not in the log: %v", err)
		}
		w.log.Err = nil
		made, err := w.issue(brida)
		w.must(err)
		w.log.Err = broken
		if err := w.Revoke(brida, made.ID, "Salah"); !errors.Is(err, broken) {
			t.Errorf("revoked without the log: %v", err)
		}
		if err := w.SaveLetterhead(brida, report.Entry{Version: 1}, nil); fault.KindOf(err) != fault.Invalid {
			t.Errorf("an empty letterhead: %v", err)
		}
		changed := entry()
		changed.Version, changed.Agency = 1, "DINAS"
		if err := w.SaveLetterhead(brida, changed, nil); !errors.Is(err, broken) {
			t.Errorf("a letterhead without the log: %v", err)
		}
		list, err := w.Register(brida)
		w.must(err)
		l, err := w.Letterhead(brida)
		w.must(err)
		if len(list) != 1 || list[0].N != 1 || !list[0].IsValid() || l.Agency != "BADAN" {
			t.Errorf("the register has %+v, the letterhead %+v", list, l)
		}
	})
}

// Of many concurrent issues each gets a number of its own or a conflict, and the
// register has no gaps.
func TestIssueAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.lettered("brida")
		brida := servicetest.As(t, "brida")
		var all sync.WaitGroup
		var mu sync.Mutex
		won := 0
		for range 6 {
			all.Go(func() {
				_, err := w.issue(brida)
				if err != nil && fault.KeyOf(err) != "report.number_taken" {
					t.Error(err)
				}
				if err == nil {
					mu.Lock()
					won++
					mu.Unlock()
				}
			})
		}
		all.Wait()
		list, err := w.Register(brida)
		w.must(err)
		var given []int
		codes := map[string]bool{}
		for _, i := range slices.Backward(list) {
			given = append(given, i.N)
			codes[i.Code] = true
		}
		if won == 0 || len(given) != won || len(codes) != won || given[0] != 1 || given[won-1] != won {
			t.Errorf("%d were issued, with the numbers %v", won, given)
		}
	})
}

func TestCheckAndRevoke(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.lettered("brida")
		brida, visitor := servicetest.As(t, "brida"), servicetest.As(t, "visitor")
		made, err := w.issue(brida)
		w.must(err)
		for _, typed := range []string{made.Code, strings.ToLower(report.GroupedCode(made.Code)), " " + report.GroupedCode(made.Code) + "."} {
			found, err := w.Check(visitor, typed)
			if want := (report.Checked{Number: numbered(1), PeriodID: "2026", On: "2027-01-01", Signer: "Nama, M.Si.", PDFSHA256: made.PDF.SHA256, WorkbookSHA256: made.Workbook.SHA256}); err != nil || found != want {
				t.Errorf("%q: %+v, %v, want %+v", typed, found, err, want)
			}
		}
		for _, typed := range []string{"", made.Code[1:], made.Code + "B", "BCDFGHJKMNPR", strings.Repeat("B", 100_000)} {
			if _, err := w.Check(visitor, typed); fault.KeyOf(err) != "report.check_unknown" {
				t.Errorf("%.20q: %v", typed, err)
			}
		}
		if err := w.Revoke(brida, made.ID, strings.Repeat("x", 501)); fault.KindOf(err) != fault.Invalid {
			t.Errorf("a long reason: %v", err)
		}
		w.must(w.Revoke(brida, made.ID, " Salah angka\n"))
		if err := w.Revoke(brida, made.ID, "Lagi"); fault.KeyOf(err) != "report.revoked_already" {
			t.Errorf("again: %v", err)
		}
		if err := w.Revoke(brida, "none", "x"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("one that is not there: %v", err)
		}
		found, err := w.Check(visitor, made.Code)
		w.must(err)
		now, err := w.Issued(brida, made.ID)
		w.must(err)
		if found.RevokedOn != "2027-01-01" || now.Revoked != (report.Revocation{Why: "Salah angka", By: "brida", ByName: "Orang brida", On: "2027-01-01"}) {
			t.Errorf("%+v, %+v", found, now)
		}
		next, err := w.issue(brida)
		w.must(err)
		if next.N != 2 {
			t.Errorf("after a revoked one comes %d", next.N)
		}
	})
}

// A report is not issued if something in it is changed while it is generated.
func TestIssueConflicts(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.lettered("brida")
		brida, admin := servicetest.As(t, "brida"), servicetest.As(t, "admin")
		changed := entry()
		changed.Version, changed.Agency = 1, "DINAS"
		for _, tt := range []struct {
			rival  func() error
			agreed report.Agreed
			want   string
		}{
			{func() error { return w.SaveLetterhead(admin, changed, nil) }, report.Agreed{N: 1, Letterhead: 1}, "report.letterhead_changed"},
			{func() error { _, err := w.issue(admin); return err }, report.Agreed{N: 1, Letterhead: 2}, "report.number_taken"},
			{
				func() error {
					return w.addSnapshot("nasional")
				}, report.Agreed{N: 2, Letterhead: 2}, "report.figures_changed",
			},
		} {
			_, err := w.Issue(brida, "2026", tt.agreed, func(r report.Report) (paper, book []byte, err error) {
				w.must(tt.rival())
				return printed(r)
			})
			if fault.KeyOf(err) != tt.want {
				t.Errorf("issued = %v, want %s", err, tt.want)
			}
		}
		list, err := w.Register(brida)
		w.must(err)
		if len(list) != 1 || list[0].By != "admin" {
			t.Errorf("the register has %+v", list)
		}
		if _, err := w.issue(brida); err != nil {
			t.Errorf("issued again: %v", err)
		}
	})
}

// addSnapshot stores a snapshot of the first of June with a figure of its own.
func (w *world) addSnapshot(kind string) error {
	w.snapshots++
	_, err := w.db.Exec(w.t.Context(), `
		insert into index_snapshots (region_id, period_id, day, kind, at, by_name, figure, innovations, source, facts)
		values ('18.01', '2026', '2026-06-01', $1, '2026-06-01T00:00:00.000Z', 'Orang', $2, 1, 'SK', null)
		on conflict (region_id, period_id, day, kind) do update set figure = excluded.figure`,
		kind, strconv.Itoa(w.snapshots)+".00")
	return err
}

// If figures change while a report is generated, it is generated again; other changes
// do not matter.
func TestIssueGeneratesAgain(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.lettered("brida")
		brida, n := servicetest.As(t, "brida"), 1
		for _, tt := range []struct {
			kind   string // of the snapshot stored while it is generated
			times  int    // how often that happens
			prints int
			want   string
		}{
			{"harian", 9, 1, ""},
			{"nasional", 1, 2, ""},
			{"nasional", 2, 3, ""},
			{"nasional", 3, 3, "report.figures_changed"},
		} {
			prints, last := 0, ""
			_, err := w.Issue(brida, "2026", report.Agreed{N: n, Letterhead: 1}, func(r report.Report) (paper, book []byte, err error) {
				if m := r.Published(); m != nil {
					last = m.Figure.String()
				}
				if prints++; prints <= tt.times {
					w.must(w.addSnapshot(tt.kind))
				}
				return printed(r)
			})
			if prints != tt.prints || err != nil && fault.KeyOf(err) != tt.want || (err == nil) != (tt.want == "") {
				t.Errorf("%d times %s: printed %d times, %v", tt.times, tt.kind, prints, err)
			}
			if err == nil {
				n++
			}
			if r, failed := w.Of(brida, "2026"); failed != nil || err == nil && r.Published() != nil && r.Published().Figure.String() != last {
				t.Errorf("%d times %s: printed with %s, %v", tt.times, tt.kind, last, failed)
			}
		}
	})
}
