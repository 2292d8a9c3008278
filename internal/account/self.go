package account

import (
	"context"
	"fmt"
	"slices"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
)

// Self returns the actor's own account.
func (s *Service) Self(ctx context.Context) (Entry, error) {
	who := actor.From(ctx)
	if !who.SignedIn() {
		return Entry{}, fault.New(fault.Unknown, "fault.sign_in")
	}
	return s.entry(ctx, who.ID)
}

// changeSelf runs every change of one's own account. It locks the person and reads
// them again; Unknown if they are no longer active.
func (s *Service) changeSelf(ctx context.Context, fn func(ctx context.Context, p Person) error) error {
	who := actor.From(ctx)
	if !who.SignedIn() {
		return fault.New(fault.Unknown, "fault.sign_in")
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		p, err := s.lockActive(ctx, who.ID)
		if err != nil {
			return err
		}
		return fn(ctx, p)
	})
}

// lockActive locks a person; Unknown if they are not active or do not exist.
func (s *Service) lockActive(ctx context.Context, person string) (Person, error) {
	p, err := s.Store.LockPerson(ctx, person)
	if fault.KindOf(err) == fault.NotFound || err == nil && !p.Active {
		return Person{}, fault.New(fault.Unknown, "fault.sign_in").Because(err)
	}
	return p, err
}

// SaveSelf changes the actor's own name, phone and language. It returns Conflict if
// they were changed since the form was opened.
func (s *Service) SaveSelf(ctx context.Context, form PersonForm) error {
	form = form.Tidy()
	err := s.changeSelf(ctx, func(ctx context.Context, p Person) error {
		if err := s.saveProfile(ctx, p, form, "account.name_missing"); err != nil {
			return err
		}
		return s.Log.Append(ctx, audit.Person.Of(p.ID), EventProfileChanged, audit.Details{audit.KeyName: form.Name, audit.KeyLanguage: form.Language})
	})
	if err != nil {
		return fmt.Errorf("profile of %s: %w", actor.From(ctx).ID, err)
	}
	return nil
}

// SetLanguage stores the actor's language; it does nothing for a visitor.
func (s *Service) SetLanguage(ctx context.Context, language string) error {
	if !actor.From(ctx).SignedIn() || !slices.Contains(Languages(), language) {
		return nil
	}
	err := s.changeSelf(ctx, func(ctx context.Context, p Person) error {
		if err := s.Store.SetLanguage(ctx, p.ID, language); err != nil {
			return err
		}
		return s.Log.Append(ctx, audit.Person.Of(p.ID), EventLanguageChanged, audit.Details{audit.KeyLanguage: language})
	})
	if err != nil {
		return fmt.Errorf("language of %s: %w", actor.From(ctx).ID, err)
	}
	return nil
}
