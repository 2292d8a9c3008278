package evidence

import (
	"context"
	"io"
	"strconv"
	"strings"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/file"
	"siida.id/internal/question"
)

// Entry is an answer, perhaps with a new piece of evidence, as a person gives it.
type Entry struct {
	Choice               string // "2", or "a:2" where the indicator has alternatives; "0" takes the answer back
	Finished             bool   // nothing is left to do
	Version              int64  // of the answer that the person saw
	Kind                 string // of the evidence; empty where it follows from what there is
	Number, Day, Subject string
	Issuer, Address      string
	FileID               string      // one that Receive has taken
	Received             file.Record // the same, where it came with this very form
	Reuse                string      // a document of the innovation that proves this indicator too
}

// evidenced reports whether the entry brings new evidence, and not only an answer.
func (e Entry) evidenced() bool {
	return strings.TrimSpace(e.Kind+e.Number+e.Day+e.Subject+e.Issuer+e.Address)+e.FileID != ""
}

// Receive takes a file that is on its way, so that a form that is refused need not
// send it again. It asks for permission before it takes the first byte. It returns
// Invalid on fault.File where the file is none that the indicator takes, or
// larger than the installation's limit.
func (s *Service) Receive(ctx context.Context, innovationID, periodID, code, name string, r io.Reader) (file.Record, error) {
	t, err := s.target(ctx, innovationID, periodID, code)
	if err != nil {
		return file.Record{}, err
	}
	if err := s.checkChange(ctx, t); err != nil {
		return file.Record{}, err
	}
	return s.Files.Receive(ctx, file.Request{
		Purpose: filePurpose(innovationID), Formats: question.Formats(t.Indicator),
	}, file.Upload{Name: name, Content: r})
}

func filePurpose(innovationID string) string { return "innovation/" + innovationID }

// PendingFile returns a file that the actor has sent for this innovation, and
// NotFound for any other.
func (s *Service) PendingFile(ctx context.Context, innovationID, fileID string) (file.Record, error) {
	return s.Files.Pending(ctx, filePurpose(innovationID), fileID)
}

// Save stores the answer and, where the entry brings any, its evidence. earlier
// carries the mistakes of a file that Receive refused, so that all are told at
// once; where Receive could not store it now (fault.Temporary), Save does not try
// either and returns that. It returns Invalid with every field that needs a repair,
// and Conflict when somebody else answered meanwhile.
func (s *Service) Save(ctx context.Context, innovationID, periodID, code string, e Entry, earlier error) error {
	if fault.Temporary(earlier) { // the wait has been had, and would be again
		return earlier
	}
	err := s.changeAnswer(ctx, innovationID, periodID, code, func(ctx context.Context, t target) error {
		a := Answer{
			InnovationID: innovationID, PeriodID: periodID, Code: code, Version: e.Version,
			Finished: e.Finished, By: actor.From(ctx).ID, At: s.Now(),
		}
		proof, err := s.read(ctx, &a, t, e, earlier)
		if err != nil {
			return err
		}
		return s.store(ctx, a, proof, e.Reuse)
	})
	return fault.Wrap(err, "answer %s %s %s", innovationID, periodID, code)
}

// read sets what e says into a, and makes the document that it brings, if it
// brings one. It returns Invalid with every mistake.
func (s *Service) read(ctx context.Context, a *Answer, t target, e Entry, earlier error) (proof *Document, err error) {
	var check fault.Check
	var fine bool
	a.Basis, a.Level, fine = question.ReadChoice(t.Indicator, e.Choice)
	check.That(fine, "choice", "evidence.option_choose")
	if err := s.checkReuse(ctx, &check, t, e.Reuse); err != nil {
		return nil, err
	}
	if e.evidenced() || earlier != nil {
		if proof, err = s.proof(ctx, &check, t, e, earlier); err != nil {
			return nil, err
		}
	}
	return proof, check.Err()
}

func (s *Service) store(ctx context.Context, a Answer, proof *Document, reuse string) error {
	details := audit.Details{audit.KeyChoice: question.Choice(a.Basis, a.Level), audit.KeyFinished: strconv.FormatBool(a.Finished)}
	if err := s.Store.SaveAnswer(ctx, a); err != nil {
		return err
	}
	if reuse != "" {
		if err := s.Store.Use(ctx, reuse, a.PeriodID, a.Code, a.At); err != nil {
			return err
		}
		details[audit.KeyReused] = reuse
	}
	if proof != nil {
		if err := s.Store.AddDocument(ctx, *proof); err != nil {
			return err
		}
		if err := s.Store.Use(ctx, proof.ID, a.PeriodID, a.Code, a.At); err != nil {
			return err
		}
		if proof.File.ID != "" {
			if err := s.Files.Use(ctx, file.Use{FileID: proof.File.ID, Kind: UseDocument, RefID: proof.ID}); err != nil {
				return err
			}
		}
		details[audit.KeyDocument], details[audit.KeyFile], details[audit.KeySHA256] = proof.ID, proof.File.Name, proof.File.SHA256
		details[audit.KeyLink] = proof.Address
	}
	if err := s.Store.RefreshSummary(ctx, a.InnovationID, a.PeriodID); err != nil {
		return err
	}
	return s.Log.Append(ctx, audit.Answer.Of(a.InnovationID, a.PeriodID, a.Code), EventAnswered, details)
}

// Detach takes a document off an indicator. The document stays with its innovation.
func (s *Service) Detach(ctx context.Context, innovationID, periodID, code, documentID string) error {
	err := s.changeAnswer(ctx, innovationID, periodID, code, func(ctx context.Context, _ target) error {
		d, err := s.Store.DocumentByID(ctx, documentID)
		if err != nil {
			return err
		}
		if d.InnovationID != innovationID {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		if err := s.Store.EndUse(ctx, documentID, periodID, code); err != nil {
			return err
		}
		if err := s.Store.RefreshSummary(ctx, innovationID, periodID); err != nil {
			return err
		}
		return s.Log.Append(ctx, audit.Answer.Of(innovationID, periodID, code), EventDocumentDetached, audit.Details{audit.KeyDocument: documentID})
	})
	return fault.Wrap(err, "document %s off %s", documentID, code)
}

func signedIn(ctx context.Context) error {
	if !actor.From(ctx).SignedIn() {
		return fault.New(fault.Unknown, "fault.sign_in")
	}
	return nil
}
