package regional

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
	"siida.id/internal/file"
	"siida.id/internal/period"
)

// judge is changeRequest for those who may decide on a request now.
func (s *Service) judge(
	ctx context.Context, id string, lock func(context.Context, string) (period.Pinned, error), fn func(ctx context.Context, r Request) error,
) error {
	return s.changeRequest(ctx, id, lock, func(ctx context.Context, r Request, p period.Pinned) error {
		if !MayEdit(actor.From(ctx)) {
			return fault.New(fault.Forbidden, "fault.forbidden")
		}
		if err := p.CheckEditable(); err != nil {
			return err
		}
		return fn(ctx, r)
	})
}

// Judge accepts or returns the data of an agency, or withdraws the request; the
// latter two need a reason. seen is the version that the person was shown. It returns
// NotFound for a move that is not BRIDA's.
func (s *Service) Judge(ctx context.Context, id string, m Move, reason string, seen int64) error {
	err := s.judge(ctx, id, s.Periods.LockShared, func(ctx context.Context, r Request) error {
		if !slices.Contains([]Move{Accept, Return, Withdraw}, m) {
			return fault.New(fault.NotFound, "fault.not_found")
		}
		if _, ok := r.State.After(m); !ok {
			return fault.New(fault.Conflict, standing[r.State])
		}
		r.Reason = ""
		if m != Accept {
			r.Reason = text.Paragraphs(reason)
			var check fault.Check
			check.That(r.Reason != "", "reason", "regional.reason_missing")
			check.That(utf8.RuneCountInString(r.Reason) <= longestNote, "reason", "regional.note_long", fault.Args{"Most": longestNote})
			if err := check.Err(); err != nil {
				return err
			}
		}
		return s.move(ctx, r, m, seen, audit.Details{audit.KeyReason: r.Reason})
	})
	return fault.Wrap(err, "data request %s: %s", id, m)
}

// applicable returns Conflict if there is nothing to apply to the answer, or the file
// cannot be opened.
func (r Request) applicable() error {
	if r.Data.File.State == file.Unopenable {
		return fault.New(fault.Conflict, "regional.reply_unopenable").With(fault.Args{"Name": r.Data.File.Name})
	}
	if r.State != Accepted || r.Applied {
		return fault.New(fault.Conflict, "regional.nothing_to_take")
	}
	return nil
}

// ApplyToAnswer adds the figure of an accepted request to the answer of its row, and
// its file to the proofs. The option does not change: a person chooses it. The figure
// replaces one of the same year, whose unit it keeps if it has none, or the oldest if the
// answer has no room. It returns Invalid on the field "other_unit" if its unit is not
// that of a figure there, unless otherUnit says that this is meant.
func (s *Service) ApplyToAnswer(ctx context.Context, id string, otherUnit bool) error {
	err := s.judge(ctx, id, s.Periods.Lock, func(ctx context.Context, r Request) error { // exclusive: it changes an answer
		if err := r.applicable(); err != nil {
			return err
		}
		return s.applyToAnswer(ctx, r, otherUnit)
	})
	return fault.Wrap(err, "data request %s: take", id)
}

func (s *Service) applyToAnswer(ctx context.Context, r Request, otherUnit bool) error {
	details := audit.Details{audit.KeyRequest: r.ID}
	if r.Data.Figure.Value != "" {
		a, taken, err := s.withFigure(ctx, r, otherUnit)
		if err != nil {
			return err
		}
		if err := s.Store.SaveAnswer(ctx, a); err != nil {
			return err
		}
		details[audit.KeyFigures], details[audit.KeySource] = figureText(taken), a.Source
	}
	if f := r.Data.File; f.ID != "" {
		p := Proof{
			ID: s.NewID(), PeriodID: r.PeriodID, Code: r.Code, AgencyID: r.AgencyID, Subject: f.Name,
			By: actor.From(ctx).ID, At: s.Now(), File: f,
		}
		if err := s.addProof(ctx, p); err != nil {
			return err
		}
		p.details(details)
	}
	r.Applied = true
	if err := s.Store.SaveRequest(ctx, r); err != nil {
		return err
	}
	return s.Log.Append(ctx, audit.RegionalAnswer.Of(r.PeriodID, r.Code), EventReplyTaken, details)
}

// withFigure returns the stored answer with the figure of the request, and the figure.
func (s *Service) withFigure(ctx context.Context, r Request, otherUnit bool) (a Answer, taken Figure, err error) {
	a, err = s.Store.Answer(ctx, r.PeriodID, r.Code)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return Answer{}, Figure{}, err
	}
	figures, err := s.Store.Figures(ctx, r.Code)
	if err != nil {
		return Answer{}, Figure{}, err
	}
	taken = Figure{r.Data.Figure.Year, r.Data.Figure.Value, r.Data.Unit}
	list := []Figure{taken}
	var check fault.Check
	for _, f := range figures {
		if f.PeriodID != r.PeriodID {
			continue
		}
		same := taken.Unit == "" || f.Unit == "" || strings.EqualFold(taken.Unit, f.Unit)
		check.That(same || otherUnit, "other_unit", "regional.unit_differs", fault.Args{"Unit": taken.Unit, "Before": f.Unit, "Year": strconv.Itoa(f.Year)})
		switch {
		case f.Year == taken.Year && taken.Unit == "":
			list[0].Unit = f.Unit
		case f.Year != taken.Year && len(list) < FigureRows:
			list = append(list, f.Figure)
		}
	}
	taken = list[0]
	slices.SortFunc(list, func(a, b Figure) int { return b.Year - a.Year })
	a.PeriodID, a.Code, a.Figures, a.By, a.At = r.PeriodID, r.Code, list, actor.From(ctx).ID, s.Now()
	a.Source = joined(a.Source, r.Data.Source, len(list), longestSource)
	return a, taken, check.Err()
}

// joined returns the source of an answer that gets a figure: both, if figures of both
// remain and they fit into max characters; the previous one if the figure has none.
func joined(before, now string, figures, max int) string {
	both := before + "; " + now
	switch {
	case now == "":
		return before
	case before == "", before == now, figures == 1, utf8.RuneCountInString(both) > max:
		return now
	}
	return both
}
