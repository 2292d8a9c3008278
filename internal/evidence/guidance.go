package evidence

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
)

const longestGuidance = 4000 // in letters

// Guidance is what BRIDA tells about an indicator of a period: what proves an
// answer here, and what does not.
type Guidance struct {
	PeriodID string
	Code     string
	Words    string
	By       string
	At       time.Time
	Version  int64 // counts the saves; zero is not stored yet
}

// Guide is the guidance with the indicator that it is about.
type Guide struct {
	Period    period.Pinned
	Indicator *instrument.Indicator
	Guidance  Guidance
	Samples   []Sample // that are shown with it
}

// MayGuide reports whether who writes the region's guidance.
func MayGuide(who actor.Actor) bool { return who.Serves("", actor.Brida, actor.Admin) }

// Guide returns the guidance for whoever may change it; all others read it with
// the Question. NotFound is a period or a code that is not there.
func (s *Service) Guide(ctx context.Context, periodID, code string) (Guide, error) {
	if err := checkGuide(ctx); err != nil {
		return Guide{}, err
	}
	p, err := s.Periods.ByID(ctx, periodID)
	if err != nil {
		return Guide{}, err
	}
	return s.guide(ctx, p, code)
}

// checkGuide returns the fault that explains why the actor may not guide.
func checkGuide(ctx context.Context) error {
	if err := signedIn(ctx); err != nil {
		return err
	}
	if !MayGuide(actor.From(ctx)) {
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	return nil
}

func (s *Service) guide(ctx context.Context, p period.Pinned, code string) (g Guide, err error) {
	g.Period = p
	if g.Indicator, err = indicator(p, code); err != nil {
		return Guide{}, err
	}
	g.Guidance, err = s.Store.Guidance(ctx, p.ID, code)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return Guide{}, err
	}
	g.Samples, err = s.Store.Samples(ctx, p.ID, code)
	return g, err
}

// SetGuidance replaces the guidance of an indicator; no words take it away. It
// returns Conflict when somebody else has changed it since version was read.
func (s *Service) SetGuidance(ctx context.Context, periodID, code, words string, version int64) error {
	words = strings.TrimSpace(strings.ReplaceAll(words, "\r\n", "\n"))
	err := s.changeGuide(ctx, periodID, code, func(ctx context.Context, before Guide) error {
		var check fault.Check
		check.That(utf8.RuneCountInString(words) <= longestGuidance, "panduan", "evidence.guidance_long", fault.Args{"Most": longestGuidance})
		if err := check.Err(); err != nil {
			return err
		}
		if before.Guidance.Version != version {
			return fault.New(fault.Conflict, "evidence.guidance_moved_on")
		}
		g := Guidance{PeriodID: periodID, Code: code, Words: words, By: actor.From(ctx).ID, At: s.Now(), Version: version}
		if err := s.Store.SaveGuidance(ctx, g); err != nil {
			return err
		}
		return s.Log.Append(ctx, "guidance/"+periodID+"/"+code, "panduan", map[string]string{"panduan": words})
	})
	return fault.Wrap(err, "guidance %s %s", periodID, code)
}
