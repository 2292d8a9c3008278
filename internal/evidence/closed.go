package evidence

import (
	"context"

	"siida.id/internal/base/day"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/zone"
	"siida.id/internal/innovation"
	"siida.id/internal/period"
)

// ClosingFacts returns what the index of a period that is not open depends on. It belongs
// to a room of higher rank; app sets it.
type ClosingFacts interface {
	// AtClose returns the part of a profile that was stored with the index when the period
	// was closed, whether it counts by that, and the day of the close; NotFound for an
	// innovation that was registered later.
	AtClose(ctx context.Context, p period.Pinned, innovationID string) (innovation.Innovation, innovation.Verdict, day.Day, error)
}

// Source says of which day the profile is that a page of a period shows.
type Source int

const (
	// Now is today's profile: the period is open, or there is none.
	Now Source = iota
	// AtClose is the profile of the day on which the period was closed.
	AtClose
	// FactsAtClose is what the index depends on at the close; the rest of the profile was
	// not stored then, and is today's.
	FactsAtClose
	// AfterClose is today's profile of an innovation that was registered after the close.
	AfterClose
)

// Shown is an innovation as pages of a period show it. A period that is not open shows
// what was stored when it was closed, so that no later change of a profile is taken for
// that year's.
type Shown struct {
	Innovation innovation.Innovation // of the Source
	Today      innovation.Innovation
	Source     Source
	On         day.Day            // of the close; empty for Now and AfterClose
	Read       day.Day            // today
	Verdict    innovation.Verdict // whether the period counts it, by the Source
}

// Stored reports whether the whole profile is of the Source, not only what the index
// depends on.
func (s Shown) Stored() bool { return s.Source == Now || s.Source == AtClose }

// Profile returns the whole profile: of the Source if it is Stored, else today's.
func (s Shown) Profile() innovation.Innovation {
	if s.Stored() {
		return s.Innovation
	}
	return s.Today
}

// ProfileDay returns the day of Profile.
func (s Shown) ProfileDay() day.Day {
	if s.Source == AtClose {
		return s.On
	}
	return s.Read
}

// Changed reports whether today's profile is not the one that is shown.
func (s Shown) Changed() bool { return s.Innovation.Version != s.Today.Version }

// shown returns an innovation, as it is today, as pages of a period show it.
func (s *Service) shown(ctx context.Context, i innovation.Innovation, p period.Pinned) (Shown, error) {
	all := Shown{Innovation: i, Today: i, Read: zone.Today(ctx, s.Now())}
	if p.Pack == nil {
		return all, nil
	}
	if p.State == period.Open {
		all.Verdict = i.Eligible(p.Pack.Eligibility, all.Read)
		return all, nil
	}
	stored, err := s.Innovations.Store.ClosedByID(ctx, p.ID, i.ID)
	if err == nil {
		all.Source, all.Innovation, all.On = AtClose, stored.Innovation, stored.On(ctx)
		all.Verdict = stored.Eligible(p.Pack.Eligibility, all.On)
		return all, nil
	}
	if fault.KindOf(err) != fault.NotFound {
		return Shown{}, err
	}
	facts, verdict, on, err := s.Facts.AtClose(ctx, p, i.ID)
	if fault.KindOf(err) == fault.NotFound {
		all.Source, all.Verdict = AfterClose, innovation.Verdict{Key: "innovation.eligible_later"}
		return all, nil
	}
	all.Source, all.Innovation, all.Verdict, all.On = FactsAtClose, facts, verdict, on
	return all, err
}

// endorsedAt leaves the version of the profile out of the comparison with what heads have
// endorsed, where that of the close is not known: what has changed later says nothing
// about their endorsement.
func (s Shown) endorsedAt(heads Heads) {
	if s.Stored() {
		return
	}
	for at := range heads {
		heads[at].Now.Profile = heads[at].Endorsement.Of.Profile
	}
}
