package audit

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strconv"
	"time"
)

// Entry is an act of a person.
type Entry struct {
	Seq     int64
	ID      string
	Subject string // as formatted by Subject.String
	Event   Event
	Actor   string // the person's id; empty if nobody was signed in
	At      time.Time
	Digest  string // of Detail, in hexadecimal digits
	Hash    string // of all of the above and the Hash before, in hexadecimal digits
	Detail  Detail
}

// Detail has the personal values of an entry, which may be deleted later. Salt is
// empty if they were.
type Detail struct {
	Salt      string // sixteen random bytes in hexadecimal digits
	ActorName string
	Values    string // a JSON object with its keys in order
}

// Head is the end of a region's chain; its zero value is the end of an empty one.
type Head struct {
	Seq  int64
	Hash string
}

// Store stores the entries of the actor's region.
type Store interface {
	// Next reserves the next number and returns it with the hash of the previous
	// entry. Other callers wait until this transaction ends.
	Next(ctx context.Context) (Head, error)
	// Add stores e, whose number Next returned, and moves the head to it.
	Add(ctx context.Context, e Entry) error
	// Head returns the end of the chain.
	Head(ctx context.Context) (Head, error)
	// Last returns the newest entry of any of the events about a subject, as formatted by
	// Subject.String; NotFound if there is none.
	Last(ctx context.Context, subject string, events []string) (Entry, error)
	// History returns at most limit entries about a subject, as formatted by
	// Subject.String, and about those whose id continues its own after a slash, the newest
	// first.
	History(ctx context.Context, subject string, limit int) ([]Entry, error)
	// After returns at most limit entries after number seq.
	After(ctx context.Context, seq int64, limit int) ([]Entry, error)
}

// Broken is the first invalid entry of a chain.
type Broken struct {
	Seq int64
	Why string
}

func (b *Broken) Error() string { return fmt.Sprintf("audit entry %d does not hold: %s", b.Seq, b.Why) }

// hash chains e to the previous entry. Moments are in milliseconds, the precision of
// stores.
func (e Entry) hash(region, previous string) string {
	return sum(previous, region, strconv.FormatInt(e.Seq, 10), e.ID, e.Subject, string(e.Event), e.Actor,
		strconv.FormatInt(e.At.UnixMilli(), 10), e.Digest)
}

func (d Detail) digest() string { return sum(d.Salt, d.ActorName, d.Values) }

// sum returns the SHA-256 of parts, each preceded by its length, so that no two lists
// of parts have the same encoding.
func sum(parts ...string) string {
	h := sha256.New()
	for _, part := range parts {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(part))))
		h.Write([]byte(part))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// follows returns why e is not the entry after head in region, or "".
func (e Entry) follows(region string, head Head) string {
	switch {
	case e.Seq != head.Seq+1:
		return "it is missing"
	case e.Hash != e.hash(region, head.Hash):
		return "it was changed"
	case e.Detail.Salt != "" && e.Digest != e.Detail.digest():
		return "its details were changed"
	}
	return ""
}
