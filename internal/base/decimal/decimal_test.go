package decimal_test

import (
	"encoding/json"
	"errors"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"siida.id/internal/base/decimal"
)

func TestParse(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0", "3": "3", "0.38": "0.38", "0.5000": "0.5", "0.125": "0.125", "100.0001": "100.0001", "922337203685477.5807": "922337203685477.5807",
	} {
		d, err := decimal.Parse(text)
		if err != nil || d.String() != want {
			t.Errorf("Parse(%s) = %s, %v; want %s", text, d, err, want)
		}
	}
	for text, want := range map[string]error{
		"": decimal.ErrSyntax, "-1": decimal.ErrSyntax, "+1": decimal.ErrSyntax, ".5": decimal.ErrSyntax, "1.": decimal.ErrSyntax,
		"01": decimal.ErrSyntax, "1e2": decimal.ErrSyntax, "1,5": decimal.ErrSyntax, `"1"`: decimal.ErrSyntax, "null": decimal.ErrSyntax,
		"٣": decimal.ErrSyntax, "0.12345": decimal.ErrPlaces, "0.10000": decimal.ErrPlaces, "922337203685477.5808": decimal.ErrRange,
	} {
		if d, err := decimal.Parse(text); !errors.Is(err, want) {
			t.Errorf("Parse(%s) = %s, %v; want %v", text, d, err, want)
		}
	}
}

func TestRoundHalfUp(t *testing.T) {
	for _, tt := range []struct {
		number string
		over   int
		places int
		want   string
	}{
		{"0.005", 1, 2, "0.01"},
		{"0.0049", 1, 2, "0.00"},
		{"0.0149", 3, 2, "0.00"}, // 0.004966…
		{"0.015", 3, 2, "0.01"},  // exactly half
		{"640", 12, 4, "53.3333"},
		{"2", 3, 4, "0.6667"},
		{"99.995", 1, 2, "100.00"},
		{"2.5", 1, 0, "3"},
	} {
		if got := decimal.Over(decimal.Must(tt.number), tt.over).Round(tt.places).String(); got != tt.want {
			t.Errorf("%s/%d to %d places = %s, want %s", tt.number, tt.over, tt.places, got, tt.want)
		}
	}
}

func TestZeroAndMinus(t *testing.T) {
	var zero decimal.Ratio
	if got := zero.Add(decimal.FromInt(2)).PercentOf(decimal.FromInt(8)); got.String() != "25" || !got.Equal(decimal.FromInt(25).Ratio()) {
		t.Errorf("2 of 8 is %s percent", got)
	}
	if got := decimal.Decimal(-12345).String(); got != "-1.2345" {
		t.Errorf("got %s", got)
	}
}

// Overflow panics instead of wrapping around.
func TestOverflowPanics(t *testing.T) {
	huge := decimal.Decimal(1<<63 - 1)
	for name, operation := range map[string]func(){
		"times":   func() { huge.Times(2) },
		"add":     func() { decimal.Over(huge, 7).Add(huge).Add(huge).Add(huge) },
		"percent": func() { decimal.Over(huge, 7).PercentOf(1) },
		"divide":  func() { decimal.Over(1, 0) },
		"share":   func() { decimal.Over(1, 1).PercentOf(0) },
		"below":   func() { decimal.Over(1, 1).Add(-1) },
		"minus":   func() { decimal.Over(1, 1).Minus(decimal.Over(2, 1)) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			operation()
		})
	}
}

func TestJSON(t *testing.T) {
	var d struct{ W decimal.Decimal }
	if err := json.Unmarshal([]byte(`{"W": 0.38}`), &d); err != nil || d.W != 3800 {
		t.Fatalf("%v, %v", d, err)
	}
	if text, err := json.Marshal(d); err != nil || string(text) != `{"W":0.38}` {
		t.Errorf("%s, %v", text, err)
	}
	for _, text := range []string{`{"W": "0.38"}`, `{"W": 3.8e-1}`, `{"W": null}`, `{"W": 0.38001}`} {
		if err := json.Unmarshal([]byte(text), &d); err == nil {
			t.Errorf("%s was taken", text)
		}
	}
}

// A formatted number parses to itself, and fractions agree with big.Rat.
func TestAgainstBig(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := decimal.Decimal(rapid.Int64Range(0, 1<<40).Draw(t, "d"))
		e := decimal.Decimal(rapid.Int64Range(0, 1<<40).Draw(t, "e"))
		whole := decimal.Decimal(rapid.Int64Range(1, 1<<30).Draw(t, "whole"))
		n := rapid.IntRange(1, 1<<10).Draw(t, "n")
		if back := decimal.Must(d.String()); back != d {
			t.Fatalf("%s came back as %s", d, back)
		}
		got := decimal.Over(d, n).Add(e).PercentOf(whole)
		want := new(big.Rat).Quo(rat(d), big.NewRat(int64(n), 1))
		want.Add(want, rat(e)).Quo(want, rat(whole)).Mul(want, big.NewRat(100, 1))
		if got.String() != want.RatString() {
			t.Fatalf("(%s/%d + %s) of %s = %s, want %s", d, n, e, whole, got, want.RatString())
		}
		one, other := decimal.Over(d, n), decimal.Over(e, rapid.IntRange(1, 1<<10).Draw(t, "m"))
		sum, left, right := one.Plus(other), fraction(one), fraction(other)
		if want := left.Add(left, right); sum.String() != want.RatString() || !sum.Minus(other).Equal(one) || sum.Compare(one) != want.Cmp(fraction(one)) {
			t.Fatalf("%s + %s = %s, want %s", one, other, sum, want.RatString())
		}
		places := rapid.IntRange(0, 4).Draw(t, "places")
		if got, want := got.Round(places).String(), halfUp(want, places); got != want {
			t.Fatalf("rounded to %d: %s, want %s", places, got, want)
		}
	})
}

func fraction(r decimal.Ratio) *big.Rat {
	f, _ := new(big.Rat).SetString(r.String())
	return f
}

func rat(d decimal.Decimal) *big.Rat { return big.NewRat(int64(d), 10_000) }

func halfUp(r *big.Rat, places int) string {
	unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil)
	n := new(big.Rat).Mul(r, new(big.Rat).SetInt(unit))
	n.Add(n, big.NewRat(1, 2))
	floor := new(big.Int).Quo(n.Num(), n.Denom())
	return new(big.Rat).SetFrac(floor, unit).FloatString(places)
}
