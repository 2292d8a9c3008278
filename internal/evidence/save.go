package evidence

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/innovation"
	"siida.id/internal/instrument"
)

// What a form takes at most, in letters.
const (
	longestNumber  = 120
	longestSubject = 500
)

// Entry is an answer, perhaps with a new piece of evidence, as a person gives it.
type Entry struct {
	Choice               string // "2", or "a:2" where the indicator has alternatives; "0" takes the answer back
	Version              int64  // of the answer that the person saw
	Number, Day, Subject string
	FileID               string // one that Receive has kept
}

// evidenced reports whether the entry brings evidence, and not only an answer.
func (e Entry) evidenced() bool {
	return strings.TrimSpace(e.Number+e.Day+e.Subject)+e.FileID != ""
}

// Choice writes an answer as Entry holds it.
func (a Answer) Choice() string {
	if a.Basis != "" && a.Level > 0 {
		return a.Basis + ":" + strconv.Itoa(a.Level)
	}
	return strconv.Itoa(a.Level)
}

// Receive keeps a file that is on its way, so that a form that is refused need
// not send it again. It returns Invalid on the field "berkas" where the file is
// none that the indicator takes, and TooLarge past the installation's limit.
func (s *Service) Receive(ctx context.Context, innovationID, periodID, code, name string, r io.Reader) (File, error) {
	q, err := s.editable(ctx, innovationID, periodID, code)
	if err != nil {
		return File{}, err
	}
	kept, err := s.Files.Keep(ctx, name, r)
	if err != nil {
		return File{}, err
	}
	var check fault.Check
	check.That(kept.Size > 0, "berkas", "evidence.file_empty")
	if kept.Size > 0 {
		checkType(&check, q.Indicator, kept.Name, kept.Ext)
	}
	if err := check.Err(); err != nil {
		return File{}, err
	}
	f := File{
		ID: s.NewID(), InnovationID: innovationID, Name: kept.Name, Media: kept.Media, Size: kept.Size, Sum: kept.Sum,
		By: actor.From(ctx).ID, At: s.Now(),
	}
	err = s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.AddFile(ctx, f); err != nil {
			return err
		}
		return s.Log.Append(ctx, "file/"+f.ID, "unggah", map[string]string{"nama": f.Name, "sha256": f.Sum, "inovasi": innovationID})
	})
	if err != nil {
		return File{}, fmt.Errorf("file %s: %w", f.ID, err)
	}
	return f, nil
}

func checkType(check *fault.Check, row *instrument.Indicator, name, ext string) {
	formats := Formats(row)
	check.That(slices.Contains(formats, ext), "berkas", "evidence.file_type",
		fault.Args{"Name": name, "Formats": strings.ToUpper(strings.Join(formats, ", "))})
}

// KeptFile returns a file that the actor himself has sent for this innovation,
// and NotFound for any other.
func (s *Service) KeptFile(ctx context.Context, innovationID, fileID string) (File, error) {
	f, err := s.Store.FileByID(ctx, fileID)
	if err != nil {
		return File{}, err
	}
	if f.InnovationID != innovationID || f.By != actor.From(ctx).ID {
		return File{}, fault.New(fault.NotFound, "fault.not_found")
	}
	return f, nil
}

// Save stores the answer and, where the entry brings any, its evidence. earlier
// carries the mistakes of a file that Receive refused, so that all are told at
// once. It returns Invalid with every field that needs a repair, and Conflict
// when somebody else answered meanwhile.
func (s *Service) Save(ctx context.Context, innovationID, periodID, code string, e Entry, earlier error) error {
	q, err := s.editable(ctx, innovationID, periodID, code)
	if err != nil {
		return err
	}
	a := Answer{
		InnovationID: innovationID, PeriodID: periodID, Code: code, Version: e.Version,
		By: actor.From(ctx).ID, At: s.Now(),
	}
	var check fault.Check
	var fine bool
	a.Basis, a.Level, fine = choice(q.Indicator, e.Choice)
	check.That(fine, "pilihan", "evidence.option_choose")
	var proof *Document
	if e.evidenced() || earlier != nil {
		if proof, err = s.proof(ctx, &check, q, e, earlier); err != nil {
			return err
		}
	}
	if err := check.Err(); err != nil {
		return err
	}
	before, err := s.Store.Answer(ctx, innovationID, periodID, code)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	if before.Version != e.Version {
		return fault.New(fault.Conflict, "evidence.moved_on")
	}
	return s.store(ctx, a, proof)
}

// proof makes a document of an entry, or adds to check what needs a repair.
// A picture or a film has a subject; a letter also has a number and a date.
func (s *Service) proof(ctx context.Context, check *fault.Check, q Question, e Entry, earlier error) (*Document, error) {
	d := Document{
		ID: s.NewID(), InnovationID: q.Innovation.ID, Number: strings.Join(strings.Fields(e.Number), " "),
		Subject: strings.Join(strings.Fields(e.Subject), " "), By: actor.From(ctx).ID, At: s.Now(),
	}
	if e.FileID != "" && earlier == nil {
		file, err := s.KeptFile(ctx, q.Innovation.ID, e.FileID)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return nil, err
		}
		d.File = file
	}
	letter := d.File.ID == "" || d.File.Media == "application/pdf"
	check.That(!letter || d.Number != "", "nomor", "evidence.number_missing")
	check.That(utf8.RuneCountInString(d.Number) <= longestNumber, "nomor", "evidence.number_long", fault.Args{"Most": longestNumber})
	var clear bool
	d.Day, clear = day.Parse(e.Day)
	check.That(clear, "tanggal", "evidence.day_unclear")
	check.That(!clear || !letter || d.Day != "", "tanggal", "evidence.day_missing")
	check.That(d.Subject != "", "tentang", "evidence.subject_missing")
	check.That(utf8.RuneCountInString(d.Subject) <= longestSubject, "tentang", "evidence.subject_long", fault.Args{"Most": longestSubject})
	if earlier != nil {
		return nil, check.Add(earlier)
	}
	check.That(d.File.ID != "", "berkas", "evidence.file_missing")
	if d.File.ID != "" { // it may have been sent for another indicator
		checkType(check, q.Indicator, d.File.Name, d.File.ext())
	}
	return &d, nil
}

func (s *Service) store(ctx context.Context, a Answer, proof *Document) error {
	details := map[string]string{"pilihan": a.Choice()}
	err := s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.SaveAnswer(ctx, a); err != nil {
			return err
		}
		if proof != nil {
			if err := s.Store.AddDocument(ctx, *proof); err != nil {
				return err
			}
			if err := s.Store.Use(ctx, proof.ID, a.PeriodID, a.Code, a.At); err != nil {
				return err
			}
			details["bukti"], details["berkas"], details["sha256"] = proof.ID, proof.File.Name, proof.File.Sum
		}
		return s.Log.Append(ctx, subject(a.InnovationID, a.PeriodID, a.Code), "jawab", details)
	})
	if err != nil && fault.KindOf(err) != fault.Conflict {
		return fmt.Errorf("answer %s %s %s: %w", a.InnovationID, a.PeriodID, a.Code, err)
	}
	return err
}

// Detach takes a document off an indicator. The document stays with its innovation.
func (s *Service) Detach(ctx context.Context, innovationID, periodID, code, documentID string) error {
	if _, err := s.editable(ctx, innovationID, periodID, code); err != nil {
		return err
	}
	d, err := s.document(ctx, documentID)
	if err != nil {
		return err
	}
	if d.InnovationID != innovationID {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.EndUse(ctx, documentID, periodID, code); err != nil {
			return err
		}
		return s.Log.Append(ctx, subject(innovationID, periodID, code), "lepas", map[string]string{"bukti": documentID})
	})
}

func subject(innovationID, periodID, code string) string {
	return "answer/" + innovationID + "/" + periodID + "/" + code
}

// editable is locate for whoever may change the answer.
func (s *Service) editable(ctx context.Context, innovationID, periodID, code string) (Question, error) {
	q, err := s.locate(ctx, innovationID, periodID, code)
	if err != nil {
		return Question{}, err
	}
	return q, innovation.CheckEdit(ctx, q.Innovation.AgencyID)
}

// choice reads an Entry's Choice against what the indicator offers.
func choice(row *instrument.Indicator, text string) (basis string, level int, fine bool) {
	if text == "0" {
		return "", 0, true
	}
	options, number := row.Options, text
	if len(row.Alternatives) > 0 {
		options = nil
		basis, number, _ = strings.Cut(text, ":")
		for _, alternative := range row.Alternatives {
			if alternative.Code == basis {
				options = alternative.Options
			}
		}
	}
	for _, o := range options {
		if strconv.Itoa(o.Level) == number {
			return basis, o.Level, true
		}
	}
	return "", 0, false
}

// Formats lists the endings of the files that an indicator takes, without the
// dot; those of all evidence where the pack does not know.
func Formats(row *instrument.Indicator) []string {
	if row.Evidence != nil {
		if known := slices.DeleteFunc(slices.Clone(row.Evidence.Formats), func(f string) bool { return f == "url" }); len(known) > 0 {
			return known
		}
	}
	return []string{"pdf", "jpg", "jpeg", "png", "mp4"}
}

func signedIn(ctx context.Context) error {
	if !actor.From(ctx).SignedIn() {
		return fault.New(fault.Unknown, "fault.sign_in")
	}
	return nil
}
