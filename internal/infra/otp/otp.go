// Package otp generates the secrets of second factors, and verifies the codes that an
// app computes from them (RFC 6238: six digits, thirty seconds).
package otp

import (
	"crypto/subtle"
	"encoding/base32"
	"fmt"
	"io"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
)

const (
	period     = 30 // seconds
	secretSize = 20 // bytes, the size of a SHA-1
	skew       = 1  // steps of allowed clock skew
)

var encoding = base32.StdEncoding.WithPadding(base32.NoPadding)

// Factors implements auth.Factors.
type Factors struct {
	Issuer string // shown by the app
	Random io.Reader
}

// Secret returns a new secret.
func (f *Factors) Secret() (string, error) {
	secret := make([]byte, secretSize)
	if _, err := io.ReadFull(f.Random, secret); err != nil {
		return "", fmt.Errorf("make a secret: %w", err)
	}
	return encoding.EncodeToString(secret), nil
}

// Link returns the otpauth URL with which an app adds a secret.
func (f *Factors) Link(secret, login string) (string, error) {
	bytes, err := encoding.DecodeString(secret)
	if err != nil {
		return "", fmt.Errorf("read a secret: %w", err)
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: f.Issuer, AccountName: login, Secret: bytes, Period: period})
	if err != nil {
		return "", fmt.Errorf("make a link: %w", err)
	}
	return key.URL(), nil
}

// Step returns the time step of a code among those close to at; ok is false for none.
func (f *Factors) Step(secret, code string, at time.Time) (step int64, ok bool, err error) {
	now := at.Unix() / period
	opts := totp.ValidateOpts{Period: period, Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}
	for n := now - skew; n <= now+skew; n++ {
		want, err := totp.GenerateCodeCustom(secret, time.Unix(n*period, 0), opts)
		if err != nil {
			return 0, false, fmt.Errorf("make a code: %w", err)
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			return n, true, nil
		}
	}
	return 0, false, nil
}
