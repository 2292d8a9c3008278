package report

// Office says what rules the name of a signer follows.
type Office string

// The offices that the rules tell apart. Acting is whoever stands in for the
// head of the region (Pj., Pjs., Plt., Plh.) or for its secretary (Pj., Plh.).
const (
	HeadOfRegion    Office = "kepala-daerah"
	Deputy          Office = "wakil-kepala-daerah"
	Secretary       Office = "sekretaris-daerah" //nolint:gosec // an office, no secret
	ActingHead      Office = "penjabat-kepala-daerah"
	ActingSecretary Office = "penjabat-sekretaris-daerah" //nolint:gosec // an office, no secret
	OtherOffice     Office = "pejabat-lain"
)

// Offices lists them, the usual one first.
func Offices() []Office {
	return []Office{OtherOffice, HeadOfRegion, Deputy, Secretary, ActingHead, ActingSecretary}
}

// Ranked reports whether such a signer prints rank and number.
func (o Office) Ranked() bool { return o == OtherOffice }

// Signer is who signs the letters of a region.
type Signer struct {
	Office   Office
	Position string // as it stands above the name
	Before   string // titles before the name
	Name     string
	After    string // titles after it
	Rank     string // pangkat and golongan
	NIP      string // the 18 digits of a civil servant
}

// Document is a kind of official letter, as far as the writing of names differs.
type Document string

// The kinds of official letters (naskah dinas).
const (
	Regulating   Document = "pengaturan"
	Establishing Document = "penetapan"
	Assigning    Document = "penugasan"
	Corresponded Document = "korespondensi"
	Special      Document = "khusus"
	Honouring    Document = "piagam" // and certificates and diplomas: special ones without titles
)

// indexReport is what a report is: laporan is among the special letters.
const indexReport = Special

// titled are the kinds whose signer prints their titles.
var titled = map[Document]bool{Assigning: true, Corresponded: true, Special: true}

// Signature is the signer's block under a letter.
type Signature struct {
	Position, Name string
	Rank, NIP      string // none where the office does not write them
}

// Sign writes the signer of a kind of letter, by article 44 of Permendagri
// 1/2023: regulations and establishing letters have no titles (1); assignments,
// correspondence and special letters have them, but for charters and certificates
// (2); officials other than head, deputy and secretary add number and rank (3);
// those who act for the head (4) or the secretary (5) write none of these.
func (s Signer) Sign(d Document) Signature {
	made := Signature{Position: s.Position, Name: s.Name}
	if s.Office.Ranked() {
		made.Rank, made.NIP = s.Rank, s.NIP
	}
	if titled[d] && s.Office != ActingHead && s.Office != ActingSecretary {
		if s.Before != "" {
			made.Name = s.Before + " " + made.Name
		}
		if s.After != "" {
			made.Name += ", " + s.After
		}
	}
	return made
}

// GroupedNIP is a number as it is written: date of birth, month of
// appointment, sex, and a number of its own.
func GroupedNIP(nip string) string {
	if len(nip) != lengthNIP {
		return nip
	}
	return nip[:8] + " " + nip[8:14] + " " + nip[14:15] + " " + nip[15:]
}

const lengthNIP = 18
