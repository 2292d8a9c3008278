package agency

import (
	"context"
	"strings"
	"unicode"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
)

// longestKind is the limit of a kind's label in characters.
const longestKind = 60

// Kinds returns the kinds of the region: the common ones, then its own.
func (s *Service) Kinds(ctx context.Context) ([]LabelledKind, error) {
	if !actor.From(ctx).SignedIn() {
		return nil, fault.New(fault.Unknown, "fault.sign_in")
	}
	own, err := s.Store.Kinds(ctx)
	return append(append([]LabelledKind{}, common()...), own...), err
}

// AddKind adds a kind of the region's own.
func (s *Service) AddKind(ctx context.Context, label string) error {
	if err := s.CheckAdd(ctx); err != nil {
		return err
	}
	label = text.Line(label)
	id := kindID(label)
	var check fault.Check
	check.That(id != "", "name", "agency.kind_name_missing")
	check.That(len([]rune(label)) <= longestKind, "name", "agency.name_long", fault.Args{"Most": longestKind})
	if err := check.Err(); err != nil {
		return err
	}
	err := s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.CheckAdd(ctx); err != nil {
			return err
		}
		if err := s.Store.LockAll(ctx); err != nil {
			return err
		}
		own, err := s.Store.Kinds(ctx)
		if err != nil {
			return err
		}
		for _, k := range append(common(), own...) {
			check.That(k.ID != id && !text.SameName(k.Label["id"], label), "name", "agency.kind_taken")
		}
		if err := check.Err(); err != nil {
			return err
		}
		if err := s.Store.AddKind(ctx, id, label); err != nil {
			return err
		}
		return s.Log.Append(ctx, audit.AgencyKind.Of(string(id)), EventKindAdded, audit.Details{audit.KeyName: label})
	})
	if fault.KindOf(err) == fault.Conflict {
		check.That(false, "name", "agency.kind_taken")
		return check.Err()
	}
	return fault.Wrap(err, "kind %s", id)
}

// kindID returns an id of the letters and digits in a label.
func kindID(label string) Kind {
	words := strings.FieldsFunc(strings.ToLower(label), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return Kind(strings.Join(words, "-"))
}

// Settings returns the region's settings to anybody signed in.
func (s *Service) Settings(ctx context.Context) (Settings, error) {
	if !actor.From(ctx).SignedIn() {
		return Settings{}, fault.New(fault.Unknown, "fault.sign_in")
	}
	return s.Store.Settings(ctx)
}

// SaveSettings stores the region's settings.
func (s *Service) SaveSettings(ctx context.Context, to Settings) error {
	if err := s.CheckAdd(ctx); err != nil {
		return err
	}
	err := s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.CheckAdd(ctx); err != nil {
			return err
		}
		if err := s.Store.SaveSettings(ctx, to); err != nil {
			return err
		}
		word := "tidak"
		if to.ParentEndorses {
			word = "ya"
		}
		return s.Log.Append(ctx, audit.AgencySettings.Of(), EventSettingsChanged, audit.Details{audit.KeyParentEndorses: word})
	})
	if err != nil {
		return fault.Wrap(err, "agency settings")
	}
	return nil
}
