package regional

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/instrument"
)

// ReplyEntry is the data that an agency gives, as a person types it.
type ReplyEntry struct {
	Figure       TypedFigure
	Unit, Source string
	Note         string
	FileID       string // one that ReceiveReply has kept
	Version      int64  // of the request that the person saw
}

// ReplyOf is what a request has been answered with, as a form shows it.
func ReplyOf(o Opened) ReplyEntry {
	d := o.Data
	e := ReplyEntry{Figure: TypedFigure{Value: d.Figure.Value}, Unit: d.Unit, Source: d.Source, Note: d.Note, Version: o.Version}
	if d.Figure.Year > 0 {
		e.Figure.Year = strconv.Itoa(d.Figure.Year)
	}
	return e
}

// replying is a request that the actor may answer now, with its row.
func (s *Service) replying(ctx context.Context, id string) (Request, *instrument.Indicator, error) {
	r, p, err := s.request(ctx, id)
	if err != nil {
		return Request{}, nil, err
	}
	if !MayReply(actor.From(ctx), r.AgencyID) {
		return Request{}, nil, fault.New(fault.Forbidden, "fault.forbidden")
	}
	if err := s.writable(p.Period); err != nil {
		return Request{}, nil, err
	}
	if _, ok := r.State.After(Reply); !ok {
		return Request{}, nil, fault.New(fault.Conflict, "regional.no_such_move")
	}
	row, err := indicator(p, r.Code)
	return r, row, err
}

// ReceiveReply keeps a file that is on its way to a request, as Receive does.
func (s *Service) ReceiveReply(ctx context.Context, id, name string, bytes io.Reader) (File, error) {
	_, row, err := s.replying(ctx, id)
	if err != nil {
		return File{}, err
	}
	return s.receive(ctx, placeOf(id), row, name, bytes)
}

func placeOf(requestID string) string { return "permintaan/" + requestID }

// KeptReply returns a file that the actor himself has sent for this request, and
// NotFound for any other.
func (s *Service) KeptReply(ctx context.Context, id, fileID string) (File, error) {
	return s.kept(ctx, placeOf(id), fileID)
}

// Reply answers a request. A file that was sent before stays, unless another is.
// It returns Invalid with every field that needs a repair, and Conflict where the
// request has moved on.
func (s *Service) Reply(ctx context.Context, id string, e ReplyEntry, earlier error) error {
	r, _, err := s.replying(ctx, id)
	if err != nil {
		return err
	}
	who := actor.From(ctx)
	d := Data{Unit: tidy(e.Unit), Source: tidy(e.Source), Note: paragraphs(e.Note), By: who.ID, At: s.Now(), File: r.Data.File}
	var check fault.Check
	d.Figure.Value = tidy(e.Figure.Value)
	check.That(utf8.RuneCountInString(d.Figure.Value) <= longestValue, "angka", "regional.value_long", fault.Args{"Most": longestValue})
	if d.Figure.Value != "" {
		last, _ := strconv.Atoi(r.PeriodID)
		d.Figure.Year, _ = readYear(&check, "tahun", e.Figure.Year, last)
	}
	checkWords(&check, d.Unit, d.Source)
	check.That(d.Source != "", "sumber", "regional.source_missing")
	check.That(utf8.RuneCountInString(d.Note) <= longestNote, "catatan", "regional.note_long", fault.Args{"Most": longestNote})
	if e.FileID != "" && earlier == nil {
		f, err := s.KeptReply(ctx, id, e.FileID)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
		if err == nil {
			d.File = f
		}
	}
	if earlier != nil {
		if err := check.Add(earlier); err != nil {
			return err
		}
	} else {
		check.That(d.Figure.Value != "" || d.File.ID != "", "berkas", "regional.figure_or_file")
	}
	if err := check.Err(); err != nil {
		return err
	}
	r.Data, r.Reason = d, ""
	return s.move(ctx, r, Reply, e.Version, map[string]string{
		"angka": d.Figure.Value, "tahun": e.Figure.Year, "satuan": d.Unit, "sumber": d.Source, "catatan": d.Note,
		"berkas": d.File.Name, "sha256": d.File.Sum,
	})
}

// move takes a request to its next state, where it is still as the person saw it.
func (s *Service) move(ctx context.Context, r Request, m Move, seen int64, details map[string]string) error {
	next, ok := r.State.After(m)
	if !ok {
		return fault.New(fault.Conflict, "regional.no_such_move")
	}
	if r.Version != seen {
		return fault.New(fault.Conflict, "regional.request_moved_on")
	}
	r.State = next
	err := s.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.Store.SaveRequest(ctx, r); err != nil {
			return err
		}
		return s.Log.Append(ctx, "request/"+r.ID, string(m), details)
	})
	if err != nil && fault.KindOf(err) != fault.Conflict {
		return fmt.Errorf("data request %s: %s: %w", r.ID, m, err)
	}
	return err
}

// OpenReply returns the file of a request with its bytes to whoever may read the
// request, and NotFound where there is none.
func (s *Service) OpenReply(ctx context.Context, id string) (File, io.ReadSeekCloser, error) {
	r, _, err := s.request(ctx, id)
	if err != nil {
		return File{}, nil, err
	}
	if r.Data.File.ID == "" {
		return File{}, nil, fault.New(fault.NotFound, "fault.not_found")
	}
	content, err := s.Files.Open(ctx, r.Data.File.Sum)
	if err != nil {
		return File{}, nil, fmt.Errorf("file %s of data request %s: %w", r.Data.File.Sum, id, err)
	}
	return r.Data.File, content, nil
}
