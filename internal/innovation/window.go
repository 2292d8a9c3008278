package innovation

import (
	"context"
	"time"

	"siida.id/internal/agency"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/zone"
	"siida.id/internal/period"
)

// Endorsements tells whether heads have endorsed an innovation.
type Endorsements interface {
	// Endorsed reports whether any head has endorsed it in a period.
	Endorsed(ctx context.Context, innovationID, periodID string) (bool, error)
	// EndorsedAmong returns those of some innovations that any head has endorsed in a
	// period, by id: their ids, agencies and names.
	EndorsedAmong(ctx context.Context, ids []string, periodID string) ([]Innovation, error)
}

// windows are the open periods, for a change of an innovation: what changes the index of
// a period, or what a head has endorsed in it, is possible while the period accepts
// answers of the innovation. Before its window begins there is no answer yet, and a
// profile can be prepared; figures of closed periods are of their stored facts.
type windows struct {
	service *Service
	open    []period.Pinned
	asked   []asked
}

// asked is a period that a change depended on.
type asked struct {
	period period.Pinned
	data   period.Data
	unless string // the innovation without whose endorsement the window does not matter; empty if it does
}

// inWindows runs a change that windows may refuse. It locks the open periods, shared,
// before fn locks anything else; fn calls check before it writes. Since fn may have
// waited for the log, the windows that it has checked are checked again at the end.
func (s *Service) inWindows(ctx context.Context, fn func(ctx context.Context, w *windows) error) error {
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		w, err := s.lockWindows(ctx)
		if err != nil {
			return err
		}
		if err := fn(ctx, w); err != nil {
			return err
		}
		for _, a := range w.asked {
			if err := s.checkAgain(ctx, a); err != nil {
				return err
			}
		}
		return nil
	})
}

// checkAgain is checkWindow after the change.
func (s *Service) checkAgain(ctx context.Context, a asked) error {
	err := s.checkWindow(ctx, a)
	if err == nil || fault.Ours(err) || a.unless == "" {
		return err
	}
	endorsed, failed := s.endorsed(ctx, a.unless, a.period.ID)
	switch {
	case failed != nil:
		return failed
	case endorsed:
		return err
	}
	return nil
}

func (s *Service) lockWindows(ctx context.Context) (*windows, error) {
	open, err := s.Periods.LockOpen(ctx)
	return &windows{service: s, open: open}, err
}

// windows reads the open periods without locks, for a page.
func (s *Service) windows(ctx context.Context) (*windows, error) {
	w := &windows{service: s}
	all, err := s.Periods.Store.All(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range all {
		if p.State != period.Open {
			continue
		}
		pinned, err := s.Periods.Pin(p)
		if err != nil {
			return nil, err
		}
		w.open = append(w.open, pinned)
	}
	return w, nil
}

// check returns Conflict if the window of a period is over that counts the innovation
// before or after a change, or in which a head has endorsed it. A new innovation is zero
// before.
func (w *windows) check(ctx context.Context, before, after Innovation) error {
	today := zone.Today(ctx, w.service.Now())
	owner := before
	if before.ID == "" {
		owner = after
	}
	for _, p := range w.open {
		rule := p.Pack.Eligibility
		matters := before.ID != "" && before.Eligible(rule, today).Counts || after.Eligible(rule, today).Counts
		a := asked{period: p, data: owner.Access().Data()}
		err := w.service.checkWindow(ctx, a)
		if err != nil && fault.Ours(err) {
			return err
		}
		if err != nil && !matters && before.ID != "" {
			endorsed, failed := w.service.endorsed(ctx, before.ID, p.ID)
			if failed != nil {
				return failed
			}
			matters = endorsed
		}
		if err != nil && matters {
			return err
		}
		if err != nil || before.ID == "" && !matters {
			continue
		}
		if !matters {
			a.unless = before.ID
		}
		w.asked = append(w.asked, a)
	}
	return nil
}

func (s *Service) endorsed(ctx context.Context, id, periodID string) (bool, error) {
	if s.Endorsements == nil {
		return false, nil
	}
	return s.Endorsements.Endorsed(ctx, id, periodID)
}

// checkWindow returns Conflict if the window is over for what was asked.
func (s *Service) checkWindow(ctx context.Context, a asked) error {
	err := s.Periods.WritableIn(ctx, a.period.Period, a.data)
	switch {
	case err == nil || fault.Ours(err):
		return err
	case !period.IsOver(err): // not yet begun
		return nil
	}
	return fault.New(fault.Conflict, keyOver).With(fault.Args{"Year": a.period.ID, "Moment": fault.ArgsOf(err)["Moment"]})
}

// Extendable implements period.Innovations.
func (s *Service) Extendable(ctx context.Context, id string) (period.Innovation, error) {
	i, err := s.ByID(ctx, id)
	return period.Innovation{ID: i.ID, Name: i.Name, AgencyID: i.AgencyID}, err
}

var _ period.Innovations = (*Service)(nil)

// The keys of the faults of windows.
const (
	keyOver      = "innovation.window_over"
	keyNamedOver = "innovation.window_over_named"
)

// IsOver reports whether a fault says that a change came after the window of a period.
func IsOver(err error) bool {
	key := fault.KeyOf(err)
	return key == keyOver || key == keyNamedOver
}

// CheckWindow returns Conflict if changes of the profile come after the window of a
// period that counts the innovation, or in which a head has endorsed it.
func (s *Service) CheckWindow(ctx context.Context, i Innovation) error {
	w, err := s.windows(ctx)
	if err != nil {
		return err
	}
	return w.check(ctx, i, i)
}

// EndedWindow is an open period whose window is over for agencies.
type EndedWindow struct {
	Year  string
	Since time.Time // of those for which it was over last
	Some  bool      // other agencies still have time
}

// EndedWindows returns the open periods whose window is over for any of some agencies:
// nothing that they register now may count there.
func (s *Service) EndedWindows(ctx context.Context, owners []agency.Agency) (list []EndedWindow, err error) {
	open, err := s.Periods.Running(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range open {
		ends, err := s.Periods.Ends(ctx, p)
		if err != nil {
			return nil, err
		}
		over, e := 0, EndedWindow{Year: p.ID}
		for _, a := range owners {
			end, _ := ends.Of(period.Data{AgencyID: a.ID})
			if end.IsZero() || s.Now().Before(end) {
				continue
			}
			if over++; end.After(e.Since) {
				e.Since = end
			}
		}
		if e.Some = over < len(owners); over > 0 {
			list = append(list, e)
		}
	}
	return list, nil
}

// after returns i after a move.
func (i Innovation) after(next State, reason string, now time.Time) Innovation {
	i.State, i.ChangedAt = next, now
	switch next {
	case Withdrawn:
		i.StateNote = reason
	case Active:
		i.StateNote = ""
	case Archived: // the reason of a withdrawal stays
	}
	return i
}
