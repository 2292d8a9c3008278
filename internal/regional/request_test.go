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

	"siida.id/internal/account"
	"siida.id/internal/account/accountsql"
	"siida.id/internal/agency"
	"siida.id/internal/agency/agencysql"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/period"
	"siida.id/internal/regional"
)

// eachAsked is each with two agencies whose operators can be asked.
func eachAsked(t *testing.T, fn func(t *testing.T, w *world)) {
	each(t, func(t *testing.T, w *world) {
		home := servicetest.As(t, "admin")
		for id, name := range map[string]string{servicetest.Own: "Dinas Sendiri", servicetest.Other: "Dinas Lain"} {
			w.must((&agencysql.Store{DB: w.db}).Add(home, agency.Agency{ID: id, Name: name, Kind: "dinas"}))
		}
		for person, unit := range map[string]string{"operator": servicetest.Own, "other": servicetest.Other} {
			post := account.Assignment{ID: person, Assignment: actor.Assignment{Role: actor.Operator, Agency: unit}, From: w.now}
			w.must((&accountsql.Store{DB: w.db}).Add(home, account.Person{ID: person, Name: "Orang " + person, Login: person, Active: true}, []account.Assignment{post}))
		}
		fn(t, w)
	})
}

// ask asks the operator's agency for a row and returns the request's id.
func (w *world) ask(code string) string {
	w.t.Helper()
	ids, err := w.Ask(servicetest.As(w.t, "brida"), regional.AskEntry{Codes: []string{code}, To: servicetest.Own, Due: "2026-04-01", Note: "Angka terakhir"})
	w.must(err)
	return ids[code]
}

// asked calls Ask and returns only the error.
func (w *world) asked(ctx context.Context, e regional.AskEntry) error {
	_, err := w.Ask(ctx, e)
	return err
}

// opened returns a request as BRIDA reads it.
func (w *world) opened(id string) regional.Opened {
	w.t.Helper()
	o, err := w.Opened(servicetest.As(w.t, "brida"), id)
	w.must(err)
	return o
}

// figure returns a reply with only a figure, file one with a file too.
func (w *world) figure(id, value, year string) regional.ReplyEntry {
	return regional.ReplyEntry{Figure: regional.TypedFigure{Year: year, Value: value}, Unit: "%", Source: "BPS", Version: w.opened(id).Version}
}

func (w *world) file(id, name string) regional.ReplyEntry {
	w.t.Helper()
	f, err := w.ReceiveReply(servicetest.As(w.t, "operator"), id, name, strings.NewReader("isi "+name))
	w.must(err)
	e := w.figure(id, "4,2", "2025")
	e.FileID = f.ID
	return e
}

func TestRequestPermissions(t *testing.T) {
	eachAsked(t, func(t *testing.T, w *world) {
		operator, brida := servicetest.As(t, "operator"), servicetest.As(t, "brida")
		id := w.ask(income)
		w.must(w.Reply(operator, id, w.file(id, "a.pdf"), nil))
		sent := w.file(id, "b.pdf").FileID
		call := func(name string, do func(ctx context.Context) error) servicetest.Call {
			return servicetest.Call{Name: name, Do: do}
		}
		servicetest.Permissions(t, `
			-            visitor  nobody    operator  other     brida     admin     away
			Listing      unknown  forbidden yes       yes       yes       yes       yes
			Choices      unknown  forbidden forbidden forbidden yes       yes       yes
			Ask          unknown  forbidden forbidden forbidden yes       yes       invalid
			Opened       unknown  forbidden yes       missing   yes       yes       missing
			OpenReply    unknown  forbidden yes       missing   yes       yes       missing
			PendingReply missing  missing   yes       missing   missing   missing   missing
			ReceiveReply unknown  forbidden yes       missing   forbidden yes       missing
			Reply        unknown  forbidden yes       missing   forbidden yes       missing
			Judge        unknown  forbidden forbidden missing   yes       yes       missing
			Take         unknown  forbidden forbidden missing   yes       yes       missing`,
			call("Listing", func(ctx context.Context) error { _, err := w.Listing(ctx, ""); return err }),
			call("Choices", func(ctx context.Context) error { _, err := w.Choices(ctx); return err }),
			call("Ask", func(ctx context.Context) error {
				return w.asked(ctx, regional.AskEntry{Codes: []string{income}, To: servicetest.Own, Due: "2026-04-01"})
			}),
			call("Opened", func(ctx context.Context) error { _, err := w.Opened(ctx, id); return err }),
			call("OpenReply", func(ctx context.Context) error {
				_, bytes, err := w.OpenReply(ctx, id)
				if err == nil {
					err = bytes.Close()
				}
				return err
			}),
			call("PendingReply", func(ctx context.Context) error { _, err := w.PendingReply(ctx, id, sent); return err }),
			call("ReceiveReply", func(ctx context.Context) error {
				_, err := w.ReceiveReply(ctx, id, "c.pdf", strings.NewReader("isi"))
				return err
			}),
			call("Reply", func(ctx context.Context) error { return w.Reply(ctx, id, w.figure(id, "4,3", "2025"), nil) }),
			call("Judge", func(ctx context.Context) error {
				one := w.ask(audits)
				w.must(w.Reply(operator, one, w.figure(one, "WTP", "2025"), nil))
				if actor.From(ctx).Serves(servicetest.Other, actor.Operator) || actor.From(ctx).Region == servicetest.Away {
					one = id // that they may not read
				}
				return w.Judge(ctx, one, regional.Accept, "", w.opened(one).Version)
			}),
			call("Take", func(ctx context.Context) error {
				one := w.ask(audits)
				w.must(w.Reply(operator, one, w.figure(one, "WTP", "2025"), nil))
				w.must(w.Judge(brida, one, regional.Accept, "", w.opened(one).Version))
				return w.ApplyToAnswer(ctx, one, false)
			}),
		)
	})
}

// All mistakes of a form are returned at once, in its order, and nothing is changed.
func TestRequestMistakes(t *testing.T) {
	eachAsked(t, func(t *testing.T, w *world) {
		brida, operator := servicetest.As(t, "brida"), servicetest.As(t, "operator")
		long := strings.Repeat("é", 2001)
		id := w.ask(income)
		wrong := func(name string, err error, want string, before int) {
			t.Helper()
			if err == nil || err.Error() != "fault.invalid "+want {
				t.Errorf("%s = %v, want %s", name, err, want)
			}
			if w.entries() != before {
				t.Errorf("%s is in the log", name)
			}
		}
		for _, c := range []struct {
			name string
			e    regional.AskEntry
			want string
		}{
			{"nothing", regional.AskEntry{}, "codes=regional.rows_choose to=regional.to_choose due=regional.due_missing"},
			{"rows and people that are none", regional.AskEntry{Codes: []string{income, "SID-16"}, To: "own/other", Due: "2026-03-01"}, "codes=regional.rows_choose to=regional.to_choose due=regional.due_past"},
			{"rows of another year", regional.AskEntry{Period: "2025", Codes: []string{income}, To: "own", Due: "2026-04-01"}, "codes=regional.rows_of_another"},
			{"a day that is none", regional.AskEntry{Codes: []string{income}, To: "tidak-ada", Due: "besok", Note: long}, "to=regional.to_choose due=regional.due_unread note=regional.note_long"},
		} {
			before := w.entries()
			wrong(c.name, w.asked(brida, c.e), c.want, before)
		}
		w.must(w.asked(brida, regional.AskEntry{Codes: []string{income}, To: "own", Due: "2-3-2026"})) // today
		for _, c := range []struct {
			name string
			e    regional.ReplyEntry
			want string
		}{
			{"nothing", regional.ReplyEntry{}, "source=regional.source_missing file=regional.figure_or_file"},
			{"a figure without a year", regional.ReplyEntry{Figure: regional.TypedFigure{Value: "1"}, Source: "BPS"}, "figure.year=regional.year_unread"},
			{
				"all too long",
				regional.ReplyEntry{Figure: regional.TypedFigure{Value: long, Year: "2027"}, Unit: long, Source: long, Note: long},
				"figure.value=regional.value_long figure.year=regional.year_unread unit=regional.unit_long source=regional.source_long note=regional.note_long",
			},
			{"a file of somebody else's", regional.ReplyEntry{Source: "BPS", FileID: w.send(income, "a.pdf")}, "file=file.swept"},
		} {
			before := w.entries()
			wrong(c.name, w.Reply(operator, id, c.e, nil), c.want, before)
		}
		refused := &fault.Error{Kind: fault.Invalid, Key: "fault.invalid", Fields: []fault.Field{{Name: fault.File, Key: "file.empty"}}}
		wrong("a file that was refused", w.Reply(operator, id, regional.ReplyEntry{}, refused), "source=regional.source_missing file=file.empty", w.entries())

		w.must(w.Reply(operator, id, w.figure(id, "4,2", "2025"), nil))
		seen := w.opened(id).Version
		wrong("returned without a reason", w.Judge(brida, id, regional.Return, " \n", seen), "reason=regional.reason_missing", w.entries())
		wrong("withdrawn with too long a one", w.Judge(brida, id, regional.Withdraw, long, seen), "reason=regional.note_long", w.entries())
		for _, m := range []regional.Move{regional.Reply, "", "hapus"} {
			if err := w.Judge(brida, id, m, "", seen); fault.KindOf(err) != fault.NotFound {
				t.Errorf("BRIDA's move %q = %v", m, err)
			}
		}
	})
}

// Asking for several rows adds a request for each, with a state of its own.
func TestRequestPerRow(t *testing.T) {
	eachAsked(t, func(t *testing.T, w *world) {
		brida, operator := servicetest.As(t, "brida"), servicetest.As(t, "operator")
		w.must(w.asked(brida, regional.AskEntry{Codes: []string{audits, income, audits}, To: "own/operator", Due: "2026-04-01"}))
		seen := func(ctx context.Context) (list []string) {
			l, err := w.Listing(ctx, year)
			w.must(err)
			for _, r := range l.List {
				list = append(list, fmt.Sprint(r.Code, " ", r.State, " ", r.PersonName, " ", r.Late))
			}
			return list
		}
		waits := func(ctx context.Context) (list []string) {
			p, err := w.Periods.ByID(ctx, year)
			w.must(err)
			waiting, err := w.Pending(ctx, p)
			w.must(err)
			for _, r := range waiting {
				list = append(list, r.Code)
			}
			return list
		}
		check := func(what string, got []string, want ...string) {
			t.Helper()
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", what, diff)
			}
		}
		check("asked", seen(operator), income+" diminta Orang operator false", audits+" diminta Orang operator false")
		check("of another agency", seen(servicetest.As(t, "other")))
		check("the person is asked", waits(operator), income, audits)
		check("his colleague is not", waits(servicetest.As(t, "other")))
		check("BRIDA has nothing to look at", waits(brida))

		l, err := w.Listing(operator, year)
		w.must(err)
		id := l.List[0].ID
		w.must(w.Reply(operator, id, w.figure(id, "4,2", "2025"), nil))
		check("one is answered", seen(brida), income+" dijawab Orang operator false", audits+" diminta Orang operator false")
		check("the operator has one left", waits(operator), audits)
		check("BRIDA looks at it", waits(brida), income)
		w.must(w.Judge(brida, id, regional.Return, "Salah tahun", w.opened(id).Version))
		check("returned", waits(operator), income, audits)
		if o := w.opened(id); o.Reason != "Salah tahun" || o.Data.Figure.Value != "4,2" {
			t.Errorf("returned: %+v", o.Request)
		}
		w.now = w.now.AddDate(0, 1, 1)
		check("late, and still asked", seen(operator), income+" dikembalikan Orang operator true", audits+" diminta Orang operator true")
		w.must(w.Reply(operator, id, w.figure(id, "4,3", "2025"), nil))
		if o := w.opened(id); o.Reason != "" || o.Late {
			t.Errorf("answered again: %+v", o)
		}
		w.must(w.Periods.Do(servicetest.As(t, "admin"), year, period.Close))
		check("nothing waits in a closed period", append(waits(operator), waits(brida)...))
	})
}

// An accepted figure is applied to the answer of its row, once, when BRIDA does so.
func TestApplyToAnswer(t *testing.T) {
	eachAsked(t, func(t *testing.T, w *world) {
		brida, operator := servicetest.As(t, "brida"), servicetest.As(t, "operator")
		w.must(w.Save(brida, year, income, regional.Entry{
			Choice: "2", Source: "Bappeda", Figures: [regional.FigureRows]regional.TypedFigure{{Year: "2025", Value: "4,0", Unit: "%"}, {Year: "2024", Value: "3,9", Unit: "%"}},
		}, nil))
		id := w.ask(income)
		if err := w.ApplyToAnswer(brida, id, false); fault.KeyOf(err) != "regional.nothing_to_take" {
			t.Errorf("what is not answered is applied: %v", err)
		}
		w.must(w.Reply(operator, id, w.file(id, "rilis.pdf"), nil))
		if err := w.ApplyToAnswer(brida, id, false); fault.KeyOf(err) != "regional.nothing_to_take" {
			t.Errorf("what is not accepted is applied: %v", err)
		}
		if q := w.question(year, income); len(q.Proofs) != 0 || q.Answer.Figures[0].Value != "4,0" {
			t.Errorf("the answer has changed before: %+v", q.Answer)
		}
		w.must(w.Judge(brida, id, regional.Accept, "", w.opened(id).Version))
		if o := w.opened(id); !o.MayApply || o.MayReply || o.MayJudge {
			t.Errorf("accepted: %+v", o)
		}
		w.must(w.ApplyToAnswer(brida, id, false))
		q := w.question(year, income)
		if want := []regional.Figure{{Year: 2025, Value: "4,2", Unit: "%"}, {Year: 2024, Value: "3,9", Unit: "%"}}; !slices.Equal(q.Answer.Figures, want) || q.Answer.Level != 2 {
			t.Errorf("the answer = %+v", q.Answer)
		}
		if q.Answer.Source != "Bappeda; BPS" || len(q.Proofs) != 1 || q.Proofs[0].AgencyID != servicetest.Own || len(q.Requests) != 1 {
			t.Errorf("the answer's source %q, proofs %+v, requests %d", q.Answer.Source, q.Proofs, len(q.Requests))
		}
		_, bytes, err := w.Open(operator, q.Proofs[0].ID)
		w.must(err)
		if text, _ := io.ReadAll(bytes); string(text) != "isi rilis.pdf" {
			t.Errorf("proof = %q", text)
		}
		if _, _, err := w.Open(servicetest.As(t, "other"), q.Proofs[0].ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("another agency opens it: %v", err)
		}
		if err := w.ApplyToAnswer(brida, id, false); fault.KeyOf(err) != "regional.nothing_to_take" {
			t.Errorf("applied twice: %v", err)
		}
	})
}

// A request that was changed meanwhile is a conflict.
func TestRequestConflicts(t *testing.T) {
	eachAsked(t, func(t *testing.T, w *world) {
		brida, operator := servicetest.As(t, "brida"), servicetest.As(t, "operator")
		id := w.ask(income)
		old := w.figure(id, "1", "2025")
		w.must(w.Reply(operator, id, old, nil))
		for name, err := range map[string]error{
			"a reply to an old one": w.Reply(operator, id, old, nil),
			"accepting an old one":  w.Judge(brida, id, regional.Accept, "", old.Version),
		} {
			if fault.KeyOf(err) != "regional.request_moved_on" {
				t.Errorf("%s = %v", name, err)
			}
		}
		w.must(w.Judge(brida, id, regional.Withdraw, "Sudah ada", w.opened(id).Version))
		for name, err := range map[string]error{
			"Reply": w.Reply(operator, id, w.figure(id, "1", "2025"), nil), "Accept": w.Judge(brida, id, regional.Accept, "", w.opened(id).Version),
		} {
			if fault.KeyOf(err) != "regional.is_withdrawn" {
				t.Errorf("%s of what is withdrawn = %v", name, err)
			}
		}
		if _, err := w.ReceiveReply(operator, id, "a.pdf", strings.NewReader("isi")); fault.KeyOf(err) != "regional.is_withdrawn" {
			t.Errorf("a file for what is withdrawn = %v", err)
		}
		w.must(w.Periods.Do(servicetest.As(t, "admin"), year, period.Close))
		if err := w.asked(brida, regional.AskEntry{Codes: []string{income}, To: "own", Due: "2026-04-01"}); fault.KindOf(err) == fault.Internal || err == nil {
			t.Errorf("asking in a closed period = %v", err)
		}
	})
}

// If the audit log fails, nothing is changed.
func TestRequestsNeedTheLog(t *testing.T) {
	eachAsked(t, func(t *testing.T, w *world) {
		brida, operator := servicetest.As(t, "brida"), servicetest.As(t, "operator")
		waiting, answered, accepted := w.ask(income), w.ask(income), w.ask(income)
		for _, id := range []string{answered, accepted} {
			w.must(w.Reply(operator, id, w.file(id, "a.pdf"), nil))
		}
		w.must(w.Judge(brida, accepted, regional.Accept, "", w.opened(accepted).Version))
		e := w.file(waiting, "b.pdf")
		before, err := w.Listing(brida, year)
		w.must(err)
		w.log.Err = errors.New("the log is full")
		for name, err := range map[string]error{
			"Ask":   w.asked(brida, regional.AskEntry{Codes: []string{income}, To: "own", Due: "2026-04-01"}),
			"Reply": w.Reply(operator, waiting, e, nil),
			"Judge": w.Judge(brida, answered, regional.Accept, "", w.opened(answered).Version),
			"Take":  w.ApplyToAnswer(brida, accepted, false),
		} {
			if fault.KindOf(err) != fault.Internal {
				t.Errorf("%s = %v", name, err)
			}
		}
		w.log.Err = nil
		after, err := w.Listing(brida, year)
		w.must(err)
		if diff := cmp.Diff(before.List, after.List, cmp.Transformer("Request", func(l regional.Listed) regional.Request { return l.Request })); diff != "" {
			t.Errorf("the requests have changed: %s", diff)
		}
		if q := w.question(year, income); len(q.Proofs) != 0 || q.Answer.Version != 0 {
			t.Errorf("the answer has changed: %+v", q.Answer)
		}
	})
}

// Each figure keeps its own unit (B6): one without a unit changes nothing, and one with
// another is asked about.
func TestCaseB6EachFigureKeepsItsUnit(t *testing.T) {
	each := []struct {
		before, year, unit, asked string
		want                      []regional.Figure
	}{
		{"juta rupiah", "2025", "", "", []regional.Figure{{2025, "5,2", ""}, {2024, "120", "juta rupiah"}}},
		{"juta rupiah", "2024", "", "", []regional.Figure{{2024, "5,2", "juta rupiah"}}},
		{"juta rupiah", "2025", "Juta Rupiah", "", []regional.Figure{{2025, "5,2", "Juta Rupiah"}, {2024, "120", "juta rupiah"}}},
		{"juta rupiah", "2025", "%", "other_unit=regional.unit_differs", []regional.Figure{{2025, "5,2", "%"}, {2024, "120", "juta rupiah"}}},
		{"juta rupiah", "2024", "%", "other_unit=regional.unit_differs", []regional.Figure{{2024, "5,2", "%"}}},
		{"", "2025", "%", "", []regional.Figure{{2025, "5,2", "%"}, {2024, "120", ""}}},
		{strings.Repeat("u", 40), "2025", "%", "other_unit=regional.unit_differs", []regional.Figure{{2025, "5,2", "%"}, {2024, "120", strings.Repeat("u", 40)}}},
	}
	eachAsked(t, func(t *testing.T, w *world) {
		brida, op := servicetest.As(t, "brida"), servicetest.As(t, "operator")
		for _, tt := range each {
			q, err := w.Question(brida, year, income)
			w.must(err)
			e := regional.Entry{Choice: "1", Source: "BPS", Version: q.Answer.Version}
			e.Figures[0] = regional.TypedFigure{Year: "2024", Value: "120", Unit: tt.before}
			w.must(w.Save(brida, year, income, e, nil))
			id := w.ask(income)
			reply := w.figure(id, "5,2", tt.year)
			reply.Unit = tt.unit
			w.must(w.Reply(op, id, reply, nil))
			w.must(w.Judge(brida, id, regional.Accept, "", w.opened(id).Version))
			if tt.asked != "" {
				before := w.question(year, income).Answer
				if err := w.ApplyToAnswer(brida, id, false); err == nil || err.Error() != "fault.invalid "+tt.asked {
					t.Errorf("%q with a figure in %q: %v, want %s", tt.before, tt.unit, err, tt.asked)
				}
				if after := w.question(year, income).Answer; after.Version != before.Version || !slices.Equal(after.Figures, before.Figures) {
					t.Errorf("it has changed all the same: %+v", after)
				}
			}
			w.must(w.ApplyToAnswer(brida, id, tt.asked != ""))
			if q, err = w.Question(brida, year, income); err != nil || !slices.Equal(q.Answer.Figures, tt.want) {
				t.Errorf("%q with a figure in %q: %v, %v; want %v", tt.before, tt.unit, q.Answer.Figures, err, tt.want)
			}
			form := regional.EntryOf(q) // what the form shows is what it saves
			w.must(w.Save(brida, year, income, form, nil))
			if again := w.question(year, income).Answer.Figures; !slices.Equal(again, tt.want) {
				t.Errorf("saved again: %v, want %v", again, tt.want)
			}
		}
	})
}
