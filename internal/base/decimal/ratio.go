package decimal

import (
	"cmp"
	"fmt"
	"math"
	"math/bits"
)

// Ratio is an exact fraction, never below zero. Its zero value is zero.
//
// Numerator and denominator have 64 bits and are multiplied with 128, so
// nothing is lost: a region of ten million innovations would need only half of
// them. An overflow panics. (big.Rat gives the same results, but allocates a
// dozen times per region, which is noticeable for the whole nation.)
type Ratio struct {
	num, less uint64 // less is the denominator minus one, so that the zero value is 0/1
}

func (r Ratio) den() uint64 { return r.less + 1 }

// Over returns d / n; n must be at least 1.
func Over(d Decimal, n int) Ratio {
	if d < 0 || n < 1 {
		panic(fmt.Sprintf("decimal: %s over %d", d, n))
	}
	return Ratio{uint64(d), mul(scale, uint64(n)) - 1}
}

// Add returns r + d.
func (r Ratio) Add(d Decimal) Ratio {
	if d < 0 {
		panic("decimal: a ratio is never below zero")
	}
	// r's denominator is usually a multiple of the scale, and need not grow then.
	g := gcd(r.den(), scale)
	num, carry := bits.Add64(mul(r.num, scale/g), mul(uint64(d), r.den()/g), 0)
	if carry != 0 {
		panic("decimal: out of range")
	}
	return Ratio{num, mul(r.den(), scale/g) - 1}
}

// PercentOf returns r as a percentage of whole.
func (r Ratio) PercentOf(whole Decimal) Ratio {
	if whole <= 0 {
		panic("decimal: a share of nothing")
	}
	g := gcd(r.den(), 100*scale)
	return Ratio{mul(r.num, 100*scale/g), mul(r.den()/g, uint64(whole)) - 1}
}

// Round returns r with places decimals, at most four, rounded half up from the
// exact value.
func (r Ratio) Round(places int) Rounded {
	unit := uint64(1) // how many ten-thousandths one unit of the last place is
	for range Places - places {
		unit *= 10
	}
	hi, lo := bits.Mul64(r.num, scale/unit)
	if hi >= r.den() {
		panic("decimal: out of range")
	}
	quotient, rest := bits.Div64(hi, lo, r.den())
	if rest >= r.den()-rest {
		quotient++
	}
	value := mul(quotient, unit)
	if value > math.MaxInt64 {
		panic("decimal: out of range")
	}
	return Rounded{Decimal(value), places}
}

// Equal reports whether r and s are the same number.
func (r Ratio) Equal(s Ratio) bool { return r.Compare(s) == 0 }

// String writes r as a reduced fraction: "640/12" is "160/3".
func (r Ratio) String() string {
	g := gcd(r.num, r.den())
	if r.den() == g {
		return fmt.Sprint(r.num / g)
	}
	return fmt.Sprintf("%d/%d", r.num/g, r.den()/g)
}

func mul(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	if hi != 0 {
		panic("decimal: out of range")
	}
	return lo
}

func gcd(a, b uint64) uint64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// Plus returns r + s.
func (r Ratio) Plus(s Ratio) Ratio {
	g := gcd(r.den(), s.den())
	num, carry := bits.Add64(mul(r.num, s.den()/g), mul(s.num, r.den()/g), 0)
	if carry != 0 {
		panic("decimal: out of range")
	}
	return Ratio{num, mul(r.den(), s.den()/g) - 1}
}

// Minus returns r - s; s must not be larger than r.
func (r Ratio) Minus(s Ratio) Ratio {
	g := gcd(r.den(), s.den())
	num, borrow := bits.Sub64(mul(r.num, s.den()/g), mul(s.num, r.den()/g), 0)
	if borrow != 0 {
		panic("decimal: a ratio is never below zero")
	}
	return Ratio{num, mul(r.den(), s.den()/g) - 1}
}

// Compare returns -1, 0 or +1 if r is less than, equal to, or greater than s.
func (r Ratio) Compare(s Ratio) int {
	rhi, rlo := bits.Mul64(r.num, s.den())
	shi, slo := bits.Mul64(s.num, r.den())
	return cmp.Or(cmp.Compare(rhi, shi), cmp.Compare(rlo, slo))
}
