package report

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	_ "image/jpeg" // a crest may be one
	"image/png"
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

// ReceiveLogo keeps a crest. The bytes that came are decoded, and what is kept
// is the picture alone, on white and no larger than paper shows. It returns
// Invalid on the field "berkas" for what is no picture, or too large.
func (s *Service) ReceiveLogo(ctx context.Context, r io.Reader) (File, error) {
	if err := s.maySet(ctx); err != nil {
		return File{}, err
	}
	sent, err := io.ReadAll(io.LimitReader(r, MostLogo+1))
	if err != nil {
		return File{}, fault.New(fault.Invalid, "fault.form_broken").Because(err)
	}
	content, err := crest(sent)
	if err != nil {
		return File{}, err
	}
	f, err := s.keep(ctx, "lambang.png", logoMedia, content)
	if err != nil {
		return File{}, err
	}
	return f, s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.AddFile(ctx, f); err != nil {
			return err
		}
		return s.Log.Append(ctx, "file/"+f.ID, "unggah", map[string]string{"nama": f.Name, "sha256": f.Sum, "untuk": "kop"})
	})
}

// crest decodes a picture and makes the one that is kept.
func crest(sent []byte) ([]byte, error) {
	var check fault.Check
	about, _, err := image.DecodeConfig(bytes.NewReader(sent))
	check.That(len(sent) <= MostLogo, "berkas", "report.logo_heavy")
	if len(sent) <= MostLogo {
		check.That(err == nil, "berkas", "report.logo_unread")
	}
	check.That(about.Width <= MostSide && about.Height <= MostSide, "berkas", "report.logo_large", fault.Args{"Most": MostSide})
	if err := check.Err(); err != nil {
		return nil, err
	}
	picture, _, err := image.Decode(bytes.NewReader(sent))
	if check.That(err == nil, "berkas", "report.logo_unread"); err != nil {
		return nil, check.Err()
	}
	var out bytes.Buffer
	if err := png.Encode(&out, shrink(picture)); err != nil {
		return nil, fmt.Errorf("crest: %w", err)
	}
	return out.Bytes(), nil
}

// shrink sets a picture on white and makes it no larger than keptSide; a pixel
// is the mean of those that it stands for.
func shrink(picture image.Image) image.Image {
	b := picture.Bounds()
	flat := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(flat, flat.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(flat, flat.Bounds(), picture, b.Min, draw.Over)
	longest := max(b.Dx(), b.Dy())
	if longest <= keptSide {
		return flat
	}
	wide, high := max(b.Dx()*keptSide/longest, 1), max(b.Dy()*keptSide/longest, 1)
	small := image.NewRGBA(image.Rect(0, 0, wide, high))
	for y := range high {
		for x := range wide {
			small.SetRGBA(x, y, mean(flat, image.Rect(x*b.Dx()/wide, y*b.Dy()/high, (x+1)*b.Dx()/wide, (y+1)*b.Dy()/high)))
		}
	}
	return small
}

func mean(flat *image.RGBA, of image.Rectangle) color.RGBA {
	var red, green, blue, n int
	for y := of.Min.Y; y < of.Max.Y; y++ {
		for x := of.Min.X; x < of.Max.X; x++ {
			c := flat.RGBAAt(x, y)
			red, green, blue, n = red+int(c.R), green+int(c.G), blue+int(c.B), n+1
		}
	}
	n = max(n, 1)
	return color.RGBA{uint8(red / n), uint8(green / n), uint8(blue / n), 255} //nolint:gosec // a mean of bytes is one
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
