package period

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/uow"
	"siida.id/internal/instrument"
)

// Service has the rules of periods.
type Service struct {
	Store    Store
	Packs    Packs
	Agencies Agencies
	// Innovations is set by app, as Closing and Work are.
	Innovations Innovations

	Closing Closing // nil for none
	Work    Work
	Log     Log
	Tx      uow.Transactor
	NewID   func() string
	Now     func() time.Time
}

// Pinned is a period with the pack that it was opened from.
type Pinned struct {
	Period
	Pack *instrument.Pack
}

// Indicator returns an indicator of the pack in that scope; NotFound for any other
// code.
func (p Pinned) Indicator(scope instrument.Scope, code string) (*instrument.Indicator, error) {
	row, known := p.Pack.Indicator(code)
	if !known || row.Aspect != p.Pack.Aspect(scope).Code {
		return nil, fault.New(fault.NotFound, "fault.not_found")
	}
	return row, nil
}

// MayOpen reports whether who may open, change and close the region's periods.
func MayOpen(who actor.Actor) bool { return who.Serves("", actor.Brida, actor.Admin) }

// All returns the region's periods to anybody signed in, the newest first.
func (s *Service) All(ctx context.Context) ([]Period, error) {
	if !actor.From(ctx).SignedIn() {
		return nil, fault.New(fault.Unknown, "fault.sign_in")
	}
	return s.Store.All(ctx)
}

// Current returns the newest open period with its pack. If none is open it returns
// NotFound, with a sentence that says who can open one.
func (s *Service) Current(ctx context.Context) (Pinned, error) {
	list, err := s.Store.All(ctx)
	if err != nil {
		return Pinned{}, err
	}
	i := slices.IndexFunc(list, func(p Period) bool { return p.State == Open })
	if i < 0 {
		return Pinned{}, fault.New(fault.NotFound, "period.none_open")
	}
	return s.Pin(list[i])
}

// Shown returns the period that a page shows: the one with the ID or, if id is empty, the
// current one, or the newest while none is open. It returns NotFound for a year without
// a period, and before the first.
func (s *Service) Shown(ctx context.Context, id string) (Pinned, error) {
	if id != "" {
		return s.ByID(ctx, id)
	}
	list, err := s.Store.All(ctx)
	if err != nil {
		return Pinned{}, err
	}
	if len(list) == 0 {
		return Pinned{}, fault.New(fault.NotFound, "period.none_open")
	}
	return s.Pin(newest(list))
}

// newest returns the newest open period or, if none is open, the newest. list is not
// empty and has the newest first.
func newest(list []Period) Period {
	return list[max(slices.IndexFunc(list, func(p Period) bool { return p.State == Open }), 0)]
}

// ByID returns a period, in any state, with its pack; NotFound for a year without a
// period, Conflict if the pack is missing or its content has changed.
func (s *Service) ByID(ctx context.Context, id string) (Pinned, error) {
	return s.pinned(s.Store.ByID(ctx, id))
}

// LockShared is ByID in a transaction that writes data of the period: until it ends,
// nobody else closes the period or changes its window.
func (s *Service) LockShared(ctx context.Context, id string) (Pinned, error) {
	return s.pinned(s.Store.LockShared(ctx, id))
}

// Lock is LockShared with an exclusive lock.
func (s *Service) Lock(ctx context.Context, id string) (Pinned, error) {
	return s.pinned(s.Store.Lock(ctx, id))
}

// LockOpen locks the open periods, shared, in the order of their years, in a transaction
// that writes what may count in them: until it ends, nobody closes one of them or changes
// its window.
func (s *Service) LockOpen(ctx context.Context) (open []Pinned, err error) {
	all, err := s.Store.All(ctx)
	if err != nil {
		return nil, err
	}
	for _, seen := range slices.Backward(all) {
		if seen.State != Open {
			continue
		}
		p, err := s.LockShared(ctx, seen.ID)
		if err != nil {
			return nil, err
		}
		if p.State == Open { // not closed meanwhile
			open = append(open, p)
		}
	}
	return open, nil
}

// Pack returns the pack whose lists profiles choose from: that of the current period, of
// the newest one while none is open, or the newest on offer before the first.
func (s *Service) Pack(ctx context.Context) (*instrument.Pack, error) {
	list, err := s.Store.All(ctx)
	if err != nil {
		return nil, err
	}
	if packs := s.Packs.All(); len(list) == 0 && len(packs) > 0 {
		return slices.MaxFunc(packs, func(a, b *instrument.Pack) int { return a.Year - b.Year }), nil
	}
	if len(list) == 0 {
		return nil, fault.New(fault.NotFound, "period.none_open")
	}
	p, err := s.Pin(newest(list))
	return p.Pack, err
}

func (s *Service) pinned(p Period, err error) (Pinned, error) {
	if fault.KindOf(err) == fault.NotFound {
		return Pinned{}, fault.New(fault.NotFound, "period.none_open").Because(err)
	}
	if err != nil {
		return Pinned{}, err
	}
	return s.Pin(p)
}

// Pin returns a period that was read with its pack; Conflict where that is missing or
// has other content than it had.
func (s *Service) Pin(p Period) (Pinned, error) {
	pack, known := s.Packs.ByID(p.PackID)
	if !known {
		return Pinned{}, fault.New(fault.Conflict, "period.pack_missing").With(fault.Args{"Pack": p.PackID})
	}
	if pack.SHA256 != p.PackSHA256 {
		return Pinned{}, fault.New(fault.Conflict, "period.pack_changed").With(fault.Args{"Pack": p.PackID})
	}
	return Pinned{p, pack}, nil
}

// Check returns the first fault among the packs of the region's periods.
func (s *Service) Check(ctx context.Context) error {
	list, err := s.Store.All(ctx)
	if err != nil {
		return err
	}
	for _, p := range list {
		if _, err := s.Pin(p); err != nil {
			return fmt.Errorf("period %s, pack %s: %w", p.ID, p.PackID, err)
		}
	}
	return nil
}

// CheckOpen returns the fault if the actor may not open or change periods.
func (s *Service) CheckOpen(ctx context.Context) error {
	switch who := actor.From(ctx); {
	case !who.SignedIn():
		return fault.New(fault.Unknown, "fault.sign_in")
	case !MayOpen(who):
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return nil
}

// Choices returns the packs of the years that have no period yet, or an archived one,
// which opening takes up again.
func (s *Service) Choices(ctx context.Context) (list []*instrument.Pack, err error) {
	if err := s.CheckOpen(ctx); err != nil {
		return nil, err
	}
	open, err := s.Store.All(ctx)
	if err != nil {
		return nil, err
	}
	taken := map[int]bool{}
	for _, p := range open {
		taken[p.Year] = p.State != Archived
	}
	for _, pack := range s.Packs.All() {
		if !taken[pack.Year] {
			list = append(list, pack)
		}
	}
	return list, nil
}

// Open opens the measuring year of a pack, or opens its archived period again, with the
// same pack. It returns Invalid for a pack that does not exist or whose year has another
// period.
func (s *Service) Open(ctx context.Context, packID string) (Period, error) {
	var check fault.Check
	var p Period
	err := s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.CheckOpen(ctx); err != nil {
			return err
		}
		pack, known := s.Packs.ByID(packID)
		check.That(known, "pack", "period.pack_choose")
		if err := check.Err(); err != nil {
			return err
		}
		now := s.Now()
		p = Period{
			ID: strconv.Itoa(pack.Year), Year: pack.Year, PackID: pack.ID, PackSHA256: pack.SHA256,
			OpenedAt: now, State: Open, MovedAt: now,
		}
		old, err := s.Store.Lock(ctx, p.ID)
		if err == nil && old.State == Archived && old.PackID == pack.ID && old.PackSHA256 == pack.SHA256 {
			p = old
			p.State, p.MovedAt = Open, now
			if err := s.Store.Move(ctx, p.ID, Archived, Open, now); err != nil {
				return err
			}
			return s.Log.Append(ctx, audit.Period.Of(p.ID), EventReopened, audit.Details{audit.KeyFrom: string(Archived), audit.KeyTo: string(Open)})
		}
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
		if err := s.Store.Add(ctx, p); err != nil {
			return err
		}
		return s.Log.Append(ctx, audit.Period.Of(p.ID), EventOpened, audit.Details{audit.KeyPack: p.PackID, audit.KeySHA256: p.PackSHA256})
	})
	if fault.KindOf(err) == fault.Conflict {
		check.That(false, "pack", "period.year_open", fault.Args{"Year": p.ID})
		return Period{}, check.Err()
	}
	return p, fault.Wrap(err, "pack %s: open its period", packID)
}
