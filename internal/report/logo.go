package report

import (
	"context"
	"fmt"
	"io"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
)

// What a crest may weigh and measure when it comes, and what is kept of it.
const (
	MostLogo  = 2 << 20 // bytes
	MostSide  = 2000    // pixels
	keptSide  = 480     // enough for two centimetres on paper
	logoMedia = "image/png"
)

// Shrink decodes a PNG or JPEG of at most maxSide pixels a side, and returns a PNG
// of it on white, of at most toSide pixels a side. It returns fault.Invalid for
// anything else, and for what would take too long to decode.
type Shrink func(ctx context.Context, sent []byte, maxSide, toSide int) ([]byte, error)

// ReceiveLogo keeps a crest. The bytes that came are decoded, and what is kept
// is the picture alone, on white and no larger than paper shows. It returns
// Invalid on the field "berkas" for what is no picture, is too large, or would
// take too long to decode, and the reader's own fault where r ends with one.
func (s *Service) ReceiveLogo(ctx context.Context, r io.Reader) (File, error) {
	if err := s.maySet(ctx); err != nil {
		return File{}, err
	}
	sent, err := io.ReadAll(io.LimitReader(r, MostLogo+1))
	if err != nil {
		return File{}, err
	}
	content, err := s.crest(ctx, sent)
	if err != nil {
		return File{}, err
	}
	f, err := s.keep(ctx, "lambang.png", logoMedia, content)
	if err != nil {
		return File{}, err
	}
	return f, s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.maySet(ctx); err != nil { // it took a while to arrive
			return err
		}
		if err := s.Store.AddFile(ctx, f); err != nil {
			return err
		}
		return s.Log.Append(ctx, "file/"+f.ID, "unggah", map[string]string{"nama": f.Name, "sha256": f.Sum, "untuk": "kop"})
	})
}

// crest makes of what was sent the picture that is kept.
func (s *Service) crest(ctx context.Context, sent []byte) ([]byte, error) {
	var check fault.Check
	if check.That(len(sent) <= MostLogo, "berkas", "report.logo_heavy"); check.Err() != nil {
		return nil, check.Err()
	}
	content, err := s.Shrink(ctx, sent, MostSide, keptSide)
	if check.That(fault.KindOf(err) != fault.Invalid, "berkas", fault.KeyOf(err), fault.ArgsOf(err)); check.Err() != nil {
		return nil, check.Err()
	}
	return content, err
}

// KeptLogo is a crest that the actor has sent himself, or the one in use, as a
// form that was refused carries it; NotFound for any other.
func (s *Service) KeptLogo(ctx context.Context, fileID string) (File, error) {
	if err := s.maySet(ctx); err != nil {
		return File{}, err
	}
	f, err := s.logo(ctx, fileID)
	if err == nil && f.ID == "" {
		err = fault.New(fault.NotFound, "fault.not_found")
	}
	return f, err
}

// logo finds a crest by its id; none for an id that stands for no crest, or for
// one that somebody else has sent and nobody has saved.
func (s *Service) logo(ctx context.Context, fileID string) (File, error) {
	if fileID == "" {
		return File{}, nil
	}
	f, err := s.Store.FileByID(ctx, fileID)
	if fault.KindOf(err) == fault.NotFound {
		return File{}, nil
	}
	if err != nil || f.Media != logoMedia {
		return File{}, err
	}
	if f.By != actor.From(ctx).ID {
		l, err := s.letterhead(ctx)
		if err != nil || l.Logo.ID != f.ID {
			return File{}, err
		}
	}
	return f, nil
}

// OpenLogo returns the crest in use to whoever may change it.
func (s *Service) OpenLogo(ctx context.Context) (File, io.ReadSeekCloser, error) {
	l, err := s.Letterhead(ctx)
	if err != nil {
		return File{}, nil, err
	}
	if l.Logo.ID == "" {
		return File{}, nil, fault.New(fault.NotFound, "fault.not_found")
	}
	content, err := s.Vault.Open(ctx, l.Logo.Sum)
	if err != nil {
		return File{}, nil, fmt.Errorf("crest %s: %w", l.Logo.Sum, err)
	}
	return l.Logo, content, nil
}
