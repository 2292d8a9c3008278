package report

import "strings"

// Office is an office with rules for the signer's name.
type Office string

// The offices with different rules. Acting are those who act for the head of the region
// (Pj., Pjs., Plt., Plh.) or for its secretary (Pj., Plh.).
const (
	HeadOfRegion    Office = "kepala-daerah"
	Deputy          Office = "wakil-kepala-daerah"
	Secretary       Office = "sekretaris-daerah" //nolint:gosec // an office, no secret
	ActingHead      Office = "penjabat-kepala-daerah"
	ActingSecretary Office = "penjabat-sekretaris-daerah" //nolint:gosec // an office, no secret
	OtherOffice     Office = "pejabat-lain"
)

// Offices returns the offices, the usual one first.
func Offices() []Office {
	return []Office{OtherOffice, HeadOfRegion, Deputy, Secretary, ActingHead, ActingSecretary}
}

// Ranked reports whether the signature has rank and NIP.
func (o Office) Ranked() bool { return o == OtherOffice }

// Signer is the signer of a region's letters.
type Signer struct {
	Office   Office
	Position string // as printed above the name
	Before   string // titles before the name
	Name     string
	After    string // titles after it
	Rank     string // pangkat and golongan
	NIP      string // the 18 digits of a civil servant
}

// Document is a kind of official letter, as far as the rules for names differ.
type Document string

// The kinds of official letters (naskah dinas).
const (
	Regulating   Document = "pengaturan"
	Establishing Document = "penetapan"
	Assigning    Document = "penugasan"
	Corresponded Document = "korespondensi"
	Special      Document = "khusus"
	Honouring    Document = "piagam" // and certificates and diplomas: special letters without titles
)

// indexReport is the kind of a report: laporan is a special letter.
const indexReport = Special

// titled are the kinds whose signature has titles.
var titled = map[Document]bool{Assigning: true, Corresponded: true, Special: true}

// Signature is the signer's block of a letter.
type Signature struct {
	Position, Name string
	Rank, NIP      string // empty if the office does not print them
}

// Sign returns the signature for a kind of letter, by article 44 of Permendagri
// 1/2023: regulations and establishing letters have no titles (1); assignments,
// correspondence and special letters have them, except charters and certificates (2);
// officials other than head, deputy and secretary add NIP and rank (3); those who act
// for the head (4) or the secretary (5) print none of these.
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

// GroupedNIP formats a NIP: date of birth, month of appointment, sex, and a serial
// number.
func GroupedNIP(nip string) string {
	if len(nip) != lengthNIP {
		return nip
	}
	return nip[:8] + " " + nip[8:14] + " " + nip[14:15] + " " + nip[15:]
}

// digitsOfNIP returns a NIP without the word before it and the signs that group it.
func digitsOfNIP(typed string) string {
	if len(typed) > 3 && strings.EqualFold(typed[:3], "NIP") {
		typed = typed[3:]
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" .:-–/", r) {
			return -1
		}
		return r
	}, typed)
}

const lengthNIP = 18
