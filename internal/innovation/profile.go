package innovation

import (
	"slices"
	"strconv"
	"strings"

	"siida.id/internal/instrument"
)

// Profile is what the national form asks for beyond name, main affair, days
// and design. Everything here may follow later.
type Profile struct {
	Initiator, InitiatorName string
	Class                    string   // klasifikasi: one of Classes
	Kind, Shape              string   // jenis and bentuk, spelled as in the pack
	OtherAffairs             []string // urusan beririsan, spelled as in the pack
	Themes                   []string // at most one of each of the pack's groups
	Latitude, Longitude      string   // decimal degrees, as they were typed

	// The rancang bangun but for how it works, which is Design.
	Law, Problem                            string
	GlobalIssue, NationalIssue, LocalIssue  string
	Method, Novelty                         string
	Aim, Benefit, Result                    string
	Rights, Awards                          string
	Programme, Activity, SubActivity, Goals string // Goals are the agency's IKU
	Development                             string // what the latest development changed
	EarlierID                               string // the innovation that this one goes on from
}

// Classes lists whose innovation it may be (klasifikasi), in the national
// words. Those of villages and the community are entered by the kecamatan or
// by the agency that looks after them.
func Classes() []string { return []string{"Perangkat Daerah", "Desa/Kelurahan", "Masyarakat"} }

// parts lists the rancang bangun, with design as how it works.
func (p Profile) parts(design string) []string {
	return []string{p.Law, p.Problem, p.GlobalIssue, p.NationalIssue, p.LocalIssue, p.Method, p.Novelty, design}
}

// textField ties a text of the form to its field; most is how many letters it takes.
type textField struct {
	name string
	most int
	at   *string
}

func (p *Profile) lines() []textField {
	return []textField{
		{"inisiator-nama", longestLine, &p.InitiatorName},
		{"program", longestLine, &p.Programme},
		{"kegiatan", longestLine, &p.Activity},
		{"subkegiatan", longestLine, &p.SubActivity},
	}
}

func (p *Profile) prose() []textField {
	return []textField{
		{"hukum", longestText, &p.Law},
		{"masalah", longestText, &p.Problem},
		{"isu-global", longestText, &p.GlobalIssue},
		{"isu-nasional", longestText, &p.NationalIssue},
		{"isu-lokal", longestText, &p.LocalIssue},
		{"metode", longestText, &p.Method},
		{"keunggulan", longestText, &p.Novelty},
		{"tujuan", longestText, &p.Aim},
		{"manfaat", longestText, &p.Benefit},
		{"hasil", longestText, &p.Result},
		{"haki", longestText, &p.Rights},
		{"penghargaan", longestText, &p.Awards},
		{"iku", longestText, &p.Goals},
		{"perubahan", longestText, &p.Development},
	}
}

// knownTheme reports whether a theme is spelled as in the pack.
func knownTheme(pack *instrument.Pack, theme string) bool {
	return slices.ContainsFunc(pack.Themes, func(g instrument.Group) bool { return slices.Contains(g.Items, theme) })
}

// degrees reports whether text is a decimal number of degrees, with a point or
// a comma, of at most that size.
func degrees(text string, most float64) bool {
	number := strings.Replace(text, ",", ".", 1)
	if strings.Trim(number, "+-.0123456789") != "" {
		return false // no exponents, no words such as inf
	}
	n, err := strconv.ParseFloat(number, 64)
	return err == nil && -most <= n && n <= most
}
