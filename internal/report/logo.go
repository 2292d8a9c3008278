package report

import (
	"context"
	"io"

	"siida.id/internal/base/fault"
	"siida.id/internal/file"
)

// The limits of an uploaded crest, and the size that is stored.
const (
	MaxLogo    = 2 << 20 // bytes
	MaxSide    = 2000    // pixels
	storedSide = 480     // enough for two centimetres in print
	logoMedia  = "image/png"
)

// The kinds of uses of files; they never change.
const (
	UseCrest  file.UseKind = "report/crest"  // by the letterhead
	UseIssued file.UseKind = "report/issued" // by an issued report, whose id it has
)

// crestPurpose is the purpose of a crest's file.
const crestPurpose = "letterhead"

// Shrink decodes a PNG or JPEG of at most maxSide pixels a side, and returns it as a
// PNG on white, of at most toSide pixels a side. It returns fault.Invalid for
// anything else, and for what would take too long to decode.
type Shrink func(ctx context.Context, sent []byte, maxSide, toSide int) ([]byte, error)

// ReceiveLogo receives a crest. It is decoded, and only the picture is stored, on
// white and no larger than print needs. It returns Invalid with fault.File if it is
// no picture, too large, or would take too long to decode, and the reader's fault if
// reading fails with one.
func (s *Service) ReceiveLogo(ctx context.Context, r io.Reader) (file.Record, error) {
	if err := s.maySet(ctx); err != nil {
		return file.Record{}, err
	}
	sent, err := io.ReadAll(io.LimitReader(r, MaxLogo+1))
	if err != nil {
		return file.Record{}, err
	}
	content, err := s.crest(ctx, sent)
	if err != nil {
		return file.Record{}, err
	}
	return s.Files.Make(ctx, crestPurpose, "lambang.png", logoMedia, content)
}

// crest returns the picture to store.
func (s *Service) crest(ctx context.Context, sent []byte) ([]byte, error) {
	var check fault.Check
	if check.That(len(sent) <= MaxLogo, fault.File, "report.logo_heavy"); check.Err() != nil {
		return nil, check.Err()
	}
	content, err := s.Shrink(ctx, sent, MaxSide, storedSide)
	if check.That(fault.KindOf(err) != fault.Invalid, fault.File, fault.KeyOf(err), fault.ArgsOf(err)); check.Err() != nil {
		return nil, check.Err()
	}
	return content, err
}

// PendingLogo returns a crest that the actor has sent, or the current one, for a
// refused form; NotFound for any other.
func (s *Service) PendingLogo(ctx context.Context, fileID string) (file.Record, error) {
	if err := s.maySet(ctx); err != nil {
		return file.Record{}, err
	}
	f, err := s.Files.Pending(ctx, crestPurpose, fileID)
	if fault.KindOf(err) != fault.NotFound {
		return f, err
	}
	l, failed := s.letterhead(ctx)
	if failed != nil {
		return file.Record{}, failed
	}
	if fileID == "" || l.Logo.ID != fileID {
		return file.Record{}, err
	}
	return l.Logo, nil
}

// OpenLogo returns the current crest to those who may change it.
func (s *Service) OpenLogo(ctx context.Context) (file.Record, io.ReadSeekCloser, error) {
	l, err := s.Letterhead(ctx)
	if err != nil {
		return file.Record{}, nil, err
	}
	if l.Logo.ID == "" {
		return file.Record{}, nil, fault.New(fault.NotFound, "fault.not_found")
	}
	content, err := s.Files.Open(ctx, l.Logo)
	return l.Logo, content, err
}

// replaceLogo records, in the caller's transaction, that the letterhead has another
// crest, which is used before save stores the letterhead; the one before is used until
// then.
func (s *Service) replaceLogo(ctx context.Context, before, after file.Record, save func() error) error {
	use := func(f file.Record) file.Use { return file.Use{FileID: f.ID, Kind: UseCrest, RefID: "letterhead"} }
	if after.ID != "" && after.ID != before.ID {
		if err := s.Files.Use(ctx, use(after)); err != nil {
			return err
		}
	}
	if err := save(); err != nil {
		return err
	}
	if before.ID != "" && after.ID != before.ID {
		return s.Files.EndUse(ctx, use(before))
	}
	return nil
}
