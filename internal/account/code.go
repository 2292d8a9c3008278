package account

import (
	"context"
	"fmt"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
)

// MayIssue reports whether who may make a one-time code for somebody with
// those assignments.
func (s *Service) MayIssue(who actor.Actor, e Entry) bool {
	return who.Serves("", actor.Admin, actor.Brida) && who.ID != e.ID && e.Active && rank(e.Assignments, s.Now()) <= rankOf(who)
}

// CheckCode returns a person for whom the actor may make a one-time code.
func (s *Service) CheckCode(ctx context.Context, person string) (Entry, error) {
	e, err := s.ByID(ctx, person)
	if err != nil {
		return Entry{}, err
	}
	if actor.From(ctx).ID == e.ID {
		return Entry{}, fault.New(fault.Conflict, "account.code_own")
	}
	if !e.Active {
		return Entry{}, fault.New(fault.Conflict, "account.code_inactive")
	}
	if !s.MayIssue(actor.From(ctx), e) {
		return Entry{}, fault.New(fault.Forbidden, "account.code_above")
	}
	return e, nil
}

// IssueCode makes a new one-time code for a person. It takes the place of their
// password or of the code before, and ends all their sessions.
func (s *Service) IssueCode(ctx context.Context, person string) (InviteCode, error) {
	e, err := s.CheckCode(ctx, person)
	if err != nil {
		return InviteCode{}, err
	}
	code, err := s.Access.NewCode(ctx)
	if err != nil {
		return InviteCode{}, fmt.Errorf("code for %s: %w", person, err)
	}
	err = s.change(ctx, person, EventCodeIssued, s.CheckCode, func(ctx context.Context, e Entry) (audit.Details, error) {
		return audit.Details{audit.KeyName: e.Name}, s.Access.SetCode(ctx, person, code)
	})
	if err != nil {
		return InviteCode{}, err
	}
	return InviteCode{e.Person, code.Text, code.Until}, nil
}
