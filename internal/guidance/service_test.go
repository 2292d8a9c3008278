package guidance_test

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"siida.id/internal/audit"
	"siida.id/internal/audit/auditsql"
	"siida.id/internal/audit/audittest"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/id"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/file"
	"siida.id/internal/file/filetest"
	"siida.id/internal/guidance"
	"siida.id/internal/guidance/guidancesql"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
	"siida.id/internal/period/periodsql"
)

const (
	year   = "2026"
	letter = "SID-16"
)

// world is a service on a real database, with a period in two regions and a log that
// can fail.
type world struct {
	*guidance.Service
	t   *testing.T
	log *audittest.Log
}

func each(t *testing.T, fn func(t *testing.T, w *world)) {
	t.Parallel()
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		lib, err := instrument.Embedded()
		if err != nil {
			t.Fatal(err)
		}
		now := func() time.Time { return time.Date(2026, 3, 2, 8, 30, 0, 0, time.UTC) }
		log := &audittest.Log{Real: &audit.Log{Store: &auditsql.Store{DB: db}, Tx: db, NewID: id.New, Now: now, Random: rand.Reader}}
		periods := &period.Service{Store: &periodsql.Store{DB: db}, Packs: lib, Log: log, Tx: db, Now: now}
		w := &world{t: t, log: log}
		w.Service = &guidance.Service{Store: &guidancesql.Store{DB: db}, Periods: periods, Files: filetest.New(db, now), Log: log, Tx: db, Now: now}
		for _, persona := range []string{"admin", "away"} {
			_, err := periods.Open(servicetest.As(t, persona), "iid-2026")
			w.must(err)
		}
		fn(t, w)
	})
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// details returns the guidance as BRIDA reads it.
func (w *world) details() guidance.Details {
	w.t.Helper()
	g, err := w.ByCode(servicetest.As(w.t, "brida"), year, letter)
	w.must(err)
	return g
}

// send uploads a sample file, which is then pending.
func (w *world) send(name string) file.Record {
	w.t.Helper()
	sent, err := w.ReceiveSample(servicetest.As(w.t, "brida"), year, letter, name, strings.NewReader("isi "+name))
	w.must(err)
	return sent
}

func (w *world) show(name string, v guidance.Verdict) file.Record {
	w.t.Helper()
	sent := w.send(name)
	w.must(w.ShowSample(servicetest.As(w.t, "brida"), year, letter, guidance.SampleEntry{FileID: sent.ID, Verdict: string(v), Caption: "Lihat"}, nil))
	return sent
}

// mistakes returns the mistakes of a form's fault.
func mistakes(err error) string {
	if err == nil {
		return ""
	}
	return strings.TrimPrefix(err.Error(), "fault.invalid ")
}

func TestPermissions(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		shown := w.show("contoh.pdf", guidance.Right)
		servicetest.Permissions(t, `
			-             visitor  nobody    operator  other     brida    admin    away
			ByCode        unknown  forbidden forbidden forbidden yes      yes      yes
			Set           unknown  forbidden forbidden forbidden yes      yes      yes
			ReceiveSample unknown  forbidden forbidden forbidden yes      yes      yes
			ShowSample    unknown  forbidden forbidden forbidden invalid  invalid  invalid
			DropSample    unknown  forbidden forbidden forbidden missing  missing  missing
			OpenSample    unknown  missing   yes       yes       yes      yes      missing`,
			servicetest.Call{Name: "ByCode", Do: func(ctx context.Context) error { _, err := w.ByCode(ctx, year, letter); return err }},
			servicetest.Call{Name: "Set", Do: func(ctx context.Context) error {
				g, err := w.ByCode(ctx, year, letter)
				if err != nil {
					return err
				}
				return w.Set(ctx, year, letter, "Lampirkan SK", g.Guidance.Version)
			}},
			servicetest.Call{Name: "ReceiveSample", Do: func(ctx context.Context) error {
				_, err := w.ReceiveSample(ctx, year, letter, "contoh.pdf", strings.NewReader("isi"))
				return err
			}},
			servicetest.Call{Name: "ShowSample", Do: func(ctx context.Context) error {
				return w.ShowSample(ctx, year, letter, guidance.SampleEntry{}, nil)
			}},
			servicetest.Call{Name: "DropSample", Do: func(ctx context.Context) error { return w.DropSample(ctx, year, letter, "none") }},
			servicetest.Call{Name: "OpenSample", Do: func(ctx context.Context) error { _, _, err := w.OpenSample(ctx, shown.ID); return err }},
		)
	})
}

func TestGuidance(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		brida := servicetest.As(t, "brida")
		set := func(words string, version int64) error { return w.Set(brida, year, letter, words, version) }
		w.must(set(" Lampirkan SK.\r\nBukan nota dinas. ", 0))
		if g := w.details().Guidance; g.Words != "Lampirkan SK.\nBukan nota dinas." || g.Version != 1 || g.By != "brida" {
			t.Errorf("it is %+v", g)
		}
		for _, version := range []int64{-1, 0, 2} {
			if err := set("Lain", version); fault.KeyOf(err) != "guidance.moved_on" {
				t.Errorf("version %d: %v", version, err)
			}
		}
		if got := mistakes(set(strings.Repeat("é", 4001), 1)); got != "words=guidance.long" {
			t.Errorf("a long one: %s", got)
		}
		w.log.Err = errors.New("the disk is full")
		if err := set("Lain", 1); !errors.Is(err, w.log.Err) {
			t.Errorf("without a log: %v", err)
		}
		w.log.Err = nil
		if g := w.details().Guidance; g.Version != 1 {
			t.Errorf("what was refused stays: %+v", g)
		}
		w.must(set("", 1))
		if g := w.details().Guidance; g.Words != "" {
			t.Errorf("after deletion: %q", g.Words)
		}
		for _, at := range [][2]string{{"2023", letter}, {year, "SPD-01"}, {year, ""}} {
			if _, err := w.ByCode(brida, at[0], at[1]); fault.KindOf(err) != fault.NotFound {
				t.Errorf("%v: %v", at, err)
			}
			if err := w.Set(brida, at[0], at[1], "x", 0); fault.KindOf(err) != fault.NotFound {
				t.Errorf("%v: %v", at, err)
			}
		}
	})
}

func TestSamples(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		brida, operator := servicetest.As(t, "brida"), servicetest.As(t, "operator")
		for name, tt := range map[string]struct{ name, body, want string }{
			"an empty one":  {"a.pdf", "", "file=file.empty"},
			"another type":  {"a.docx", "x", "file=file.type"},
			"one too large": {"a.pdf", strings.Repeat("x", 101), "file=fault.too_large"},
		} {
			_, err := w.ReceiveSample(brida, year, letter, tt.name, strings.NewReader(tt.body))
			if got := mistakes(err); got != tt.want {
				t.Errorf("%s: %s, want %s", name, got, tt.want)
			}
		}
		waits := w.send("a.pdf")
		if _, _, err := w.OpenSample(brida, waits.ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("opening what waits for its caption: %v", err)
		}
		if _, err := w.PendingSample(servicetest.As(t, "admin"), year, letter, waits.ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("what somebody else has sent: %v", err)
		}
		want := "file=file.swept verdict=guidance.verdict_choose caption=guidance.caption_missing"
		if got := mistakes(w.ShowSample(brida, year, letter, guidance.SampleEntry{FileID: "none"}, nil)); got != want {
			t.Errorf("an empty form: %s", got)
		}
		long := guidance.SampleEntry{FileID: waits.ID, Verdict: "salah", Caption: strings.Repeat("é", 201)}
		if got := mistakes(w.ShowSample(brida, year, letter, long, nil)); got != "caption=guidance.caption_long" {
			t.Errorf("a long caption: %s", got)
		}
		wrong := w.show("salah.pdf", guidance.Wrong)
		for range 5 {
			w.show("benar.pdf", guidance.Right)
		}
		if got := mistakes(w.ShowSample(brida, year, letter, guidance.SampleEntry{FileID: waits.ID, Verdict: "benar", Caption: "x"}, nil)); got != "file=guidance.sample_many" {
			t.Errorf("a seventh: %s", got)
		}
		got, content, err := w.OpenSample(operator, wrong.ID)
		w.must(err)
		if text, err := io.ReadAll(content); string(text) != "isi salah.pdf" || got.Verdict != guidance.Wrong || got.Caption != "Lihat" || err != nil {
			t.Errorf("opened %q, %+v, %v", text, got, err)
		}
		w.must(w.DropSample(brida, year, letter, wrong.ID))
		if _, _, err := w.OpenSample(operator, wrong.ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("what was taken off: %v", err)
		}
		if n := len(w.details().Samples); n != 5 {
			t.Errorf("%d samples are shown", n)
		}
	})
}
