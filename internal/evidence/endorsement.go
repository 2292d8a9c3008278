package evidence

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/base/actor"
)

// Content marks what a head endorses: two that are equal say the same.
type Content struct {
	Profile int64  // the version of the innovation's profile
	Answers string // the sum of what is claimed in the period, and of what proves it
}

// ContentOf makes a mark of a profile's version and of the lines that say which
// option is claimed and which document proves it, in any order.
func ContentOf(profile int64, lines []string) Content {
	lines = slices.Sorted(slices.Values(lines))
	sum := sha256.Sum256([]byte(strings.Join(lines, "\n")))
	return Content{Profile: profile, Answers: hex.EncodeToString(sum[:])}
}

// String is the mark as a form carries it.
func (c Content) String() string { return fmt.Sprintf("%d.%s", c.Profile, c.Answers) }

// Endorsement (pengesahan) says that the head of an agency stands behind the
// profile, the answers and the evidence of an innovation in a period.
type Endorsement struct {
	InnovationID string
	PeriodID     string
	AgencyID     string // whose head they were
	AgencyName   string // as it was called that day
	By, Name     string // the person's id and name
	Acting       account.Acting
	At           time.Time
	Of           Content // what they saw
}

// Head is a kepala whom a period asks to endorse an innovation: that of its
// agency, and of the agency above where the region says so.
type Head struct {
	AgencyID    string
	AgencyName  string      // as it is called now
	Now         Content     // what there is to endorse
	Endorsement Endorsement // zero if they have given none
	Moves       []Move      // what the actor may do here, as Sheet tells
}

// EndorsementStatus is the state of an endorsement.
type EndorsementStatus string

// The standings. What was endorsed and has changed since counts as missing.
const (
	Missing  EndorsementStatus = "belum"
	Endorsed EndorsementStatus = "sah"
	Changed  EndorsementStatus = "berubah"
)

// Status follows from what the head saw and what is there now.
func (h Head) Status() EndorsementStatus {
	switch {
	case h.Endorsement.By == "":
		return Missing
	case h.Endorsement.Of != h.Now:
		return Changed
	}
	return Endorsed
}

// Move is what a head does: endorse, or withdraw the endorsement.
type Move string

// The moves, each by the word of its button.
const (
	Endorse Move = "sahkan"
	Revoke  Move = "cabut"
)

// moves says from which standings each move starts.
var moves = map[Move][]EndorsementStatus{
	Endorse: {Missing, Changed},
	Revoke:  {Endorsed, Changed},
}

// allows reports whether the head who acts may make a move; only the person who
// has given an endorsement takes it back.
func (h Head) allows(m Move, person string) bool {
	return slices.Contains(moves[m], h.Status()) && (m != Revoke || h.Endorsement.By == person)
}

// Heads are all heads whom a period asks.
type Heads []Head

// Endorsed reports whether every head has endorsed what is there now.
func (list Heads) Endorsed() bool { return len(list) > 0 && len(list.Missing()) == 0 }

// Missing lists the heads whose endorsement there is not, or no longer.
func (list Heads) Missing() (missing Heads) {
	for _, h := range list {
		if h.Status() != Endorsed {
			missing = append(missing, h)
		}
	}
	return missing
}

func (list Heads) of(agencyID string) (Head, bool) {
	at := slices.IndexFunc(list, func(h Head) bool { return h.AgencyID == agencyID })
	if at < 0 {
		return Head{}, false
	}
	return list[at], true
}

// MayEndorse reports whether who heads an agency. An assignment to the agency
// above or to the whole region is none to this office: nobody endorses in the
// head's name.
func MayEndorse(who actor.Actor, agencyID string) bool {
	return agencyID != "" && slices.Contains(who.Assignments, actor.Assignment{Role: actor.Kepala, Agency: agencyID})
}

// Offices lists the agencies that who heads.
func Offices(who actor.Actor) (list []string) {
	for _, as := range who.Assignments {
		if MayEndorse(who, as.Agency) && !slices.Contains(list, as.Agency) {
			list = append(list, as.Agency)
		}
	}
	return list
}
