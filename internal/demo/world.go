package demo

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"

	"siida.id/internal/base/actor"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
)

//go:embed world.json
var source []byte

type world struct {
	Seed        uint64
	Region      struct{ Code, Name, Seat string } // Seat is the kecamatan from which it is governed
	Begins      string                            // the day on which the region is set up
	Password    string                            // of everybody
	Mark        string
	Invented    string // the stated source of invented figures
	Document    documentRow
	Guide       string            // how guidance begins
	Places      map[string][2]int // the middle of a kecamatan: hundredths of a degree of latitude and longitude
	Design      design
	Agencies    []agencyRow
	People      []personRow
	Names       struct{ Given, Family []string }
	Heads       []string   // agencies that have one, beside those of People
	Deputies    [][]string // the agencies of each
	Merger      mergerRow
	Decree      struct{ Subject, Implementers string }
	Decrees     []decreeRow
	Letterhead  letterheadRow
	Maturities  map[string]maturity
	Periods     []periodRow
	Innovations []innovationRow
}

type (
	documentRow struct {
		Number, Subject string
		Lines           []string
	}
	design struct{ Note, Law, Problem, GlobalIssue, NationalIssue, LocalIssue, Method, Novelty, Work, Stages, Lasting, Aim, Benefit, Result string }
	// agencyRow is an agency; In is the kecamatan in which it is, if the agency is not one
	// itself.
	agencyRow struct{ Key, Name, Kind, Parent, In string }
	personRow struct {
		Login, Name, Role, Agency, Acting string
		From, Until                       string // days on which the assignment begins and ends
		Leaves                            string // the day on which an admin ends it
		Quiet                             bool   // not listed among those to sign in as
	}
	// letterheadRow is set up On a day; the report of Period is issued on the day Issued.
	letterheadRow struct {
		On, Issued, Period                   string
		Government, Agency, Address, Contact string
		Pattern, Code, Place                 string
		Position, Before, Name, After        string
		Rank, NIP                            string
	}
	mergerRow    struct{ From, Into, Number, Signed, On string }
	decreeRow    struct{ On, Number, Year, In, Day string } // In is the period whose maturity decides
	deadlineRow  struct{ Name, Day, Hour string }
	extensionRow struct{ On, Agency, Day, Hour, Reason string }
	regionalRow  struct {
		Code, Choice, Unit string
		Figures            []struct{ Year, Value string }
		Unproven           bool
	}
	// requestRow is a data request; Judged with a Reason returns the answer.
	requestRow struct {
		Code, On, Agency, Person, Due, Note string
		Replied, By, Year, Value, Unit      string
		Judged, Reason                      string
	}
	// guidanceRow is BRIDA's guidance on an indicator, in paragraphs.
	guidanceRow struct {
		Code, On string
		Words    []string
		Samples  []sampleRow
	}
	// sampleRow is a sample file: a document of Title and Lines, or else one of the pictures.
	sampleRow struct {
		Verdict, Caption, Title string
		Lines                   []string
		Picture                 string
	}
	// maturity says how far an innovation has come: of a hundred indicators so
	// many are answered, and so many of those proven; the options are chosen by
	// weight.
	maturity struct {
		Answered, Proven int
		Levels           [3]int
	}
	periodRow struct {
		ID, Pack, On, Note, Closed, Endorsed string
		Opens, Closes                        period.When
		Deadlines                            []deadlineRow
		Extension                            extensionRow
		Days                                 []string // on which people work
		Rest                                 []string // on which they do part of the work of the last of Days
		Regional                             []regionalRow
		Requests                             []requestRow
		Guides                               []guidanceRow
		National                             struct{ On, Figure string }
	}
	innovationRow struct {
		Agency, Name, Affair, Shape, Kind, Class string
		Tried, Applied, Developed                string
		First                                    string            // the period in which it is registered
		Maturity                                 map[string]string // by period
		Answers                                  map[string]string // of the last period, in place of derived ones
		Unproven                                 []string
		Put                                      struct{ On, Move, Reason string }
		Handed                                   struct{ On, To, Note string }
	}
)

func read() (w world, err error) {
	if err := json.Unmarshal(source, &w); err != nil {
		return world{}, fmt.Errorf("demo world: %w", err)
	}
	return w, nil
}

func (w world) agency(key string) agencyRow {
	for _, a := range w.Agencies {
		if a.Key == key {
			return a
		}
	}
	return agencyRow{}
}

// operator returns the sign-in name of an agency's operator on a day; after its
// merger that is the other agency's.
func (w world) operator(agency, on string) string {
	if agency == w.Merger.From && on >= w.Merger.On {
		return w.Merger.Into
	}
	return agency
}

// head returns the sign-in name of an agency's current head; empty if there is
// none.
func (w world) head(agency string) string {
	for _, p := range w.People {
		if p.Agency == agency && p.Role == string(actor.Kepala) && p.Until == "" {
			return p.Login
		}
	}
	if slices.Contains(w.Heads, agency) {
		return "kepala." + agency
	}
	return ""
}

// long reports whether the innovation has a complete rancang bangun.
func (i innovationRow) long() bool {
	return i.Maturity["2026"] == "tinggi" || i.Maturity["2027"] == "sedang"
}

// rows are the indicators that innovations are asked in a period.
func rows(pack *instrument.Pack) []*instrument.Indicator { return pack.Rows(instrument.PerInnovation) }
