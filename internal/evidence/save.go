package evidence

import (
	"context"
	"io"
	"strconv"
	"time"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
	"siida.id/internal/file"
	"siida.id/internal/period"
	"siida.id/internal/question"
)

// Entry is the form of an answer, with new evidence if any.
type Entry struct {
	Choice               string // "2", or "a:2" if the indicator has alternatives; "0" deletes the answer
	Marked               bool   // mark the answer as finished; has no effect on a proven one
	Version              int64  // of the answer when the form was opened
	Kind                 string // of the evidence; empty to derive it
	Number, Day, Subject string
	Issuer, Address      string
	FileID               string      // of a file stored by Receive
	Received             file.Record // the same file, if it was sent with this form
	Reuse                string      // the id of a document of the innovation that proves this indicator too
}

// Again returns e for the page of a form that was sent before and has stored the document d
// then: without its evidence, if that is d, and without its file, if that of d has the same
// bytes as sent. So none is stored twice, and another file with the same texts is kept.
func (e Entry) Again(d Document, sent file.Record) Entry {
	on, _ := day.Parse(e.Day)
	same := sent.ID == "" || sent.SHA256 == d.File.SHA256
	if same && text.Line(e.Number) == d.Number && on == d.Day && text.Line(e.Subject) == d.Subject && text.Line(e.Issuer) == d.Issuer && text.Line(e.Address) == d.Address {
		return Entry{Choice: e.Choice, Marked: e.Marked, Version: e.Version, Reuse: e.Reuse}
	}
	if same {
		e.FileID, e.Received = "", file.Record{}
	}
	return e
}

// evidenced reports whether the entry has new evidence.
func (e Entry) evidenced() bool {
	return text.Line(e.Kind+e.Number+e.Day+e.Subject+e.Issuer+e.Address)+e.FileID != ""
}

// Receive stores a file while it arrives, so that a refused form need not send it
// again. It checks the permission before it reads the first byte. It returns Invalid
// with fault.File if the indicator does not accept the file, or it is too large.
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

// PendingFile returns a file that the actor has sent for this innovation; NotFound
// for any other.
func (s *Service) PendingFile(ctx context.Context, innovationID, fileID string) (file.Record, error) {
	return s.Files.Pending(ctx, filePurpose(innovationID), fileID)
}

// Save stores the answer and the evidence of an entry, if any. earlier is the error
// of Receive, whose mistakes are returned with those of the entry; if it is temporary
// (fault.Temporary), Save returns it at once. Save returns Invalid with all mistakes,
// and Conflict if the answer was saved since the form was opened.
func (s *Service) Save(ctx context.Context, innovationID, periodID, code string, e Entry, earlier error) error {
	if fault.Temporary(earlier) { // would fail again, after another wait
		return earlier
	}
	err := s.changeAnswer(ctx, innovationID, periodID, code, func(ctx context.Context, t target) error {
		a := Answer{
			InnovationID: innovationID, PeriodID: periodID, Code: code, Version: e.Version,
			Marked: e.Marked, By: actor.From(ctx).ID, At: s.Now(),
		}
		proof, err := s.read(ctx, &a, t, e, earlier)
		if err != nil {
			return err
		}
		if a.Marked { // that means something only while something is missing
			before, err := s.Store.Asked(ctx, innovationID, periodID, code)
			if err != nil {
				return err
			}
			a.Marked = a.Level == 0 || before.Documents == 0 && proof == nil && e.Reuse == ""
		}
		return s.store(ctx, t.Period, a, proof, e.Reuse)
	})
	return fault.Wrap(err, "answer %s %s %s", innovationID, periodID, code)
}

// read sets the values of e in a, and returns its new document, if it has one;
// Invalid with all mistakes.
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

func (s *Service) store(ctx context.Context, p period.Pinned, a Answer, proof *Document, reuse string) error {
	details := audit.Details{audit.KeyChoice: question.Choice(a.Basis, a.Level), audit.KeyFinished: strconv.FormatBool(a.Marked)}
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
		if proof.File.ID != "" {
			if err := s.Files.Use(ctx, file.Use{FileID: proof.File.ID, Kind: UseDocument, RefID: proof.ID}); err != nil {
				return err
			}
		}
		if err := s.Store.AddDocument(ctx, *proof); err != nil {
			return err
		}
		if err := s.Store.Use(ctx, proof.ID, a.PeriodID, a.Code, a.At); err != nil {
			return err
		}
		details[audit.KeyDocument], details[audit.KeyFile], details[audit.KeySHA256] = proof.ID, proof.File.Name, proof.File.SHA256
		details[audit.KeyLink] = proof.Address
	}
	if err := s.refreshWith(ctx, a.InnovationID, p, details); err != nil {
		return err
	}
	return s.Log.Append(ctx, audit.Answer.Of(a.InnovationID, a.PeriodID, a.Code), EventAnswered, details)
}

// UndoTime is how long after it a Detach can be undone.
const UndoTime = 10 * time.Second

// Detach ends the use of a document by an indicator. The document stays with its
// innovation. Reattach undoes it.
func (s *Service) Detach(ctx context.Context, innovationID, periodID, code, documentID string) error {
	return fault.Wrap(s.changeUse(ctx, innovationID, periodID, code, documentID, EventDocumentDetached, func(ctx context.Context) error {
		return s.Store.EndUse(ctx, documentID, periodID, code, s.Now())
	}), "document %s off %s", documentID, code)
}

// Reattach undoes a Detach within UndoTime; Conflict if there was none since.
func (s *Service) Reattach(ctx context.Context, innovationID, periodID, code, documentID string) error {
	return fault.Wrap(s.changeUse(ctx, innovationID, periodID, code, documentID, EventDocumentReattached, func(ctx context.Context) error {
		err := s.Store.ResumeUse(ctx, documentID, periodID, code, s.Now().Add(-UndoTime))
		if fault.KindOf(err) == fault.NotFound {
			return fault.New(fault.Conflict, "evidence.undo_late").Because(err)
		}
		if err != nil {
			return err
		}
		return s.clearMark(ctx, innovationID, periodID, code)
	}), "document %s back to %s", documentID, code)
}

// clearMark deletes the mark of an answer that is proven.
func (s *Service) clearMark(ctx context.Context, innovationID, periodID, code string) error {
	now, err := s.Store.Asked(ctx, innovationID, periodID, code)
	if err != nil || !now.Marked || now.State() != question.Proven {
		return err
	}
	now.Marked = false
	if err := s.Store.SaveAnswer(ctx, now.Answer); err != nil {
		return err
	}
	return s.Log.Append(ctx, audit.Answer.Of(innovationID, periodID, code), EventAnswered, audit.Details{audit.KeyChoice: question.Choice(now.Basis, now.Level), audit.KeyFinished: strconv.FormatBool(false)})
}

// changeUse ends or resumes the use of a document by an indicator.
func (s *Service) changeUse(ctx context.Context, innovationID, periodID, code, documentID string, event audit.Event, change func(context.Context) error) error {
	return s.changeAnswer(ctx, innovationID, periodID, code, func(ctx context.Context, t target) error {
		d, err := s.Store.DocumentByID(ctx, documentID)
		if err != nil {
			return err
		}
		if d.InnovationID != innovationID {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		if err := change(ctx); err != nil {
			return err
		}
		details := audit.Details{audit.KeyDocument: documentID}
		if err := s.refreshWith(ctx, innovationID, t.Period, details); err != nil {
			return err
		}
		return s.Log.Append(ctx, audit.Answer.Of(innovationID, periodID, code), event, details)
	})
}

func signedIn(ctx context.Context) error {
	if !actor.From(ctx).SignedIn() {
		return fault.New(fault.Unknown, "fault.sign_in")
	}
	return nil
}
