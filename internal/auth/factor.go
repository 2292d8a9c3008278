package auth

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"siida.id/internal/account"
	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/lettercode"
)

const (
	recoveryCodes = 10
	stepLasts     = 15 * time.Minute // to enter a code of the second factor, or to set one up
)

// Factor is a person's second factor: an app that computes codes from a shared
// secret.
type Factor struct {
	Secret    string
	Confirmed bool // in use; before that the person has not entered a code
	Recovery  int  // recovery codes that are left
}

// ErrSealed is the error of a secret that cannot be opened, since it was sealed with
// another key or for another person.
var ErrSealed = errors.New("the secret of a second factor cannot be opened")

// Factors generates secrets and verifies codes. A secret is sealed for one person with
// a key that the database does not have, and opened only inside.
type Factors interface {
	// Secret returns a new secret for a person.
	Secret(person string) (string, error)
	// Reveal returns what a person types into their app, and an otpauth address that
	// does the same, or ErrSealed.
	Reveal(secret, person, login string) (typed, link string, err error)
	// Step returns the time step of a code, among those close to at; ok reports
	// whether there is one. It returns ErrSealed for a secret that cannot be opened.
	Step(secret, person, code string, at time.Time) (step int64, ok bool, err error)
	// Seal returns a secret of an earlier version of the program sealed; changed is
	// false for one that is.
	Seal(secret, person string) (sealed string, changed bool, err error)
}

// Setting is the state of a person's second factor.
type Setting struct {
	Factor
	Person   account.Person
	Link     string // of a secret that is not confirmed yet
	Demanded bool   // the region demands a second factor of them
	Waiting  bool   // they must set one up before they are signed in
}

// nextStage returns the stage of a session after the password of that person.
func (s *Service) nextStage(ctx context.Context, person string) (Stage, error) {
	f, err := s.factor(ctx, person)
	if err != nil || f.Confirmed {
		return Second, err
	}
	demanded, err := s.demanded(ctx, person)
	if err != nil || demanded {
		return Enrolling, err
	}
	return Open, nil
}

// factor returns a person's factor; the zero Factor if they have none.
func (s *Service) factor(ctx context.Context, person string) (Factor, error) {
	f, err := s.Store.Factor(ctx, person)
	if fault.KindOf(err) == fault.NotFound {
		return Factor{}, nil
	}
	return f, err
}

// demanded reports whether the region demands a second factor of a person: of those
// who are admin or BRIDA now.
func (s *Service) demanded(ctx context.Context, person string) (bool, error) {
	demands, err := s.Store.DemandsFactor(ctx)
	if err != nil || !demands {
		return false, err
	}
	list, err := s.Accounts.Store.Assignments(ctx, person)
	return slices.ContainsFunc(list, func(a account.Assignment) bool {
		return account.Leads(a.Role) && a.State(s.Now()) == account.Counting
	}), err
}

// owner returns the person who sets up a second factor: the actor, or the person
// whose session with that token is at the stage Enrolling.
func (s *Service) owner(ctx context.Context, token string) (p Login, waiting bool, err error) {
	if who := actor.From(ctx); who.SignedIn() {
		if err := s.checkSession(ctx); err != nil {
			return Login{}, false, err
		}
		p, err = s.Store.ByID(ctx, who.ID)
	} else {
		waiting = true
		p, err = s.waiting(ctx, token, Enrolling)
	}
	return p, waiting, err
}

func (s *Service) waiting(ctx context.Context, token string, stage Stage) (Login, error) {
	if s.signedOut(ctx, token) {
		return Login{}, fault.New(fault.Unknown, "fault.sign_in")
	}
	p, err := s.Store.AtStage(ctx, hashed(token), stage, s.within(stepLasts))
	if fault.KindOf(err) == fault.NotFound {
		err = fault.New(fault.Unknown, "fault.sign_in")
	}
	return p, err
}

// Setting returns the state of the second factor of the actor, or of the person whose
// session with that token is at the stage Enrolling.
func (s *Service) Setting(ctx context.Context, token string) (v Setting, err error) {
	p, waiting, err := s.owner(ctx, token)
	if err != nil {
		return Setting{}, err
	}
	v.Person, v.Waiting = p.Person, waiting
	if v.Factor, err = s.factor(ctx, v.Person.ID); err != nil {
		return Setting{}, fmt.Errorf("second factor: %w", err)
	}
	if v.Demanded, err = s.demanded(ctx, v.Person.ID); err != nil {
		return Setting{}, fmt.Errorf("second factor: %w", err)
	}
	sealed := v.Secret
	v.Secret = ""
	if sealed == "" || v.Confirmed { // a confirmed secret is not shown again
		return v, nil
	}
	v.Secret, v.Link, err = s.Factors.Reveal(sealed, v.Person.ID, v.Person.Login)
	if errors.Is(err, ErrSealed) { // as if it had never been offered
		return v, nil
	}
	return v, err
}

// BeginFactor stores a new secret, which is in use once its owner has entered a code
// of it. It asks for the password, except of a person who has just entered it to sign
// in, and is throttled as ChangePassword is.
func (s *Service) BeginFactor(ctx context.Context, password string, v ClientInfo) error {
	p, waiting, err := s.owner(ctx, v.Session)
	if err != nil {
		return err
	}
	c := confirmation{person: p}
	if !waiting {
		if c, err = s.confirm(ctx, p, password); err != nil {
			return err
		}
	}
	secret, err := s.Factors.Secret(p.ID)
	if err != nil {
		return err
	}
	err = s.Tx.InTx(ctx, func(ctx context.Context) error {
		if _, err := s.lockActive(ctx, p.ID); err != nil {
			return err
		}
		now, _, err := s.owner(ctx, v.Session) // the session may have ended
		if err == nil {
			err = c.stillRight(now)
		}
		if err == nil && c.try != "" {
			err = s.Store.DropFailure(ctx, c.try)
		}
		if err != nil {
			return err
		}
		return s.Store.OfferFactor(ctx, p.ID, secret)
	})
	return s.refused(ctx, c, err)
}

// ConfirmFactor puts a secret into use and returns recovery codes, which cannot be
// shown again. The session is replaced by another, with the tokens that are returned;
// one at the stage Enrolling by an open one.
func (s *Service) ConfirmFactor(ctx context.Context, code string, v ClientInfo) (codes []string, t Tokens, err error) {
	waiting := false
	find := func(ctx context.Context) (p Login, f Factor, err error) {
		if p, waiting, err = s.owner(ctx, v.Session); err != nil {
			return p, f, err
		}
		f, err = s.factor(ctx, p.ID)
		if err == nil && (f.Secret == "" || f.Confirmed) {
			err = fault.New(fault.Conflict, "auth.factor_moved")
		}
		return p, f, err
	}
	err = s.prove(ctx, find, code, false, func(ctx context.Context, p Login) error {
		if err := s.Store.ConfirmFactor(ctx, p.ID); err != nil {
			return err
		}
		if codes, err = s.recovery(ctx, p.ID); err != nil {
			return err
		}
		if !waiting {
			if t, err = s.renew(ctx, v); err != nil {
				return err
			}
			return s.Log.Append(ctx, audit.Person.Of(p.ID), EventFactorEnabled, nil)
		}
		t, err = s.open(ctx, p.Person, v, Open, entry{event: EventFactorEnabled})
		return err
	})
	if waiting {
		s.opened(t, err)
	}
	return codes, t, err
}

// finder returns a person with their factor, or why they may not use it.
type finder func(context.Context) (Login, Factor, error)

// prove calls then on behalf of the person returned by find if code is valid for
// their factor. An invalid code counts as a failure of that person, whatever the
// address. The person is locked and found again, since their factor may have changed
// or their session ended meanwhile; a code that was not verified because of that is
// no failure.
func (s *Service) prove(ctx context.Context, find finder, code string, recovery bool, then func(context.Context, Login) error) error {
	who := actor.From(ctx) // nobody before the session is open
	p, _, err := find(ctx)
	if err != nil {
		return err
	}
	ctx = as(ctx, p.Person)
	try, err := s.try(ctx, p.Login, "kode/"+p.ID, maxPairFailures)
	s.throttled(who, err)
	if err != nil {
		return err
	}
	figures := strings.Map(figure, code)
	err = s.Tx.InTx(ctx, func(ctx context.Context) error {
		if _, err := s.lockActive(ctx, p.ID); err != nil {
			return err
		}
		p, f, err := find(actor.With(ctx, who))
		if err != nil {
			return err
		}
		step, right, err := s.Factors.Step(f.Secret, p.ID, figures, s.Now())
		sealed := errors.Is(err, ErrSealed)
		if err == nil && right {
			right, err = s.Store.UseStep(ctx, p.ID, step)
		}
		if (err == nil || sealed) && !right && recovery {
			right, err = s.Store.SpendRecovery(ctx, p.ID, hashed(lettercode.Typed(code)))
		}
		switch {
		case err != nil && !sealed:
			return err
		case sealed && !right:
			return ErrSealed
		case !right:
			return errProof
		}
		if err := s.Store.DropFailure(ctx, try); err != nil {
			return err
		}
		return then(ctx, p)
	})
	if errors.Is(err, ErrSealed) {
		var mistakes fault.Check
		mistakes.That(false, fieldCode, "auth.factor_sealed")
		return cmp.Or(s.forgive(ctx, try), mistakes.Err())
	}
	if errors.Is(err, errProof) {
		kind := WrongOwnFactor
		if !who.SignedIn() {
			kind = WrongFactor
			s.ended(kind)
		}
		err := s.Tx.InTx(ctx, func(ctx context.Context) error {
			return s.countFailure(ctx, p.ID, kind, entry{event: EventFactorFailed})
		})
		if err != nil {
			return fmt.Errorf("second factor of %s: %w", p.ID, err)
		}
		var mistakes fault.Check
		mistakes.That(false, fieldCode, "auth.factor_wrong")
		return mistakes.Err()
	}
	if err != nil {
		err = errors.Join(err, s.forgive(ctx, try))
		return fmt.Errorf("second factor of %s: %w", p.ID, err)
	}
	return nil
}

var errProof = errors.New("the code is not of this factor")

func figure(r rune) rune {
	if r < '0' || r > '9' {
		return -1
	}
	return r
}

// recovery replaces a person's recovery codes in the caller's transaction.
func (s *Service) recovery(ctx context.Context, person string) (codes []string, err error) {
	var hashes []string
	for range recoveryCodes {
		code, err := s.code()
		if err != nil {
			return nil, err
		}
		codes, hashes = append(codes, grouped(code)), append(hashes, hashed(code))
	}
	return codes, s.Store.SetRecovery(ctx, person, hashes)
}
