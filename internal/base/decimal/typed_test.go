package decimal_test

import (
	"errors"
	"testing"

	"siida.id/internal/base/decimal"
)

func TestCaseB15NumbersAsPeopleWriteThem(t *testing.T) {
	for typed, want := range map[string]string{
		"47,04": "47.04", "47.04": "47.04", " 47,04 ": "47.04", "0": "0", "1": "1", "100": "100", "0,5": "0.5", "0.234": "0.234", "0,234": "0.234",
		"1.234,56": "1234.56", "1,234.56": "1234.56", "1 234,56": "1234.56", "1\u00a0234,5": "1234.5", "1.234.567": "1234567", "1,234,567.8": "1234567.8",
		"1.2345": "1.2345", "1234.567": "1234.567", "1234": "1234", "12.34": "12.34", "1.234,567": "1234.567",
	} {
		if got, err := decimal.ParseTyped(typed); err != nil || got.String() != want {
			t.Errorf("%q = %s, %v, want %s", typed, got, err, want)
		}
	}
	for typed, want := range map[string]error{
		"1.234": decimal.ErrAmbiguous, "1,234": decimal.ErrAmbiguous, "123,456": decimal.ErrAmbiguous,
		"": decimal.ErrSyntax, "x": decimal.ErrSyntax, "-1": decimal.ErrSyntax, "+1": decimal.ErrSyntax, "1e3": decimal.ErrSyntax, ".5": decimal.ErrSyntax, "5.": decimal.ErrSyntax,
		"1.23.456": decimal.ErrSyntax, "1,,2": decimal.ErrSyntax, "1.234.56": decimal.ErrSyntax, "1,234,56": decimal.ErrSyntax, "0.123.456": decimal.ErrSyntax,
		"1.23456": decimal.ErrPlaces, "٣": decimal.ErrSyntax, "01": decimal.ErrSyntax, "1234.567,8": decimal.ErrSyntax,
	} {
		if got, err := decimal.ParseTyped(typed); !errors.Is(err, want) {
			t.Errorf("%q = %s, %v, want %v", typed, got, err, want)
		}
	}
}
