package auth_test

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"testing"

	"siida.id/internal/infra/password"

	"siida.id/internal/account"
	"siida.id/internal/auth"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
)

// taker accepts each password that passes the rules with errTaken.
type taker struct{ *password.Hasher }

var errTaken = errors.New("taken")

func (taker) Hash(context.Context, string) (string, error) { return "", errTaken }

// Enrol checks a password of Rina Wulandari, whose login is rina.w.
func TestPasswords(t *testing.T) {
	s := &auth.Service{Passwords: taker{password.New(rand.Reader)}}
	ctx := actor.With(t.Context(), actor.Actor{ID: "a", Assignments: []actor.Assignment{{Role: actor.Admin}}})
	for password, want := range map[string]string{
		"":                                   "auth.password_missing",
		"elevenchars":                        "auth.password_short",
		"sebelas kar":                        "auth.password_short",
		strings.Repeat("kuda ", 26):          "auth.password_long",
		"aaaaaaaaaaaaaaaa":                   "auth.password_common",
		"121212121212":                       "auth.password_common",
		"123456789012":                       "auth.password_common",
		"Qwertyuiop12":                       "auth.password_common",
		"P@ssw0rd1234":                       "auth.password_common",
		"password2026":                       "auth.password_common",
		"PasswordPassword":                   "auth.password_common",
		"siida-siida-siida":                  "auth.password_common",
		"SIIDA2026!!!":                       "auth.password_common",
		"LampungSelatan":                     "auth.password_common",
		"lampung_selatan_2026":               "auth.password_common",
		"inovasi.inovasi":                    "auth.password_common",
		"rina.w rina.w":                      "auth.password_common",
		"rinawulandari":                      "auth.password_common",
		"Wulandari-1987":                     "auth.password_common",
		"RinaWulandari@2026":                 "auth.password_common",
		"1987-siida-1945":                    "auth.password_common",
		"17agustus1945":                      "auth.password_common",
		"kabupatensatu":                      "auth.password_common",
		"bandarlampung":                      "auth.password_common",
		"!QAZ2wsx3edc":                       "auth.password_common",
		"Kecamatan Natar 2026":               "auth.password_common",
		"semangatpagi":                       "auth.password_common",
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
