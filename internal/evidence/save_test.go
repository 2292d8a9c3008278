package evidence_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/evidence"
	"siida.id/internal/file/filetest"
	"siida.id/internal/question"
)

// mistakes returns the mistakes of a fault, field by field.
func mistakes(err error) string {
	if err == nil {
		return ""
	}
	return strings.TrimPrefix(err.Error(), "fault.invalid ")
}

func TestChoices(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for _, tt := range []struct {
			code, choice string
			fine         bool
		}{
			{letter, "1", true},
			{letter, "3", true},
			{letter, "0", true},
			{letter, "", false},
			{letter, "4", false},
			{letter, "9", false},
			{letter, "-1", false},
			{letter, "01", false},
			{letter, "1.5", false},
			{letter, " 1", false},
			{letter, "a:1", false},
			{letter, "a:9", false},
			{letter, ":1", false},
			{based, "a:1", true},
			{based, "f:3", true},
			{based, "0", true},
			{based, "1", false},
			{based, "", false},
			{based, ":", false},
			{based, ":1", false},
			{based, "a", false},
			{based, "a:", false},
			{based, "a:0", false},
			{based, "a:9", false},
			{based, "z:1", false},
			{based, "A:1", false},
			{based, "a:1:1", false},
		} {
			before := w.question(tt.code).Answer
			err := w.Save(servicetest.As(t, "operator"), w.own, year, tt.code, evidence.Entry{Choice: tt.choice, Version: before.Version}, nil)
			after := w.question(tt.code).Answer
			switch {
			case tt.fine && (err != nil || question.Choice(after.Basis, after.Level) != tt.choice || after.By != "operator" || after.Version != before.Version+1):
				t.Errorf("%s: %q becomes %+v, %v", tt.code, tt.choice, after, err)
			case !tt.fine && (mistakes(err) != "choice=evidence.option_choose" || after != before):
				t.Errorf("%s: %q becomes %+v, %v, want it refused", tt.code, tt.choice, after, err)
			}
		}
	})
}

func TestSaveListsAllMistakes(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		operator := servicetest.As(t, "operator")
		pdf, jpg := w.send("operator", w.own, letter, "surat.pdf"), w.send("operator", w.own, photo, "foto.jpg")
		var early fault.Check
		early.That(false, fault.File, "question.file_type")
		for _, tt := range []struct {
			name, code string
			entry      evidence.Entry
			earlier    error
			want       string
		}{
			{"nothing at all", letter, evidence.Entry{}, nil, "choice=evidence.option_choose"},
			{
				"only a date that is none", letter,
				evidence.Entry{Day: "kemarin"},
				nil,
				"choice=evidence.option_choose number=evidence.number_missing day=evidence.day_unclear " +
					"subject=evidence.subject_missing file=evidence.file_missing",
			},
			{
				"only a letter's file", letter,
				evidence.Entry{Choice: "1", FileID: pdf},
				nil,
				"number=evidence.number_missing day=evidence.day_missing subject=evidence.subject_missing",
			},
			{"only a picture", photo, evidence.Entry{Choice: "1", FileID: jpg}, nil, "subject=evidence.subject_missing"},
			{"a picture of a day to come", photo, evidence.Entry{Choice: "1", FileID: jpg, Day: "31-12-2099", Subject: "Foto"}, nil, "day=fault.day_future"},
			{"a picture of a day that is none", photo, evidence.Entry{Choice: "1", FileID: jpg, Day: "x", Subject: "Foto"}, nil, "day=evidence.day_unclear"},
			{"white space", letter, evidence.Entry{Choice: "1", Number: " \t", Day: "\n", Subject: " "}, nil, ""},
			{
				"long texts", letter,
				evidence.Entry{Choice: "1", Number: strings.Repeat("é", 121), Day: "2-1-2025", Subject: strings.Repeat("é", 501), FileID: pdf},
				nil,
				"number=evidence.number_long subject=evidence.subject_long",
			},
			{
				"a file that was refused before", letter,
				evidence.Entry{Choice: "9", Number: "1"},
				early.Err(),
				"choice=evidence.option_choose day=evidence.day_missing subject=evidence.subject_missing file=question.file_type",
			},
			{"a file that is none", letter, evidence.Entry{Choice: "1", Number: "1", Day: "2-1-2025", Subject: "SK", FileID: "none"}, nil, "file=file.swept"},
			{"a picture where a letter is asked for", letter, evidence.Entry{Choice: "1", Subject: "SK", FileID: jpg}, nil, "file=question.file_type"},
			{"a letter where a picture is asked for", photo, evidence.Entry{Choice: "1", Number: "1", Day: "2-1-2025", Subject: "SK", FileID: pdf}, nil, "file=question.file_type"},
		} {
			version := w.question(tt.code).Answer.Version
			tt.entry.Version = version
			if got := mistakes(w.Save(operator, w.own, year, tt.code, tt.entry, tt.earlier)); got != tt.want {
				t.Errorf("%s:\ngot  %s\nwant %s", tt.name, got, tt.want)
			}
			if q := w.question(tt.code); tt.want != "" && (q.Answer.Version != version || len(q.Proofs) > 0) {
				t.Errorf("%s: refused, and yet saved: %+v", tt.name, q.Answer)
			}
		}
	})
}

func TestLettersAndPictures(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		operator := servicetest.As(t, "operator")
		e := w.proven("1", 0)
		e.Number, e.Day, e.Subject = " 188.4 /\t1 ", "2/1/2025", strings.Repeat("é", 500)
		w.must(w.Save(operator, w.own, year, letter, e, nil))
		w.must(w.Save(operator, w.own, year, photo, evidence.Entry{Choice: "3", Subject: " Foto  kegiatan ", FileID: w.send("operator", w.own, photo, "foto.jpeg")}, nil))
		if d := w.question(letter).Proofs[0]; d.Number != "188.4 / 1" || d.Day != "2025-01-02" || d.Subject != e.Subject || d.By != "operator" {
			t.Errorf("the letter is %+v", d)
		}
		if d := w.question(photo).Proofs[0]; d.Number != "" || d.Day != "" || d.Subject != "Foto kegiatan" || d.File.Media != "x/jpg" {
			t.Errorf("the picture is %+v", d)
		}
	})
}

func TestReceive(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		operator := servicetest.As(t, "operator")
		logged := w.entries()
		for _, tt := range []struct{ code, name, content, want string }{
			{letter, "surat.pdf", "", "file=file.empty"},
			{letter, "surat.exe", "isi", "file=file.type"},
			{letter, "surat.pdf.exe", "isi", "file=file.type"},
			{letter, "surat", "isi", "file=file.type"},
			{letter, "foto.jpg", "isi", "file=file.type"},
			{photo, "surat.pdf", "isi", "file=file.type"},
			{photo, "foto.jpeg", "isi", ""},
			{"SID-35", "film.mp4", "isi", ""},
			{letter, "surat.pdf", strings.Repeat("x", filetest.MaxSize), ""},
		} {
			_, err := w.Receive(operator, w.own, year, tt.code, tt.name, strings.NewReader(tt.content))
			if got := mistakes(err); got != tt.want {
				t.Errorf("%s for %s: %s, want %s", tt.name, tt.code, got, tt.want)
			}
		}
		_, err := w.Receive(operator, w.own, year, photo, "surat.pdf", strings.NewReader("isi"))
		if args := fault.FieldsOf(err)[0].Args; args["Name"] != "surat.pdf" || fmt.Sprint(args["Formats"]) != "[jpeg jpg png]" {
			t.Errorf("what is told of a refused file: %v", args)
		}
		_, err = w.Receive(operator, w.own, year, letter, "surat.pdf", strings.NewReader(strings.Repeat("x", filetest.MaxSize+1)))
		if fields := fault.FieldsOf(err); fault.KindOf(err) != fault.Invalid || len(fields) != 1 || fields[0].Name != fault.File || fields[0].Key != "fault.too_large" {
			t.Errorf("a file too large = %v", err)
		}
		if n := w.entries() - logged; n != 0 {
			t.Errorf("the log has %d entries more; what uses a file writes one", n)
		}
	})
}

func TestOnlyOwnFilesOfTheInnovation(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		operator := servicetest.As(t, "operator")
		for name, file := range map[string]string{
			"of another person":     w.send("admin", w.own, letter, "surat.pdf"),
			"of another innovation": w.send("operator", w.twin, letter, "surat.pdf"),
			"of another agency":     w.send("other", w.other, letter, "surat.pdf"),
			"of another region":     w.send("away", w.far, letter, "surat.pdf"),
		} {
			e := evidence.Entry{Choice: "1", Number: "1", Day: "2-1-2025", Subject: "SK", FileID: file}
			if got := mistakes(w.Save(operator, w.own, year, letter, e, nil)); got != "file=file.swept" {
				t.Errorf("a file %s: %s", name, got)
			}
			if _, err := w.PendingFile(operator, w.own, file); fault.KindOf(err) != fault.NotFound {
				t.Errorf("a file %s is kept: %v", name, err)
			}
		}
	})
}

func TestSaveConflicts(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		operator := servicetest.As(t, "operator")
		stale := func(versions ...int64) {
			t.Helper()
			before, logged := w.question(letter), w.entries()
			for _, version := range versions {
				err := w.Save(operator, w.own, year, letter, evidence.Entry{Choice: "3", Version: version}, nil)
				if fault.KindOf(err) != fault.Conflict || fault.KeyOf(err) != "evidence.moved_on" {
					t.Errorf("version %d = %v, want that it has moved on", version, err)
				}
			}
			if after := w.question(letter); after.Answer != before.Answer || w.entries() != logged {
				t.Errorf("%+v became %+v", before.Answer, after.Answer)
			}
		}
		stale(-1, 1, 1<<31, 1<<63-1)
		w.must(w.Save(operator, w.own, year, letter, evidence.Entry{Choice: "1"}, nil))
		stale(-1, 0, 2, 1<<31, 1<<63-1)
	})
}

// counting is a store that counts refreshes of summaries.
type counting struct {
	evidence.Store
	refreshed int
}

func (c *counting) RefreshSummary(ctx context.Context, innovationID, periodID string) error {
	c.refreshed++
	return c.Store.RefreshSummary(ctx, innovationID, periodID)
}

// Each change refreshes the summary of answers once, however much it writes.
func TestSummaryIsRefreshedOncePerChange(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		store := &counting{Store: w.Store}
		w.Store = store
		operator := servicetest.As(t, "operator")
		changes := []struct {
			name string
			do   func() error
			want evidence.Completeness
		}{
			{"an answer with evidence", func() error { return w.Save(operator, w.own, year, letter, w.proven("2", 0), nil) }, evidence.Completeness{Answered: 1, Proven: 1, Finished: 1}},
			{"an answer that uses it again, with more evidence", func() error {
				e := w.proven("1", 0)
				e.Reuse = w.question(letter).Proofs[0].ID
				return w.Save(operator, w.own, year, "SID-17", e, nil)
			}, evidence.Completeness{Answered: 2, Proven: 2, Finished: 2}},
			{"evidence taken off", func() error {
				return w.Detach(operator, w.own, year, letter, w.question(letter).Proofs[0].ID)
			}, evidence.Completeness{Answered: 2, Proven: 1, Finished: 1}},
		}
		for n, change := range changes {
			w.must(change.do())
			if store.refreshed != n+1 {
				t.Errorf("%s: refreshed %d times in all, want %d", change.name, store.refreshed, n+1)
			}
			got, err := w.Store.ProgressOf(operator, w.own, year)
			if err != nil || got.Completeness != change.want {
				t.Errorf("%s: %+v, %v; want %+v", change.name, got.Completeness, err, change.want)
			}
		}
	})
}
