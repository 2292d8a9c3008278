package pdf

import (
	"bytes"

	"codeberg.org/go-pdf/fpdf"
)

// Head is a letterhead: a crest, and centred lines above a double rule.
type Head struct {
	Logo  []byte // a PNG of 8 bits, not interlaced; nil for none
	Over  string // the government
	Name  string // the agency, in larger letters
	Below []string
}

// The maximum size of a crest, in millimetres.
const logoWide, logoHigh = 22.0, 25.0

// Head adds a letterhead at the top of the page.
func (p *Document) Head(h Head) {
	top, side := p.doc.GetY()-4, 0.0
	if len(h.Logo) > 0 {
		p.logo(h.Logo, top)
		side = logoWide + 3
	}
	p.doc.SetY(top)
	say := func(style string, size, high float64, text string) {
		if text == "" {
			return
		}
		p.font(style, size)
		p.doc.SetX(margin + side)
		p.write(p.width()-2*side, high, text, "C")
	}
	say("", large, 6, h.Over)
	say("B", large+2.5, 7, h.Name)
	p.doc.Ln(0.5)
	for _, text := range h.Below {
		say("", small, 4.4, text)
	}
	y := p.doc.GetY() + 2
	if side > 0 {
		y = max(y, top+logoHigh+2)
	}
	p.doc.SetDrawColor(0, 0, 0)
	p.doc.SetLineWidth(0.9)
	p.doc.Line(margin, y, margin+p.width(), y)
	p.doc.SetLineWidth(0.25)
	p.doc.Line(margin, y+1.2, margin+p.width(), y+1.2)
	p.doc.SetXY(margin, y+6)
}

// logo draws a crest in the corner, as large as fits.
func (p *Document) logo(png []byte, top float64) {
	kind := fpdf.ImageOptions{ImageType: "PNG"}
	picture := p.doc.RegisterImageOptionsReader("logo", kind, bytes.NewReader(png))
	if picture == nil || !p.doc.Ok() {
		return // Bytes returns the error
	}
	scale := min(logoWide/picture.Width(), logoHigh/picture.Height())
	wide, high := picture.Width()*scale, picture.Height()*scale
	p.doc.ImageOptions("logo", margin+(logoWide-wide)/2, top+(logoHigh-high)/2, wide, high, false, kind, 0, "")
}

// Box is a figure in a frame.
type Box struct{ Name, Figure, Below string }

// Boxes adds framed figures in a row.
func (p *Document) Boxes(list []Box) {
	const gap, high = 4.0, 27.0
	p.ensureSpace(high + line)
	p.doc.Ln(3)
	each := (p.width() - gap*float64(len(list)-1)) / float64(len(list))
	y := p.doc.GetY()
	p.doc.SetDrawColor(120, 132, 150)
	p.doc.SetLineWidth(0.3)
	for i, b := range list {
		x := margin + float64(i)*(each+gap)
		p.doc.Rect(x, y, each, high, "D")
		say := func(top, tall float64, text string) {
			p.doc.SetXY(x, y+top)
			p.doc.CellFormat(each, tall, p.truncate(text, each), "", 0, "C", false, 0, "")
		}
		p.font("", small)
		p.grey()
		say(2, line, b.Name)
		p.black()
		p.font("B", 20)
		say(8, 9, b.Figure)
		p.font("", normal)
		say(18.5, line, b.Below)
	}
	p.doc.SetXY(margin, y+high)
	p.doc.Ln(2)
}

// Signature has place, position and name of a signer; Below is rank and number.
type Signature struct {
	PlaceAndDay string
	Position    string
	Name        string
	Below       []string
	Seal        Seal // to the left of the signature
}

// Sign adds the space for a signature at the right, on one page.
func (p *Document) Sign(s Signature) {
	wide := p.width() * 0.5
	left := margin + p.width() - wide
	p.font("", normal)
	lines := len(p.wrap(s.Position, wide)) + len(p.wrap(s.Name, wide)) + len(s.Below) + 1
	const signing = 24.0 // for signature and stamp
	p.ensureSpace(float64(lines)*line + signing + 2*line)
	p.doc.Ln(line)
	if err := p.seal(s.Seal, wide*0.85); err != nil {
		p.doc.SetError(err)
	}
	say := func(style, text string) {
		p.font(style, normal)
		p.doc.SetX(left)
		p.write(wide, line, text, "L")
	}
	say("", s.PlaceAndDay)
	say("", s.Position)
	p.doc.Ln(signing)
	say("B", s.Name)
	for _, text := range s.Below {
		say("", text)
	}
	p.doc.Ln(line)
}
