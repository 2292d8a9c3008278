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
	"siida.id/internal/question"
	"siida.id/internal/scoring"
)

// Answer is the option claimed for an indicator.
type Answer struct {
	InnovationID string
	PeriodID     string
	Code         string // of the indicator
	Basis        string // the chosen alternative, such as SID-33's "a"
	Level        int    // the option; zero for none
	Marked       bool   // a person has marked it as finished, although something is missing
	By           string
	At           time.Time
	Version      int64 // incremented by each save; zero before the first
}

// Claim is an answer with the number of documents that prove it; a void one does not.
type Claim struct {
	Answer
	Documents int
}

// State returns the state of the answer.
func (c Claim) State() question.State { return question.StateOf(c.Level, c.Documents, c.Marked) }

// Proven returns the level that earns points: zero without evidence.
func (c Claim) Proven() int {
	if c.Documents == 0 {
		return 0
	}
	return c.Level
}

// Document is a piece of evidence: a letter, a picture, a film or a link.
type Document struct {
	ID           string
	InnovationID string
	Kind         instrument.Kind
	Number       string // of a letter
	Day          day.Day
	Subject      string
	Issuer       string // the signer of a letter, if known
	Address      string // of a link, which has no file
	By           string
	At           time.Time
	File         file.Record
}

// Evidence returns what decides on the weaknesses of a document.
func (d Document) Evidence() question.Evidence {
	return question.Evidence{Kind: d.Kind, Number: d.Number, Day: d.Day, File: d.File}
}

// UsedDocument is a document of an innovation, with the code of an indicator that it
// proves in the period, if any.
type UsedDocument struct {
	Document
	Code string
}

// InPeriod is an innovation in a period.
type InPeriod struct{ InnovationID, PeriodID string }

// VoidUse is a use of a document that proves nothing, since its file cannot be opened.
type VoidUse struct{ DocumentID, Code string }

// Asked is a claim with the guidance on its indicator.
type Asked struct {
	Claim
	Guidance guidance.Shown
}

// Store stores answers and documents of the actor's region.
type Store interface {
	// Target returns what the permission to change answers of an innovation in a
	// period depends on: a zero Period if the region has no such period, and NotFound
	// for an unknown innovation.
	Target(ctx context.Context, innovationID, periodID string) (innovation.Access, period.Period, error)
	// Claims returns the answers of an innovation in a period, including indicators
	// that have only documents, by code.
	Claims(ctx context.Context, innovationID, periodID string) ([]Claim, error)
	// Answer returns NotFound for an indicator that was never answered.
	Answer(ctx context.Context, innovationID, periodID, code string) (Answer, error)
	// SaveAnswer stores a; Conflict if it was saved since a was read.
	SaveAnswer(ctx context.Context, a Answer) error
	// AddDocument stores a document, whose file has been added.
	AddDocument(ctx context.Context, d Document) error
	// DocumentByID returns NotFound if the region has no such document.
	DocumentByID(ctx context.Context, id string) (Document, error)
	// Use records that a document proves an indicator; Conflict if it already does.
	Use(ctx context.Context, documentID, periodID, code string, at time.Time) error
	// EndUse ends a use; NotFound if there is none.
	EndUse(ctx context.Context, documentID, periodID, code string, at time.Time) error
	// ResumeUse takes back the end of a use; NotFound if it has not ended since then.
	ResumeUse(ctx context.Context, documentID, periodID, code string, since time.Time) error
	// Unopenable returns the innovations and open periods in which documents are used
	// whose files cannot be opened, except void uses.
	Unopenable(ctx context.Context) ([]InPeriod, error)
	// VoidUses makes these uses of an innovation void, and returns them by code.
	VoidUses(ctx context.Context, in InPeriod) ([]VoidUse, error)
	// Documents returns the documents of an innovation, once for every indicator of
	// the period that they prove, the oldest use first.
	Documents(ctx context.Context, innovationID, periodID string) ([]UsedDocument, error)
	// Doubtful returns those documents of the innovations in scope, except withdrawn and
	// archived ones, which may be weak or cannot be opened, once for every indicator of
	// the period that they prove, even if void, by the names of agency and innovation:
	// not checked, letters without number or day, or of a day before since or after
	// until, which are empty for no bound.
	Doubtful(ctx context.Context, periodID string, scope Scope, since, until day.Day) ([]ListedDocument, error)
	// Asked returns the claim for an indicator, zero if there is none, and the
	// guidance; NotFound if the region has no such period.
	Asked(ctx context.Context, innovationID, periodID, code string) (Asked, error)
	// Progress returns the progress of the innovations in scope, without their heads.
	Progress(ctx context.Context, periodID string, scope Scope) ([]Progress, error)
	// Work returns the innovations in scope with their answers, except withdrawn and
	// archived ones, by name.
	Work(ctx context.Context, periodID string, scope Scope) ([]Work, error)
	// AgencyTotals adds up the innovations in scope, except withdrawn and archived
	// ones, by agency; an innovation with total finished answers is finished.
	AgencyTotals(ctx context.Context, periodID string, scope Scope, total int) ([]AgencyTotals, error)
	// ProgressOf is Progress for one innovation, with its heads, that of its own
	// agency first; NotFound if the region has no such innovation.
	ProgressOf(ctx context.Context, innovationID, periodID string) (Progress, error)
	// Headed is ProgressOf for every innovation that the head of one of agencies is
	// asked to endorse, with only these heads.
	Headed(ctx context.Context, periodID string, agencies []string) ([]Progress, error)
	// RefreshSummary recomputes and stores the summary of the answers of an
	// innovation in a period. The service calls it once in each transaction that
	// changes them, after SaveAnswer, Use and EndUse, with the innovation locked, so
	// that of two concurrent changes the later summary includes both.
	RefreshSummary(ctx context.Context, innovationID, periodID string) error
	// SavePoints stores the points of a summary that was just refreshed: refreshing it
	// drops those of before.
	SavePoints(ctx context.Context, in InPeriod, points scoring.Points) error
	// Points returns the stored points with the summaries that they belong to.
	Points(ctx context.Context) ([]StoredPoints, error)
	// Summaries returns the stored summaries of an innovation, by period.
	Summaries(ctx context.Context, innovationID string) (map[string]AnswerSummary, error)
	// Unsummarised returns the summaries that an earlier version has stored, which lack
	// what this one stores besides.
	Unsummarised(ctx context.Context) ([]InPeriod, error)
	// Mismatches returns the stored summaries that differ from their answers.
	Mismatches(ctx context.Context) ([]Mismatch, error)
	// Endorsed reports whether any head has endorsed an innovation in a period.
	Endorsed(ctx context.Context, innovationID, periodID string) (bool, error)
	// EndorsedAmong returns those of some innovations that any head has endorsed in a
	// period, by id: their ids, agencies and names.
	EndorsedAmong(ctx context.Context, ids []string, periodID string) ([]innovation.Innovation, error)
	// Endorse stores a head's endorsement, replacing an earlier one.
	Endorse(ctx context.Context, e Endorsement) error
	// EndEndorsement deletes an endorsement; NotFound if there is none.
	EndEndorsement(ctx context.Context, innovationID, periodID, agencyID string) error
	Openers
	// OpenedBy returns a person's openings of a document since a moment, the latest
	// first.
	OpenedBy(ctx context.Context, documentID, person string, since time.Time) ([]AccessLogEntry, error)
	// AccessLog returns some of a document's openings, the latest first, each with
	// the number of all.
	AccessLog(ctx context.Context, documentID string, skip, limit int) ([]AccessLogEntry, error)
}

// UseDocument is the use of a file by a document, whose id it has.
const UseDocument file.UseKind = "evidence/document"

// The events of this room in the audit log.
const (
	EventAnswered           audit.Event = "evidence.answered"
	EventDocumentDetached   audit.Event = "evidence.document_detached"
	EventDocumentReattached audit.Event = "evidence.document_reattached"
	EventDocumentVoid       audit.Event = "evidence.document_void"
	EventEndorsed           audit.Event = "evidence.endorsed"
	EventEndorsementRevoked audit.Event = "evidence.endorsement_revoked"
	EventAccessExplained    audit.Event = "evidence.access_explained"
)

// AnswerEvents returns the events about an answer that change its version.
func AnswerEvents() []audit.Event { return []audit.Event{EventAnswered} }

// Log appends to the audit log, in the caller's transaction.
type Log interface {
	Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error
}

// Trail reads the audit log.
type Trail interface {
	// Last returns the newest entry of any of the events about a subject; NotFound if there
	// is none.
	Last(ctx context.Context, subject string, events ...string) (audit.Entry, error)
	// History returns at most limit entries about a subject and what belongs to it, the
	// newest first.
	History(ctx context.Context, subject audit.Subject, limit int) ([]audit.Entry, error)
}
