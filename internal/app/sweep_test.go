package app_test

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/testclock"
	"siida.id/internal/evidence"
	"siida.id/internal/file"
	"siida.id/internal/file/filetest"
	"siida.id/internal/guidance"
	"siida.id/internal/innovation"
	"siida.id/internal/regional"
	"siida.id/internal/test/world"
)

// sweeper is a world whose files are swept.
type sweeper struct {
	*world.Regions
	t     *testing.T
	start time.Time
	ctx   context.Context // of the region, and of nobody
}

// at sets the clock to so long after the start.
func (s *sweeper) at(after time.Duration) {
	now := s.start.Add(after)
	s.Clock = func() time.Time { return now }
}

// path is where the bytes of a file are.
func (s *sweeper) path(sha256 string) string {
	return filepath.Join(s.Files, s.Home.Code, sha256[:2], sha256)
}

// alone stores bytes of no file that have had their place since so long before the start.
func (s *sweeper) alone(content string, before time.Duration) (sha256 string) {
	s.t.Helper()
	u, err := s.Folder.Receive(s.t.Context(), strings.NewReader(content), 100)
	world.Must(s.t, err)
	world.Must(s.t, u.Commit(s.Home.Code))
	since := s.start.Add(-before)
	world.Must(s.t, os.Chtimes(s.path(u.SHA256), since, since))
	return u.SHA256
}

// sweep runs the jobs of the night that is over so long after the start.
func (s *sweeper) sweep(after time.Duration) {
	s.t.Helper()
	s.at(after)
	stop := work(s.t, s.Regions)
	world.Must(s.t, s.Jobs.InsertDue(s.t.Context(), map[string]string{}))
	until(s.t, "the jobs are done", func() bool { return atRest(s.t, s.Regions) })
	stop()
	if n := tried(s.t, s.Regions); n > 0 {
		s.t.Errorf("%d jobs failed", n)
	}
}

// stays reports whether the row and the bytes of a file are there.
func (s *sweeper) stays(f file.Record) (row, bytes bool) {
	s.t.Helper()
	_, err := s.Program.Files.Records.ByID(s.ctx, f.ID)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		s.t.Fatal(err)
	}
	_, gone := os.Stat(s.path(f.SHA256))
	return err == nil, gone == nil
}

// What nothing has used for a day is deleted in the night, whatever had used it: the
// row and the bytes. What is used, was used within a day, or arrives, stays.
func TestUnusedFilesAreSwept(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		s := &sweeper{Regions: w, t: t, start: testclock.Now(), ctx: actor.With(t.Context(), actor.Actor{Region: w.Home.Code})}
		s.at(0)
		own, request := w.IDs["own"], w.RequestOf(t, "own")
		operator, admin := world.Acting(t, w.Program, w.Home, "operator"), world.Acting(t, w.Program, w.Home, "admin")
		read := func(content string) *strings.Reader { return strings.NewReader("%PDF-1.7 " + content) }
		taken := func(f file.Record, err error) file.Record { t.Helper(); world.Must(t, err); return f }
		evident := func(content string) file.Record {
			return taken(w.Evidence.Receive(operator, own.Innovation, "2026", "SID-16", content+".pdf", read(content)))
		}
		award := func(content string) file.Record {
			world.Must(t, w.Innovations.Attach(operator, own.Innovation, innovation.Award, content+".pdf", read(content)))
			list, err := w.Innovations.ProfileFiles(operator, own.Innovation)
			world.Must(t, err)
			return list.Files[len(list.Files)-1].Record
		}
		replied := func(content string, version int64) file.Record {
			f := taken(w.Regional.ReceiveReply(operator, request, content+".pdf", read(content)))
			world.Must(t, w.Regional.Reply(operator, request, regional.ReplyEntry{Source: "BPS", FileID: f.ID, Version: version}, nil))
			return f
		}

		never, used, proof := evident("never"), evident("used"), taken(w.Regional.Receive(admin, "2026", "SPD-04", "proof.pdf", read("proof")))
		world.Must(t, w.Evidence.Save(operator, own.Innovation, "2026", "SID-16", evidence.Entry{
			Choice: "2", Version: 1, Number: "7/A", Day: "2025-03-04", Subject: "Surat tugas", FileID: used.ID,
		}, nil))
		world.Must(t, w.Regional.Save(admin, "2026", "SPD-04", regional.Entry{Choice: "1", Subject: "Tabel", FileID: proof.ID}, nil))
		attached, first, second := award("attached"), replied("first", 2), replied("second", 3)
		sample := taken(w.Guidance.ReceiveSample(admin, "2026", "SID-16", "sample.pdf", read("sample")))
		world.Must(t, w.Guidance.ShowSample(admin, "2026", "SID-16", guidance.SampleEntry{FileID: sample.ID, Verdict: "benar", Caption: "Begini"}, nil))
		world.Must(t, w.Guidance.DropSample(admin, "2026", "SID-16", sample.ID))
		old, young := s.alone("old", 25*time.Hour), s.alone("young", 0)
		twice := taken(w.Evidence.Receive(operator, own.Innovation, "2026", "SID-17", "twice.pdf", read("used")))
		s.at(time.Hour)
		world.Must(t, w.Innovations.Detach(operator, own.Innovation, attached.ID))
		s.at(3 * time.Hour)
		arriving := file.Record{ID: "arriving", Purpose: "letter", Name: "film.mp4", Size: 9, State: file.Receiving, ReceivedBy: "x", ReceivedAt: w.Clock()}
		filetest.Add(t, s.ctx, w.DB, arriving)

		check := func(when, what string, f file.Record, wantRow, wantBytes bool) {
			t.Helper()
			if row, bytes := s.stays(f); row != wantRow || bytes != wantBytes {
				t.Errorf("%s %s: row %v, bytes %v, want %v, %v", when, what, row, bytes, wantRow, wantBytes)
			}
		}
		for _, f := range []file.Record{never, used, proof, attached, first, second, sample, {SHA256: young}} {
			world.Must(t, os.Chtimes(s.path(f.SHA256), s.start, s.start))
		}
		s.sweep(24*time.Hour + time.Minute)
		day := "after a day"
		check(day, "what nothing has used", never, false, false)
		check(day, "evidence", used, true, true)
		check(day, "a proof of the region", proof, true, true)
		check(day, "an award whose use ended an hour later", attached, true, true)
		check(day, "a reply that was replaced", first, false, false)
		check(day, "the reply", second, true, true)
		check(day, "a sample that was taken off", sample, false, false)
		check(day, "bytes that another file has too", twice, false, true)
		check(day, "bytes of no row", file.Record{SHA256: old}, false, true)
		if _, err := w.Program.Files.Records.ByID(s.ctx, arriving.ID); err != nil {
			t.Errorf("after a day, what arrives: %v", err)
		}

		s.sweep(49 * time.Hour)
		day = "after two days"
		check(day, "an award whose use ended the day before", attached, false, false)
		check(day, "bytes of no row that were young", file.Record{SHA256: young}, false, true)
		check(day, "evidence", used, true, true)
		check(day, "the reply", second, true, true)
		if _, err := w.Program.Files.Records.ByID(s.ctx, arriving.ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("after two days, what has not arrived in one: %v", err)
		}
		if r, err := w.Status.Check(t.Context()); err != nil || r.Faulty() {
			t.Errorf("siida check: %+v, %v", r.Findings, err)
		}
	})
}

// A row that refers to a file without a use does not keep the sweep from deleting the
// other files: it is logged, and stays with its bytes.
func TestSweepSkipsAFileThatCannotBeDeleted(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		s := &sweeper{Regions: w, t: t, start: testclock.Now(), ctx: actor.With(t.Context(), actor.Actor{Region: w.Home.Code})}
		s.at(0)
		files := *w.Program.Files
		var logged bytes.Buffer
		files.Log = slog.New(slog.NewTextHandler(&logged, nil))
		list, err := files.Records.All(s.ctx)
		world.Must(t, err)
		document := list[slices.IndexFunc(list, func(f file.Record) bool { return strings.HasPrefix(f.Purpose, "innovation/") })]
		_, err = w.DB.Exec(s.ctx, `update file_uses set ended_at = used_at where file_id = $1`, document.ID)
		world.Must(t, err)
		unused, err := files.Make(s.ctx, "report", "laporan.pdf", "application/pdf", []byte("unused"))
		world.Must(t, err)
		s.at(400 * 24 * time.Hour)
		world.Must(t, files.Sweep(s.ctx))
		if row, bytes := s.stays(unused); row || bytes {
			t.Errorf("an unused file: row %v, bytes %v", row, bytes)
		}
		if row, bytes := s.stays(document); !row || !bytes {
			t.Errorf("one that a row refers to: row %v, bytes %v", row, bytes)
		}
		if got := logged.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "level=ERROR") || !strings.Contains(got, document.ID) {
			t.Errorf("the log: %s", got)
		}
	})
}
