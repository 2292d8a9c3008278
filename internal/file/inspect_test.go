package file_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"siida.id/internal/base/fault"
	"siida.id/internal/file"
	"siida.id/internal/file/filetest"
)

// inspector finds in a file what its content says, or what slow says where it has the
// time of an upload.
type inspector struct {
	without string // the media type that it cannot inspect
	slow    bool
	seen    []string
}

// Can implements file.Inspector.
func (i *inspector) Can(media string) bool { return media != i.without }

// Inspect implements file.Inspector.
func (i *inspector) Inspect(_ context.Context, _ string, content io.ReadSeeker, within time.Duration) (file.Finding, error) {
	text, err := io.ReadAll(content)
	i.seen = append(i.seen, string(text))
	if i.slow && within <= 2*time.Second {
		return file.Unclear, err
	}
	return file.Finding(strings.Fields(string(text))[0]), err
}

// queue counts the jobs of each kind.
type queue map[string]int

// Insert implements file.Queue. A job without a key could be there twice.
func (q queue) Insert(_ context.Context, kind, key string, _ any) error {
	if key == "" {
		return errors.New("a job without a key")
	}
	q[kind]++
	return nil
}

// inspected returns w with an inspector and a queue.
func (w *world) inspected(i *inspector) queue {
	q := queue{}
	w.Inspector, w.Queue = i, q
	return q
}

// A file that cannot be opened is refused at once, with why; what was not found out is
// stored.
func TestCaseB5InspectedBeforeTheAnswer(t *testing.T) {
	each(t, func(w *world) {
		q := w.inspected(&inspector{without: "x/jpg"})
		for content, want := range map[string]string{
			"opens":           "checked <nil> 0",
			"file.unreadable": " fault.invalid file=file.unreadable 0",
			"file.no_pages":   " fault.invalid file=file.no_pages 0",
			"file.locked":     " fault.invalid file=file.locked 0",
			"file.unclear":    "stored <nil> 1",
			"later":           "stored <nil> 1",
		} {
			clear(q)
			r, err := w.send(w.away, "surat.pdf", content)
			if got := fmt.Sprint(r.State, " ", err, " ", q[file.InspectJob]); got != want {
				w.t.Errorf("%s: %s, want %s", content, got, want)
			}
			if stored := w.there(w.away, content); stored != (err == nil) {
				w.t.Errorf("%s: stored %v", content, stored)
			}
		}
		clear(q)
		if r, err := w.send(w.away, "foto.jpg", "file.locked"); r.State != file.Stored || err != nil || len(q) != 0 {
			w.t.Errorf("without a tool: %s, %v, %v", r.State, err, q)
		}
		w.Inspector = nil
		if r, err := w.send(w.away, "surat.pdf", "file.locked "); r.State != file.Stored || err != nil || len(q) != 0 {
			w.t.Errorf("without an inspector: %s, %v, %v", r.State, err, q)
		}
		want := map[string]int{"checked ": 1, "stored ": 4, "refused file.unreadable": 1, "refused file.no_pages": 1, "refused file.locked": 1}
		if got := w.states(w.away); fmt.Sprint(got) != fmt.Sprint(want) {
			w.t.Errorf("rows %v, want %v", got, want)
		}
	})
}

// What was not inspected in time is inspected by the job, once; a file that nothing could
// be found out about stays as it is, and is not tried again.
func TestCaseB5InspectedByTheJob(t *testing.T) {
	each(t, func(w *world) {
		i := &inspector{slow: true}
		q := w.inspected(i)
		sent := map[string]file.Record{}
		for _, content := range []string{"opens", "file.unreadable", "file.no_pages", "file.locked", "file.unclear", "later"} {
			r, err := w.send(w.home, "surat.pdf", content)
			w.must(err)
			sent[content] = r
			if content != "opens" {
				w.use(w.home, r)
			}
		}
		_, err := w.send(w.away, "surat.pdf", "file.locked")
		w.must(err)
		if q[file.InspectJob] != 7 {
			w.t.Errorf("jobs %v", q)
		}
		for range 2 {
			i.seen = nil
			if more, err := w.Inspect(w.home); more || err != nil {
				w.t.Errorf("more %v, %v", more, err)
			}
		}
		if strings.Join(i.seen, " ") != "later" {
			w.t.Errorf("again: %v", i.seen)
		}
		for content, want := range map[string]string{
			"opens": "checked ", "file.unreadable": "unopenable file.unreadable", "file.no_pages": "unopenable file.no_pages", "file.locked": "unopenable file.locked",
			"file.unclear": "stored file.unclear", "later": "stored ",
		} {
			r, err := w.Records.ByID(w.home, sent[content].ID)
			if got := string(r.State) + " " + r.Reason; got != want || err != nil {
				w.t.Errorf("%s: %s, %v, want %s", content, got, err, want)
			}
		}
		if got := w.states(w.away); got["stored "] != 1 {
			w.t.Errorf("of another region: %v", got)
		}
		if n, err := w.Records.CountUninspected(w.home); n != 2 || err != nil {
			w.t.Errorf("%d were not inspected, %v", n, err)
		}

		// One that cannot be opened has its bytes, and gets no other use.
		locked := sent["file.locked"]
		content, err := w.Open(w.home, locked)
		w.must(err)
		w.must(content.Close())
		if err := w.Use(w.home, file.Use{FileID: locked.ID, Kind: "letter", RefID: "2"}); fault.KindOf(err) != fault.NotFound {
			w.t.Errorf("another use: %v", err)
		}
		var check fault.Check
		r, gone, err := w.Sent(w.home, &check, letter.Purpose, locked.ID, file.Record{})
		if r.ID != "" || !gone || err != nil || check.Err() == nil || check.Err().Error() != "fault.invalid file=file.locked" {
			w.t.Errorf("in a form: %+v, %v, %v, %v", r, gone, err, check.Err())
		}
		list, err := w.Records.All(w.home)
		if len(list) != 6 || err != nil {
			w.t.Errorf("%d files have bytes, %v", len(list), err)
		}
	})
}

// Once its tool is there, what was not inspected is; what is lost is left to siida check.
func TestCaseB5InspectedOnceThereIsATool(t *testing.T) {
	each(t, func(w *world) {
		i := &inspector{without: "x/pdf"}
		w.inspected(i)
		r := w.sent(w.home, "file.locked")
		lost := w.sent(w.home, "opens")
		w.store.Harm(w.home, filetest.Sum("opens"), "")
		for _, want := range []file.State{file.Stored, file.Unopenable} {
			more, err := w.Inspect(w.home)
			got, failed := w.Records.ByID(w.home, r.ID)
			if got.State != want || more || err != nil || failed != nil {
				w.t.Errorf("%s, %v, %v, %v; want %s", got.State, more, err, failed, want)
			}
			i.without = ""
		}
		if got, err := w.Records.ByID(w.home, lost.ID); got.State != file.Stored || err != nil {
			w.t.Errorf("the lost one: %s, %v", got.State, err)
		}
	})
}

// failing is an inspector that fails.
type failing struct{ file.Trusting }

// Inspect implements file.Inspector.
func (failing) Inspect(context.Context, string, io.ReadSeeker, time.Duration) (file.Finding, error) {
	return "", errors.New("broken")
}

// An inspector that fails costs the upload, and the job; nothing is checked by it.
func TestInspectorThatFails(t *testing.T) {
	each(t, func(w *world) {
		w.Inspector = nil
		stored := w.sent(w.home, "opens")
		w.Inspector = failing{}
		if _, err := w.send(w.home, "surat.pdf", "other"); err == nil || w.there(w.home, "other") {
			w.t.Errorf("an upload: %v", err)
		}
		if _, err := w.Inspect(w.home); err == nil {
			w.t.Error("the job did not fail")
		}
		if got, err := w.Records.ByID(w.home, stored.ID); got.State != file.Stored || err != nil {
			w.t.Errorf("%s, %v", got.State, err)
		}
	})
}

// A job begins no inspection after its time, and there are others.
func TestInspectMany(t *testing.T) {
	each(t, func(w *world) {
		w.Inspector = nil
		for n := range 3 {
			w.sent(w.home, fmt.Sprint("opens ", n))
		}
		ctx, cancel := context.WithCancel(w.home)
		i := &inspector{}
		w.Inspector = cancelling{i, cancel}
		if more, err := w.Inspect(ctx); !more || !errors.Is(err, context.Canceled) || len(i.seen) != 1 {
			w.t.Errorf("more %v, %v, after %v", more, err, i.seen)
		}
	})
}

// cancelling is an inspector in whose first inspection the job is stopped.
type cancelling struct {
	*inspector
	cancel func()
}

// Inspect implements file.Inspector.
func (c cancelling) Inspect(ctx context.Context, media string, content io.ReadSeeker, within time.Duration) (file.Finding, error) {
	defer c.cancel()
	if _, err := c.inspector.Inspect(ctx, media, content, within); err != nil {
		return "", err
	}
	return file.Later, nil
}
