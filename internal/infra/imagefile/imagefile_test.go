package imagefile

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"slices"
	"testing"

	"siida.id/internal/base/fault"
)

// progressive returns a grey JPEG with that many pixels a side and scans: one for the
// mean of each block, and others without changes, each of which covers all blocks in
// a few bytes.
func progressive(side, scans int) []byte {
	segment := func(marker byte, body ...byte) []byte {
		return slices.Concat([]byte{0xff, marker}, binary.BigEndian.AppendUint16(nil, uint16(len(body)+2)), body)
	}
	code := func(class, symbol byte) []byte { // four zero bits encode symbol
		return segment(0xc4, slices.Concat([]byte{class, 0, 0, 0, 1}, make([]byte, 12), []byte{symbol})...)
	}
	high, low := byte(side>>8), byte(side)
	blocks := ((side + 7) / 8) * ((side + 7) / 8)
	const run, runBits = 1 << 14, 4 + 14 // blocks that a symbol leaves unchanged
	out := slices.Concat([]byte{0xff, 0xd8},
		segment(0xdb, slices.Concat([]byte{0}, bytes.Repeat([]byte{1}, 64))...),
		segment(0xc2, 8, high, low, high, low, 1, 1, 0x11, 0),
		code(0x00, 0), code(0x10, 0xe0),
		segment(0xda, 1, 1, 0, 0, 0, 0x01), make([]byte, (blocks*4+7)/8))
	for n := range scans - 1 {
		bits := byte(0x10)
		if n == 0 {
			bits = 0x01
		}
		out = append(out, segment(0xda, 1, 1, 0, 1, 63, bits)...)
		out = append(out, make([]byte, ((blocks+run-1)/run*runBits+7)/8)...)
	}
	return append(out, 0xff, 0xd9)
}

// drawn returns a picture of one colour.
func drawn(wide, high int, c color.Color) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, wide, high))
	for y := range high {
		for x := range wide {
			img.Set(x, y, c)
		}
	}
	return img
}

func encoded(t *testing.T, encode func(io.Writer) error) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := encode(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func asPNG(t *testing.T, img image.Image) []byte {
	return encoded(t, func(w io.Writer) error { return png.Encode(w, img) })
}

func asJPEG(t *testing.T, img image.Image) []byte {
	return encoded(t, func(w io.Writer) error { return jpeg.Encode(w, img, nil) })
}

func TestShrink(t *testing.T) {
	red := color.NRGBA{200, 30, 30, 255}
	for name, c := range map[string]struct {
		sent       []byte
		wide, high int
		want       color.RGBA
	}{
		"small PNG":              {asPNG(t, drawn(30, 20, red)), 30, 20, color.RGBA{200, 30, 30, 255}},
		"wide PNG":               {asPNG(t, drawn(1000, 500, red)), 100, 50, color.RGBA{200, 30, 30, 255}},
		"narrow PNG":             {asPNG(t, drawn(1, 1000, red)), 1, 100, color.RGBA{200, 30, 30, 255}},
		"half seen through":      {asPNG(t, drawn(300, 300, color.NRGBA{0, 0, 0, 128})), 100, 100, color.RGBA{127, 127, 127, 255}},
		"not seen":               {asPNG(t, drawn(300, 300, color.NRGBA{})), 100, 100, color.RGBA{255, 255, 255, 255}},
		"JPEG":                   {asJPEG(t, drawn(200, 1000, color.White)), 20, 100, color.RGBA{255, 255, 255, 255}},
		"progressive JPEG":       {progressive(1000, 10), 100, 100, color.RGBA{128, 128, 128, 255}},
		"as many scans as taken": {progressive(64, maxScans), 64, 64, color.RGBA{128, 128, 128, 255}},
	} {
		made, err := Shrink(t.Context(), c.sent, 1000, 100)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		img, err := png.Decode(bytes.NewReader(made))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := img.Bounds().Size(); got != image.Pt(c.wide, c.high) {
			t.Errorf("%s: %v, want %d by %d", name, got, c.wide, c.high)
		}
		if got := color.RGBAModel.Convert(img.At(c.wide/2, c.high/2)); got != c.want {
			t.Errorf("%s: %v in the middle, want %v", name, got, c.want)
		}
	}
}

func TestRefusals(t *testing.T) {
	img := drawn(60, 60, color.White)
	whole := asPNG(t, drawn(60, 60, color.NRGBA{1, 2, 3, 4}))
	for name, c := range map[string]struct {
		sent []byte
		key  string
	}{
		"nothing":               {nil, "imagefile.unread"},
		"text":                  {[]byte("<svg/>"), "imagefile.unread"},
		"GIF":                   {encoded(t, func(w io.Writer) error { return gif.Encode(w, img, nil) }), "imagefile.unread"},
		"head alone":            {whole[:20], "imagefile.unread"},
		"half of a PNG":         {whole[:60], "imagefile.unread"},
		"half of a JPEG":        {progressive(64, 3)[:150], "imagefile.unread"},
		"PNG that is too wide":  {asPNG(t, drawn(1001, 1, color.White)), "imagefile.large"},
		"JPEG that is too high": {asJPEG(t, drawn(1, 1001, color.White)), "imagefile.large"},
		"one scan too many":     {progressive(64, maxScans+1), "imagefile.costly"},
		"scans for minutes":     {progressive(1000, 13_000), "imagefile.costly"},
	} {
		if _, err := Shrink(t.Context(), c.sent, 1000, 100); fault.KindOf(err) != fault.Invalid || fault.KeyOf(err) != c.key {
			t.Errorf("%s: %v, want %s", name, err, c.key)
		}
	}
}

// A picture is refused by its header before anything is decoded.
func TestCheckDecodesNothing(t *testing.T) {
	for i := range formats {
		decode := formats[i].decode
		formats[i].decode = func(io.Reader) (image.Image, error) { t.Error("decoded"); return nil, io.EOF }
		t.Cleanup(func() { formats[i].decode = decode })
	}
	for name, sent := range map[string][]byte{"scans": progressive(1000, 13_000), "pixels": asPNG(t, drawn(1001, 1, color.White))} {
		if _, err := Shrink(t.Context(), sent, 1000, 100); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// countdown is a context that is cancelled after a number of checks.
type countdown struct {
	context.Context
	left int
}

func (c *countdown) Err() error {
	c.left--
	if c.left < 0 {
		return context.DeadlineExceeded
	}
	return nil
}

// Decoding ends soon after its timeout.
func TestCaseS19DecodingStops(t *testing.T) {
	for name, sent := range map[string][]byte{"JPEG": progressive(1000, 20), "PNG": asPNG(t, noise())} {
		f, err := check(sent, 1000)
		if err != nil {
			t.Fatal(err)
		}
		ctx := &countdown{t.Context(), 5}
		if _, err := f.decode(reader{ctx, bytes.NewReader(sent)}); !errors.Is(err, context.DeadlineExceeded) || ctx.left < -3 {
			t.Errorf("%s: %v, and was asked for %d times more", name, err, -ctx.left)
		}
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	if _, err := Shrink(gone, progressive(64, 2), 1000, 100); !errors.Is(err, context.Canceled) {
		t.Errorf("of whoever has gone: %v", err)
	}
}

// noise returns a picture that cannot be compressed.
func noise() image.Image {
	img := image.NewGray(image.Rect(0, 0, 200, 200))
	n := uint32(1)
	for i := range img.Pix {
		n = n*1_664_525 + 1_013_904_223
		img.Pix[i] = byte(n >> 24)
	}
	return img
}

// Any input is refused or results in a PNG that is small enough.
func FuzzShrink(f *testing.F) {
	f.Add(progressive(16, 4))
	for _, encode := range []func(io.Writer) error{
		func(w io.Writer) error { return png.Encode(w, drawn(9, 5, color.NRGBA{9, 9, 9, 9})) },
		func(w io.Writer) error { return jpeg.Encode(w, drawn(9, 5, color.White), nil) },
	} {
		var out bytes.Buffer
		if err := encode(&out); err != nil {
			f.Fatal(err)
		}
		f.Add(out.Bytes())
	}
	f.Fuzz(func(t *testing.T, sent []byte) {
		made, err := Shrink(t.Context(), sent, 64, 8)
		if err != nil {
			if fault.KindOf(err) != fault.Invalid {
				t.Fatal(err)
			}
			return
		}
		if about, err := png.DecodeConfig(bytes.NewReader(made)); err != nil || max(about.Width, about.Height) > 8 {
			t.Errorf("%+v, %v", about, err)
		}
	})
}
