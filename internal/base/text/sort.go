package text

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// SortKey returns the key by whose bytes lists of names are ordered, in SQL and in
// Go. Case, accents and signs do not count, and an apostrophe does not part a word:
// "Ma'ruf" stands with "Maruf", "É" with "e". A number counts by its value, so that 9
// comes before 10, and before any letter. A letter that is none of a to z with an accent,
// such as ø, comes after z.
//
// Keys are stored: if this function changes, they have to be recomputed.
func SortKey(name string) string {
	var key strings.Builder
	var number []byte
	space := false // a sign stood before what comes next
	part := func() {
		if space && key.Len() > 0 {
			key.WriteByte(' ')
		}
		space = false
	}
	endNumber := func() {
		if len(number) == 0 {
			return
		}
		part()
		digits := strings.TrimLeft(string(number), "0")
		key.WriteString(strconv.Itoa(min(len(digits), 9)) + digits) // of more digits the first ones decide
		number = number[:0]
	}
	for _, r := range norm.NFKD.String(name) {
		if '0' <= r && r <= '9' {
			number = append(number, byte(r))
			continue
		}
		endNumber()
		switch {
		case unicode.Is(unicode.M, r) || strings.ContainsRune("'’‘ʼʻ`´", r):
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			part()
			key.WriteRune(unicode.ToLower(r))
		default:
			space = true
		}
	}
	endNumber()
	return key.String()
}

// SameName reports whether people would take one name for the other: their SortKeys are
// the same. Names of signs alone are compared without regard to case.
func SameName(a, b string) bool {
	key := SortKey(a)
	return key == SortKey(b) && (key != "" || strings.EqualFold(norm.NFKC.String(a), norm.NFKC.String(b)))
}

// SortByName orders list by the SortKey of its names, and those that are alike by id.
// Each key is made once.
func SortByName[T any](list []T, of func(T) (name, id string)) {
	type keyed struct {
		key, id string
		value   T
	}
	all := make([]keyed, len(list))
	for i, v := range list {
		name, id := of(v)
		all[i] = keyed{SortKey(name), id, v}
	}
	slices.SortStableFunc(all, func(a, b keyed) int { return cmp.Or(strings.Compare(a.key, b.key), strings.Compare(a.id, b.id)) })
	for i, k := range all {
		list[i] = k.value
	}
}
