package ui

import (
	"context"
	"strings"

	"siida.id/internal/base/day"
	"siida.id/internal/infra/i18n"
)

// soon is from how many days on a date is near.
const soon = 7

// Standing says on the cloth where the reader stands: one number, what it means, and a
// few figures beside it. It is the first part of a page.
type Standing struct {
	Title     string // the page's h1
	Number    string
	Unit      string   // what the number counts, or empty
	Predicate string   // a text of the instrument, in gold, or empty
	Note      string   // a sentence beside the number
	Moved     *Moved   // how the number has changed; nil if that is not known
	Line      string   // a sentence below the number
	Stats     []Stat   // up to four
	Foreign   []string // texts of the instrument within Note and Line
	Grand     bool     // the number is all that counts on the page
}

// piece is a part of a sentence, which is the instrument's or not.
type piece struct {
	text    string
	foreign bool
}

// pieces cuts a sentence at all texts of the instrument in it; of two at the same place
// the longer one counts.
func pieces(sentence string, foreign []string) (list []piece) {
	for sentence != "" {
		at, word := len(sentence), ""
		for _, w := range foreign {
			if i := strings.Index(sentence, w); w != "" && i >= 0 && (i < at || i == at && len(w) > len(word)) {
				at, word = i, w
			}
		}
		if at > 0 {
			list = append(list, piece{text: sentence[:at]})
		}
		if word != "" {
			list = append(list, piece{word, true})
		}
		sentence = sentence[at+len(word):]
	}
	return list
}

// Stat is a figure with its name. Href is the address of what it counts, or empty.
type Stat struct {
	Number, Name, Href string
	Moved              *Moved // in place of Number
}

// Moved says by how much a figure has changed and since when. Sign is that of the change,
// Text the change without its sign.
type Moved struct {
	Sign        int
	Text, Since string
}

// Run is a number of stitches of one state, from left to right.
type Run struct {
	N     int
	State Stitch
}

// Stitch is the state of what a stitch stands for.
type Stitch string

// The states of a stitch.
const (
	Todo  Stitch = "todo"
	Done  Stitch = "done"
	Fresh Stitch = "fresh" // done by the act that led to the page
	Bad   Stitch = "bad"
	Part  Stitch = "part"
	Good  Stitch = "good"
)

// Gauge is a scale from 0 to 100, filled to Value. Said is what it says, for those who
// cannot see it.
type Gauge struct {
	Said  string
	Value float64 // for drawing only
	Bands []Band  // from the lowest up
	Last  *Mark   // last year's figure; nil for none
}

// Line is a thing to do or to know in a list, with its date in front or its worth at the
// end. The whole row leads to Href.
type Line struct {
	Day, Left  string // the date and how long it is until then, or empty
	Soon, Late bool   // of Left
	Text, Href string
	Foreign    bool   // Text is the instrument's
	Part       string // the part of Text that is the instrument's, or empty
	Alert      string // what is wrong, before Why
	Why        string
	Worth      string // such as "+6", or another figure
	Unit       string // of Worth
	Plain      bool   // Worth is a figure, no gain
	Button     string // the word of the page's main button, or empty
	Here       bool   // the current one
}

// On returns l with a date in front and how far that is from today.
func (l Line) On(ctx context.Context, today, d day.Day) Line {
	l.Day = i18n.ShortDay(ctx, d)
	switch left := today.DaysUntil(d); {
	case left < 0:
		l.Left, l.Late = i18n.T(ctx, "ui.days_late", i18n.Args{"Count": -left}), true
	case left == 0:
		l.Left, l.Soon = i18n.T(ctx, "ui.today"), true
	default:
		l.Left, l.Soon = i18n.T(ctx, "ui.days", i18n.Args{"Count": left}), left <= soon
	}
	return l
}

// Count is a state of a list, with the number of its rows and the address of these.
type Count struct {
	Text string
	N    int
	Href string
	Here bool
}

// Pick is a chosen filter, and the address of the list without it.
type Pick struct{ Text, Href string }

// Reminder is a text to be copied. Share is the address that hands it to WhatsApp, Close
// that of the page without it.
type Reminder struct{ Title, Hint, Text, Share, Close string }

// Outcome says after an act what was done, what it was worth, and what comes next.
type Outcome struct {
	Done string // what was done, and its worth
	Text string // where that leads
	Next *Link
	Runs []Run // the weave, with the fresh stitch; nil for none
}

// Year is a year in the chart of an index.
type Year struct {
	Label, Text string
	Value       float64  // from 0 to 100, for drawing only
	Known       bool     // there is a figure
	Running     bool     // the year is not over
	Bands       []Band   // of that year, from the lowest up
	Limits      []string // the lower limit of each band
}
