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
	"siida.id/internal/base/fault"
)

// Content is a fingerprint of what a head endorses.
type Content struct {
	Profile int64  // the version of the profile
	Answers string // the digest of the period's answers and the documents that prove them
}

// ContentOf returns the fingerprint of a profile's version and of lines with the
// claimed options and their documents, in any order.
func ContentOf(profile int64, lines []string) Content {
	lines = slices.Sorted(slices.Values(lines))
	sum := sha256.Sum256([]byte(strings.Join(lines, "\n")))
	return Content{Profile: profile, Answers: hex.EncodeToString(sum[:])}
}

// String returns the fingerprint as forms contain it.
func (c Content) String() string { return fmt.Sprintf("%d.%s", c.Profile, c.Answers) }

// Endorsement (pengesahan) is the approval of an innovation's profile, answers and
// evidence in a period by the head of an agency.
type Endorsement struct {
	InnovationID string
	PeriodID     string
	AgencyID     string // of which they were the head
	AgencyName   string // its name on that day
	By, Name     string // the person's id and name
	Acting       account.Acting
	At           time.Time
	Of           Content // what they were shown
}

// Head is a kepala who is asked to endorse an innovation in a period: that of its
// agency and, if the region's settings require it, of the agency above.
type Head struct {
	AgencyID    string
	AgencyName  string      // its current name
	Now         Content     // the content to endorse
	Endorsement Endorsement // zero for none
	Moves       []Move      // of the actor; only Sheet sets them
}

// EndorsementStatus is the status of an endorsement.
type EndorsementStatus string

// What was endorsed and has changed since counts as missing.
const (
	Missing  EndorsementStatus = "belum"
	Endorsed EndorsementStatus = "sah"
	Changed  EndorsementStatus = "berubah"
)

// Status compares what the head was shown with the current content.
func (h Head) Status() EndorsementStatus {
	switch {
	case h.Endorsement.By == "":
		return Missing
	case h.Endorsement.Of != h.Now:
		return Changed
	}
	return Endorsed
}

// Move is an act of a head: to endorse, or to revoke the endorsement.
type Move string

// The moves; their values are those of the buttons.
const (
	Endorse Move = "sahkan"
	Revoke  Move = "cabut"
)

// moves has the statuses from which each move is possible.
var moves = map[Move][]EndorsementStatus{
	Endorse: {Missing, Changed},
	Revoke:  {Endorsed, Changed},
}

// allows reports whether the head who acts may make a move; only the person who
// endorsed may revoke.
func (h Head) allows(m Move, person string) bool {
	return slices.Contains(moves[m], h.Status()) && (m != Revoke || h.Endorsement.By == person)
}

// Heads are all heads who are asked in a period.
type Heads []Head

// Endorsed reports whether every head has endorsed the current content.
func (list Heads) Endorsed() bool { return len(list) > 0 && len(list.Missing()) == 0 }

// Missing returns the heads without a valid endorsement.
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

// moving returns the head of an agency for a move that who may make now; the fault if
// they may not.
func (list Heads) moving(m Move, agencyID string, who actor.Actor) (Head, error) {
	h, asked := list.of(agencyID)
	switch {
	case !asked:
		return Head{}, fault.New(fault.Forbidden, "evidence.not_asked")
	case m == Revoke && h.Endorsement.By != "" && h.Endorsement.By != who.ID:
		return Head{}, fault.New(fault.Forbidden, "evidence.not_giver")
	case !h.allows(m, who.ID):
		return Head{}, fault.New(fault.Conflict, "evidence.endorsement_stands")
	}
	return h, nil
}

// checkEndorse returns Forbidden to everybody except the head of an agency.
func checkEndorse(who actor.Actor, agencyID string) error {
	if !MayEndorse(who, agencyID) {
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return nil
}

// MayEndorse reports whether who is head of an agency. An assignment to the agency
// above or to the whole region is not enough: nobody endorses on behalf of the head.
func MayEndorse(who actor.Actor, agencyID string) bool {
	return agencyID != "" && slices.Contains(who.Assignments, actor.Assignment{Role: actor.Kepala, Agency: agencyID})
}

// Offices returns the agencies of which who is head.
func Offices(who actor.Actor) (list []string) {
	for _, as := range who.Assignments {
		if MayEndorse(who, as.Agency) && !slices.Contains(list, as.Agency) {
			list = append(list, as.Agency)
		}
	}
	return list
}
