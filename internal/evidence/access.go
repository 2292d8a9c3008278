package evidence

import (
	"bytes"
	"context"
	"io"
	"time"
	"unicode/utf8"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/background"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
	"siida.id/internal/base/uow"
	"siida.id/internal/innovation"
	"siida.id/internal/instrument"
)

const (
	// reasonHolds is how long a reason is valid for opening the document again.
	reasonHolds = 10 * time.Minute
	// onePlay is the time within which the requests of one person for one document
	// are one opening: a film is fetched in many parts.
	onePlay = time.Minute
	// longestReason is in characters.
	longestReason = 500
	// accessPageSize is the number of entries on a page of the access log.
	accessPageSize = 50
)

// ErrReason is returned by Open to a person who must give a reason first.
var ErrReason = fault.New(fault.Forbidden, "evidence.reason_first")

// AccessLogEntry records that a person opened a document.
type AccessLogEntry struct {
	ID         string
	DocumentID string
	By         string
	Name       string // of that person, at that moment
	At         time.Time
	Reason     string // if one was required
	All        int    // number of entries of the document; only set by AccessLog
}

// AccessLogKey identifies an opening among those of all regions: openings of a
// document by the same person within a minute are one.
type AccessLogKey struct {
	Region, DocumentID, By string
	Minute                 int64 // since 1970
}

// PendingAccess has the openings that are not yet written: opening a document waits
// for no write, and works on a full disk.
type PendingAccess = background.Queue[AccessLogKey, AccessLogEntry]

// NewPendingAccess returns a queue of openings that are written to store.
func NewPendingAccess(store Openers, tx uow.Transactor) *PendingAccess {
	const maxWaiting = 10_000 // openings, of about 400 bytes each
	return background.NewQueue(maxWaiting, func(ctx context.Context, openings map[AccessLogKey]AccessLogEntry) error {
		return tx.InTx(ctx, func(ctx context.Context) error {
			for key, o := range openings {
				if err := store.AddAccess(actor.With(ctx, actor.Actor{Region: key.Region}), o); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// Openers stores openings.
type Openers interface {
	// AddAccess stores an opening.
	AddAccess(ctx context.Context, o AccessLogEntry) error
}

// needsReason reports whether who must give a reason for opening evidence of an
// agency: those who may read it only as pimpinan.
func needsReason(who actor.Actor, agencyID string) bool {
	return !who.Reads(agencyID, actor.Operator, actor.Pendamping, actor.Kepala, actor.Brida, actor.Admin)
}

// Open returns a document and its file, empty for a link, to those who may read the
// innovation; NotFound to others. It records the opening, which is written in the
// background. A pimpinan gets ErrReason unless they have given a reason.
func (s *Service) Open(ctx context.Context, documentID string) (Document, io.ReadSeekCloser, error) {
	d, owner, err := s.document(ctx, documentID)
	if err != nil {
		return Document{}, nil, err
	}
	who := actor.From(ctx)
	recent, err := s.Store.OpenedBy(ctx, d.ID, who.ID, s.Now().Add(-reasonHolds))
	if err != nil {
		return Document{}, nil, err
	}
	if needsReason(who, owner.AgencyID) && !reasoned(recent) {
		return Document{}, nil, ErrReason
	}
	var content io.ReadSeekCloser = none{bytes.NewReader(nil)}
	if d.Kind != instrument.Link {
		if content, err = s.Files.Open(ctx, d.File); err != nil {
			return Document{}, nil, err
		}
	}
	if len(recent) == 0 || recent[0].At.Before(s.Now().Add(-onePlay)) {
		o := s.logAccess(ctx, d.ID, "")
		s.Pending.Put(AccessLogKey{who.Region, d.ID, who.ID, o.At.Unix() / int64(onePlay.Seconds())}, o)
	}
	return d, content, nil
}

// none is the content of a document without a file.
type none struct{ *bytes.Reader }

func (none) Close() error { return nil }

func reasoned(list []AccessLogEntry) bool {
	for _, o := range list {
		if o.Reason != "" {
			return true
		}
	}
	return false
}

func (s *Service) logAccess(ctx context.Context, documentID, reason string) AccessLogEntry {
	who := actor.From(ctx)
	return AccessLogEntry{ID: s.NewID(), DocumentID: documentID, By: who.ID, Name: who.Name, At: s.Now(), Reason: reason}
}

// Document returns a document without its file to those who may read its innovation.
func (s *Service) Document(ctx context.Context, documentID string) (Document, error) {
	d, _, err := s.document(ctx, documentID)
	return d, err
}

// GiveReason stores the actor's reason for opening a document, which Open accepts for
// ten minutes. It returns Invalid for an empty reason.
func (s *Service) GiveReason(ctx context.Context, documentID, reason string) error {
	reason = text.Paragraphs(reason)
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		d, _, err := s.document(ctx, documentID)
		if err != nil {
			return err
		}
		if _, err := s.Innovations.Lock(ctx, d.InnovationID); err != nil { // a transfer, which may end the right to read, waits
			return err
		}
		var check fault.Check
		check.That(reason != "", "reason", "evidence.reason_missing")
		check.That(utf8.RuneCountInString(reason) <= longestReason, "reason", "evidence.reason_long", fault.Args{"Most": longestReason})
		if err := check.Err(); err != nil {
			return err
		}
		if err := s.Store.AddAccess(ctx, s.logAccess(ctx, d.ID, reason)); err != nil {
			return err
		}
		return s.Log.Append(ctx, audit.Document.Of(d.ID), EventAccessExplained, audit.Details{audit.KeyReason: reason})
	})
}

// MayReadAccessLog reports whether who may read the access log of documents.
func MayReadAccessLog(who actor.Actor) bool { return who.Serves("", actor.Brida, actor.Admin) }

// AccessLog is a page of a document's access log.
type AccessLog struct {
	Document     Document
	List         []AccessLogEntry
	Number, Last int // of the page, and of the last page
}

// AccessLog returns a page of a document's access log, the latest entry first, to
// BRIDA and admins; NotFound for a page that does not exist.
func (s *Service) AccessLog(ctx context.Context, documentID string, number int) (o AccessLog, err error) {
	if o.Document, _, err = s.document(ctx, documentID); err != nil {
		return AccessLog{}, err
	}
	if !MayReadAccessLog(actor.From(ctx)) {
		return AccessLog{}, fault.New(fault.Forbidden, "fault.forbidden")
	}
	if number < 1 || number > 1_000_000 {
		return AccessLog{}, fault.New(fault.NotFound, "fault.not_found")
	}
	o.List, err = s.Store.AccessLog(ctx, documentID, (number-1)*accessPageSize, accessPageSize)
	if err != nil {
		return AccessLog{}, err
	}
	if len(o.List) == 0 && number > 1 {
		return AccessLog{}, fault.New(fault.NotFound, "fault.not_found")
	}
	o.Number, o.Last = number, 1
	if len(o.List) > 0 {
		o.Last = (o.List[0].All + accessPageSize - 1) / accessPageSize
	}
	return o, nil
}

// document returns a document with its innovation to those who may read that.
func (s *Service) document(ctx context.Context, id string) (Document, innovation.Innovation, error) {
	if err := signedIn(ctx); err != nil {
		return Document{}, innovation.Innovation{}, err
	}
	d, err := s.Store.DocumentByID(ctx, id)
	if err != nil {
		return Document{}, innovation.Innovation{}, err
	}
	owner, err := s.Innovations.ByID(ctx, d.InnovationID)
	if err != nil {
		return Document{}, innovation.Innovation{}, err
	}
	return d, owner, nil
}
