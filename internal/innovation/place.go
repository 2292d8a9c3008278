package innovation

import (
	"regexp"
	"strconv"
	"strings"

	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
)

// A coordinate as people and maps write it: decimal degrees with a point or a comma, or
// degrees, minutes and seconds, with a sign or the direction behind it, in Indonesian
// (LU, LS, BT, BB) or English.
var (
	coordinate = `([-+−]?\d{1,3}(?:[.,]\d+)?)\s*°?\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*['′’]\s*)?(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:"|″|”|'')\s*)?(LU|LS|BT|BB|[NSEWUTB])?`
	oneForm    = regexp.MustCompile(`(?i)^` + coordinate + `$`)
	pairForm   = regexp.MustCompile(`(?i)^\(?` + coordinate + `(?:\s*[,;/]\s*|\s+)` + coordinate + `\)?$`)
)

const (
	maxLatitude  = 90
	maxLongitude = 180
)

// place reads the coordinates. Both may stand in either field, as a map copies them; the
// longitude is put second where only that is possible. A plain number stays as it was
// typed.
func (i *Innovation) place(check *fault.Check) {
	i.Latitude, i.Longitude = text.Line(i.Latitude), text.Line(i.Longitude)
	if i.Latitude == "" && i.Longitude == "" {
		return
	}
	for _, both := range []string{i.Latitude, i.Longitude} {
		other := i.Latitude + i.Longitude
		if pair := pairForm.FindStringSubmatch(both); pair != nil && oneForm.FindString(both) == "" && (other == both || other == both+both) {
			i.Latitude, i.Longitude = written(pair[1:5]), written(pair[5:9])
			if !degrees(i.Latitude, maxLatitude) && degrees(i.Latitude, maxLongitude) && degrees(i.Longitude, maxLatitude) {
				i.Latitude, i.Longitude = i.Longitude, i.Latitude
			}
			break
		}
	}
	for _, at := range []*string{&i.Latitude, &i.Longitude} {
		if one := oneForm.FindStringSubmatch(*at); one != nil {
			*at = written(one[1:])
		}
	}
	check.That(degrees(i.Latitude, maxLatitude), "latitude", "innovation.latitude_unclear")
	check.That(degrees(i.Longitude, maxLongitude), "longitude", "innovation.longitude_unclear")
}

// written returns a coordinate of degrees, minutes, seconds and a direction as a decimal
// number; one of degrees alone as it was typed.
func written(parts []string) string {
	whole, direction := strings.ReplaceAll(parts[0], "−", "-"), strings.ToUpper(parts[3])
	negative := strings.HasPrefix(whole, "-")
	switch direction {
	case "S", "LS", "W", "BB", "B": // with a sign too it says the same twice
		negative = true
	case "":
	default:
		if negative { // two that contradict each other: as it was typed, which is no number
			return strings.Join(parts, " ")
		}
	}
	bare := strings.TrimLeft(whole, "+-")
	if parts[1] != "" || parts[2] != "" {
		n := number(bare) + number(parts[1])/60 + number(parts[2])/3600
		bare = strings.Replace(strconv.FormatFloat(n, 'f', 6, 64), ".", ",", 1)
	} else if direction == "" {
		return whole
	}
	if negative {
		return "-" + bare
	}
	return bare
}

// number returns a number of digits with a point or a comma; zero for none.
func number(s string) float64 {
	n, _ := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64) // the form has digits
	return n
}
