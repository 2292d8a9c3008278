package evidence

import (
	"bytes"
	"context"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/background"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/uow"
	"siida.id/internal/innovation"
	"siida.id/internal/instrument"
)

const (
	// reasonHolds is how long a reason lets its person open a document again.
	reasonHolds = 10 * time.Minute
	// onePlay is how long the requests of one person for one document are one
	// opening: a film is fetched in many pieces.
	onePlay = time.Minute
	// longestReason is in letters.
	longestReason = 500
	// pageOfOpenings is how many one page of the log shows.
	pageOfOpenings = 50
)

// ErrReason is what Open returns to a person who has to give a reason first.
var ErrReason = fault.New(fault.Forbidden, "evidence.reason_first")

// AccessLogEntry records that a person has opened a document.
type AccessLogEntry struct {
	ID         string
	DocumentID string
	By         string
	Name       string // of that person, at that moment
	At         time.Time
	Reason     string // where one was asked for
	All        int    // how many the document has; only Openings tells
}

// AccessLogKey tells openings apart, among those of all regions: what one person
// opens of one document within a minute is one.
type AccessLogKey struct {
	Region, DocumentID, By string
	Minute                 int64 // since 1970
}

// PendingAccess are those that are not written yet: whoever opens a document
// waits for no write, and a disk that is full keeps nobody from reading.
type PendingAccess = background.Queue[AccessLogKey, AccessLogEntry]

// NewPendingAccess returns a queue of openings that are written to store.
func NewPendingAccess(store Openers, tx uow.Transactor) *PendingAccess {
	const maxWaiting = 10_000 // openings, of which each has some 400 bytes
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

// Openers keeps who has opened what.
type Openers interface {
	// AddAccess stores that somebody has opened a document.
	AddAccess(ctx context.Context, o AccessLogEntry) error
}

// needsReason reports whether who has to give a reason for opening the evidence of
// an agency: whoever reads it as pimpinan alone.
func needsReason(who actor.Actor, agencyID string) bool {
	return !who.Reads(agencyID, actor.Operator, actor.Pendamping, actor.Kepala, actor.Brida, actor.Admin)
}

// Open returns a document and the bytes of its file, none for a link, to whoever may read the innovation;
// to others it is NotFound. It notes the opening, which is written in the background. A pimpinan has to
// give a reason first, or it is ErrReason.
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

// none is the bytes of what has no file.
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

// Document returns a document, and not its file, to whoever may read its innovation.
func (s *Service) Document(ctx context.Context, documentID string) (Document, error) {
	d, _, err := s.document(ctx, documentID)
	return d, err
}

// GiveReason remembers why the actor opens a document; for the next ten minutes
// Open lets them. It returns Invalid where there is no reason.
func (s *Service) GiveReason(ctx context.Context, documentID, reason string) error {
	reason = strings.TrimSpace(strings.ReplaceAll(reason, "\r\n", "\n"))
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		d, _, err := s.document(ctx, documentID)
		if err != nil {
			return err
		}
		if _, err := s.Innovations.Lock(ctx, d.InnovationID); err != nil { // whoever hands it on waits, and takes the right to read along
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

// MayReadAccessLog reports whether who may see who has opened evidence.
func MayReadAccessLog(who actor.Actor) bool { return who.Serves("", actor.Brida, actor.Admin) }

// AccessLog is a page of the log of one document.
type AccessLog struct {
	Document     Document
	List         []AccessLogEntry
	Number, Last int // of the page, and of the last page
}

// AccessLog returns a page of who has opened a document, the latest first, to
// BRIDA and admins. A page that is not there is NotFound.
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
	o.List, err = s.Store.AccessLog(ctx, documentID, (number-1)*pageOfOpenings, pageOfOpenings)
	if err != nil {
		return AccessLog{}, err
	}
	if len(o.List) == 0 && number > 1 {
		return AccessLog{}, fault.New(fault.NotFound, "fault.not_found")
	}
	o.Number, o.Last = number, 1
	if len(o.List) > 0 {
		o.Last = (o.List[0].All + pageOfOpenings - 1) / pageOfOpenings
	}
	return o, nil
}

// document returns a document with its innovation to whoever may read that.
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
