package pdf

import (
	"fmt"

	"github.com/skip2/go-qrcode"
)

// Seal lets anybody check a letter: a QR code with an address, and words.
type Seal struct {
	Link  string // the address in the code; empty for no seal
	Words []string
}

const sealSide = 24.0 // millimetres, including the white margin

// seal draws a seal at the left and restores the position.
func (p *Document) seal(s Seal, wide float64) error {
	if s.Link == "" {
		return nil
	}
	code, err := qrcode.New(s.Link, qrcode.Medium)
	if err != nil {
		return fmt.Errorf("seal: %w", err)
	}
	top := p.doc.GetY()
	cells := code.Bitmap()
	side := sealSide / float64(len(cells))
	p.doc.SetFillColor(0, 0, 0)
	for y, row := range cells {
		for from := 0; from < len(row); from++ {
			to := from
			for to < len(row) && row[to] {
				to++
			}
			if to > from {
				p.doc.Rect(margin+float64(from)*side, top+float64(y)*side, float64(to-from)*side, side, "F")
				from = to
			}
		}
	}
	p.font("", tiny)
	p.grey()
	p.doc.SetXY(margin, top+sealSide+0.5)
	for _, text := range s.Words {
		p.doc.SetX(margin)
		p.write(wide, line-1, text, "L")
	}
	p.black()
	p.doc.SetXY(margin, top)
	return nil
}
