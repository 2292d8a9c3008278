package account_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"siida.id/internal/account"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
)

// taker stops at the first password that passes the rules.
type taker struct{ *plain }

var errTaken = errors.New("taken")

func (taker) Hash(context.Context, string) (string, error) { return "", errTaken }

// What Enrol says of a password of Rina Wulandari, who signs in as rina.w.
func TestPasswords(t *testing.T) {
	s := &account.Service{Passwords: taker{}}
	ctx := actor.With(t.Context(), actor.Actor{ID: "a", Assignments: []actor.Assignment{{Role: actor.Admin}}})
	for password, want := range map[string]string{
		"":                                   "account.password_missing",
		"elevenchars":                        "account.password_short",
		"sebelas kar":                        "account.password_short",
		strings.Repeat("kuda ", 26):          "account.password_long",
		"aaaaaaaaaaaaaaaa":                   "account.password_common",
		"121212121212":                       "account.password_common",
		"123456789012":                       "account.password_common",
		"Qwertyuiop12":                       "account.password_common",
		"P@ssw0rd1234":                       "account.password_common",
		"password2026":                       "account.password_common",
		"PasswordPassword":                   "account.password_common",
		"siida-siida-siida":                  "account.password_common",
		"SIIDA2026!!!":                       "account.password_common",
		"LampungSelatan":                     "account.password_common",
		"lampung_selatan_2026":               "account.password_common",
		"inovasi.inovasi":                    "account.password_common",
		"rina.w rina.w":                      "account.password_common",
		"rinawulandari":                      "account.password_common",
		"Wulandari-1987":                     "account.password_common",
		"RinaWulandari@2026":                 "account.password_common",
		"1987-siida-1945":                    "account.password_common",
		"kuda baterai jepit benar":           "",
		"inovasi kuda jepit":                 "",
		"siida-9x7!kq2-vb":                   "",
		"8301947265018374":                   "",
		"ßäöü ñandú œuvre":                   "",
		"\xff\xfe kata sandi biner x":        "",
		strings.Repeat("kuda jepi", 7) + "!": "",
	} {
		_, err := s.Enrol(ctx, account.Person{Name: "Rina Wulandari", Login: "rina.w"}, password)
		got := ""
		if !errors.Is(err, errTaken) {
			got = fault.FieldsOf(err)[0].Key
		}
		if got != want {
			t.Errorf("%q: %s, want %s", password, got, want)
		}
	}
}
