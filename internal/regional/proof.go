package regional

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/address"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/file"
	"siida.id/internal/base/text"
	"siida.id/internal/instrument"
	"siida.id/internal/question"
)

// Receive keeps a file that is on its way to an answer, so that a form that is
// refused need not send it again. It returns Invalid on the field "berkas" where
// the file is none that the indicator takes, or larger than the installation's limit.
func (s *Service) Receive(ctx context.Context, periodID, code, name string, r io.Reader) (File, error) {
	q, err := s.locate(ctx, periodID, code)
	if err != nil {
		return File{}, err
	}
	if err := s.checkChange(ctx, q); err != nil {
		return File{}, err
	}
	kept, err := s.keep(ctx, q.Indicator, name, r)
	if err != nil {
		return File{}, err
	}
	var f File
	err = s.changeAnswer(ctx, periodID, code, func(ctx context.Context, _ Question) error {
		f, err = s.addFile(ctx, place(periodID, code), kept)
		return err
	})
	if err != nil {
		return File{}, fault.Wrap(err, "file for %s %s", periodID, code)
	}
	return f, nil
}

func place(periodID, code string) string { return "daerah/" + periodID + "/" + code }

// keep takes the bytes of a file that row takes.
func (s *Service) keep(ctx context.Context, row *instrument.Indicator, name string, r io.Reader) (file.Stored, error) {
	var check fault.Check
	kept, err := s.Files.Keep(ctx, name, r)
	if fault.KindOf(err) == fault.TooLarge {
		check.That(false, "berkas", fault.KeyOf(err), fault.ArgsOf(err))
		return file.Stored{}, check.Err()
	}
	if err != nil {
		return file.Stored{}, err
	}
	check.That(kept.Size > 0, "berkas", "regional.file_empty")
	if kept.Size > 0 {
		question.CheckFormat(&check, "berkas", question.Formats(row), kept.Name, kept.Ext)
	}
	return kept, check.Err()
}

// addFile notes, in the caller's transaction, a file whose bytes are kept.
func (s *Service) addFile(ctx context.Context, place string, kept file.Stored) (File, error) {
	f := File{
		ID: s.NewID(), Place: place, Name: kept.Name, Media: kept.Media, Size: kept.Size, Sum: kept.Sum,
		By: actor.From(ctx).ID, At: s.Now(),
	}
	if err := s.Store.AddFile(ctx, f); err != nil {
		return File{}, err
	}
	return f, s.Log.Append(ctx, audit.File.Of(f.ID), EventFileUploaded, audit.Details{audit.KeyName: f.Name, audit.KeySHA256: f.Sum, audit.KeyPurpose: place})
}

// KeptFile returns a file that the actor has sent for this answer, and NotFound
// for any other.
func (s *Service) KeptFile(ctx context.Context, periodID, code, fileID string) (File, error) {
	return s.kept(ctx, place(periodID, code), fileID)
}

func (s *Service) kept(ctx context.Context, place, fileID string) (File, error) {
	f, err := s.Store.FileByID(ctx, fileID)
	if err != nil {
		return File{}, err
	}
	if f.Place != place || f.By != actor.From(ctx).ID {
		return File{}, fault.New(fault.NotFound, "fault.not_found")
	}
	return f, nil
}

// proof makes one of an entry, or adds to check what needs a repair. It has a
// subject, and a file or an address.
func (s *Service) proof(ctx context.Context, check *fault.Check, q Question, e Entry, earlier error) (*Proof, error) {
	p := Proof{
		ID: s.NewID(), PeriodID: q.Period.ID, Code: q.Indicator.Code, Subject: text.Line(e.Subject),
		Address: strings.TrimSpace(e.Address), By: actor.From(ctx).ID, At: s.Now(),
	}
	if e.FileID != "" && earlier == nil {
		f, err := s.KeptFile(ctx, q.Period.ID, q.Indicator.Code, e.FileID)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return nil, err
		}
		p.File = f
	}
	check.That(p.Subject != "", "tentang", "regional.subject_missing")
	check.That(utf8.RuneCountInString(p.Subject) <= longestSubject, "tentang", "regional.subject_long", fault.Args{"Most": longestSubject})
	check.That(utf8.RuneCountInString(p.Address) <= address.Longest, "alamat", "regional.address_long", fault.Args{"Most": address.Longest})
	check.That(p.Address == "" || address.Shown(p.Address), "alamat", "regional.address_unclear")
	if earlier != nil {
		return nil, check.Add(earlier)
	}
	check.That(p.File.ID != "" || p.Address != "", "berkas", "regional.file_missing")
	check.That(p.File.ID == "" || p.Address == "", "alamat", "regional.address_or_file")
	return &p, nil
}

// details adds the proof to what the log remembers.
func (p Proof) details(details audit.Details) {
	details[audit.KeyDocument], details[audit.KeyFile], details[audit.KeySHA256], details[audit.KeyLink] = p.ID, p.File.Name, p.File.Sum, p.Address
}

// Open returns a proof with its bytes to whoever may open it; one that is an
// address has none. It returns NotFound for one that is another's to open.
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
	content, err := s.Files.Open(ctx, p.File.Sum)
	if err != nil {
		return Proof{}, nil, fmt.Errorf("file %s of proof %s: %w", p.File.Sum, proofID, err)
	}
	return p, content, nil
}

// none is the bytes of what has no file.
type none struct{ *bytes.Reader }

func (none) Close() error { return nil }

// MayOpen reports whether who opens the proof itself: one that an agency has
// sent on request is for those alone who may read the request.
func (p Proof) MayOpen(who actor.Actor) bool {
	return MayRead(who) && (p.AgencyID == "" || MayReadRequests(who, p.AgencyID))
}

// MayReadRequests reports whether who reads what an agency is asked and has
// answered: its own people, and those who look after the region.
func MayReadRequests(who actor.Actor, agencyID string) bool {
	return who.Serves("", actor.Brida, actor.Admin, actor.Pimpinan) ||
		who.Serves(agencyID, actor.Operator, actor.Pendamping, actor.Kepala)
}

// Detach takes a proof off its answer. What was sent stays kept.
func (s *Service) Detach(ctx context.Context, periodID, code, proofID string) error {
	err := s.changeAnswer(ctx, periodID, code, func(ctx context.Context, _ Question) error {
		if err := s.Store.EndProof(ctx, proofID, periodID, code, s.Now()); err != nil {
			return err
		}
		return s.Log.Append(ctx, audit.RegionalAnswer.Of(periodID, code), EventProofDetached, audit.Details{audit.KeyDocument: proofID})
	})
	return fault.Wrap(err, "proof %s off %s", proofID, code)
}
