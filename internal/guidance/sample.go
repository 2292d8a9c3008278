package guidance

import (
	"context"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
	"siida.id/internal/innovation"
)

const (
	maxCaption = 200 // in letters
	maxSamples = 6   // of one indicator: more than that nobody compares
)

// sampleFormats are the endings of the files that a sample may have, whatever
// the indicator takes: what is wrong may be so by its form.
var sampleFormats = []string{"pdf", "jpg", "png", "mp4"}

// Verdict says whether a sample shows what proves an indicator, or what does not.
type Verdict string

// The verdicts; a file that has none yet waits for its caption.
const (
	Right Verdict = "benar"
	Wrong Verdict = "salah"
)

// Verdicts lists them.
func Verdicts() []Verdict { return []Verdict{Right, Wrong} }

// Sample is a file with which BRIDA shows what proves an indicator.
type Sample struct {
	ID       string
	PeriodID string
	Code     string
	Verdict  Verdict
	Caption  string
	Name     string // of the file where it came from
	Media    string
	Size     int64
	Sum      string
	By       string
	At       time.Time
}

// SampleEntry is a sample as a person gives it: a file that ReceiveSample has
// kept, and what it shows.
type SampleEntry struct{ FileID, Verdict, Caption string }

// ReceiveSample keeps a file that is on its way, so that a form that is refused
// need not send it again. It returns Invalid on "berkas" for a file of another kind.
func (s *Service) ReceiveSample(ctx context.Context, periodID, code, name string, r io.Reader) (Sample, error) {
	if _, err := s.ByCode(ctx, periodID, code); err != nil {
		return Sample{}, err
	}
	var check fault.Check
	kept, err := s.Files.Keep(ctx, name, r)
	if fault.KindOf(err) == fault.TooLarge {
		check.That(false, "berkas", fault.KeyOf(err), fault.ArgsOf(err))
		return Sample{}, check.Err()
	}
	if err != nil {
		return Sample{}, err
	}
	check.That(kept.Size > 0, "berkas", "guidance.file_empty")
	if kept.Size > 0 {
		check.That(slices.Contains(sampleFormats, kept.Ext), "berkas", "guidance.file_type",
			fault.Args{"Name": kept.Name, "Formats": strings.ToUpper(strings.Join(sampleFormats, ", "))})
	}
	if err := check.Err(); err != nil {
		return Sample{}, err
	}
	var sample Sample
	err = s.change(ctx, periodID, code, func(ctx context.Context, _ Guide) error {
		sample = Sample{
			ID: s.NewID(), PeriodID: periodID, Code: code, Name: kept.Name, Media: kept.Media, Size: kept.Size, Sum: kept.Sum,
			By: actor.From(ctx).ID, At: s.Now(),
		}
		return s.Store.AddSample(ctx, sample)
	})
	if err != nil {
		return Sample{}, fault.Wrap(err, "sample of %s %s", periodID, code)
	}
	return sample, nil
}

// KeptSample returns a file that the actor has sent and not shown yet; NotFound
// for any other.
func (s *Service) KeptSample(ctx context.Context, periodID, code, id string) (Sample, error) {
	sample, err := s.Store.SampleByID(ctx, id)
	if err != nil {
		return Sample{}, err
	}
	if sample.PeriodID != periodID || sample.Code != code || sample.By != actor.From(ctx).ID || sample.Verdict != "" {
		return Sample{}, fault.New(fault.NotFound, "fault.not_found")
	}
	return sample, nil
}

// ShowSample shows a file that was kept to all who see the indicator. earlier
// carries the mistakes of a file that ReceiveSample refused, as in Save.
func (s *Service) ShowSample(ctx context.Context, periodID, code string, e SampleEntry, earlier error) error {
	if fault.Temporary(earlier) { // the wait has been had, and would be again
		return earlier
	}
	err := s.change(ctx, periodID, code, func(ctx context.Context, g Guide) error {
		sample, err := s.readSample(ctx, g, e, earlier)
		if err != nil {
			return err
		}
		if err := s.Store.ShowSample(ctx, sample); err != nil {
			return err
		}
		return s.logSample(ctx, sample, "contoh")
	})
	return fault.Wrap(err, "sample %s of %s %s", e.FileID, periodID, code)
}

// readSample makes a sample of what a person has given, or says all that needs a repair.
func (s *Service) readSample(ctx context.Context, g Guide, e SampleEntry, earlier error) (sample Sample, err error) {
	var check fault.Check
	if e.FileID != "" {
		sample, err = s.KeptSample(ctx, g.Period.ID, g.Indicator.Code, e.FileID)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return Sample{}, err
		}
	}
	if earlier != nil {
		if err := check.Add(earlier); err != nil {
			return Sample{}, err
		}
	} else {
		check.That(sample.ID != "", "berkas", "guidance.sample_missing")
	}
	check.That(len(g.Samples) < maxSamples, "berkas", "guidance.sample_many", fault.Args{"Most": maxSamples})
	sample.Verdict, sample.Caption = Verdict(e.Verdict), text.Line(e.Caption)
	check.That(sample.Verdict == Right || sample.Verdict == Wrong, "contoh", "guidance.verdict_choose")
	check.That(sample.Caption != "", "keterangan", "guidance.caption_missing")
	check.That(utf8.RuneCountInString(sample.Caption) <= maxCaption, "keterangan", "guidance.caption_long", fault.Args{"Most": maxCaption})
	return sample, check.Err()
}

// DropSample takes a sample off; the file stays where files lie. NotFound where
// the indicator has no such sample.
func (s *Service) DropSample(ctx context.Context, periodID, code, id string) error {
	err := s.change(ctx, periodID, code, func(ctx context.Context, g Guide) error {
		for _, sample := range g.Samples {
			if sample.ID != id {
				continue
			}
			if err := s.Store.DropSample(ctx, id); err != nil {
				return err
			}
			return s.logSample(ctx, sample, "hapus-contoh")
		}
		return fault.New(fault.NotFound, "fault.not_found")
	})
	return fault.Wrap(err, "drop sample %s", id)
}

func (s *Service) logSample(ctx context.Context, sample Sample, event string) error {
	return s.Log.Append(ctx, "guidance/"+sample.PeriodID+"/"+sample.Code, event, map[string]string{
		"contoh": sample.ID, "keterangan": sample.Caption, "macam": string(sample.Verdict), "berkas": sample.Name, "sha256": sample.Sum,
	})
}

// OpenSample returns a sample and its bytes to whoever may see some innovation's
// answers; to others it is NotFound, and so is one that is not shown yet.
func (s *Service) OpenSample(ctx context.Context, id string) (Sample, io.ReadSeekCloser, error) {
	who := actor.From(ctx)
	if !who.SignedIn() {
		return Sample{}, nil, fault.New(fault.Unknown, "fault.sign_in")
	}
	sample, err := s.Store.SampleByID(ctx, id)
	if err != nil {
		return Sample{}, nil, err
	}
	scope := innovation.ScopeOf(who)
	if sample.Verdict == "" || !scope.Region && len(scope.Agencies) == 0 {
		return Sample{}, nil, fault.New(fault.NotFound, "fault.not_found")
	}
	content, err := s.Files.Open(ctx, sample.Sum)
	return sample, content, err
}
