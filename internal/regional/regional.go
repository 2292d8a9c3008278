package regional

import (
	"context"
	"time"

	"siida.id/internal/audit"
	"siida.id/internal/file"
)

// Answer is the option that a region claims for one of its own indicators.
type Answer struct {
	PeriodID string
	Code     string // of the indicator
	Level    int    // the option; zero is not answered
	Unit     string // of the figures, such as "%" or "juta rupiah"
	Source   string // who has published them
	Figures  []Figure
	By       string
	At       time.Time
	Version  int64 // counts the saves; zero is not stored yet
}

// Figure is what a year was measured at, in the words of whoever published it.
type Figure struct {
	Year  int
	Value string
}

// Past is a figure that the answer of some period rests on.
type Past struct {
	PeriodID string
	Figure
	Unit, Source string
}

// Claim is an answer, without its figures, with the number of its proofs.
type Claim struct {
	Answer
	Proofs int
}

// Proven is the level that earns points: none without a proof.
func (c Claim) Proven() int {
	if c.Proofs == 0 {
		return 0
	}
	return c.Level
}

// Unproven reports whether the answer earns nothing for want of a proof.
func (c Claim) Unproven() bool { return c.Level > 0 && c.Proofs == 0 }

// The kinds of what uses files, for ever.
const (
	UseProof file.UseKind = "regional/proof" // by the id of a proof
	UseReply file.UseKind = "regional/reply" // by the id of a data request
)

// Proof is what proves an answer: a file, or an address without one.
type Proof struct {
	ID       string
	PeriodID string
	Code     string
	AgencyID string // that has sent it on request; empty is BRIDA's own
	Subject  string
	Address  string
	By       string
	At       time.Time
	File     file.Record
}

// Store keeps answers, proofs and data requests of the actor's region.
type Store interface {
	Requests
	// Claims lists the answers of a period, and the indicators that only have
	// proofs, by code, in one statement.
	Claims(ctx context.Context, periodID string) ([]Claim, error)
	// Answer returns one without its figures, and NotFound for what was never answered.
	Answer(ctx context.Context, periodID, code string) (Answer, error)
	// SaveAnswer stores a and its figures if nobody saved it since a was read,
	// else Conflict.
	SaveAnswer(ctx context.Context, a Answer) error
	// Figures lists those of an indicator in all periods, the latest first.
	Figures(ctx context.Context, code string) ([]Past, error)
	// AddProof keeps a proof, whose file has been added.
	AddProof(ctx context.Context, p Proof) error
	// ProofByID returns NotFound for an id that the region does not have.
	ProofByID(ctx context.Context, id string) (Proof, error)
	// Proofs lists what proves an answer, the oldest first.
	Proofs(ctx context.Context, periodID, code string) ([]Proof, error)
	// EndProof takes a proof off; NotFound where it proves no such answer now.
	EndProof(ctx context.Context, id, periodID, code string, at time.Time) error
}

// What the audit log has of this room.
const (
	EventAnswered         audit.Event = "regional.answered"
	EventProofDetached    audit.Event = "regional.proof_detached"
	EventRequested        audit.Event = "regional.requested"
	EventReplied          audit.Event = "regional.replied"
	EventReplyAccepted    audit.Event = "regional.reply_accepted"
	EventReplyReturned    audit.Event = "regional.reply_returned"
	EventReplyTaken       audit.Event = "regional.reply_taken"
	EventRequestWithdrawn audit.Event = "regional.request_withdrawn"
)

// Log remembers who did what; it writes in the caller's transaction.
type Log interface {
	Append(ctx context.Context, subject audit.Subject, event audit.Event, details audit.Details) error
}
