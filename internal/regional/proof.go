package regional

import (
	"bytes"
	"context"
	"io"
	"time"
	"unicode/utf8"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/address"
	"siida.id/internal/base/creating"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
	"siida.id/internal/file"
	"siida.id/internal/instrument"
	"siida.id/internal/question"
)

// Receive stores a file of an answer while it arrives, so that a refused form need
// not send it again. It checks the permission before it reads the first byte. It
// returns Invalid with fault.File if the indicator does not accept the file, or it is
// too large.
func (s *Service) Receive(ctx context.Context, periodID, code, name string, r io.Reader) (file.Record, error) {
	q, err := s.locate(ctx, periodID, code)
	if err != nil {
		return file.Record{}, err
	}
	if err := s.checkChange(ctx, q); err != nil {
		return file.Record{}, err
	}
	return s.receive(ctx, answerPurpose(periodID, code), q.Indicator, file.Upload{Name: name, Content: r})
}

// receive receives a file of the formats of an indicator.
func (s *Service) receive(ctx context.Context, purpose string, row *instrument.Indicator, u file.Upload) (file.Record, error) {
	return s.Files.Receive(ctx, file.Request{Purpose: purpose, Formats: question.Formats(row)}, u)
}

func answerPurpose(periodID, code string) string { return "regional/" + periodID + "/" + code }

// PendingFile returns a file that the actor has sent for this answer; NotFound for
// any other.
func (s *Service) PendingFile(ctx context.Context, periodID, code, fileID string) (file.Record, error) {
	return s.Files.Pending(ctx, answerPurpose(periodID, code), fileID)
}

// proof returns the proof of an entry, or adds its mistakes to check. It has a
// subject, and a file or an address.
func (s *Service) proof(ctx context.Context, check *fault.Check, q Question, e Entry, earlier error) (*Proof, error) {
	p := Proof{
		ID: creating.ID(ctx, s.NewID), PeriodID: q.Period.ID, Code: q.Indicator.Code, Subject: text.Line(e.Subject),
		Address: text.Line(e.Address), By: actor.From(ctx).ID, At: s.Now(),
	}
	var gone bool
	var err error
	if earlier == nil {
		if p.File, gone, err = s.Files.Sent(ctx, check, answerPurpose(q.Period.ID, q.Indicator.Code), e.FileID, e.Received); err != nil {
			return nil, err
		}
	}
	check.That(p.Subject != "", "subject", "regional.subject_missing")
	check.That(utf8.RuneCountInString(p.Subject) <= longestSubject, "subject", "regional.subject_long", fault.Args{"Most": longestSubject})
	check.That(utf8.RuneCountInString(p.Address) <= address.Longest, "address", "regional.address_long", fault.Args{"Most": address.Longest})
	if mistake := address.Check(p.Address); p.Address != "" {
		check.That(mistake == address.None, "address", string(mistake))
	}
	if earlier != nil {
		return nil, check.Add(earlier)
	}
	check.That(p.File.ID != "" || gone || p.Address != "", fault.File, "regional.file_missing")
	check.That(p.File.ID == "" || p.Address == "", "address", "regional.address_or_file")
	return &p, nil
}

// addProof adds a proof, in the caller's transaction. Its use of the file never ends,
// even if the proof is detached.
func (s *Service) addProof(ctx context.Context, p Proof) error {
	if p.File.ID != "" {
		if err := s.Files.Use(ctx, file.Use{FileID: p.File.ID, Kind: UseProof, RefID: p.ID}); err != nil {
			return err
		}
	}
	return s.Store.AddProof(ctx, p)
}

// details adds the proof to the details of an audit entry.
func (p Proof) details(details audit.Details) {
	details[audit.KeyDocument], details[audit.KeyFile], details[audit.KeySHA256], details[audit.KeyLink] = p.ID, p.File.Name, p.File.SHA256, p.Address
}

// Open returns a proof and its bytes, none for an address, to those who may open it;
// NotFound to others.
func (s *Service) Open(ctx context.Context, proofID string) (Proof, io.ReadSeekCloser, error) {
	if err := readable(ctx); err != nil {
		return Proof{}, nil, err
	}
	p, err := s.Store.ProofByID(ctx, proofID)
	if err != nil {
		return Proof{}, nil, err
	}
	if !p.MayOpen(actor.From(ctx)) {
		return Proof{}, nil, fault.New(fault.NotFound, "fault.not_found")
	}
	if p.File.ID == "" {
		return p, none{bytes.NewReader(nil)}, nil
	}
	content, err := s.Files.Open(ctx, p.File)
	return p, content, err
}

// none is the content of a proof without a file.
type none struct{ *bytes.Reader }

func (none) Close() error { return nil }

// MayOpen reports whether who may open the proof: one that an agency has sent on
// request only if they may read the request.
func (p Proof) MayOpen(who actor.Actor) bool {
	return MayRead(who) && (p.AgencyID == "" || MayReadRequests(who, p.AgencyID))
}

// MayReadRequests reports whether who may read the requests to an agency and its
// answers: people of the agency, and those responsible for the region.
func MayReadRequests(who actor.Actor, agencyID string) bool {
	return who.Serves("", actor.Brida, actor.Admin, actor.Pimpinan) ||
		who.Serves(agencyID, actor.Operator, actor.Pendamping, actor.Kepala)
}

// UndoTime is how long after it a Detach can be undone.
const UndoTime = 10 * time.Second

// Detach removes a proof from its answer. The proof stays stored; Reattach undoes it.
func (s *Service) Detach(ctx context.Context, periodID, code, proofID string) error {
	err := s.changeAnswer(ctx, periodID, code, func(ctx context.Context, _ Question) error {
		if err := s.Store.EndProof(ctx, proofID, periodID, code, s.Now()); err != nil {
			return err
		}
		return s.Log.Append(ctx, audit.RegionalAnswer.Of(periodID, code), EventProofDetached, audit.Details{audit.KeyDocument: proofID})
	})
	return fault.Wrap(err, "proof %s off %s", proofID, code)
}

// Reattach undoes a Detach within UndoTime; Conflict if there was none since.
func (s *Service) Reattach(ctx context.Context, periodID, code, proofID string) error {
	err := s.changeAnswer(ctx, periodID, code, func(ctx context.Context, _ Question) error {
		if _, err := s.Store.ProofByID(ctx, proofID); err != nil {
			return err
		}
		err := s.Store.ResumeProof(ctx, proofID, periodID, code, s.Now().Add(-UndoTime))
		if fault.KindOf(err) == fault.NotFound {
			return fault.New(fault.Conflict, "regional.undo_late").Because(err)
		}
		if err != nil {
			return err
		}
		return s.Log.Append(ctx, audit.RegionalAnswer.Of(periodID, code), EventProofReattached, audit.Details{audit.KeyDocument: proofID})
	})
	return fault.Wrap(err, "proof %s back to %s", proofID, code)
}
