package audit

import (
	"strings"
)

// Event is what somebody did: the room and a verb in the past tense, as in
// innovation.registered. Each room declares its events as constants; archtest checks
// that nothing else is logged, that they are distinct, and that the catalogue has a
// text for each, audit.event.<event>. Logged codes never change: a misleading event
// gets another text in the catalogue and stays as it is.
type Event string

// Details are the values of an entry by their keys. They may be personal.
type Details map[Key]string

// Subject is the object of an act.
type Subject struct {
	Kind Kind
	ID   string // empty if a region has only one such subject
}

// String formats the subject as entries have it: "innovation/i1",
// "answer/i1/2026/SID-1".
func (s Subject) String() string {
	if s.ID == "" {
		return string(s.Kind)
	}
	return string(s.Kind) + "/" + s.ID
}

// Kind is the kind of a subject. Its text in the catalogue is audit.kind.<kind>.
type Kind string

// The kinds. The ids of answers, endorsements and guidance have several parts.
const (
	Agency         Kind = "agency"
	AgencyKind     Kind = "agency-kind"
	AgencySettings Kind = "agency-settings"
	Answer         Kind = "answer" // innovation, period, indicator
	BoardSettings  Kind = "board-settings"
	Decree         Kind = "decree"
	Document       Kind = "document"
	Endorsement    Kind = "endorsement" // innovation, period, agency
	File           Kind = "file"
	Guidance       Kind = "guidance" // period, indicator
	Index          Kind = "index"    // period
	Innovation     Kind = "innovation"
	Job            Kind = "job"
	Letterhead     Kind = "letterhead"
	Period         Kind = "period"
	Person         Kind = "person"
	Region         Kind = "region"
	RegionalAnswer Kind = "regional" // period, indicator
	Report         Kind = "report"
	Request        Kind = "request"
)

// Kinds returns all kinds.
func Kinds() []Kind {
	return []Kind{
		Agency, AgencyKind, AgencySettings, Answer, BoardSettings, Decree, Document, Endorsement, File, Guidance, Index, Innovation, Job, Letterhead, Period, Person,
		Region, RegionalAnswer, Report, Request,
	}
}

// Of returns the subject of that kind with that id.
func (k Kind) Of(id ...string) Subject { return Subject{k, strings.Join(id, "/")} }

// Key is the name of a value in Details. Its text in the catalogue is
// audit.key.<key>.
type Key string

// The keys of all rooms.
const (
	KeyAbout           Key = "about"
	KeyAddress         Key = "address" // of a client on the network
	KeyAffair          Key = "affair"
	KeyAgency          Key = "agency"
	KeyAnswers         Key = "answers"
	KeyAppliedOn       Key = "applied_on"
	KeyAt              Key = "at"
	KeyBegins          Key = "begins"
	KeyCaption         Key = "caption"
	KeyChoice          Key = "choice"
	KeyCloses          Key = "closes"
	KeyCode            Key = "code"
	KeyContact         Key = "contact"
	KeyCount           Key = "count"
	KeyCrest           Key = "crest"
	KeyDate            Key = "date"
	KeyDaysMoved       Key = "days_moved"
	KeyDeadline        Key = "deadline"
	KeyDecree          Key = "decree"
	KeyDecrees         Key = "decrees"
	KeyDemand          Key = "demand"
	KeyDevelopedOn     Key = "developed_on"
	KeyDocument        Key = "document"
	KeyEffective       Key = "effective"
	KeyExtension       Key = "extension"
	KeyFigure          Key = "figure"
	KeyFigures         Key = "figures"
	KeyFile            Key = "file"
	KeyFinished        Key = "finished"
	KeyFrom            Key = "from"
	KeyGovernment      Key = "government"
	KeyIndex           Key = "index"
	KeyIndicator       Key = "indicator"
	KeyInnovation      Key = "innovation"
	KeyInnovations     Key = "innovations"
	KeyKind            Key = "kind"
	KeyLanguage        Key = "language"
	KeyLink            Key = "link"
	KeyLogin           Key = "login"
	KeyName            Key = "name"
	KeyNameBefore      Key = "name_before"
	KeyNIP             Key = "nip"
	KeyNote            Key = "note"
	KeyNumber          Key = "number"
	KeyOffice          Key = "office"
	KeyOpens           Key = "opens"
	KeyPaceDays        Key = "pace_days"
	KeyPaceDaysBefore  Key = "pace_days_before"
	KeyPack            Key = "pack"
	KeyParent          Key = "parent"
	KeyParentEndorses  Key = "parent_endorses"
	KeyPattern         Key = "pattern"
	KeyPDF             Key = "pdf"
	KeyPeriod          Key = "period"
	KeyPerson          Key = "person"
	KeyPlace           Key = "place"
	KeyPosition        Key = "position"
	KeyPostalAddress   Key = "postal_address"
	KeyProfile         Key = "profile"
	KeyPurpose         Key = "purpose"
	KeyMaturity        Key = "maturity"
	KeyMaturityBefore  Key = "maturity_before"
	KeyMotif           Key = "motif"
	KeyMotifBefore     Key = "motif_before"
	KeyQuietDays       Key = "quiet_days"
	KeyQuietDaysBefore Key = "quiet_days_before"
	KeyQuota           Key = "quota"
	KeyQuotaBefore     Key = "quota_before"
	KeyRank            Key = "rank"
	KeyReason          Key = "reason"
	KeyRequest         Key = "request"
	KeyReused          Key = "reused"
	KeyRole            Key = "role"
	KeySample          Key = "sample"
	KeySHA256          Key = "sha256"
	KeySigner          Key = "signer"
	KeySource          Key = "source"
	KeyText            Key = "text"
	KeyTo              Key = "to"
	KeyTriedOn         Key = "tried_on"
	KeyUnit            Key = "unit"
	KeyUntil           Key = "until"
	KeyURL             Key = "url"
	KeyURLBefore       Key = "url_before"
	KeyWhy             Key = "why"
	KeyXLSX            Key = "xlsx"
	KeyYear            Key = "year"
	KeyZone            Key = "zone"
	KeyZoneBefore      Key = "zone_before"
)
