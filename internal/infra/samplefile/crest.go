package samplefile

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
)

// Crest is a coat of arms that nobody has, as somebody might send it: larger than
// paper shows, and with parts that can be seen through.
func Crest() ([]byte, error) {
	const wide, high = 800, 1000
	img := image.NewNRGBA(image.Rect(0, 0, wide, high))
	blue, gold := color.NRGBA{21, 89, 173, 255}, color.NRGBA{214, 168, 42, 255}
	for y := range high {
		for x := range wide {
			dx, dy := x-wide/2, y-420
			switch {
			case !shield(dx, y):
			case dx*dx+dy*dy < 150*150:
				img.Set(x, y, gold)
			default:
				img.Set(x, y, blue)
			}
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		return nil, fmt.Errorf("crest: %w", err)
	}
	return out.Bytes(), nil
}

// shield reports whether a point lies in it, so far from the middle and from the top.
func shield(dx, y int) bool {
	half := 380
	if y > 420 {
		half -= (y - 420) * 2 / 3
	}
	return y >= 20 && max(dx, -dx) <= half
}
