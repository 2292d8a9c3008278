package evidence

import (
	"context"
	"time"

	"siida.id/internal/audit"
	"siida.id/internal/base/day"
	"siida.id/internal/file"
	"siida.id/internal/guidance"
	"siida.id/internal/innovation"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
)

// Answer is the option claimed for one indicator.
type Answer struct {
	InnovationID string
	PeriodID     string
	Code         string // of the indicator
	Basis        string // the alternative that is measured by, such as SID-33's "a"
	Level        int    // the option; zero is not answered
	Finished     bool   // a person has said that nothing is left to do
	By           string
	At           time.Time
	Version      int64 // counts the saves; zero is not stored yet
}

// Claim is an answer with the number of documents that prove it.
type Claim struct {
	Answer
	Documents int
}

// Proven is the level that earns points: none without evidence.
func (c Claim) Proven() int {
	if c.Documents == 0 {
		return 0
	}
	return c.Level
}

// Document is what proves an answer: a letter, a picture, a film or a link.
type Document struct {
	ID           string
	InnovationID string
	Kind         instrument.Kind
	Number       string // of the letter; the other kinds have none
	Day          day.Day
	Subject      string
	Issuer       string // who has signed the letter, where that is known
	Address      string // of a link, which has no file
	By           string
	At           time.Time
	File         file.Record
}

// HeldDocument is a document of an innovation, with the code of an indicator that it
// proves in the period, if any.
type HeldDocument struct {
	Document
	Code string
}

// Asked is an answer with BRIDA's guidance on its indicator.
type Asked struct {
	Answer
	Guidance guidance.Shown
}

// Store keeps answers and documents of the actor's region.
type Store interface {
	// Target returns what decides who may change the answers of an innovation in a
	// period, and when; a zero Period for one that the region does not have, and
	// NotFound for no such innovation.
	Target(ctx context.Context, innovationID, periodID string) (innovation.Access, period.Period, error)
	// Claims lists the answers of one innovation in one period, and of the
	// indicators that only have documents, by code.
	Claims(ctx context.Context, innovationID, periodID string) ([]Claim, error)
	// Answer returns NotFound for an indicator that was never answered.
	Answer(ctx context.Context, innovationID, periodID, code string) (Answer, error)
	// SaveAnswer stores a if nobody saved it since a was read, else Conflict.
	SaveAnswer(ctx context.Context, a Answer) error
	// AddDocument keeps a document, whose file has been added.
	AddDocument(ctx context.Context, d Document) error
	// DocumentByID returns NotFound for an id that the region does not have.
	DocumentByID(ctx context.Context, id string) (Document, error)
	// Use says that a document proves an indicator; Conflict if it already does.
	Use(ctx context.Context, documentID, periodID, code string, at time.Time) error
	// EndUse takes it back; NotFound where there was no such use.
	EndUse(ctx context.Context, documentID, periodID, code string) error
	// Documents lists what an innovation has, once for every indicator of the
	// period that it proves, the oldest use first.
	Documents(ctx context.Context, innovationID, periodID string) ([]HeldDocument, error)
	// Asked returns the answer to an indicator, empty where there is none, and
	// the guidance; NotFound for a period that the region does not have.
	Asked(ctx context.Context, innovationID, periodID, code string) (Asked, error)
	// Progress says how far the innovations in scope have come, without their heads.
	Progress(ctx context.Context, periodID string, scope Scope) ([]Progress, error)
	// AgencyTotals adds up the innovations in scope that are neither withdrawn nor archived,
	// by agency; one with total answers finished is finished.
	AgencyTotals(ctx context.Context, periodID string, scope Scope, total int) ([]AgencyTotals, error)
	// ProgressOf is Progress for one, with its heads, that of its own agency first;
	// NotFound for an id that the region does not have.
	ProgressOf(ctx context.Context, innovationID, periodID string) (Progress, error)
	// Headed is ProgressOf for every innovation that the head of one of agencies is
	// asked to endorse, with those heads alone.
	Headed(ctx context.Context, periodID string, agencies []string) ([]Progress, error)
	// RefreshSummary stores anew what the answers of an innovation in a period add up
	// to. The service calls it once in the transaction of each change of them, after
	// SaveAnswer, Use and EndUse, with the innovation locked: who changes it at the same
	// time is counted in the summary that comes later.
	RefreshSummary(ctx context.Context, innovationID, periodID string) error
	// Mismatches lists where a stored summary is not what the answers add up to.
	Mismatches(ctx context.Context) ([]Mismatch, error)
	// Endorse stores a head's endorsement, replacing the earlier one.
	Endorse(ctx context.Context, e Endorsement) error
	// EndEndorsement takes it back; NotFound where there is none.
	EndEndorsement(ctx context.Context, innovationID, periodID, agencyID string) error
	Openers
	// OpenedBy lists a person's openings of a document since a moment, the latest first.
	OpenedBy(ctx context.Context, documentID, person string, since time.Time) ([]AccessLogEntry, error)
	// AccessLog lists some of a document's openings, the latest first, each with
	// the number of all there are.
	AccessLog(ctx context.Context, documentID string, skip, limit int) ([]AccessLogEntry, error)
}

// UseDocument is a document that uses a file, by its id.
const UseDocument file.UseKind = "evidence/document"

// What the audit log has of this room.
const (
	EventAnswered           audit.Event = "evidence.answered"
	EventDocumentDetached   audit.Event = "evidence.document_detached"
	EventEndorsed           audit.Event = "evidence.endorsed"
	EventEndorsementRevoked audit.Event = "evidence.endorsement_revoked"
	EventAccessExplained    audit.Event = "evidence.access_explained"
)

// Log remembers who did what; it writes in the caller's transaction.
type Log interface {
	Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error
}
