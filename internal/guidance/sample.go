package guidance

import (
	"context"
	"io"
	"slices"
	"time"
	"unicode/utf8"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
	"siida.id/internal/file"
	"siida.id/internal/innovation"
)

const (
	maxCaption = 200 // characters
	maxSamples = 6   // of one indicator
)

// SampleFormats returns the file name extensions of samples, whatever the indicator
// accepts: a wrong sample may have the wrong format.
func SampleFormats() []string { return []string{"pdf", "jpg", "png", "mp4"} }

// UseSample is a sample that uses a file, by period/code.
const UseSample file.UseKind = "guidance/sample"

// Verdict says whether a sample proves its indicator.
type Verdict string

// A sample shows what proves an indicator, or what does not.
const (
	Right Verdict = "benar"
	Wrong Verdict = "salah"
)

// Verdicts returns the verdicts.
func Verdicts() []Verdict { return []Verdict{Right, Wrong} }

// Sample is a file that shows what proves an indicator, or what does not.
type Sample struct {
	file.Record
	PeriodID string
	Code     string
	Verdict  Verdict
	Caption  string
	By       string
	At       time.Time
}

// use returns the use of a sample's file, for package file.
func (s Sample) use() file.Use {
	return file.Use{FileID: s.ID, Kind: UseSample, RefID: s.PeriodID + "/" + s.Code}
}

func samplePurpose(periodID, code string) string { return "guidance/" + periodID + "/" + code }

// SampleEntry is the form of a sample; FileID is a file stored by ReceiveSample.
type SampleEntry struct{ FileID, Verdict, Caption string }

// ReceiveSample stores a file while it arrives, so that a refused form need not send
// it again. It returns Invalid with fault.File for another format.
func (s *Service) ReceiveSample(ctx context.Context, periodID, code, name string, r io.Reader) (file.Record, error) {
	if _, err := s.ByCode(ctx, periodID, code); err != nil {
		return file.Record{}, err
	}
	q := file.Request{Purpose: samplePurpose(periodID, code), Formats: SampleFormats()}
	return s.Files.Receive(ctx, q, file.Upload{Name: name, Content: r})
}

// PendingSample returns a file that the actor has sent for a sample of an indicator;
// NotFound for any other.
func (s *Service) PendingSample(ctx context.Context, periodID, code, id string) (file.Record, error) {
	return s.Files.Pending(ctx, samplePurpose(periodID, code), id)
}

// ShowSample shows a received file on the indicator's page. earlier is the error of
// ReceiveSample, whose mistakes are returned with those of the form.
func (s *Service) ShowSample(ctx context.Context, periodID, code string, e SampleEntry, earlier error) error {
	if fault.Temporary(earlier) { // would fail again, after another wait
		return earlier
	}
	err := s.change(ctx, periodID, code, func(ctx context.Context, g Details) error {
		sample, err := s.readSample(ctx, g, e, earlier)
		if err != nil {
			return err
		}
		if err := s.Files.Use(ctx, sample.use()); err != nil {
			return err
		}
		if err := s.Store.AddSample(ctx, sample); err != nil {
			return err
		}
		return s.logSample(ctx, sample, EventSampleUploaded)
	})
	return fault.Wrap(err, "sample %s of %s %s", e.FileID, periodID, code)
}

// readSample returns the sample of a form, or all its mistakes.
func (s *Service) readSample(ctx context.Context, g Details, e SampleEntry, earlier error) (sample Sample, err error) {
	var check fault.Check
	sample = Sample{PeriodID: g.Period.ID, Code: g.Indicator.Code, By: actor.From(ctx).ID, At: s.Now()}
	shown := slices.ContainsFunc(g.Samples, func(one Sample) bool { return one.ID == e.FileID })
	if earlier != nil {
		if err := check.Add(earlier); err != nil {
			return Sample{}, err
		}
	} else {
		var gone bool
		if !shown {
			if sample.Record, gone, err = s.Files.Sent(ctx, &check, samplePurpose(g.Period.ID, g.Indicator.Code), e.FileID, file.Record{}); err != nil {
				return Sample{}, err
			}
		}
		check.That(sample.ID != "" || gone, fault.File, "guidance.sample_missing")
	}
	check.That(len(g.Samples) < maxSamples, fault.File, "guidance.sample_many", fault.Args{"Most": maxSamples})
	sample.Verdict, sample.Caption = Verdict(e.Verdict), text.Line(e.Caption)
	check.That(sample.Verdict == Right || sample.Verdict == Wrong, "verdict", "guidance.verdict_choose")
	check.That(sample.Caption != "", "caption", "guidance.caption_missing")
	check.That(utf8.RuneCountInString(sample.Caption) <= maxCaption, "caption", "guidance.caption_long", fault.Args{"Most": maxCaption})
	return sample, check.Err()
}

// DropSample removes a sample; NotFound if the indicator has no such sample.
func (s *Service) DropSample(ctx context.Context, periodID, code, id string) error {
	err := s.change(ctx, periodID, code, func(ctx context.Context, g Details) error {
		for _, sample := range g.Samples {
			if sample.ID != id {
				continue
			}
			if err := s.Store.DropSample(ctx, id); err != nil {
				return err
			}
			if err := s.Files.EndUse(ctx, sample.use()); err != nil {
				return err
			}
			return s.logSample(ctx, sample, EventSampleDropped)
		}
		return fault.New(fault.NotFound, "fault.not_found")
	})
	return fault.Wrap(err, "drop sample %s", id)
}

func (s *Service) logSample(ctx context.Context, sample Sample, event audit.Event) error {
	return s.Log.Append(ctx, audit.Guidance.Of(sample.PeriodID, sample.Code), event, audit.Details{
		audit.KeySample: sample.ID, audit.KeyCaption: sample.Caption, audit.KeyKind: string(sample.Verdict), audit.KeyFile: sample.Name, audit.KeySHA256: sample.SHA256,
	})
}

// OpenSample returns a sample and its bytes to those who may read answers of some
// innovation; NotFound to others.
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
	if !scope.Region && len(scope.Agencies) == 0 {
		return Sample{}, nil, fault.New(fault.NotFound, "fault.not_found")
	}
	content, err := s.Files.Open(ctx, sample.Record)
	return sample, content, err
}
