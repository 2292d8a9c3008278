// Package otp generates the secrets of second factors, and verifies the codes that an
// app computes from them (RFC 6238: six digits, thirty seconds).
package otp

import (
	"crypto/subtle"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"siida.id/internal/infra/seal"
)

const (
	period     = 30 // seconds
	secretSize = 20 // bytes, the size of a SHA-1
	skew       = 1  // steps of allowed clock skew
)

var encoding = base32.StdEncoding.WithPadding(base32.NoPadding)

// Factors implements auth.Factors. Errors for a secret that cannot be opened are Sealed.
type Factors struct {
	Issuer string // shown by the app
	Random io.Reader
	Box    *seal.Box // seals secrets, each for its person
	Sealed error
}

// Secret returns a new secret for a person, sealed.
func (f *Factors) Secret(person string) (string, error) {
	secret := make([]byte, secretSize)
	if _, err := io.ReadFull(f.Random, secret); err != nil {
		return "", fmt.Errorf("make a secret: %w", err)
	}
	return f.Box.Seal(encoding.EncodeToString(secret), person)
}

// Seal returns a secret sealed for a person; changed is false if it was.
func (f *Factors) Seal(secret, person string) (sealed string, changed bool, err error) {
	if seal.Sealed(secret) {
		return secret, false, nil
	}
	sealed, err = f.Box.Seal(secret, person)
	return sealed, err == nil, err
}

// open returns a secret in clear.
func (f *Factors) open(secret, person string) (string, error) {
	if !seal.Sealed(secret) { // of an earlier version
		return secret, nil
	}
	clear, err := f.Box.Open(secret, person)
	if errors.Is(err, seal.ErrOtherKey) {
		err = fmt.Errorf("%w: %w", f.Sealed, err)
	}
	return clear, err
}

// Reveal returns a secret as one types it into an app, and the otpauth URL with which an
// app adds it.
func (f *Factors) Reveal(secret, person, login string) (typed, link string, err error) {
	if typed, err = f.open(secret, person); err != nil {
		return "", "", err
	}
	bytes, err := encoding.DecodeString(typed)
	if err != nil {
		return "", "", fmt.Errorf("read a secret: %w", err)
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: f.Issuer, AccountName: login, Secret: bytes, Period: period})
	if err != nil {
		return "", "", fmt.Errorf("make a link: %w", err)
	}
	return typed, key.URL(), nil
}

// Step returns the time step of a code among those close to at; ok is false for none.
func (f *Factors) Step(secret, person, code string, at time.Time) (step int64, ok bool, err error) {
	if secret, err = f.open(secret, person); err != nil {
		return 0, false, err
	}
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
