package file_test

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"siida.id/internal/base/fault"
	"siida.id/internal/base/uow"
	"siida.id/internal/file"
	"siida.id/internal/file/filetest"
)

// there reports whether the bytes are stored.
func (w *world) there(ctx context.Context, content string) bool {
	w.t.Helper()
	r, err := w.Store.Open(ctx, filetest.Sum(content))
	if fault.KindOf(err) == fault.NotFound {
		return false
	}
	w.must(err)
	w.must(r.Close())
	return true
}

// swept calls Sweep after a time, and reports whether row and bytes still exist.
func (w *world) swept(after time.Duration, r file.Record, content string) (row, bytes bool) {
	w.t.Helper()
	w.now = w.now.Add(after)
	w.must(w.Sweep(w.home))
	_, err := w.Records.ByID(w.home, r.ID)
	return err == nil, w.there(w.home, content)
}

func TestSweep(t *testing.T) {
	each(t, func(w *world) {
		check := func(what string, after time.Duration, r file.Record, content string, want bool) {
			w.t.Helper()
			if row, bytes := w.swept(after, r, content); row != want || bytes != want {
				w.t.Errorf("%s: row %v, bytes %v, want %v", what, row, bytes, want)
			}
		}
		pending := w.sent(w.home, "pending")
		check("sent and not used", 24*time.Hour, pending, "pending", true)
		check("for longer than a day", time.Second, pending, "pending", false)
		if err := w.Use(w.home, file.Use{FileID: pending.ID, Kind: "letter", RefID: "1"}); fault.KindOf(err) != fault.NotFound {
			w.t.Errorf("using what was deleted: %v", err)
		}

		used := w.sent(w.home, "used")
		u := w.use(w.home, used)
		check("in use", 300*24*time.Hour, used, "used", true)
		w.must(w.Use(w.home, file.Use{FileID: used.ID, Kind: "letter", RefID: "2"}))
		w.must(w.EndUse(w.home, u))
		check("in use elsewhere", 48*time.Hour, used, "used", true)
		w.must(w.EndUse(w.home, file.Use{FileID: used.ID, Kind: "letter", RefID: "2"}))
		check("a day after its last use", 24*time.Hour, used, "used", true)
		w.must(w.Use(w.home, u))
		check("taken up again", 48*time.Hour, used, "used", true)
		w.must(w.EndUse(w.home, u))
		check("after that", 24*time.Hour+time.Second, used, "used", false)

		first, second := w.sent(w.home, "twice"), w.sent(w.home, "twice")
		w.use(w.home, second)
		if row, bytes := w.swept(48*time.Hour, first, "twice"); row || !bytes {
			w.t.Errorf("bytes that another file has: row %v, bytes %v", row, bytes)
		}
		away := w.sent(w.away, "far")
		w.now = w.now.Add(48 * time.Hour)
		w.must(w.Sweep(w.home))
		if _, err := w.Records.ByID(w.away, away.ID); err != nil || !w.there(w.away, "far") {
			w.t.Errorf("another region is swept too: %v", err)
		}
	})
}

// Sweep deletes the row that a crash leaves, whose bytes never arrived. Bytes whose row
// was never committed stay.
func TestSweepAfterACrash(t *testing.T) {
	each(t, func(w *world) {
		filetest.Add(w.t, w.home, w.db, file.Record{ID: "f1", Purpose: "letter", Name: "surat.pdf", Size: 9, State: file.Receiving, ReceivedBy: "p1", ReceivedAt: w.now})
		w.commit("alone")
		lost := file.Record{ID: "f1"}
		if row, there := w.swept(24*time.Hour, lost, "alone"); !row || !there {
			w.t.Errorf("within a day: row %v, bytes %v", row, there)
		}
		if row, there := w.swept(time.Second, lost, "alone"); row || !there {
			w.t.Errorf("after a day: row %v, bytes %v", row, there)
		}
	})
}

// busyAfter is a Transactor of which only the first n transactions run.
type busyAfter struct {
	uow.Transactor
	n int
}

// InTx implements uow.Transactor.
func (b *busyAfter) InTx(ctx context.Context, fn func(ctx context.Context) error) error {
	if b.n--; b.n < 0 {
		return fault.New(fault.Busy, "fault.busy")
	}
	return b.Transactor.InTx(ctx, fn)
}

// If an upload fails after its bytes got their place, they are swept with its row, unless
// another file has the same.
func TestSweepAfterAFailedUpload(t *testing.T) {
	each(t, func(w *world) {
		w.use(w.home, w.sent(w.home, "twice"))
		for content, want := range map[string]bool{"once": false, "twice": true} {
			failing := *w
			service := *w.Service
			service.Tx = &busyAfter{w.Tx, 1}
			failing.Service = &service
			if _, err := failing.send(w.home, "surat.pdf", content); fault.KindOf(err) != fault.Busy {
				w.t.Fatalf("%s: %v", content, err)
			}
			if !w.there(w.home, content) {
				w.t.Fatalf("%s: the bytes did not get their place", content)
			}
			w.now = w.now.Add(25 * time.Hour)
			w.must(w.Sweep(w.home))
			if got := w.there(w.home, content); got != want {
				w.t.Errorf("%s: bytes %v, want %v", content, got, want)
			}
		}
	})
}

// commit stores bytes without a row.
func (w *world) commit(content string) {
	w.t.Helper()
	bytes, err := w.Store.Receive(w.home, strings.NewReader(content), file.HeadSize)
	w.must(err)
	w.must(bytes.Commit(w.home))
}

// A database that is empty, or older than the files beside it, costs none of them.
func TestSweepOfAnOlderDatabase(t *testing.T) {
	for _, name := range []string{"empty", "older"} {
		t.Run(name, func(t *testing.T) {
			each(t, func(w *world) {
				newer := []string{"evidence", "letter", "report"}
				for _, content := range newer {
					w.commit(content)
				}
				if name == "older" {
					w.use(w.home, w.sent(w.home, "evidence"))
					w.sent(w.home, "pending")
				}
				for range 3 {
					w.now = w.now.Add(48 * time.Hour)
					w.must(w.Sweep(w.home))
				}
				for _, content := range newer {
					if !w.there(w.home, content) {
						w.t.Errorf("%s is gone", content)
					}
				}
				if w.there(w.home, "pending") {
					w.t.Error("what the database knows to be unused is still stored")
				}
			})
		})
	}
}

// Many files are deleted in several transactions.
func TestSweepMany(t *testing.T) {
	each(t, func(w *world) {
		for range 450 {
			filetest.Add(w.t, w.home, w.db, file.Record{ID: w.NewID(), Purpose: "letter", Name: "a", State: file.Receiving, ReceivedBy: "p1", ReceivedAt: w.now})
		}
		w.now = w.now.Add(25 * time.Hour)
		w.must(w.Sweep(w.home))
		if left := w.states(w.home); len(left) > 0 {
			w.t.Errorf("left %v", left)
		}
	})
}

// meeting is a Store, a Records and a Transactor with hooks.
type meeting struct {
	file.Store
	file.Records
	uow.Transactor
	deleting func() // before a row is deleted
	between  func() // after that
	removing func() // before its bytes are removed

	deleted bool
}

func (w *world) meeting() *meeting {
	return &meeting{Store: w.Store, Records: w.Records, Transactor: w.Tx}
}

// sweep calls Sweep with the hooks.
func (m *meeting) sweep(w *world) {
	w.t.Helper()
	hooked := *w.Service
	hooked.Store, hooked.Records, hooked.Tx = m, m, m
	w.must(hooked.Sweep(w.home))
}

func call(hook *func()) {
	if do := *hook; do != nil {
		*hook = nil
		do()
	}
}

// InTx implements uow.Transactor.
func (m *meeting) InTx(ctx context.Context, fn func(ctx context.Context) error) error {
	if m.deleted {
		call(&m.between)
	}
	return m.Transactor.InTx(ctx, fn)
}

// Remove implements file.Store.
func (m *meeting) Remove(ctx context.Context, sum string) error {
	call(&m.removing)
	return m.Store.Remove(ctx, sum)
}

// DeleteUnused implements file.Records.
func (m *meeting) DeleteUnused(ctx context.Context, id string, before time.Time) error {
	call(&m.deleting)
	m.deleted = true
	return m.Records.DeleteUnused(ctx, id, before)
}

// If the same bytes are received or the file is used during a sweep, they exist
// afterwards, or the caller gets a fault: there is never a row without bytes.
func TestSweepMeetsOthers(t *testing.T) {
	for _, name := range []string{"an upload before the rows go", "an upload between row and bytes", "an upload while bytes are removed", "a use while rows are deleted"} {
		t.Run(name, func(t *testing.T) {
			each(t, func(w *world) {
				m := w.meeting()
				old := w.sent(w.home, "same")
				w.now = w.now.Add(25 * time.Hour)
				rival := *w.Service
				ended := make(chan error, 1)
				var sent file.Record
				send := func() {
					var err error
					sent, err = rival.Receive(w.home, letter, file.Upload{Name: "lagi.pdf", Content: strings.NewReader("same")})
					ended <- err
				}
				use := func() {
					ended <- rival.Tx.InTx(w.home, func(ctx context.Context) error {
						ctx, err := rival.Region.LockShared(ctx)
						if err != nil {
							return err
						}
						return rival.Use(ctx, file.Use{FileID: old.ID, Kind: "letter", RefID: "1"})
					})
				}
				switch name {
				case "an upload before the rows go":
					send()
				case "an upload between row and bytes":
					m.between = send
				case "an upload while bytes are removed":
					m.removing = func() { go send() } // it waits for the region
				case "a use while rows are deleted":
					m.deleting = func() { go use() }
				}
				m.sweep(w)
				err := <-ended
				if name == "a use while rows are deleted" {
					if err != nil && fault.KindOf(err) != fault.NotFound {
						w.t.Fatal(err)
					}
					_, gone := w.Records.ByID(w.home, old.ID)
					if (err == nil) != (gone == nil) || (err == nil) != w.there(w.home, "same") {
						w.t.Errorf("used %v, row %v, bytes %v", err, gone, w.there(w.home, "same"))
					}
					return
				}
				w.must(err)
				content, err := w.Open(w.home, sent)
				w.must(err)
				if got, err := io.ReadAll(content); err != nil || string(got) != "same" {
					w.t.Errorf("%q, %v", got, err)
				}
			})
		})
	}
}

// committing is a Store that says when bytes have got their place.
type committing struct {
	file.Store
	done chan struct{}
}

// Receive implements file.Store.
func (c committing) Receive(ctx context.Context, r io.Reader, limit int64) (file.Bytes, error) {
	bytes, err := c.Store.Receive(ctx, r, limit)
	return committed{bytes, c.done}, err
}

type committed struct {
	file.Bytes
	done chan struct{}
}

// Commit implements file.Bytes.
func (c committed) Commit(ctx context.Context) error {
	defer close(c.done)
	return c.Bytes.Commit(ctx)
}

// Bytes that get their place at the very moment at which the same are removed are to be
// sent again: no row says that they are there.
func TestSweepOfBytesThatComeAgain(t *testing.T) {
	each(t, func(w *world) {
		w.sent(w.home, "same")
		w.now = w.now.Add(25 * time.Hour)
		m := w.meeting()
		rival := *w.Service
		arriving, goOn, done := make(chan struct{}), make(chan struct{}), make(chan struct{})
		rival.Store = committing{w.Store, done}
		ended := make(chan error, 1)
		go func() {
			_, err := rival.Receive(w.home, letter, file.Upload{Name: "lagi.pdf", Content: limited{&once{text: "same", do: func() { close(arriving); <-goOn }}, 9}})
			ended <- err
		}()
		<-arriving
		m.removing = func() { close(goOn); <-done }
		m.sweep(w)
		if err := <-ended; fault.KindOf(err) != fault.Busy {
			w.t.Errorf("the upload: %v", err)
		}
		if got := w.states(w.home); got["refused fault.busy"] != 1 || len(got) != 1 || w.there(w.home, "same") {
			w.t.Errorf("rows %v, bytes %v", got, w.there(w.home, "same"))
		}
	})
}
