package backup

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"siida.id/internal/base/fault"
)

// Write makes a backup in dir, which it creates, or which must be empty; Conflict if it
// is not, and Full if the disk has not the room for it. Others may write meanwhile: the backup has everything that was acknowledged
// before it began. What the installation itself lacks is in the manifest, as damaged.
//
// Bytes are copied before the snapshot, and after it those that have come since. So
// the sweep, which removes bytes that nothing has used for a day, may run meanwhile:
// what a row of the snapshot refers to either was there before it, or came within the day.
func (s *Service) Write(ctx context.Context, dir string) (Manifest, error) {
	if _, err := s.Store.Schema(ctx); err != nil { // hours before the snapshot would find it
		return Manifest{}, fmt.Errorf("backup: %w", err)
	}
	if err := s.checkSpace(ctx, dir); err != nil {
		return Manifest{}, err
	}
	f, err := newFolder(dir)
	if err != nil {
		return Manifest{}, err
	}
	m, err := s.write(ctx, f)
	if err := errors.Join(err, f.root.Close()); err != nil {
		return Manifest{}, fmt.Errorf("backup: %w", err)
	}
	return m, nil
}

func (s *Service) write(ctx context.Context, f *folder) (m Manifest, err error) {
	copied := map[File]Part{}
	err = s.Files.Walk(ctx, func(one File, _ int64) error {
		part, _, err := s.copyFile(ctx, f, one)
		if part.Path != "" {
			copied[one] = part
		}
		return err
	})
	if err != nil {
		return Manifest{}, fmt.Errorf("copy files: %w", err)
	}
	m = Manifest{Format: format, Program: s.Program, At: s.Now().UTC(), Damaged: []Damage{}}
	var files []File
	err = s.Store.Snapshot(ctx, func(ctx context.Context) (err error) {
		files, err = s.writeRows(ctx, f, &m)
		return err
	})
	if err != nil {
		return Manifest{}, err
	}
	for _, one := range files {
		part, ok := copied[one]
		delete(copied, one)
		if !ok {
			var key string
			if part, key, err = s.copyFile(ctx, f, one); err != nil {
				return Manifest{}, fmt.Errorf("copy files: %w", err)
			}
			if key != "" {
				m.Damaged = append(m.Damaged, Damage{one.path(), key})
				continue
			}
		}
		m.Parts = append(m.Parts, part)
	}
	for one := range copied { // what nothing used at the snapshot
		if err := f.root.Remove(one.path()); err != nil {
			return Manifest{}, err
		}
	}
	if err := f.sync(ctx); err != nil {
		return Manifest{}, err
	}
	return m, f.finish(ctx, m)
}

// finish writes the manifest, by which the backup becomes one.
func (f *folder) finish(ctx context.Context, m Manifest) error {
	text, err := m.sealed()
	if err != nil {
		return err
	}
	const unfinished = manifestName + ".new"
	_, err = f.write(unfinished, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
	if err != nil {
		return err
	}
	if err := errors.Join(f.syncName(unfinished), ctx.Err()); err != nil {
		return err
	}
	if err := f.root.Rename(unfinished, manifestName); err != nil {
		return err
	}
	return f.syncName(".")
}

// copyFile copies the bytes of a file. If they are not there or not unchanged, it returns
// the message for that, and no part; other errors are of the backup's folder, or of ctx.
func (s *Service) copyFile(ctx context.Context, f *folder, one File) (part Part, key string, err error) {
	content, err := s.Files.Open(ctx, one)
	if fault.KindOf(err) == fault.NotFound {
		return Part{}, "backup.file_missing", nil
	}
	if err != nil {
		return Part{}, "backup.file_unreadable", ctx.Err()
	}
	defer func() { _ = content.Close() }()
	from := &source{Reader: reader{ctx, content}}
	part, err = f.write(one.path(), func(w io.Writer) error {
		_, err := io.Copy(w, from)
		return err
	})
	switch {
	case ctx.Err() != nil:
		return Part{}, "", ctx.Err()
	case from.failed != nil:
		return Part{}, "backup.file_unreadable", nil
	case err != nil:
		return Part{}, "", err
	case part.SHA256 != one.SHA256:
		return Part{}, "backup.file_changed", f.root.Remove(one.path())
	}
	return part, "", nil
}

// source notes the error with which reading failed.
type source struct {
	io.Reader
	failed error
}

// Read implements io.Reader.
func (s *source) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		s.failed = err
	}
	return n, err
}

// writeRows writes what is in the database, and returns the files to which it refers.
func (s *Service) writeRows(ctx context.Context, f *folder, m *Manifest) (files []File, err error) {
	if m.Schema, err = s.Store.Schema(ctx); err != nil {
		return nil, err
	}
	if m.Logs, err = s.Store.LogEnds(ctx); err != nil {
		return nil, err
	}
	tables, err := s.Store.Tables(ctx)
	if err != nil {
		return nil, err
	}
	for _, t := range tables {
		part, err := s.writeTable(ctx, f, t)
		if err != nil {
			return nil, fmt.Errorf("table %s: %w", t.Name, err)
		}
		m.Parts = append(m.Parts, part)
	}
	jobs, err := s.Jobs.Unfinished(ctx)
	if err != nil {
		return nil, err
	}
	part, err := f.write(jobsName, func(w io.Writer) error {
		lines := json.NewEncoder(w)
		for _, j := range jobs {
			if err := lines.Encode(j); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	m.Parts = append(m.Parts, part)
	return s.Store.Files(ctx)
}

func (s *Service) writeTable(ctx context.Context, f *folder, t Table) (Part, error) {
	var rows int64
	part, err := f.write(rowsFolder+"/"+t.Name+rowsSuffix, func(w io.Writer) error {
		var line []byte
		lines := bufio.NewWriter(w)
		err := s.Store.Each(ctx, t, func(row []any) (err error) {
			if line, err = appendRow(line[:0], t, row); err != nil {
				return err
			}
			rows++
			_, err = lines.Write(line)
			return err
		})
		return errors.Join(err, lines.Flush())
	})
	part.Rows = rows
	return part, err
}
