package regional_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/file/filetest"
	"siida.id/internal/period"
	"siida.id/internal/question"
	"siida.id/internal/regional"
)

func TestPermissions(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		brida := servicetest.As(t, "brida")
		w.must(w.Save(brida, year, income, w.proven(income, "2", 0), nil))
		proof, sent := w.question(year, income).Proofs[0].ID, w.send(income, "lain.pdf")
		servicetest.Permissions(t, `
			-         visitor  nobody    operator  other     brida    admin    away
			Sheet     unknown  forbidden yes       yes       yes      yes      yes
			Question  unknown  forbidden yes       yes       yes      yes      yes
			Open      unknown  forbidden yes       yes       yes      yes      missing
			PendingFile  missing  missing   missing   missing   yes      missing  missing
			Receive   unknown  forbidden forbidden forbidden yes      yes      yes
			Save      unknown  forbidden forbidden forbidden yes      yes      conflict
			Detach    unknown  forbidden forbidden forbidden yes      yes      missing`,
			servicetest.Call{Name: "Sheet", Do: func(ctx context.Context) error { _, err := w.Sheet(ctx, ""); return err }},
			servicetest.Call{Name: "Question", Do: func(ctx context.Context) error { _, err := w.Question(ctx, year, income); return err }},
			servicetest.Call{Name: "Open", Do: func(ctx context.Context) error {
				_, bytes, err := w.Open(ctx, proof)
				if err == nil {
					err = bytes.Close()
				}
				return err
			}},
			servicetest.Call{Name: "PendingFile", Do: func(ctx context.Context) error { _, err := w.PendingFile(ctx, year, income, sent); return err }},
			servicetest.Call{Name: "Receive", Do: func(ctx context.Context) error {
				_, err := w.Receive(ctx, year, income, "rilis.pdf", strings.NewReader("isi"))
				return err
			}},
			servicetest.Call{Name: "Save", Do: func(ctx context.Context) error {
				return w.Save(ctx, year, income, regional.Entry{Choice: "2", Version: w.question(year, income).Answer.Version}, nil)
			}},
			servicetest.Call{Name: "Detach", Do: func(ctx context.Context) error {
				w.must(w.Save(brida, year, income, w.proven(income, "2", w.question(year, income).Answer.Version), nil))
				return w.Detach(ctx, year, income, w.question(year, income).Proofs[0].ID)
			}},
		)
	})
}

// An address with any wrong part is NotFound.
func TestAddresses(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, at := range [][2]string{{"2031", income}, {year, "SPD-99"}, {year, "SID-16"}, {"", income}} {
			if _, err := w.Question(servicetest.As(t, "admin"), at[0], at[1]); fault.KindOf(err) != fault.NotFound {
				t.Errorf("%v = %v", at, err)
			}
		}
	})
}

// Only proven answers earn points; others are listed.
func TestPointsNeedAProof(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		brida := servicetest.As(t, "brida")
		figures := func(points string, proven, answered int, rows ...string) {
			t.Helper()
			sheet, err := w.Sheet(brida, year)
			w.must(err)
			var got []string
			for _, g := range sheet.Groups {
				for _, r := range g.Rows {
					if r.Proven() > 0 {
						got = append(got, fmt.Sprint(r.Indicator.Code, " earns ", r.Proven()))
					}
					if r.Level > 0 && r.State() == question.Begun {
						got = append(got, r.Indicator.Code+" lacks a proof")
					}
				}
			}
			slices.Sort(got)
			slices.Sort(rows)
			if sheet.Points.String() != points || sheet.Max.String() != "63" || sheet.Finished != proven || sheet.Answered != answered || sheet.Total != 20 {
				t.Errorf("sheet = %v of %v, %d, %d, %d", sheet.Points, sheet.Max, sheet.Finished, sheet.Answered, sheet.Total)
			}
			if diff := cmp.Diff(rows, got); diff != "" {
				t.Error(diff)
			}
		}
		figures("0", 0, 0)
		w.must(w.Save(brida, year, audits, regional.Entry{Choice: "3"}, nil))
		figures("0", 0, 1, audits+" lacks a proof")
		w.must(w.Save(brida, year, audits, w.proven(audits, "3", 1), nil))
		figures("4.5", 1, 1, audits+" earns 3")
		w.must(w.Save(brida, year, income, regional.Entry{Choice: "2", Subject: "Laman BPS", Address: "https://contoh.go.id"}, nil))
		figures("6.5", 2, 2, audits+" earns 3", income+" earns 2")
		w.must(w.Detach(brida, year, audits, w.question(year, audits).Proofs[0].ID))
		figures("2", 1, 2, audits+" lacks a proof", income+" earns 2")
		w.must(w.Save(brida, year, income, regional.Entry{Choice: "0", Version: 1}, nil))
		figures("0", 0, 1, audits+" lacks a proof")
		sheet, err := w.Sheet(brida, year)
		w.must(err)
		states := map[string]question.State{}
		for _, g := range sheet.Groups {
			for _, r := range g.Rows {
				states[r.Indicator.Code] = r.State()
			}
		}
		if states[income] != question.Begun || states[audits] != question.Begun || states["SPD-01"] != question.Empty {
			t.Errorf("states = %v", states)
		}
	})
}

// All mistakes of a form are returned at once, in its order.
func TestMistakes(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		brida := servicetest.As(t, "brida")
		long := strings.Repeat("é", 2001)
		figure := func(pairs ...string) (list [regional.FigureRows]regional.TypedFigure) {
			for n := 0; n < len(pairs); n += 2 {
				list[n/2] = regional.TypedFigure{Year: pairs[n], Value: pairs[n+1]}
			}
			return list
		}
		for _, c := range []struct {
			name string
			e    regional.Entry
			want string
		}{
			{"nothing chosen", regional.Entry{}, "choice=regional.option_choose"},
			{"no such option", regional.Entry{Choice: "4"}, "choice=regional.option_choose"},
			{"a figure without its source", regional.Entry{Choice: "1", Figures: figure("2025", "1")}, "source=regional.source_missing"},
			{"years", regional.Entry{Choice: "1", Figures: figure("2027", "1", "dulu", "2")}, "figures.0.year=regional.year_unread figures.1.year=regional.year_unread source=regional.source_missing"},
			{"one year twice", regional.Entry{Choice: "1", Source: "BPS", Figures: figure("2025", "1", "2025", "2")}, "figures.1.year=regional.year_twice"},
			{
				"all too long",
				regional.Entry{
					Choice: "1", Figures: [regional.FigureRows]regional.TypedFigure{{Year: "2025", Value: long, Unit: long}}, Source: long, Subject: long, Address: "https://contoh.go.id/" + long,
				},
				"figures.0.value=regional.value_long figures.0.unit=regional.unit_long source=regional.source_long subject=regional.subject_long address=regional.address_long",
			},
			{"a proof of nothing", regional.Entry{Choice: "1", Subject: "Rilis"}, "file=regional.file_missing"},
			{"without a name", regional.Entry{Choice: "1", Address: "javascript:alert(1)"}, "subject=regional.subject_missing address=fault.address_unclear"},
			{"two at once", regional.Entry{Choice: "1", Subject: "Rilis", Address: "https://contoh.go.id", FileID: w.send(income, "a.pdf")}, "address=regional.address_or_file"},
			{"a file sent for another row", regional.Entry{Choice: "1", Subject: "Rilis", FileID: w.send(audits, "a.pdf")}, "file=file.swept"},
		} {
			before := w.entries()
			if err := w.Save(brida, year, income, c.e, nil); err == nil || err.Error() != "fault.invalid "+c.want {
				t.Errorf("%s = %v, want %s", c.name, err, c.want)
			}
			if w.entries() != before {
				t.Errorf("%s is in the log", c.name)
			}
		}
		for name, content := range map[string]string{"a.pdf": "", "a.docx": "isi", "b.pdf": strings.Repeat("x", filetest.MaxSize+1)} {
			if _, err := w.Receive(brida, year, income, name, strings.NewReader(content)); fault.KindOf(err) != fault.Invalid || fault.FieldsOf(err)[0].Name != fault.File {
				t.Errorf("file %s = %v", name, err)
			}
		}
		refused := &fault.Error{Kind: fault.Invalid, Key: "fault.invalid", Fields: []fault.Field{{Name: fault.File, Key: "file.empty"}}}
		want := "fault.invalid subject=regional.subject_missing file=file.empty"
		if err := w.Save(brida, year, income, regional.Entry{Choice: "1"}, refused); err == nil || err.Error() != want {
			t.Errorf("with a file that was refused: %v", err)
		}
	})
}

// A figure belongs to the period that used it, and the next one shows it.
func TestFiguresOfOtherPeriods(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		brida := servicetest.As(t, "brida")
		w.must(w.Save(brida, year, income, w.proven(income, "2", 0), nil))
		_, err := w.Periods.Open(servicetest.As(t, "admin"), "iid-2027")
		w.must(err)
		w.must(w.Periods.Do(servicetest.As(t, "admin"), year, period.Close))
		e := regional.EntryOf(w.question("2027", income))
		if e.Figures[0].Year != "2026" || e.Figures[1].Year != "2025" {
			t.Errorf("years offered = %v", e.Figures)
		}
		e.Choice, e.Source, e.Figures = "3", "BPS", [2]regional.TypedFigure{{Year: "2025", Value: "4,4"}, {Year: "2026", Value: "5"}}
		w.must(w.Save(brida, "2027", income, e, nil))
		now, closed := w.question("2027", income), w.question(year, income)
		if want := []regional.Figure{{Year: 2026, Value: "5"}, {Year: 2025, Value: "4,4"}}; !slices.Equal(now.Answer.Figures, want) {
			t.Errorf("2027 rests on %v", now.Answer.Figures)
		}
		if want := []regional.Figure{{Year: 2025, Value: "4,2", Unit: "%"}, {Year: 2024, Value: "3,9", Unit: "%"}}; !slices.Equal(closed.Answer.Figures, want) {
			t.Errorf("2026 rests on %v, and was closed", closed.Answer.Figures)
		}
		if len(now.Past) != 2 || now.Past[0].PeriodID != year || now.Past[0].Value != "4,2" || now.Past[0].Unit != "%" {
			t.Errorf("2027 shows %v", now.Past)
		}
		if closed.MayEdit || fault.KeyOf(closed.Closed) != "period.closed" {
			t.Errorf("2026 may be edited: %v, %v", closed.MayEdit, closed.Closed)
		}
		for name, err := range map[string]error{
			"Save":   w.Save(brida, year, income, regional.Entry{Choice: "1", Version: 1}, nil),
			"Detach": w.Detach(brida, year, income, closed.Proofs[0].ID),
		} {
			if fault.KeyOf(err) != "period.closed" {
				t.Errorf("%s in a closed period = %v", name, err)
			}
		}
		if _, bytes, err := w.Open(brida, closed.Proofs[0].ID); err != nil {
			t.Error(err)
		} else if text, _ := io.ReadAll(bytes); string(text) != "isi rilis.pdf" {
			t.Errorf("proof = %q", text)
		}
	})
}

// The window is for agencies: BRIDA may work until the period is closed.
func TestTheWindowIsForAgencies(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin := servicetest.As(t, "admin")
		w.must(w.Periods.SetWindow(admin, year, period.WindowEntry{
			Opens: period.When{Day: "1-1-2026", Hour: "08.00"}, Closes: period.When{Day: "2-1-2026", Hour: "08.00"},
		}))
		p, err := w.Periods.ByID(admin, year)
		w.must(err)
		if err := w.Periods.WritableIn(admin, p.Period, period.Data{AgencyID: servicetest.Own}); fault.KindOf(err) != fault.Conflict {
			t.Fatalf("the window is open: %v", err)
		}
		w.must(w.Save(servicetest.As(t, "brida"), year, income, regional.Entry{Choice: "1"}, nil))
	})
}

func TestConflicts(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		brida := servicetest.As(t, "brida")
		w.must(w.Save(brida, year, income, regional.Entry{Choice: "1"}, nil))
		for _, version := range []int64{0, 2, 1<<63 - 1, -1} {
			if err := w.Save(brida, year, income, regional.Entry{Choice: "2", Version: version}, nil); fault.KeyOf(err) != "regional.moved_on" {
				t.Errorf("version %d = %v", version, err)
			}
		}
	})
}

// If the audit log fails, nothing is changed.
func TestChangesNeedTheLog(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		brida := servicetest.As(t, "brida")
		w.must(w.Save(brida, year, income, w.proven(income, "2", 0), nil))
		e, proof := w.proven(income, "3", 1), w.question(year, income).Proofs[0].ID
		w.log.Err = errors.New("the log is full")
		for name, err := range map[string]error{
			"Save": w.Save(brida, year, income, e, nil), "Detach": w.Detach(brida, year, income, proof),
		} {
			if fault.KindOf(err) != fault.Internal {
				t.Errorf("%s = %v", name, err)
			}
		}
		w.log.Err = nil
		if q := w.question(year, income); q.Answer.Level != 2 || len(q.Proofs) != 1 {
			t.Errorf("%+v", q.Answer)
		}
	})
}

// Only those who may read a request may open the file that the agency sent.
func TestMayOpen(t *testing.T) {
	asked := regional.Proof{AgencyID: "own"}
	for _, c := range []struct {
		role   actor.Role
		agency string
		want   bool
	}{
		{actor.Operator, "own", true},
		{actor.Pendamping, "own", true},
		{actor.Kepala, "own", true},
		{actor.Operator, "other", false},
		{actor.Kepala, "other", false},
		{actor.Brida, "", true},
		{actor.Admin, "", true},
		{actor.Pimpinan, "", true},
	} {
		who := actor.Actor{ID: "p", Assignments: []actor.Assignment{{Role: c.role, Agency: c.agency}}}
		if got := asked.MayOpen(who); got != c.want {
			t.Errorf("%s of %q opens: %v", c.role, c.agency, got)
		}
		if !(regional.Proof{}).MayOpen(who) {
			t.Errorf("%s of %q does not open BRIDA's own", c.role, c.agency)
		}
	}
	below := actor.Actor{ID: "p", Assignments: []actor.Assignment{{Role: actor.Operator, Agency: "own", Below: true}}}
	if asked.MayOpen(below) || asked.MayOpen(actor.Actor{}) {
		t.Error("an agency above, or a visitor, opens")
	}
}
