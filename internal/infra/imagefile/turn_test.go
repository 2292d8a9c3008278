package imagefile

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"slices"
	"testing"

	"siida.id/internal/base/fault"
)

// corners is a picture of 40 by 20 pixels whose corners have a colour each, from the
// top left one clockwise.
func corners() image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, 40, 20))
	for y := range 20 {
		for x := range 40 {
			n := 0
			switch {
			case x >= 20 && y < 10:
				n = 1
			case x >= 20:
				n = 2
			case y >= 10:
				n = 3
			}
			img.Set(x, y, palette[n])
		}
	}
	return img
}

var palette = []color.Color{color.NRGBA{200, 0, 0, 255}, color.NRGBA{0, 200, 0, 255}, color.NRGBA{0, 0, 200, 255}, color.NRGBA{0, 0, 0, 255}}

// seen returns which corners of a picture have which of the colours, clockwise.
func seen(t *testing.T, content []byte) (list [4]int, size image.Point) {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	size = img.Bounds().Size()
	for n, at := range []image.Point{{3, 3}, {size.X - 4, 3}, {size.X - 4, size.Y - 4}, {3, size.Y - 4}} {
		r, g, b, _ := img.At(at.X, at.Y).RGBA()
		list[n] = 3
		for i, part := range []uint32{r, g, b} {
			if part > 0x8000 {
				list[n] = i
			}
		}
	}
	return list, size
}

// oriented returns EXIF data with an orientation.
func oriented(order binary.AppendByteOrder, mark string, n uint16) []byte {
	data := order.AppendUint32([]byte(mark), 8)
	data = order.AppendUint16(data, 2)
	data = append(data, make([]byte, 12)...) // another entry
	data = order.AppendUint16(order.AppendUint16(data, 0x0112), 3)
	data = order.AppendUint16(order.AppendUint32(data, 1), n)
	return append(data, 0, 0, 0, 0, 0, 0)
}

func inAJPEG(t *testing.T, data []byte) []byte {
	t.Helper()
	whole := encoded(t, func(w io.Writer) error { return jpeg.Encode(w, corners(), &jpeg.Options{Quality: 100}) })
	body := append([]byte("Exif\x00\x00"), data...)
	return slices.Concat(whole[:2], []byte{0xff, 0xe1}, binary.BigEndian.AppendUint16(nil, uint16(len(body)+2)), body, whole[2:])
}

func inAPNG(t *testing.T, data []byte) []byte {
	t.Helper()
	const header = 8 + 25 // the signature and the first chunk
	whole := asPNG(t, corners())
	body := append([]byte("eXIf"), data...)
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	chunk = binary.BigEndian.AppendUint32(append(chunk, body...), crc32.ChecksumIEEE(body))
	return slices.Concat(whole[:header], chunk, whole[header:])
}

// A picture is shown as its camera was held, whatever the format.
func TestCaseB17PicturesAreTurned(t *testing.T) {
	for n, want := range [][4]int{
		{0, 1, 2, 3}, {0, 1, 2, 3}, {1, 0, 3, 2}, {2, 3, 0, 1}, {3, 2, 1, 0}, {0, 3, 2, 1}, {3, 0, 1, 2}, {2, 1, 0, 3}, {1, 2, 3, 0}, {0, 1, 2, 3},
	} {
		for name, sent := range map[string][]byte{
			"JPEG, big endian":    inAJPEG(t, oriented(binary.BigEndian, "MM\x00*", uint16(n))),
			"JPEG, little endian": inAJPEG(t, oriented(binary.LittleEndian, "II*\x00", uint16(n))),
			"PNG":                 inAPNG(t, oriented(binary.BigEndian, "MM\x00*", uint16(n))),
		} {
			content, err := Shrink(t.Context(), sent, 1000, 40)
			if err != nil {
				t.Fatal(err)
			}
			size := image.Pt(40, 20)
			if n > 4 && n < 9 {
				size = image.Pt(20, 40)
			}
			if got, is := seen(t, content); got != want || is != size {
				t.Errorf("%s, %d: %v of %v, want %v of %v", name, n, got, is, want, size)
			}
		}
	}
	sent, err := os.ReadFile("testdata/orient6.jpg")
	if err != nil {
		t.Fatal(err)
	}
	about, err := jpeg.DecodeConfig(bytes.NewReader(sent))
	if err != nil {
		t.Fatal(err)
	}
	content, err := Shrink(t.Context(), sent, 2000, 2000)
	if err != nil {
		t.Fatal(err)
	}
	if _, size := seen(t, content); size != image.Pt(about.Height, about.Width) {
		t.Errorf("the crest of the case is %v, and was %d by %d", size, about.Width, about.Height)
	}
}

// EXIF data that are cut or lie are as good as none.
func TestOrientationOfDamagedData(t *testing.T) {
	whole := oriented(binary.BigEndian, "MM\x00*", 6)
	for end := range whole {
		_ = orientation(inAJPEG(t, whole[:end])) // does not panic
	}
	far := bytes.Clone(whole)
	binary.BigEndian.PutUint32(far[4:], 1<<31)
	for name, sent := range map[string][]byte{
		"far": inAJPEG(t, far), "other words": inAJPEG(t, []byte("MM*\x00\x00\x00\x00\x08")), "two bytes": []byte("\xff\xd8"), "no length": []byte("\xff\xd8\xff\xe1\x00\x00"),
		"a length beyond": []byte("\xff\xd8\xff\xe1\xff\xff"), "nothing": nil,
	} {
		if got := orientation(sent); got != upright {
			t.Errorf("%s: %d", name, got)
		}
	}
}

// A GIF is refused where PNG or JPG is asked for.
func TestCaseB17GIFIsRefused(t *testing.T) {
	sent := encoded(t, func(w io.Writer) error { return gif.Encode(w, corners(), nil) })
	if _, err := Shrink(t.Context(), sent, 1000, 100); fault.KeyOf(err) != "imagefile.unread" {
		t.Errorf("%v", err)
	}
}
