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

// Entry is one act of one person.
type Entry struct {
	Seq     int64
	ID      string
	Subject string // as of Subject.String
	Event   Event
	Actor   string // the person's id; empty where nobody has signed in
	At      time.Time
	Digest  string // of Detail, in hexadecimal digits
	Hash    string // of all of the above and the Hash before, in hexadecimal digits
	Detail  Detail
}

// Detail is what may be forgotten. Without Salt it has been.
type Detail struct {
	Salt      string // sixteen random bytes in hexadecimal digits
	ActorName string
	Values    string // a JSON object with its keys in order
}

// Head is the end of a region's chain; its zero value is that of an empty one.
type Head struct {
	Seq  int64
	Hash string
}

// Store keeps the entries of the actor's region.
type Store interface {
	// Next takes the next number and returns it with the hash of the entry
	// before. Whoever else asks waits until this transaction has ended.
	Next(ctx context.Context) (Head, error)
	// Add stores e, whose number came from Next, and moves the head to it.
	Add(ctx context.Context, e Entry) error
	// Head returns where the chain ends.
	Head(ctx context.Context) (Head, error)
	// After lists at most limit entries that follow number seq.
	After(ctx context.Context, seq int64, limit int) ([]Entry, error)
}

// Broken says where a chain does not hold.
type Broken struct {
	Seq int64
	Why string
}

func (b *Broken) Error() string { return fmt.Sprintf("audit entry %d does not hold: %s", b.Seq, b.Why) }

// hash chains e to the entry before it. Moments count in milliseconds, which
// is what a store keeps of them.
func (e Entry) hash(region, previous string) string {
	return sum(previous, region, strconv.FormatInt(e.Seq, 10), e.ID, e.Subject, string(e.Event), e.Actor,
		strconv.FormatInt(e.At.UnixMilli(), 10), e.Digest)
}

func (d Detail) digest() string { return sum(d.Salt, d.ActorName, d.Values) }

// sum is the SHA-256 of parts, each behind its length: no two lists of parts
// have the same encoding.
func sum(parts ...string) string {
	h := sha256.New()
	for _, part := range parts {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(part))))
		h.Write([]byte(part))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// follows says why e cannot be what comes after head in region, or "".
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
