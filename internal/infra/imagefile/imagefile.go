// Package imagefile scales down uploaded pictures. The cost of decoding is bounded
// beforehand: a few kilobytes can claim any number of pixels, and each scan of a
// progressive JPEG covers all of them.
package imagefile

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"time"

	"golang.org/x/image/draw"

	"siida.id/internal/base/fault"
)

const (
	maxScans  = 50               // of a JPEG; encoders write about ten, and one takes about 10 ms at 2000 by 2000 pixels
	timeout   = 10 * time.Second // for decoding
	chunkSize = 512              // bytes that a decoder reads between two checks of the time
)

// Shrink decodes sent, a PNG or JPEG of at most maxSide pixels a side, and returns it
// as a PNG on white, of at most toSide pixels a side, turned as its EXIF data say. It returns fault.Invalid for
// other formats, for more pixels, and for pictures that take too long to decode.
func Shrink(ctx context.Context, sent []byte, maxSide, toSide int) ([]byte, error) {
	f, err := check(sent, maxSide)
	if err != nil {
		return nil, err
	}
	limited, stop := context.WithTimeout(ctx, timeout)
	defer stop()
	decoded, err := f.decode(reader{limited, bytes.NewReader(sent)})
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case limited.Err() != nil:
		return nil, fault.New(fault.Invalid, "imagefile.costly").Because(limited.Err())
	case err != nil:
		return nil, fault.New(fault.Invalid, "imagefile.unread").Because(err)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, turned(scale(decoded, toSide), orientation(sent))); err != nil {
		return nil, fmt.Errorf("shrink a picture: %w", err)
	}
	return out.Bytes(), nil
}

// format is a supported picture format.
type format struct {
	magic        string
	decodeConfig func(io.Reader) (image.Config, error)
	decode       func(io.Reader) (image.Image, error)
	scans        bool // it may have several scans
}

var formats = []format{
	{"\x89PNG\r\n\x1a\n", png.DecodeConfig, png.Decode, false},
	{"\xff\xd8", jpeg.DecodeConfig, jpeg.Decode, true},
}

// startOfScan is the marker of a JPEG scan. A picture has no more scans than such
// bytes; metadata may contain a few by chance.
var startOfScan = []byte{0xff, 0xda}

// check returns the format of sent without decoding any pixel.
func check(sent []byte, maxSide int) (format, error) {
	for _, f := range formats {
		if !bytes.HasPrefix(sent, []byte(f.magic)) {
			continue
		}
		about, err := f.decodeConfig(bytes.NewReader(sent))
		switch {
		case err != nil:
			return format{}, fault.New(fault.Invalid, "imagefile.unread").Because(err)
		case max(about.Width, about.Height) > maxSide:
			return format{}, fault.New(fault.Invalid, "imagefile.large").With(fault.Args{"Max": maxSide})
		case f.scans && bytes.Count(sent, startOfScan) > maxScans:
			return format{}, fault.New(fault.Invalid, "imagefile.costly")
		}
		return f, nil
	}
	return format{}, fault.New(fault.Invalid, "imagefile.unread")
}

// scale draws a picture on white, scaled down if it is larger than toSide.
func scale(picture image.Image, toSide int) image.Image {
	from := picture.Bounds()
	wide, high := from.Dx(), from.Dy()
	if longest := max(wide, high); longest > toSide {
		wide, high = max(wide*toSide/longest, 1), max(high*toSide/longest, 1)
	}
	scaled := image.NewRGBA(image.Rect(0, 0, wide, high))
	draw.Draw(scaled, scaled.Bounds(), image.White, image.Point{}, draw.Src)
	draw.CatmullRom.Scale(scaled, scaled.Bounds(), picture, from, draw.Over, nil)
	return scaled
}

// reader reads in small parts and fails once ctx is cancelled.
type reader struct {
	ctx context.Context
	io.Reader
}

// Read implements io.Reader.
func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p[:min(len(p), chunkSize)])
}
