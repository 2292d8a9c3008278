// Package creating lets a form that creates something be sent twice without creating it
// twice: the form has the id of the new thing, made with its page (ADR 42).
package creating

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"siida.id/internal/base/fault"
	"siida.id/internal/base/id"
)

// Field is the hidden input that has the id.
const Field = "id-baru"

// FieldID is the field of the mistake that a form has no id, or none that can be read.
const FieldID fault.FieldName = "creation_id"

// New stands for the id of the new thing in the address to which its form leads.
const New = "{new}"

// Creation is a form that creates something, as it was sent.
type Creation struct {
	ID        string // of the new thing; empty if the form has none that can be read
	Action    string // the path to which the form was sent
	Location  string // where its answer redirects
	Versioned bool   // the form has a version, so that a changed one is a conflict
	Taken     bool   // the form was sent with an id that somebody else has used
	Before    string // the id with which the person has sent it before, with other content; empty if not

	pattern string // of Location, with New
	find    func(ctx context.Context, c *Creation) error
	fields  url.Values // as far as they have arrived
	file    *hashed
	spent   bool // a page already shows the form with this id, or it must not
	claimed bool // the transaction that has created the thing was committed
}

// To returns the creation of a form sent to action, which leads to location, a path and
// a query in which New stands for the id. find returns the fault of a form that was sent
// before.
func To(action, location string, find func(ctx context.Context, c *Creation) error) *Creation {
	return &Creation{Action: action, pattern: location, find: find}
}

type creationKey struct{}

// With returns ctx with the creation of its request.
func With(ctx context.Context, c *Creation) context.Context {
	return context.WithValue(ctx, creationKey{}, c)
}

// From returns the creation of the request of ctx; nil if its form creates nothing.
func From(ctx context.Context) *Creation {
	c, _ := ctx.Value(creationKey{}).(*Creation)
	return c
}

// ID returns the id that the form of ctx has for the new thing, or one from next.
func ID(ctx context.Context, next func() string) string {
	if c := From(ctx); c != nil && c.ID != "" && !c.claimed {
		return c.ID
	}
	return next()
}

// FormID returns the id for the form of a page that is sent to action: the one that it
// was sent with, if it is shown again, else a new one.
func FormID(ctx context.Context, action string) string {
	if c := From(ctx); c != nil && c.ID != "" && !c.spent && !c.claimed && c.Action == action {
		c.spent = true
		return c.ID
	}
	return id.New()
}

// Arrived sets the fields of a form, or those before its file, and returns the fault of
// one that was sent before.
func (c *Creation) Arrived(ctx context.Context, fields url.Values) error {
	if c.claimed { // by a handler that has stored the file as it arrived
		return nil
	}
	c.Set(fields)
	if c.ID == "" {
		return nil
	}
	return c.find(ctx, c)
}

// Set sets the fields of a form, or those before its file.
func (c *Creation) Set(fields url.Values) {
	c.fields, c.Versioned = fields, fields.Has("versi")
	if made, ok := id.Parse(fields.Get(Field)); ok {
		c.rename(made)
	}
}

// SHA256 returns the digest of what has arrived: the fields but the id, and the file.
func (c *Creation) SHA256() string { return digest(c.fields, c.file) }

// Renew gives the form another id: what it has was sent before, and this is not the same.
func (c *Creation) Renew() {
	c.Before = c.ID
	c.rename(id.New())
}

// Take gives the form another id, since that of another person's form was sent.
func (c *Creation) Take() {
	c.Taken = true
	c.rename(id.New())
}

func (c *Creation) rename(made string) {
	c.ID, c.Location = made, strings.ReplaceAll(c.pattern, New, made)
}

// File returns a reader of a file of the form, which becomes a part of its digest.
func (c *Creation) File(name string, content io.Reader) io.Reader {
	c.file = &hashed{Reader: content, name: name, sum: sha256.New()}
	return c.file
}

// Claimed reports whether the thing was created, in a transaction before this one.
func (c *Creation) Claimed() bool { return c.claimed }

// Commit marks that the transaction in which it was claimed is committed.
func (c *Creation) Commit() { c.claimed = true }

// digest returns the SHA-256 of the fields of a form but its id, and its file.
func digest(fields url.Values, file *hashed) string {
	sum := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if name == Field {
			continue
		}
		for _, value := range fields[name] {
			_, _ = io.WriteString(sum, strconv.Quote(name)+strconv.Quote(value)) // a hash does not fail
		}
	}
	if file != nil {
		_, _ = io.WriteString(sum, strconv.Quote(file.name)+hex.EncodeToString(file.sum.Sum(nil)))
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// hashed computes the digest of what is read of a file.
type hashed struct {
	io.Reader

	name string
	sum  hash.Hash
}

// Read implements io.Reader.
func (h *hashed) Read(p []byte) (int, error) {
	n, err := h.Reader.Read(p)
	_, _ = h.sum.Write(p[:n]) // a hash does not fail
	return n, err
}

// First is the cause of a fault.Repeated: the thing exists, and its creator is sent there.
type First struct {
	Location string // the address to which the first form led
}

// Error implements error.
func (f First) Error() string { return "created before: " + f.Location }
