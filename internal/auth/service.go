package auth

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/uow"
)

// Service has the rules of signing in.
type Service struct {
	Store     Store
	Accounts  *account.Service
	Uses      *SessionUses
	Endings   *SessionEndings
	Passwords Passwords
	Factors   Factors
	Log       Log
	// Tx runs what signs people in and out. It works while the disk is full, as long
	// as there is a reserve.
	Tx uow.Transactor
	// Exclusive runs what adds people: it locks the region exclusively and reads the
	// actor again.
	Exclusive uow.Transactor
	NewID     func() string
	Now       func() time.Time
	Random    io.Reader // of tokens; crypto/rand.Reader
	// Observe is called with the result of each sign-in, concurrently; nil for none.
	Observe func(result SignInResult)
}

// The events of this room in the audit log.
const (
	EventSignedIn         audit.Event = "auth.signed_in"
	EventSignInFailed     audit.Event = "auth.sign_in_failed"
	EventSignedOut        audit.Event = "auth.signed_out"
	EventSetUp            audit.Event = "auth.set_up"
	EventEnrolled         audit.Event = "auth.enrolled"
	EventCodeUsed         audit.Event = "auth.code_used"
	EventPasswordChanged  audit.Event = "auth.password_changed"
	EventSessionsEnded    audit.Event = "auth.sessions_ended"
	EventPasswordAccepted audit.Event = "auth.password_accepted"
	EventFactorEnabled    audit.Event = "auth.factor_enabled"
	EventFactorDisabled   audit.Event = "auth.factor_disabled"
	EventFactorFailed     audit.Event = "auth.factor_failed"
	EventRecoveryRenewed  audit.Event = "auth.recovery_renewed"
)

// Enrol adds a person with the name and the login of p, a password and assignments.
// Only an administrator of the whole region may; an assignment without a start begins
// now.
func (s *Service) Enrol(ctx context.Context, p account.Person, password string, assignments ...account.Assignment) (account.Person, error) {
	mayEnrol := func(ctx context.Context) error {
		if !actor.From(ctx).Serves("", actor.Admin) {
			return fault.New(fault.Forbidden, "fault.forbidden")
		}
		return nil
	}
	if err := mayEnrol(ctx); err != nil {
		return account.Person{}, err
	}
	p, hash, err := s.prepare(ctx, SetupForm{Name: p.Name, Login: p.Login, Password: password, Again: password})
	if err != nil {
		return account.Person{}, err
	}
	assignments = slices.Clone(assignments)
	for i, a := range assignments {
		assignments[i].ID = s.NewID()
		if a.From.IsZero() {
			assignments[i].From = s.Now()
		}
	}
	err = s.Exclusive.InTx(ctx, func(ctx context.Context) error {
		if err := mayEnrol(ctx); err != nil {
			return err
		}
		if err := s.add(ctx, p, hash, assignments); err != nil {
			return err
		}
		return s.Log.Append(ctx, audit.Person.Of(p.ID), EventEnrolled, audit.Details{audit.KeyName: p.Name, audit.KeyLogin: p.Login})
	})
	if err != nil {
		return account.Person{}, fmt.Errorf("enrol %s: %w", p.ID, err)
	}
	return p, nil
}

// prepare returns the person of a form and the hash of their password, or all
// mistakes. The hash is computed here, outside a transaction, because it is slow.
func (s *Service) prepare(ctx context.Context, form SetupForm) (p account.Person, hash string, err error) {
	form, err = s.readSetup(form)
	if err != nil {
		return account.Person{}, "", err
	}
	if hash, err = s.Passwords.Hash(ctx, form.Password); err != nil {
		return account.Person{}, "", fmt.Errorf("hash a password: %w", err)
	}
	return account.Person{ID: s.NewID(), Name: form.Name, Login: form.Login, Active: true}, hash, nil
}

func (s *Service) add(ctx context.Context, p account.Person, hash string, assignments []account.Assignment) error {
	if err := s.Accounts.Add(ctx, p, assignments); err != nil {
		return err
	}
	return s.Store.SetPasswordHash(ctx, p.ID, hash)
}

// The size of a token, in bytes and in base64.
const tokenSize, tokenLength = 32, 43

// token returns a new secret of 256 bits for a cookie or a link.
func (s *Service) token() (string, error) {
	secret := make([]byte, tokenSize)
	if _, err := io.ReadFull(s.Random, secret); err != nil {
		return "", fmt.Errorf("make a token: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(secret), nil
}

// hashed returns what is stored of a token. A token has too many bits to be guessed,
// so a fast hash without salt is enough.
func hashed(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
