package regional

import (
	"context"
	"io"
	"strconv"
	"unicode/utf8"

	"siida.id/internal/audit"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/text"
	"siida.id/internal/file"
	"siida.id/internal/instrument"
	"siida.id/internal/period"
)

// ReplyEntry is the form with the data of an agency.
type ReplyEntry struct {
	Figure       TypedFigure
	Unit, Source string
	Note         string
	FileID       string      // of a file stored by ReceiveReply
	Received     file.Record // the same file, if it was sent with this form
	Version      int64       // of the request when the form was opened
}

// ReplyOf returns the form with the stored data of a request.
func ReplyOf(o Opened) ReplyEntry {
	d := o.Data
	e := ReplyEntry{Figure: TypedFigure{Value: d.Figure.Value}, Unit: d.Unit, Source: d.Source, Note: d.Note, Version: o.Version}
	if d.Figure.Year > 0 {
		e.Figure.Year = strconv.Itoa(d.Figure.Year)
	}
	return e
}

// checkReply returns the fault if the actor may not answer a request now.
func (s *Service) checkReply(ctx context.Context, r Request, p period.Pinned) error {
	if !MayReply(actor.From(ctx), r.AgencyID) {
		return fault.New(fault.Forbidden, "fault.forbidden")
	}
	if err := p.CheckEditable(); err != nil {
		return err
	}
	if _, ok := r.State.After(Reply); !ok {
		return fault.New(fault.Conflict, standing[r.State])
	}
	return nil
}

// ReceiveReply is Receive for a file of a request.
func (s *Service) ReceiveReply(ctx context.Context, id, name string, bytes io.Reader) (file.Record, error) {
	r, p, err := s.request(ctx, id)
	if err != nil {
		return file.Record{}, err
	}
	if err := s.checkReply(ctx, r, p); err != nil {
		return file.Record{}, err
	}
	row, err := p.Indicator(instrument.PerRegion, r.Code)
	if err != nil {
		return file.Record{}, err
	}
	return s.receive(ctx, replyPurpose(id), row, file.Upload{Name: name, Content: bytes})
}

func replyPurpose(requestID string) string { return "request/" + requestID }

// PendingReply returns a file that the actor has sent for this request; NotFound for
// any other.
func (s *Service) PendingReply(ctx context.Context, id, fileID string) (file.Record, error) {
	return s.Files.Pending(ctx, replyPurpose(id), fileID)
}

// Reply answers a request. A file sent before stays unless another one is sent.
// earlier is the error of ReceiveReply, as in Save. It returns Invalid with all
// mistakes, and Conflict if the request was changed since the form was opened.
func (s *Service) Reply(ctx context.Context, id string, e ReplyEntry, earlier error) error {
	if fault.Temporary(earlier) { // would fail again, after another wait
		return earlier
	}
	err := s.changeRequest(ctx, id, s.Periods.LockShared, func(ctx context.Context, r Request, p period.Pinned) error {
		if err := s.checkReply(ctx, r, p); err != nil {
			return err
		}
		d, err := s.readReply(ctx, r, e, earlier)
		if err != nil {
			return err
		}
		if err := s.useReply(ctx, r, d.File); err != nil {
			return err
		}
		r.Data, r.Reason = d, ""
		return s.move(ctx, r, Reply, e.Version, audit.Details{
			audit.KeyFigure: d.Figure.Value, audit.KeyYear: e.Figure.Year, audit.KeyUnit: d.Unit, audit.KeySource: d.Source, audit.KeyNote: d.Note,
			audit.KeyFile: d.File.Name, audit.KeySHA256: d.File.SHA256,
		})
	})
	return fault.Wrap(err, "data request %s: %s", id, Reply)
}

// readReply returns the data of an entry; Invalid with all mistakes.
func (s *Service) readReply(ctx context.Context, r Request, e ReplyEntry, earlier error) (Data, error) {
	d := Data{Unit: text.Line(e.Unit), Source: text.Line(e.Source), Note: text.Paragraphs(e.Note), By: actor.From(ctx).ID, At: s.Now(), File: r.Data.File}
	var check fault.Check
	d.Figure.Value = text.Line(e.Figure.Value)
	check.That(utf8.RuneCountInString(d.Figure.Value) <= longestValue, "figure.value", "regional.value_long", fault.Args{"Most": longestValue})
	if d.Figure.Value != "" {
		last, _ := strconv.Atoi(r.PeriodID)
		d.Figure.Year, _ = readYear(&check, "figure.year", e.Figure.Year, last)
	}
	checkUnit(&check, "unit", d.Unit)
	checkSource(&check, d.Source)
	check.That(d.Source != "", "source", "regional.source_missing")
	check.That(utf8.RuneCountInString(d.Note) <= longestNote, "note", "regional.note_long", fault.Args{"Most": longestNote})
	if earlier != nil {
		if err := check.Add(earlier); err != nil {
			return Data{}, err
		}
		return d, check.Err()
	}
	sent, gone, err := s.Files.Sent(ctx, &check, replyPurpose(r.ID), e.FileID, e.Received)
	if err != nil {
		return Data{}, err
	}
	if sent.ID != "" {
		d.File = sent
	}
	check.That(d.Figure.Value != "" || d.File.ID != "" || gone, fault.File, "regional.figure_or_file")
	return d, check.Err()
}

// useReply records, in the caller's transaction, that a request has another file.
func (s *Service) useReply(ctx context.Context, r Request, after file.Record) error {
	before := r.Data.File
	if after.ID == before.ID {
		return nil
	}
	if before.ID != "" {
		if err := s.Files.EndUse(ctx, file.Use{FileID: before.ID, Kind: UseReply, RefID: r.ID}); err != nil {
			return err
		}
	}
	return s.Files.Use(ctx, file.Use{FileID: after.ID, Kind: UseReply, RefID: r.ID})
}

// move moves a request, which is locked, to its next state; Conflict if it is not in
// the version seen.
func (s *Service) move(ctx context.Context, r Request, m Move, seen int64, details audit.Details) error {
	next, ok := r.State.After(m)
	if !ok {
		return fault.New(fault.Conflict, standing[r.State])
	}
	if r.Version != seen {
		return fault.Moved("regional.request_moved_on")
	}
	r.State = next
	if err := s.Store.SaveRequest(ctx, r); err != nil {
		return err
	}
	return s.Log.Append(ctx, audit.Request.Of(r.ID), m.event(), details)
}

// OpenReply returns the file of a request and its bytes to those who may read the
// request; NotFound if there is none.
func (s *Service) OpenReply(ctx context.Context, id string) (file.Record, io.ReadSeekCloser, error) {
	r, _, err := s.request(ctx, id)
	if err != nil {
		return file.Record{}, nil, err
	}
	if r.Data.File.ID == "" {
		return file.Record{}, nil, fault.New(fault.NotFound, "fault.not_found")
	}
	content, err := s.Files.Open(ctx, r.Data.File)
	return r.Data.File, content, err
}
