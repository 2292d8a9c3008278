package auth

import (
	"context"

	"siida.id/internal/account"
)

// Access implements account.Access: what a change of an account does to passwords,
// second factors and sessions. account checks the permission.
type Access struct{ Service *Service }

var _ account.Access = Access{}

// NewCode implements account.Access.
func (a Access) NewCode(ctx context.Context) (account.Code, error) {
	code, err := a.Service.code()
	if err != nil {
		return account.Code{}, err
	}
	hash, err := a.Service.Passwords.Hash(ctx, code)
	if err != nil {
		return account.Code{}, err
	}
	return account.Code{Text: grouped(code), Hash: hash, Until: a.Service.Now().Add(codeLasts)}, nil
}

// SetCode implements account.Access.
func (a Access) SetCode(ctx context.Context, person string, c account.Code) error {
	if err := a.Service.Store.SetCode(ctx, person, c.Hash, c.Until); err != nil {
		return err
	}
	return a.EndSessions(ctx, person)
}

// EndSessions implements account.Access.
func (a Access) EndSessions(ctx context.Context, person string) error {
	_, err := a.Service.Store.EndSessions(ctx, person, "")
	return err
}

// EndFactor implements account.Access.
func (a Access) EndFactor(ctx context.Context, person string) error {
	if err := a.Service.Store.DropFactor(ctx, person); err != nil {
		return err
	}
	return a.EndSessions(ctx, person)
}

// LoginStatuses implements account.Access.
func (a Access) LoginStatuses(ctx context.Context, people []string) (map[string]account.LoginStatus, error) {
	return a.Service.Store.Statuses(ctx, people)
}

// DemandsFactor implements account.Access.
func (a Access) DemandsFactor(ctx context.Context) (bool, error) {
	return a.Service.Store.DemandsFactor(ctx)
}

// SetDemand implements account.Access.
func (a Access) SetDemand(ctx context.Context, demand bool) error {
	return a.Service.Store.SetDemand(ctx, demand)
}
