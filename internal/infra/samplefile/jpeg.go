package samplefile

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math/rand/v2"
	"slices"
	"strings"
)

const (
	width, height = 480, 272 // whole blocks of JPEG; enough to read, and made in a few milliseconds
	edge          = 32       // left and right of the words
	band          = 28       // height of the weave
)

var (
	paper = color.RGBA{244, 246, 249, 255}
	gold  = color.RGBA{185, 138, 43, 255}
	dark  = color.RGBA{27, 36, 48, 255}
	blue  = color.RGBA{21, 89, 173, 255}
)

// JPEG makes a picture: a weave of tapis at the top, bars as high as seed says,
// and the words upon them. Mark, such as "CONTOH", is the largest thing in it.
// Letters and digits are drawn, in capitals; other characters but . , - / : are spaces.
// It says of itself when and where it was taken, where shot does.
func JPEG(mark, title string, seed uint64, shot Shot) ([]byte, error) {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	fill(img, img.Bounds(), paper)
	weave(img)
	bars(img, rand.New(rand.NewPCG(seed, 0))) //nolint:gosec // the same seed must make the same picture
	words(img, mark, 56, 11, blue)
	words(img, title, 152, 3, dark)
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: 60}); err != nil {
		return nil, fmt.Errorf("sample picture %q: %w", title, err)
	}
	if shot == (Shot{}) {
		return out.Bytes(), nil
	}
	const start = 2 // bytes of every picture
	return slices.Insert(out.Bytes(), start, shot.exif()...), nil
}

func fill(img draw.Image, r image.Rectangle, c color.Color) {
	draw.Draw(img, r, image.NewUniform(c), image.Point{}, draw.Src)
}

// weave draws the zigzag of a tapis cloth: gold teeth on dark.
func weave(img *image.RGBA) {
	for x := range width {
		tooth := x % band
		tooth = min(tooth, band-tooth) * 2
		fill(img, image.Rect(x, 0, x+1, band), dark)
		fill(img, image.Rect(x, band-tooth, x+1, band-tooth/2), gold)
	}
}

func bars(img *image.RGBA, r *rand.Rand) {
	const n, gap = 12, 6
	step := (width - 2*edge + gap) / n
	for i := range n {
		x, top := edge+i*step, height-32-r.IntN(80)
		c := blue
		if r.IntN(3) == 0 {
			c = gold
		}
		fill(img, image.Rect(x, top, x+step-gap, height-24), c)
	}
}

// words writes text from the left edge in letters of scale pixels a dot,
// going on below when a line is full.
func words(img *image.RGBA, text string, y, scale int, c color.Color) {
	x := edge
	for word := range strings.FieldsSeq(strings.ToUpper(text)) {
		wide := (len([]rune(word))*6 - 1) * scale
		if x > edge && x+wide > width-edge {
			x, y = edge, y+10*scale
		}
		for _, letter := range word {
			for column, dots := range []byte(letters[letter]) {
				for row := range 7 {
					if dots>>row&1 == 1 {
						left, top := x+column*scale, y+row*scale
						fill(img, image.Rect(left, top, left+scale, top+scale), c)
					}
				}
			}
			x += 6 * scale
		}
		x += 3 * scale
	}
}

// letters are five columns of seven dots, the lowest bit on top.
var letters = map[rune]string{
	'A': "\x7e\x11\x11\x11\x7e", 'B': "\x7f\x49\x49\x49\x36", 'C': "\x3e\x41\x41\x41\x22", 'D': "\x7f\x41\x41\x22\x1c",
	'E': "\x7f\x49\x49\x49\x41", 'F': "\x7f\x09\x09\x09\x01", 'G': "\x3e\x41\x49\x49\x7a", 'H': "\x7f\x08\x08\x08\x7f",
	'I': "\x00\x41\x7f\x41\x00", 'J': "\x20\x40\x41\x3f\x01", 'K': "\x7f\x08\x14\x22\x41", 'L': "\x7f\x40\x40\x40\x40",
	'M': "\x7f\x02\x0c\x02\x7f", 'N': "\x7f\x04\x08\x10\x7f", 'O': "\x3e\x41\x41\x41\x3e", 'P': "\x7f\x09\x09\x09\x06",
	'Q': "\x3e\x41\x51\x21\x5e", 'R': "\x7f\x09\x19\x29\x46", 'S': "\x46\x49\x49\x49\x31", 'T': "\x01\x01\x7f\x01\x01",
	'U': "\x3f\x40\x40\x40\x3f", 'V': "\x1f\x20\x40\x20\x1f", 'W': "\x3f\x40\x38\x40\x3f", 'X': "\x63\x14\x08\x14\x63",
	'Y': "\x07\x08\x70\x08\x07", 'Z': "\x61\x51\x49\x45\x43",
	'0': "\x3e\x51\x49\x45\x3e", '1': "\x00\x42\x7f\x40\x00", '2': "\x42\x61\x51\x49\x46", '3': "\x21\x41\x45\x4b\x31",
	'4': "\x18\x14\x12\x7f\x10", '5': "\x27\x45\x45\x45\x39", '6': "\x3c\x4a\x49\x49\x30", '7': "\x01\x71\x09\x05\x03",
	'8': "\x36\x49\x49\x49\x36", '9': "\x06\x49\x49\x29\x1e",
	'.': "\x00\x60\x60\x00\x00", ',': "\x00\x50\x30\x00\x00", '-': "\x08\x08\x08\x08\x08", '/': "\x20\x10\x08\x04\x02",
	':': "\x00\x36\x36\x00\x00",
}
