package file_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/testclock"
	"siida.id/internal/file"
	"siida.id/internal/file/filetest"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/region"
	"siida.id/internal/region/regionsql"
)

// world is a service on both engines, in a region with a quota of 1 MB.
type world struct {
	*file.Service
	t          *testing.T
	db         *sqldb.DB
	store      *filetest.Store
	now        time.Time
	home, away context.Context
}

func each(t *testing.T, fn func(w *world)) {
	t.Parallel()
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		w := &world{t: t, db: db, now: testclock.Now()}
		clock := func() time.Time { return w.now }
		w.Service, w.store = filetest.New(db, clock), filetest.NewStore()
		w.Store, w.MaxSize = w.store, 1<<20
		regions := &region.Service{Store: &regionsql.Store{DB: db}, Tx: db}
		for _, r := range []region.Region{{Code: "18.01", Name: "Satu", Quota: 1 << 20}, {Code: "18.02", Name: "Dua"}} {
			w.must(regions.Store.Add(t.Context(), r))
		}
		w.Region = regions
		w.home = actor.With(t.Context(), actor.Actor{Region: "18.01", ID: "p1"})
		w.away = actor.With(t.Context(), actor.Actor{Region: "18.02", ID: "p1"})
		fn(w)
	})
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

var letter = file.Request{Purpose: "letter", Formats: []string{"pdf", "jpg"}}

func (w *world) send(ctx context.Context, name, content string) (file.Record, error) {
	return w.Receive(ctx, letter, file.Upload{Name: name, Content: strings.NewReader(content)})
}

func (w *world) sent(ctx context.Context, content string) file.Record {
	w.t.Helper()
	r, err := w.send(ctx, "surat.pdf", content)
	w.must(err)
	return r
}

func (w *world) use(ctx context.Context, r file.Record) file.Use {
	w.t.Helper()
	u := file.Use{FileID: r.ID, Kind: "letter", RefID: "1"}
	w.must(w.Use(ctx, u))
	return u
}

// states returns the number of rows of a region by state and reason.
func (w *world) states(ctx context.Context) map[string]int {
	w.t.Helper()
	db := w.db
	list, err := sqldb.List(ctx, db, sqldb.Self[string], `
		select state || ' ' || coalesce(reason, '') || case when sha256 is null and size > 0 then 'reserved' else '' end
		from files
		where region_id = $1`, actor.From(ctx).Region)
	w.must(err)
	counts := map[string]int{}
	for _, s := range list {
		counts[s]++
	}
	return counts
}

func TestReceive(t *testing.T) {
	each(t, func(w *world) {
		r := w.sent(w.home, "isi")
		want := file.Record{
			ID: r.ID, Purpose: "letter", Name: "surat.pdf", Media: "x/pdf", Size: 3, SHA256: filetest.Sum("isi"), State: file.Checked,
			ReceivedBy: "p1", ReceivedAt: w.now,
		}
		if r != want {
			w.t.Errorf("received %+v, want %+v", r, want)
		}
		got, err := w.Pending(w.home, "letter", r.ID)
		if got.ReceivedAt = r.ReceivedAt; err != nil || got != r {
			w.t.Errorf("pending %+v, %v", got, err)
		}
		other := actor.With(w.home, actor.Actor{Region: "18.01", ID: "p2"})
		for name, find := range map[string]func() (file.Record, error){
			"another purpose": func() (file.Record, error) { return w.Pending(w.home, "crest", r.ID) },
			"another person":  func() (file.Record, error) { return w.Pending(other, "letter", r.ID) },
			"another region":  func() (file.Record, error) { return w.Pending(w.away, "letter", r.ID) },
			"another file":    func() (file.Record, error) { return w.Pending(w.home, "letter", "x") },
		} {
			if _, err := find(); fault.KindOf(err) != fault.NotFound {
				w.t.Errorf("%s: %v", name, err)
			}
		}
		made, err := w.Make(w.home, "report", "laporan.xlsx", "application/x", []byte("angka"))
		if err != nil || made.State != file.Checked || made.Media != "application/x" || made.SHA256 != filetest.Sum("angka") {
			w.t.Errorf("made %+v, %v", made, err)
		}
	})
}

// A refused file has a row with the reason, no bytes, and does not count against the
// quota.
func TestReceiveRefuses(t *testing.T) {
	each(t, func(w *world) {
		broken := errors.New("broken off")
		for _, tt := range []struct {
			name, file string
			content    io.Reader
			want       string
		}{
			{"an empty one", "surat.pdf", strings.NewReader(""), "fault.invalid file=file.empty"},
			{"one that the form does not take", "surat.exe", strings.NewReader("MZ"), "fault.invalid file=file.type"},
			{"one without a type", "surat", strings.NewReader("isi"), "fault.invalid file=file.type"},
			{"one too large", "surat.pdf", strings.NewReader(strings.Repeat("x", 1<<20+1)), "fault.invalid file=fault.too_large"},
			{"one that breaks off at once", "surat.pdf", iotest.ErrReader(broken), "broken off"},
			{"one that breaks off later", "surat.pdf", io.MultiReader(strings.NewReader(strings.Repeat("x", 9000)), iotest.ErrReader(broken)), "broken off"},
		} {
			r, err := w.Receive(w.away, letter, file.Upload{Name: tt.file, Content: tt.content})
			if err == nil || err.Error() != tt.want || r != (file.Record{}) {
				w.t.Errorf("%s: %+v, %v, want %s", tt.name, r, err, tt.want)
			}
		}
		gone, leave := context.WithCancel(w.away)
		_, err := w.Receive(gone, letter, file.Upload{Name: "surat.pdf", Content: readerFunc(func([]byte) (int, error) { leave(); return 0, gone.Err() })})
		if !errors.Is(err, context.Canceled) {
			w.t.Errorf("whose sender has gone: %v", err)
		}
		got := w.states(w.away)
		if got["refused file.empty"] != 1 || got["refused file.type"] != 2 || got["refused fault.too_large"] != 1 || got["refused fault.internal"] != 3 || len(got) != 4 {
			w.t.Errorf("rows %v", got)
		}
		if used, err := w.Records.Used(w.away); err != nil || used != 0 {
			w.t.Errorf("%d bytes are used, %v", used, err)
		}
		if n := w.store.Count(w.away); n != 0 {
			w.t.Errorf("the bytes of %d files are stored", n)
		}
	})
}

// limited is a reader with a maximum of bytes.
type limited struct {
	io.Reader
	limit int64
}

func (l limited) Limit() int64 { return l.limit }

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// Space on the disk and quota are checked before any byte is read: a file being
// received counts with its maximum size.
func TestRoom(t *testing.T) {
	each(t, func(w *world) {
		unread := strings.NewReader("isi")
		full := func(ctx context.Context, size int64) string {
			_, err := w.Receive(ctx, letter, file.Upload{Name: "surat.pdf", Content: limited{unread, size}})
			if kind := fault.KindOf(err); kind != fault.Full && kind != fault.OverQuota || unread.Len() != 3 {
				w.t.Errorf("%v with %d bytes left unread", err, unread.Len())
			}
			return fault.KeyOf(err)
		}
		w.store.Free = 10
		if key := full(w.away, 11); key != "fault.full" || len(w.states(w.away)) != 0 {
			w.t.Errorf("no room on the disk: %s, %v", key, w.states(w.away))
		}
		if key := full(w.away, 0); key != "fault.full" { // its maximum is that of the largest file
			w.t.Errorf("no room for a file of unknown size: %s", key)
		}
		w.store.Free = -1
		w.sent(w.home, "x")
		if key := full(w.home, 0); key != "file.quota" || w.states(w.home)["refused file.quota"] != 1 {
			w.t.Errorf("over the quota: %s, %v", key, w.states(w.home))
		}
		w.sent(w.home, strings.Repeat("y", 1<<20-1)) // up to the last byte
		if key := full(w.home, 1); key != "file.quota" {
			w.t.Errorf("a byte over the quota: %s", key)
		}
		w.MaxSize = 4 << 20
		if _, err := w.Receive(w.away, letter, file.Upload{Name: "surat.pdf", Content: limited{unread, -1}}); err != nil {
			w.t.Errorf("a region without a quota: %v", err)
		}
	})
}

// Two concurrent files cannot exceed the quota together.
func TestQuotaCountsWhatArrives(t *testing.T) {
	each(t, func(w *world) {
		half := int64(1<<19 + 1)
		var inner error
		_, err := w.Receive(w.home, letter, file.Upload{Name: "surat.pdf", Content: limited{&once{text: "isi", do: func() {
			_, inner = w.Receive(w.home, letter, file.Upload{Name: "lain.pdf", Content: limited{strings.NewReader("lain"), half}})
		}}, half}})
		if err != nil || fault.KeyOf(inner) != "file.quota" {
			w.t.Errorf("the first %v, the second %v", err, inner)
		}
		w.sent(w.home, "lain") // the reserve of the first is free again
	})
}

// once is a file that calls do when its first byte is read.
type once struct {
	text string
	do   func()
	sent bool
}

func (o *once) Read(p []byte) (int, error) {
	if o.sent {
		return 0, io.EOF
	}
	o.sent = true
	o.do()
	return copy(p, o.text), nil
}

func TestOpen(t *testing.T) {
	each(t, func(w *world) {
		w.MaxSize = 16 << 20
		for name, size := range map[string]int{"one that is checked first": 9, "one that is checked on its way": 9 << 20} {
			sent := strings.Repeat("a", size)
			r := w.sent(w.away, sent)
			content, err := w.Open(w.away, r)
			w.must(err)
			got, err := io.ReadAll(content)
			if err != nil || string(got) != sent {
				w.t.Errorf("%s: %d bytes, %v", name, len(got), err)
			}
			if _, err := content.Seek(3, io.SeekStart); err != nil {
				w.t.Error(err)
			}
			if got, err := io.ReadAll(content); err != nil || string(got) != sent[3:] {
				w.t.Errorf("%s, a part: %d bytes, %v", name, len(got), err)
			}
			w.must(content.Close())
			w.store.Harm(w.away, r.SHA256, "b"+sent[1:])
			content, err = w.Open(w.away, r)
			if err == nil {
				got, err = io.ReadAll(content)
				if len(got) == size {
					w.t.Errorf("%s: a changed one is handed out whole", name)
				}
			}
			if fault.KindOf(err) != fault.Damaged || !strings.Contains(err.Error(), r.ID) {
				w.t.Errorf("%s, changed: %v", name, err)
			}
			for harm, others := range map[string]string{"longer": sent + "a", "gone": ""} {
				w.store.Harm(w.away, r.SHA256, others)
				if _, err := w.Open(w.away, r); fault.KindOf(err) != fault.Damaged || fault.KeyOf(err) != "file.damaged" {
					w.t.Errorf("%s, %s: %v", name, harm, err)
				}
			}
		}
	})
}

// Verify finds a damaged file before its first byte is used; a large one is found on its
// way.
func TestVerify(t *testing.T) {
	each(t, func(w *world) {
		w.MaxSize = 16 << 20
		for name, size := range map[string]int{"a small one": 9, "a large one": 9 << 20} {
			sent := strings.Repeat("a", size)
			r := w.sent(w.away, sent)
			verify := func() (io.ReadSeekCloser, error) {
				content, err := w.Open(w.away, r)
				w.must(err)
				v, ok := content.(interface{ Verify() error })
				if !ok {
					w.t.Fatal("it has no method Verify")
				}
				return content, v.Verify()
			}
			content, err := verify()
			w.must(err)
			if got, err := io.ReadAll(content); err != nil || string(got) != sent {
				w.t.Errorf("%s: %d bytes after it was verified, %v", name, len(got), err)
			}
			w.store.Harm(w.away, r.SHA256, "b"+sent[1:])
			if _, err := verify(); size < 1<<20 && fault.KindOf(err) != fault.Damaged || size > 1<<20 && err != nil {
				w.t.Errorf("%s, changed: %v", name, err)
			}
		}
	})
}

func TestUse(t *testing.T) {
	each(t, func(w *world) {
		r := w.sent(w.home, "isi")
		u := w.use(w.home, r)
		w.must(w.Use(w.home, u)) // again
		w.must(w.EndUse(w.home, u))
		for name, err := range map[string]error{
			"ending it again":         w.EndUse(w.home, u),
			"using what is not there": w.Use(w.home, file.Use{FileID: "x", Kind: "letter", RefID: "1"}),
			"of another region":       w.Use(w.away, u),
		} {
			if fault.KindOf(err) != fault.NotFound {
				w.t.Errorf("%s: %v", name, err)
			}
		}
		w.must(w.Use(w.home, u)) // used again
		w.must(w.EndUse(w.home, u))
		_, err := w.send(w.home, "surat.exe", "x")
		if fault.KindOf(err) != fault.Invalid {
			w.t.Fatal(err)
		}
	})
}
