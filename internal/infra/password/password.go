// Package password hashes passwords with Argon2id, encodes the hashes as PHC strings
// ($argon2id$v=19$m=19456,t=2,p=1$salt$key), and estimates how soon a password is guessed.
package password

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/trustelem/zxcvbn"
	"golang.org/x/crypto/argon2"
)

// cost holds the parameters of one hash.
type cost struct {
	memory, time uint32 // KiB, passes
	threads      uint8
}

// currentCost is the minimum of OWASP's password storage cheat sheet: about 22
// ms on the smallest server in use.
var currentCost = cost{memory: 19 << 10, time: 2, threads: 1}

const (
	saltSize      = 16
	keySize       = 32
	maxConcurrent = 2 // 38 MiB at most
)

// sane reports whether the cost of a stored hash is within bounds.
func (c cost) sane() bool {
	return c.memory >= 8*uint32(c.threads) && c.memory <= 64<<10 && c.time >= 1 && c.time <= 8 && c.threads >= 1 && c.threads <= 4
}

// Hasher hashes and verifies, a few passwords at a time; other calls wait.
type Hasher struct {
	random io.Reader
	slots  chan struct{}
}

// New returns a Hasher that reads salts from random.
func New(random io.Reader) *Hasher { return &Hasher{random, make(chan struct{}, maxConcurrent)} }

// Hash returns the PHC string of password.
func (h *Hasher) Hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltSize)
	if _, err := io.ReadFull(h.random, salt); err != nil {
		return "", fmt.Errorf("salt: %w", err)
	}
	key, err := h.key(ctx, password, stored{cost: currentCost, salt: salt, key: make([]byte, keySize)})
	if err != nil {
		return "", err
	}
	return stored{currentCost, salt, key}.String(), nil
}

// Verify reports whether phc is the hash of password. An empty phc matches
// nothing, and takes as long as a real one.
func (h *Hasher) Verify(ctx context.Context, phc, password string) (bool, error) {
	want := stored{currentCost, make([]byte, saltSize), make([]byte, keySize)}
	if phc != "" {
		var err error
		if want, err = parse(phc); err != nil {
			return false, err
		}
	}
	key, err := h.key(ctx, password, want)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(key, want.key) == 1 && phc != "", nil
}

// NeedsRehash reports whether the cost of phc differs from the current one.
func (h *Hasher) NeedsRehash(phc string) bool {
	s, err := parse(phc)
	return err != nil || s.cost != currentCost || len(s.salt) != saltSize || len(s.key) != keySize
}

// enoughGuesses is what zxcvbn calls safely unguessable: a score of 3 of 4, 10^8 guesses.
const enoughGuesses = 3

// maxEstimated is the number of characters that are estimated, which takes 20 ms at
// most: a longer password is no easier to guess.
const maxEstimated = 48

// Guessable reports whether somebody who knows words would find the password within
// 10^8 guesses. Beside them zxcvbn knows 30,000 common passwords, as many English words
// and names, keyboards, dates and sequences.
func (*Hasher) Guessable(password string, words []string) bool {
	letters := []rune(password)
	return zxcvbn.PasswordStrength(string(letters[:min(len(letters), maxEstimated)]), words).Score < enoughGuesses
}

func (h *Hasher) key(ctx context.Context, password string, s stored) ([]byte, error) {
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, fmt.Errorf("wait for a password hash: %w", ctx.Err())
	}
	defer func() { <-h.slots }()
	return argon2.IDKey([]byte(password), s.salt, s.time, s.memory, s.threads, uint32(len(s.key))), nil //nolint:gosec // parse bounds the length
}

// stored is a parsed PHC string.
type stored struct {
	cost
	salt, key []byte
}

func (s stored) String() string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, s.memory, s.time, s.threads,
		base64.RawStdEncoding.EncodeToString(s.salt), base64.RawStdEncoding.EncodeToString(s.key))
}

// errUnreadable does not contain the string, which must not be logged.
var errUnreadable = errors.New("stored password hash is unreadable")

func parse(phc string) (s stored, err error) {
	parts := strings.Split(phc, "$")
	if len(parts) != 6 {
		return stored{}, errUnreadable
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &s.memory, &s.time, &s.threads); err != nil {
		return stored{}, errUnreadable
	}
	s.salt, err = base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return stored{}, errUnreadable
	}
	s.key, err = base64.RawStdEncoding.DecodeString(parts[5])
	// It must format to the same string; else something was ignored.
	if err != nil || !s.sane() || len(s.salt) < 8 || len(s.salt) > 64 || len(s.key) < 16 || len(s.key) > 64 || s.String() != phc {
		return stored{}, errUnreadable
	}
	return s, nil
}
