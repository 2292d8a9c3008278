package regional

import (
	"context"
	"time"

	"siida.id/internal/audit"
	"siida.id/internal/file"
	"siida.id/internal/question"
)

// Answer is the option that a region claims for one of its own indicators.
type Answer struct {
	PeriodID string
	Code     string // of the indicator
	Level    int    // the option; zero for none
	Source   string // the publisher of the figures
	Figures  []Figure
	By       string
	At       time.Time
	Version  int64 // incremented by each save; zero before the first
}

// Figure is the published value of a year, as text.
type Figure struct {
	Year  int
	Value string
	Unit  string // such as "%" or "juta rupiah"; may be empty
}

// Past is a figure of the answer in some period.
type Past struct {
	PeriodID string
	Figure
	Source string
}

// Claim is an answer, without its figures, with the number of its proofs; a void one is
// none.
type Claim struct {
	Answer
	Proofs int
}

// Proven returns the level that earns points: zero without a proof.
func (c Claim) Proven() int {
	if c.Proofs == 0 {
		return 0
	}
	return c.Level
}

// State returns the state of the answer. Nobody marks it as finished: it is when it is
// proven.
func (c Claim) State() question.State { return question.StateOf(c.Level, c.Proofs, false) }

// The kinds of uses of files; they never change.
const (
	UseProof file.UseKind = "regional/proof" // by the id of a proof
	UseReply file.UseKind = "regional/reply" // by the id of a data request
)

// Proof proves an answer: a file, or an address.
type Proof struct {
	ID       string
	PeriodID string
	Code     string
	AgencyID string // the agency that sent it on request; empty for BRIDA's own
	Subject  string
	Address  string
	By       string
	At       time.Time
	Void     bool // it proves nothing, since its file cannot be opened
	File     file.Record
}

// VoidProof is a proof that proves nothing, since its file cannot be opened.
type VoidProof struct{ ID, Code string }

// Evidence returns what decides on the weaknesses of a proof.
func (p Proof) Evidence() question.Evidence { return question.Evidence{File: p.File} }

// Store stores answers, proofs and data requests of the actor's region.
type Store interface {
	Requests
	// Claims returns the answers of a period, including indicators that have only
	// proofs, by code, in one statement.
	Claims(ctx context.Context, periodID string) ([]Claim, error)
	// Answer returns an answer without its figures; NotFound if there is none.
	Answer(ctx context.Context, periodID, code string) (Answer, error)
	// SaveAnswer stores a and its figures; Conflict if it was saved since a was read.
	SaveAnswer(ctx context.Context, a Answer) error
	// Figures returns those of an indicator in all periods, the latest first.
	Figures(ctx context.Context, code string) ([]Past, error)
	// AddProof stores a proof, whose file has been added.
	AddProof(ctx context.Context, p Proof) error
	// ProofByID returns NotFound if the region has no such proof.
	ProofByID(ctx context.Context, id string) (Proof, error)
	// Proofs returns the proofs of an answer, or of all answers of a period if code is
	// empty, the oldest first.
	Proofs(ctx context.Context, periodID, code string) ([]Proof, error)
	// Unopenable returns the open periods with proofs whose files cannot be opened,
	// except void ones.
	Unopenable(ctx context.Context) (periodIDs []string, err error)
	// VoidProofs makes these proofs of a period void, and returns them by code.
	VoidProofs(ctx context.Context, periodID string) ([]VoidProof, error)
	// EndProof ends a proof; NotFound if the answer does not have it.
	EndProof(ctx context.Context, id, periodID, code string, at time.Time) error
	// ResumeProof takes back the end of a proof; NotFound if it has not ended since then.
	ResumeProof(ctx context.Context, id, periodID, code string, since time.Time) error
}

// The events of this room in the audit log.
const (
	EventAnswered         audit.Event = "regional.answered"
	EventProofDetached    audit.Event = "regional.proof_detached"
	EventProofVoid        audit.Event = "regional.proof_void"
	EventProofReattached  audit.Event = "regional.proof_reattached"
	EventRequested        audit.Event = "regional.requested"
	EventRequestMoved     audit.Event = "regional.request_moved"
	EventReplied          audit.Event = "regional.replied"
	EventReplyAccepted    audit.Event = "regional.reply_accepted"
	EventReplyReturned    audit.Event = "regional.reply_returned"
	EventReplyTaken       audit.Event = "regional.reply_taken"
	EventRequestWithdrawn audit.Event = "regional.request_withdrawn"
)

// AnswerEvents returns the events about an answer that change its version.
func AnswerEvents() []audit.Event { return []audit.Event{EventAnswered, EventReplyTaken} }

// RequestEvents returns the events about a data request, each of which changes its
// version.
func RequestEvents() []audit.Event {
	return []audit.Event{EventRequested, EventRequestMoved, EventReplied, EventReplyAccepted, EventReplyReturned, EventRequestWithdrawn}
}

// Log appends to the audit log, in the caller's transaction.
type Log interface {
	Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error
}
