// Package decimal is exact arithmetic for points. Weights such as 0.38 decide
// who wins an award, so no figure is a float: a Decimal is an integer of
// ten-thousandths, a Ratio a fraction such as a mean, and a Rounded the printed
// form of either, rounded half up once from the exact value.
package decimal

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Places is the number of decimals of a Decimal.
const Places = 4

const scale = 10_000

// Decimal is an exact number, counted in ten-thousandths. Decimals may be
// added and compared; to multiply, use Times, to divide, Over.
type Decimal int64

// Errors of Parse.
var (
	ErrSyntax = errors.New("not a plain decimal number")
	ErrPlaces = errors.New("more than four decimals")
	ErrRange  = errors.New("number too large")
)

// FromInt returns n as a Decimal.
func FromInt(n int) Decimal { return Decimal(n) * scale }

// Parse reads a number as JSON writes it, without exponent: "0.38". No number
// here is negative, so a sign is refused.
func Parse(s string) (Decimal, error) {
	whole, fraction, point := strings.Cut(s, ".")
	if !digits(whole) || point && !digits(fraction) || len(whole) > 1 && whole[0] == '0' {
		return 0, fmt.Errorf("%q: %w", s, ErrSyntax)
	}
	if len(fraction) > Places {
		return 0, fmt.Errorf("%s: %w", s, ErrPlaces)
	}
	n, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", Places-len(fraction)), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", s, ErrRange)
	}
	return Decimal(n), nil
}

// Must is Parse for constants; it panics on an error.
func Must(s string) Decimal {
	d, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// Times returns d × n. It panics on overflow: a wrong figure is worse than
// none.
func (d Decimal) Times(n int) Decimal {
	product := d * Decimal(n)
	if n != 0 && product/Decimal(n) != d {
		panic(fmt.Sprintf("decimal: %s times %d is out of range", d, n))
	}
	return product
}

// Ratio returns d as a fraction.
func (d Decimal) Ratio() Ratio { return Over(d, 1) }

// Round returns d with places decimals, rounded half up.
func (d Decimal) Round(places int) Rounded { return d.Ratio().Round(places) }

// Exact returns d with as many decimals as it needs.
func (d Decimal) Exact() Rounded {
	r := Rounded{d, Places}
	for rest := d; r.Places > 0 && rest%10 == 0; rest /= 10 {
		r.Places--
	}
	return r
}

// String writes d with as many decimals as it needs: "3", "0.38".
func (d Decimal) String() string { return d.Exact().String() }

// MarshalJSON writes d as a number.
func (d Decimal) MarshalJSON() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalJSON reads the number's own digits; a string or null is an error.
func (d *Decimal) UnmarshalJSON(literal []byte) (err error) {
	*d, err = Parse(string(literal))
	return err
}

// Rounded is a figure as it is printed: a value with its number of decimals.
type Rounded struct {
	Value  Decimal
	Places int
}

// String writes r with a decimal point: "47.04". Pages use i18n.Decimal.
func (r Rounded) String() string {
	if r.Value < 0 {
		return "-" + Rounded{-r.Value, r.Places}.String()
	}
	whole := strconv.FormatInt(int64(r.Value/scale), 10)
	if r.Places == 0 {
		return whole
	}
	return whole + "." + fmt.Sprintf("%04d", r.Value%scale)[:r.Places]
}
