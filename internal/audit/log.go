package audit

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/uow"
)

const (
	saltSize = 16
	batch    = 500 // entries that Verify reads at once
)

// Log writes entries on behalf of the actor in the context.
type Log struct {
	Store  Store
	Tx     uow.Transactor
	NewID  func() string
	Now    func() time.Time
	Random io.Reader // of salts; crypto/rand.Reader
}

// Append records that the actor did event to subject. Details may be personal: they
// can be deleted later, subject and event cannot.
func (l *Log) Append(ctx context.Context, subject Subject, event Event, details Details) error {
	who := actor.From(ctx)
	detail, err := l.detail(who.Name, details)
	if err != nil {
		return fmt.Errorf("audit %s %s: %w", subject, event, err)
	}
	e := Entry{
		ID: l.NewID(), Subject: subject.String(), Event: event, Actor: who.ID, At: l.Now(),
		Digest: detail.digest(), Detail: detail,
	}
	err = l.Tx.InTx(ctx, func(ctx context.Context) error {
		head, err := l.Store.Next(ctx)
		if err != nil {
			return err
		}
		e.Seq = head.Seq
		e.Hash = e.hash(who.Region, head.Hash)
		return l.Store.Add(ctx, e)
	})
	if err != nil {
		return fmt.Errorf("audit %s %s: %w", subject, event, err)
	}
	return nil
}

// Last returns the newest entry of any of the events about a subject, as formatted by
// Subject.String; NotFound if there is none.
func (l *Log) Last(ctx context.Context, subject string, events ...string) (Entry, error) {
	return l.Store.Last(ctx, subject, events)
}

// History returns at most limit entries about a subject and what belongs to it, such as all
// answers of an innovation in a period, the newest first.
func (l *Log) History(ctx context.Context, subject Subject, limit int) ([]Entry, error) {
	return l.Store.History(ctx, subject.String(), limit)
}

func (l *Log) detail(name string, values Details) (Detail, error) {
	salt := make([]byte, saltSize)
	if _, err := io.ReadFull(l.Random, salt); err != nil {
		return Detail{}, err
	}
	if values == nil {
		values = Details{}
	}
	text, err := json.Marshal(values) // sorts the keys
	return Detail{hex.EncodeToString(salt), name, string(text)}, err
}

// Verify checks the chain of the actor's region and returns the number of its
// entries. The error wraps a *Broken with the first invalid entry.
func (l *Log) Verify(ctx context.Context) (count int, err error) {
	at, end := Head{}, Head{Seq: -1} // no chain ends there
	for {
		last := end
		if end, err = l.Store.Head(ctx); err != nil {
			return 0, fmt.Errorf("verify audit: %w", err)
		}
		if end == last {
			return 0, fmt.Errorf("verify audit: %w", &Broken{at.Seq + 1, "it is beyond the end"})
		}
		if at, err = l.check(ctx, at, end); err != nil {
			return 0, fmt.Errorf("verify audit: %w", err)
		}
		// An entry after the end was either appended meanwhile, and the next head
		// includes it, or is invalid.
		beyond, err := l.Store.After(ctx, at.Seq, 1)
		if err != nil {
			return 0, fmt.Errorf("verify audit: %w", err)
		}
		if len(beyond) == 0 {
			return int(at.Seq), nil
		}
	}
}

// check checks the entries after at, up to end.
func (l *Log) check(ctx context.Context, at, end Head) (Head, error) {
	region := actor.From(ctx).Region
	for at.Seq < end.Seq {
		list, err := l.Store.After(ctx, at.Seq, int(min(batch, end.Seq-at.Seq)))
		if err != nil {
			return at, err
		}
		if len(list) == 0 {
			return at, &Broken{at.Seq + 1, "it is missing"}
		}
		for _, e := range list {
			if why := e.follows(region, at); why != "" {
				return at, &Broken{at.Seq + 1, why}
			}
			at = Head{e.Seq, e.Hash}
		}
	}
	if at != end {
		return at, &Broken{end.Seq, "the end of the chain knows another"}
	}
	return at, nil
}
