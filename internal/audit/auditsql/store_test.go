package auditsql_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/audit"
	"siida.id/internal/audit/auditsql"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/id"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/infra/sqldb/sqldbtest"
)

var at = time.Date(2026, 3, 2, 8, 30, 0, 123456789, time.UTC)

func newLog(db *sqldb.DB) *audit.Log {
	return &audit.Log{
		Store: &auditsql.Store{DB: db}, Tx: db, NewID: id.New, Random: rand.Reader,
		Now: func() time.Time { return at },
	}
}

func in(t *testing.T, region string) context.Context {
	return actor.With(t.Context(), actor.Actor{ID: "p1", Name: "Rina", Region: region})
}

// fill appends n entries.
func fill(t *testing.T, ctx context.Context, log *audit.Log, n int) {
	t.Helper()
	for i := range n {
		if err := log.Append(ctx, audit.Kind("review").Of(fmt.Sprintf("r%d", i+1)), "klaim", audit.Details{"note": "Unggah SK", "a": "\x00\xff"}); err != nil {
			t.Fatal(err)
		}
	}
}

func holds(t *testing.T, ctx context.Context, log *audit.Log, want int) {
	t.Helper()
	if n, err := log.Verify(ctx); n != want || err != nil {
		t.Errorf("Verify = %d, %v; want %d", n, err, want)
	}
}

func TestChainHolds(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		log, ctx, store := newLog(db), in(t, "18.01"), &auditsql.Store{DB: db}
		holds(t, ctx, log, 0)
		fill(t, ctx, log, 3)
		holds(t, ctx, log, 3)
		list, err := store.After(ctx, 1, 1)
		if err != nil || len(list) != 1 {
			t.Fatalf("After = %v, %v", list, err)
		}
		got := list[0]
		want := audit.Entry{
			Seq: 2, ID: got.ID, Subject: "review/r2", Event: "klaim", Actor: "p1", At: at.Truncate(time.Millisecond),
			Digest: got.Digest, Hash: got.Hash,
			Detail: audit.Detail{Salt: got.Detail.Salt, ActorName: "Rina", Values: `{"a":"\u0000\ufffd","note":"Unggah SK"}`},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if len(got.Hash) != 64 || len(got.Digest) != 64 || len(got.Detail.Salt) != 32 {
			t.Errorf("hash %q, digest %q, salt %q", got.Hash, got.Digest, got.Detail.Salt)
		}
	})
}

// Verify reads in batches; a chain longer than one batch is verified too.
func TestLongChain(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		log, ctx := newLog(db), in(t, "18.01")
		err := db.InTx(ctx, func(ctx context.Context) error {
			fill(t, ctx, log, 1001)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		holds(t, ctx, log, 1001)
	})
}

type tampering struct {
	name   string
	broken int64 // the number of the first invalid entry
	with   func(ctx context.Context, db *sqldb.DB, region string) (int64, error)
}

var tamperings = []tampering{
	{"seq", 3, func(ctx context.Context, db *sqldb.DB, r string) (int64, error) {
		return db.Exec(ctx, `update events set seq = 9 where region_id = $1 and seq = 3`, r)
	}},
	{"id", 3, func(ctx context.Context, db *sqldb.DB, r string) (int64, error) {
		return db.Exec(ctx, `update events set id = 'x' where region_id = $1 and seq = 3`, r)
	}},
	{"subject", 3, func(ctx context.Context, db *sqldb.DB, r string) (int64, error) {
		return db.Exec(ctx, `update events set subject = 'x' where region_id = $1 and seq = 3`, r)
	}},
	{"event", 3, func(ctx context.Context, db *sqldb.DB, r string) (int64, error) {
		return db.Exec(ctx, `update events set event = 'x' where region_id = $1 and seq = 3`, r)
	}},
	{"actor", 3, func(ctx context.Context, db *sqldb.DB, r string) (int64, error) {
		return db.Exec(ctx, `update events set actor = 'x' where region_id = $1 and seq = 3`, r)
	}},
	{"a letter moved to the next column", 3, func(ctx context.Context, db *sqldb.DB, r string) (int64, error) {
		return db.Exec(ctx, `update events set subject = subject || 'k', event = 'laim' where region_id = $1 and seq = 3`, r)
	}},
	{"at", 3, func(ctx context.Context, db *sqldb.DB, r string) (int64, error) {
		return db.Exec(ctx, `update events set at = '2026-03-02T08:30:00.124Z' where region_id = $1 and seq = 3`, r)
	}},
	{"digest", 3, func(ctx context.Context, db *sqldb.DB, r string) (int64, error) {
		return db.Exec(ctx, `update events set digest = 'x' where region_id = $1 and seq = 3`, r)
	}},
	{"hash", 3, func(ctx context.Context, db *sqldb.DB, r string) (int64, error) {
		return db.Exec(ctx, `update events set hash = 'x' where region_id = $1 and seq = 3`, r)
	}},
	{"hash of the last", 5, func(ctx context.Context, db *sqldb.DB, r string) (int64, error) {
		return db.Exec(ctx, `update events set hash = 'x' where region_id = $1 and seq = 5`, r)
	}},
	{"actor's name", 3, func(ctx context.Context, db *sqldb.DB, r string) (int64, error) {
		return db.Exec(ctx, `update event_details set actor_name = 'x' where region_id = $1 and seq = 3`, r)
	}},
	{"detail", 3, func(ctx context.Context, db *sqldb.DB, r string) (int64, error) {
		return db.Exec(ctx, `update event_details set detail = '{}' where region_id = $1 and seq = 3`, r)
	}},
	{"salt", 3, func(ctx context.Context, db *sqldb.DB, r string) (int64, error) {
		return db.Exec(ctx, `update event_details set salt = 'x' where region_id = $1 and seq = 3`, r)
	}},
	{"first deleted", 1, func(ctx context.Context, db *sqldb.DB, r string) (int64, error) {
		return db.Exec(ctx, `delete from events where region_id = $1 and seq = 1`, r)
	}},
	{"middle deleted", 3, func(ctx context.Context, db *sqldb.DB, r string) (int64, error) {
		return db.Exec(ctx, `delete from events where region_id = $1 and seq = 3`, r)
	}},
	{"last deleted", 5, func(ctx context.Context, db *sqldb.DB, r string) (int64, error) {
		return db.Exec(ctx, `delete from events where region_id = $1 and seq = 5`, r)
	}},
	{"one appended by hand", 6, func(ctx context.Context, db *sqldb.DB, r string) (int64, error) {
		return db.Exec(ctx, `
			insert into events (region_id, seq, id, subject, event, actor, at, digest, hash)
			select region_id, 6, id, subject, event, actor, at, digest, hash
			from events
			where region_id = $1 and seq = 5`, r)
	}},
	{"head deleted", 1, func(ctx context.Context, db *sqldb.DB, r string) (int64, error) {
		return db.Exec(ctx, `delete from event_heads where region_id = $1`, r)
	}},
	{"head's hash", 5, func(ctx context.Context, db *sqldb.DB, r string) (int64, error) {
		return db.Exec(ctx, `update event_heads set hash = 'x' where region_id = $1`, r)
	}},
	{"taken from another region", 1, func(ctx context.Context, db *sqldb.DB, r string) (int64, error) {
		if _, err := db.Exec(ctx, `delete from events where region_id = $1`, r); err != nil {
			return 0, err
		}
		return db.Exec(ctx, `update events set region_id = $1 where region_id = '1'`, r)
	}},
}

func TestTampering(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		log := newLog(db)
		for i, tt := range tamperings {
			region := fmt.Sprint(i)
			ctx := in(t, region)
			fill(t, ctx, log, 5)
			holds(t, ctx, log, 5)
			if n, err := tt.with(ctx, db, region); n == 0 || err != nil {
				t.Fatalf("%s: %d rows, %v", tt.name, n, err)
			}
			_, err := log.Verify(ctx)
			if broken, ok := errors.AsType[*audit.Broken](err); !ok || broken.Seq != tt.broken {
				t.Errorf("%s: Verify = %v, want entry %d to be broken", tt.name, err, tt.broken)
			}
		}
	})
}

func TestDeletedDetails(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		log, ctx := newLog(db), in(t, "18.01")
		fill(t, ctx, log, 3)
		for _, forget := range []func() (int64, error){
			func() (int64, error) { return db.Exec(ctx, `delete from event_details where seq = 2`) },
			func() (int64, error) { return db.Exec(ctx, `delete from event_details`) },
		} {
			if n, err := forget(); n == 0 || err != nil {
				t.Fatalf("%d rows, %v", n, err)
			}
			holds(t, ctx, log, 3)
		}
	})
}

func TestWritersQueue(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		log, ctx := newLog(db), in(t, "18.01")
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				if err := log.Append(ctx, audit.Kind("review").Of("r1"), "klaim", nil); err != nil {
					t.Error(err)
				}
				if _, err := log.Verify(ctx); err != nil {
					t.Errorf("while others write: %v", err)
				}
			})
		}
		wg.Wait()
		holds(t, ctx, log, 20)
	})
}

// An entry that was rolled back leaves no gap.
func TestRollback(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		log, ctx, stop := newLog(db), in(t, "18.01"), errors.New("stop")
		for range 2 {
			err := db.InTx(ctx, func(ctx context.Context) error {
				fill(t, ctx, log, 2)
				return stop
			})
			if !errors.Is(err, stop) {
				t.Fatal(err)
			}
			holds(t, ctx, log, 0)
		}
		fill(t, ctx, log, 1)
		holds(t, ctx, log, 1)
	})
}

func TestRegionsAreApart(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		log := newLog(db)
		fill(t, in(t, "18.01"), log, 3)
		fill(t, in(t, "18.02"), log, 1)
		holds(t, in(t, "18.01"), log, 3)
		holds(t, in(t, "18.02"), log, 1)
		holds(t, in(t, ""), log, 0)
	})
}

// Existing chains must be valid for every later version of the program: these hashes
// never change.
func TestEncodingIsFrozen(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		log, ctx := newLog(db), in(t, "18.01")
		log.NewID, log.Random = func() string { return "e1" }, strings.NewReader(strings.Repeat("salt", 8))
		fill(t, ctx, log, 2)
		head, err := (&auditsql.Store{DB: db}).Head(ctx)
		if want := "47e060278abb015261b8e06195794cc6cb9104bc9efd03138ab7a0c51f403f8c"; err != nil || head.Hash != want {
			t.Errorf("%v, %v; want %s", head, err, want)
		}
	})
}

// The behaviour on which Log relies.
func TestStore(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		s, ctx := &auditsql.Store{DB: db}, in(t, "18.01")
		for i, previous := range []string{"", "h1"} {
			err := db.InTx(ctx, func(ctx context.Context) error {
				head, err := s.Next(ctx)
				if want := (audit.Head{Seq: int64(i + 1), Hash: previous}); err != nil || head != want {
					t.Errorf("Next = %+v, %v; want %+v", head, err, want)
				}
				return s.Add(ctx, audit.Entry{Seq: head.Seq, ID: "e", Event: audit.Event(fmt.Sprint("e", i+1)), At: at, Hash: fmt.Sprint("h", i+1)})
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		if head, err := s.Head(ctx); err != nil || head != (audit.Head{Seq: 2, Hash: "h2"}) {
			t.Errorf("Head = %+v, %v", head, err)
		}
		for events, want := range map[string]int64{"e1": 1, "e2": 2, "e1 e2 e3": 2} {
			if last, err := s.Last(ctx, "", strings.Fields(events)); err != nil || last.Seq != want {
				t.Errorf("Last of %s = %+v, %v", events, last, err)
			}
		}
		for _, none := range []struct {
			ctx     context.Context
			subject string
			events  []string
		}{{ctx, "innovation/x", []string{"e1"}}, {ctx, "", []string{"e3"}}, {ctx, "", nil}, {in(t, "18.02"), "", []string{"e1"}}} {
			if last, err := s.Last(none.ctx, none.subject, none.events); fault.KindOf(err) != fault.NotFound {
				t.Errorf("Last of %q %v = %+v, %v", none.subject, none.events, last, err)
			}
		}
		if list, err := s.After(ctx, 0, 9); err != nil || len(list) != 2 || list[0].Seq != 1 {
			t.Errorf("After = %+v, %v", list, err)
		}
	})
}

// History finds a subject and what belongs to it, the newest first, and nothing whose id
// only begins like it.
func TestHistory(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, db *sqldb.DB) {
		log, ctx := newLog(db), in(t, "18.01")
		for _, id := range [][]string{{"i1", "2026", "SID-16"}, {"i1", "2026", "SID-17"}, {"i1", "2027", "SID-16"}, {"i10", "2026", "SID-16"}, {"i1", "2026"}, {"i1", "2026-x"}, {"i1", "20260"}} {
			if err := log.Append(ctx, audit.Answer.Of(id...), "e1", audit.Details{audit.KeyMaturity: "6"}); err != nil {
				t.Fatal(err)
			}
		}
		for _, tt := range []struct {
			ctx     context.Context
			subject audit.Subject
			limit   int
			want    string
		}{
			{ctx, audit.Answer.Of("i1", "2026"), 9, "5 2 1"},
			{ctx, audit.Answer.Of("i1", "2026"), 2, "5 2"},
			{ctx, audit.Answer.Of("i1"), 9, "7 6 5 3 2 1"},
			{ctx, audit.Answer.Of("i1", "2026", "SID-16"), 9, "1"},
			{ctx, audit.Answer.Of("i2"), 9, ""},
			{ctx, audit.Innovation.Of("i1"), 9, ""},
			{in(t, "18.02"), audit.Answer.Of("i1"), 9, ""},
		} {
			list, err := log.History(tt.ctx, tt.subject, tt.limit)
			var got []string
			for _, e := range list {
				got = append(got, fmt.Sprint(e.Seq))
				if e.Detail.ActorName != "Rina" || e.Detail.Values != `{"maturity":"6"}` || !e.At.Equal(at.Truncate(time.Millisecond)) {
					t.Errorf("%+v", e)
				}
			}
			if err != nil || strings.Join(got, " ") != tt.want {
				t.Errorf("%s, %d: %v, %v; want %s", tt.subject, tt.limit, got, err, tt.want)
			}
		}
	})
}
