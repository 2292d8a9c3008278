package file

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/uow"
)

// Service holds the rules of files. It asks nobody for permission: that has the room
// done that calls it.
type Service struct {
	Records Records
	Store   Store
	Types   Types
	Region  uow.Region // locked while rows say of bytes that they are there, or Sweep removes some
	Tx      uow.Transactor
	Log     *slog.Logger // of what nobody can be told of any more
	MaxSize int64        // bytes of the largest file
	NewID   func() string
	Now     func() time.Time
}

// endTime is for noting that an upload has ended whose sender has gone.
const endTime = 5 * time.Second

// Receive takes a file that is on its way. Before its first byte it asks whether the
// disk and the quota of the region have room for it, and returns Full where they have
// not. It returns Invalid on fault.File for a file that is empty, larger than
// MaxSize, or none of the formats, and the reader's own fault where that ends with one.
func (s *Service) Receive(ctx context.Context, q Request, u Upload) (Record, error) {
	limit := s.MaxSize
	if size := u.size(); size > 0 {
		limit = min(limit, size)
	}
	r := s.record(ctx, q.Purpose, u.Name, limit)
	err := s.receive(ctx, &r, func() (Bytes, error) { return s.take(ctx, q, &r, u.Content) })
	return r, err
}

// Make keeps a file that the program itself has made, whose content needs no check.
func (s *Service) Make(ctx context.Context, purpose, name, media string, content []byte) (Record, error) {
	r := s.record(ctx, purpose, name, int64(len(content)))
	r.Media = media
	err := s.receive(ctx, &r, func() (Bytes, error) {
		return s.Store.Receive(ctx, bytes.NewReader(content), int64(len(content)))
	})
	return r, err
}

func (s *Service) record(ctx context.Context, purpose, name string, size int64) Record {
	return Record{
		ID: s.NewID(), Purpose: purpose, Name: s.Types.CleanName(name), Size: size, State: Receiving,
		ReceivedBy: actor.From(ctx).ID, ReceivedAt: s.Now(),
	}
}

// receive reserves room for r, takes its bytes and commits them. Where that fails, r is
// refused.
func (s *Service) receive(ctx context.Context, r *Record, take func() (Bytes, error)) error {
	if err := s.reserve(ctx, *r); err != nil {
		*r = Record{}
		return err
	}
	content, err := take()
	if err == nil {
		err = s.commit(ctx, r, content)
	}
	if err != nil {
		s.refuse(ctx, *r, err)
		*r = Record{}
	}
	return err
}

// reserve adds the row of a file for which there is room. It is counted after it was
// added, so that of two who come at once none slips by: rather both are refused.
func (s *Service) reserve(ctx context.Context, r Record) error {
	if err := s.Store.CheckRoom(ctx, r.Size); err != nil {
		return err
	}
	var quota int64
	err := s.Tx.InTx(ctx, func(ctx context.Context) (err error) {
		quota, err = s.Records.Add(ctx, r)
		return err
	})
	if err != nil || quota == 0 {
		return err
	}
	used, err := s.Records.Used(ctx)
	if err == nil && used > quota {
		err = fault.New(fault.Full, "file.quota").With(fault.Args{"Quota": fault.Bytes(quota), "Used": fault.Bytes(used - r.Size)})
	}
	if err != nil {
		s.refuse(ctx, r, err)
	}
	return err
}

// take looks at what arrives, and takes it if it is what q asks for.
func (s *Service) take(ctx context.Context, q Request, r *Record, content io.Reader) (Bytes, error) {
	var check fault.Check
	first := bufio.NewReaderSize(content, HeadSize)
	head, err := first.Peek(HeadSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if len(head) == 0 {
		check.That(false, fault.File, "file.empty")
		return nil, check.Err()
	}
	t := s.Types.Detect(r.Name, head)
	if !q.takes(t) {
		check.That(false, fault.File, "file.type", fault.Args{"Name": r.Name, "Formats": q.list()})
		return nil, check.Err()
	}
	r.Media = t.Media
	taken, err := s.Store.Receive(ctx, first, s.MaxSize)
	if fault.KindOf(err) == fault.TooLarge {
		check.That(false, fault.File, fault.KeyOf(err), fault.ArgsOf(err))
		return nil, check.Err()
	}
	return taken, err
}

// commit gives the bytes of r their place, and then says so in its row. The region is
// shared meanwhile, so that Sweep removes no bytes that have a row; those that it has
// removed since they got their place are to be sent again.
func (s *Service) commit(ctx context.Context, r *Record, content Bytes) error {
	done := *r
	done.SHA256, done.Size = content.Digest()
	// The type was seen in the head. A check that needs all of a file comes here, with a
	// state of its own.
	if !done.move(MoveCheck) {
		return errors.Join(errors.New("a file that does not arrive was to be stored"), content.Discard())
	}
	if err := content.Commit(ctx); err != nil {
		return errors.Join(err, content.Discard())
	}
	err := s.Tx.InTx(ctx, func(ctx context.Context) error {
		ctx, err := s.Region.LockShared(ctx)
		if err != nil {
			return err
		}
		if err := s.hasBytes(ctx, done.SHA256); err != nil {
			return err
		}
		return s.Records.Save(ctx, done, s.Now())
	})
	if err == nil {
		*r = done
	}
	return err
}

// hasBytes returns Busy for bytes that are not there.
func (s *Service) hasBytes(ctx context.Context, sha256 string) error {
	content, err := s.Store.Open(ctx, sha256)
	if fault.KindOf(err) == fault.NotFound {
		return fault.New(fault.Busy, "fault.busy").Because(fmt.Errorf("bytes %s were swept when they came again", sha256))
	}
	if err != nil {
		return err
	}
	return content.Close()
}

// refuse says in the row of r why it did not become a file, also where its sender has
// gone. Should that fail too, Sweep deletes the row.
func (s *Service) refuse(ctx context.Context, r Record, why error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), endTime)
	defer cancel()
	r.Reason = fault.KeyOf(why)
	if fields := fault.FieldsOf(why); len(fields) > 0 {
		r.Reason = fields[0].Key
	}
	r.Media, r.SHA256, r.Size = "", "", 0
	if !r.move(MoveRefuse) {
		return
	}
	if err := s.Records.Save(ctx, r, s.Now()); err != nil {
		s.Log.WarnContext(ctx, "a file that was refused counts until it is swept", slog.String("file", r.ID), slog.Any("error", err))
	}
}

// Pending returns a file that the actor has sent for that purpose; NotFound for any
// other.
func (s *Service) Pending(ctx context.Context, purpose, id string) (Record, error) {
	r, err := s.Records.ByID(ctx, id)
	if err != nil {
		return Record{}, err
	}
	if r.State != Checked || r.Purpose != purpose || r.ReceivedBy != actor.From(ctx).ID {
		return Record{}, fault.New(fault.NotFound, "fault.not_found")
	}
	return r, nil
}

// Use notes, in the caller's transaction, that something uses a file from now on;
// NotFound for one that is not checked, or that was deleted as unused.
func (s *Service) Use(ctx context.Context, u Use) error { return s.Records.Use(ctx, u, s.Now()) }

// EndUse notes, in the caller's transaction, that it does not any more.
func (s *Service) EndUse(ctx context.Context, u Use) error { return s.Records.EndUse(ctx, u, s.Now()) }
