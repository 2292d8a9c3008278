package uow_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/uow"
	"siida.id/internal/base/zone"
)

// fake records its calls, and makes every actor an operator.
type fake struct {
	calls       []string
	lock, actor error
}

func (f *fake) InTx(ctx context.Context, fn func(context.Context) error) error {
	f.calls = append(f.calls, "begin")
	return fn(ctx)
}

func (f *fake) LockShared(ctx context.Context) (context.Context, error) {
	f.calls = append(f.calls, "share")
	return zone.With(ctx, "Asia/Jayapura"), f.lock
}

func (f *fake) Lock(ctx context.Context) (context.Context, error) {
	f.calls = append(f.calls, "alone")
	return zone.With(ctx, "Asia/Jayapura"), f.lock
}

func (f *fake) Refresh(ctx context.Context) (context.Context, error) {
	f.calls = append(f.calls, "actor")
	who := actor.From(ctx)
	who.Assignments = []actor.Assignment{{Role: actor.Operator}}
	return actor.With(ctx, who), f.actor
}

func TestActing(t *testing.T) {
	failed := errors.New("failed")
	shared := func(f *fake) uow.ActorTransactor { return uow.ActorTransactor{Tx: f, Region: f, Actors: f} }
	alone := func(f *fake) uow.ActorTransactor {
		return uow.ActorTransactor{Tx: f, Region: f, Actors: f, Exclusive: true}
	}
	for _, tt := range []struct {
		name         string
		fake         fake
		who          actor.Actor
		outer, inner func(*fake) uow.ActorTransactor
		want         []string
		ran, fails   bool
	}{
		{"a person", fake{}, actor.Actor{ID: "p"}, shared, nil, []string{"begin", "share", "actor"}, true, false},
		{"the program itself", fake{}, actor.Actor{}, shared, nil, []string{"begin", "share"}, true, false},
		{"alone", fake{}, actor.Actor{ID: "p"}, alone, nil, []string{"begin", "alone", "actor"}, true, false},
		{"one within another", fake{}, actor.Actor{ID: "p"}, shared, shared, []string{"begin", "share", "actor", "begin"}, true, false},
		{"one that shares within one that does not", fake{}, actor.Actor{ID: "p"}, alone, shared, []string{"begin", "alone", "actor", "begin"}, true, false},
		{"one that does not share within one that does", fake{}, actor.Actor{ID: "p"}, shared, alone, []string{"begin", "share", "actor"}, false, true},
		{"no such region", fake{lock: failed}, actor.Actor{ID: "p"}, shared, nil, []string{"begin", "share"}, false, true},
		{"a closed account", fake{actor: failed}, actor.Actor{ID: "p"}, shared, nil, []string{"begin", "share", "actor"}, false, true},
	} {
		ran := false
		work := func(ctx context.Context) error {
			ran = true
			if who := actor.From(ctx); who.Serves("", actor.Operator) != who.SignedIn() {
				t.Errorf("%s: the actor within is %+v", tt.name, who)
			}
			if got := zone.From(ctx).String(); got != "Asia/Jayapura" {
				t.Errorf("%s: the zone within is %s, not what the region has", tt.name, got)
			}
			return nil
		}
		if f := &tt.fake; tt.inner != nil {
			within := work
			work = func(ctx context.Context) error { return tt.inner(f).InTx(ctx, within) }
		}
		err := tt.outer(&tt.fake).InTx(actor.With(t.Context(), tt.who), work)
		if (err != nil) != tt.fails || ran != tt.ran || !slices.Equal(tt.fake.calls, tt.want) {
			t.Errorf("%s: %v, ran %v, %v; want %v", tt.name, err, ran, tt.fake.calls, tt.want)
		}
	}
}
