package innovation

import (
	"slices"
	"strconv"
	"strings"

	"siida.id/internal/base/fault"
	"siida.id/internal/instrument"
)

// Profile has the fields of the national form except name, main affair, days and
// design. All are optional.
type Profile struct {
	Initiator, InitiatorName string
	Class                    string   // klasifikasi: one of Classes
	Kind, Shape              string   // jenis and bentuk, spelled as in the pack
	OtherAffairs             []string // urusan beririsan, spelled as in the pack
	Themes                   []string // at most one of each of the pack's groups
	Latitude, Longitude      string   // decimal degrees, as they were typed

	// The rancang bangun without how it works, which is Innovation.Design.
	Law, Problem                            string
	GlobalIssue, NationalIssue, LocalIssue  string
	Method, Novelty                         string
	Aim, Benefit, Result                    string
	Rights, Awards                          string
	Programme, Activity, SubActivity, Goals string // Goals are the agency's IKU
	Development                             string // what its latest development changed
	EarlierID                               string // of the innovation that this one continues
}

// Classes returns the classes of innovations (klasifikasi), spelled as in the
// national form. Those of villages and communities are entered by the kecamatan or
// the agency responsible for them.
func Classes() []string { return []string{"Perangkat Daerah", "Desa/Kelurahan", "Masyarakat"} }

// parts returns the parts of the rancang bangun; design is how it works.
func (p Profile) parts(design string) []string {
	return []string{p.Law, p.Problem, p.GlobalIssue, p.NationalIssue, p.LocalIssue, p.Method, p.Novelty, design}
}

// textField connects a text of the form with its field; max is its limit in
// characters.
type textField struct {
	name fault.FieldName
	max  int
	at   *string
}

func (p *Profile) lines() []textField {
	return []textField{
		{"initiator_name", longestLine, &p.InitiatorName},
		{"programme", longestLine, &p.Programme},
		{"activity", longestLine, &p.Activity},
		{"sub_activity", longestLine, &p.SubActivity},
	}
}

func (p *Profile) prose() []textField {
	return []textField{
		{"law", longestText, &p.Law},
		{"problem", longestText, &p.Problem},
		{"global_issue", longestText, &p.GlobalIssue},
		{"national_issue", longestText, &p.NationalIssue},
		{"local_issue", longestText, &p.LocalIssue},
		{"method", longestText, &p.Method},
		{"novelty", longestText, &p.Novelty},
		{"aim", longestText, &p.Aim},
		{"benefit", longestText, &p.Benefit},
		{"result", longestText, &p.Result},
		{"rights", longestText, &p.Rights},
		{"awards", longestText, &p.Awards},
		{"goals", longestText, &p.Goals},
		{"development", longestText, &p.Development},
	}
}

// knownTheme reports whether the pack has a theme of that spelling.
func knownTheme(pack *instrument.Pack, theme string) bool {
	return slices.ContainsFunc(pack.Themes, func(g instrument.Group) bool { return slices.Contains(g.Items, theme) })
}

// degrees reports whether text is a decimal number of degrees, with a point or a
// comma, whose absolute value is at most max.
func degrees(text string, max float64) bool {
	number := strings.Replace(text, ",", ".", 1)
	if strings.Trim(number, "+-.0123456789") != "" {
		return false // no exponents, no words such as inf
	}
	n, err := strconv.ParseFloat(number, 64)
	return err == nil && -max <= n && n <= max
}
