package backup

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"siida.id/internal/base/fault"
)

// batch is how many rows are added at once.
const batch = 200

// RestoreFiles puts the files of a backup, of which Verify has found nothing damaged, in
// their places. It may be called again after it was interrupted.
func (s *Service) RestoreFiles(ctx context.Context, dir string, m Manifest) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	defer func() { _ = root.Close() }()
	err = s.Files.InBatch(ctx, func(ctx context.Context) error { return s.restoreFiles(ctx, root, m) })
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	return nil
}

// RestoreRows adds the rows of a backup, of which Verify has found nothing damaged, to an
// empty database with the schema of the backup: all or none. It returns Conflict if a
// table has rows.
func (s *Service) RestoreRows(ctx context.Context, dir string, m Manifest) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	defer func() { _ = root.Close() }()
	if err := s.Store.InTx(ctx, func(ctx context.Context) error { return s.restoreRows(ctx, root, m) }); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	return nil
}

// HasRows reports whether the rows of a backup are those of the database, by where its
// audit logs end: RestoreRows was interrupted after its commit. It returns Conflict
// if the database has other rows.
func (s *Service) HasRows(ctx context.Context, m Manifest) (bool, error) {
	used := s.Empty(ctx)
	if fault.KindOf(used) != fault.Conflict {
		return false, used
	}
	logs, err := s.Store.LogEnds(ctx)
	if err != nil {
		return false, err
	}
	if !slices.Equal(logs, m.Logs) {
		return false, used
	}
	return true, nil
}

// Empty returns Conflict if a table has rows.
func (s *Service) Empty(ctx context.Context) error {
	tables, err := s.Store.Tables(ctx)
	if err != nil {
		return err
	}
	for _, t := range tables {
		used, err := s.Store.Any(ctx, t)
		if err != nil {
			return err
		}
		if used {
			return fault.New(fault.Conflict, "backup.database_used").With(fault.Args{"Table": t.Name})
		}
	}
	return nil
}

func (s *Service) restoreRows(ctx context.Context, root *os.Root, m Manifest) error {
	if err := s.Empty(ctx); err != nil {
		return err
	}
	tables, err := s.Store.Tables(ctx)
	if err != nil {
		return err
	}
	parts := map[string]Part{}
	for _, p := range m.Parts {
		if name := p.table(); name != "" {
			parts[name] = p
		}
	}
	for _, t := range tables { // each behind those to which it refers
		p, ok := parts[t.Name]
		if !ok {
			return fmt.Errorf("the backup has no table %s", t.Name)
		}
		delete(parts, t.Name)
		if err := s.restoreTable(ctx, root, t, p); err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	for name := range parts {
		return fmt.Errorf("the backup has a table %s, which schema %d has not", name, m.Schema)
	}
	logs, err := s.Store.LogEnds(ctx)
	if err != nil {
		return err
	}
	if !slices.Equal(logs, m.Logs) {
		return fmt.Errorf("the audit logs end at %v, those of the backup at %v", logs, m.Logs)
	}
	return eachLine(root, jobsName, func(line []byte) error {
		var j Job
		if err := json.Unmarshal(line, &j); err != nil {
			return err
		}
		return s.Jobs.Insert(ctx, j)
	})
}

func (s *Service) restoreTable(ctx context.Context, root *os.Root, t Table, p Part) error {
	var rows [][]any
	var n int64
	arranged := newArranger(t, func(row []any) error {
		if rows = append(rows, row); len(rows) < batch {
			return nil
		}
		err := s.Store.Add(ctx, t, rows)
		rows = rows[:0]
		return err
	})
	err := eachLine(root, p.Path, func(line []byte) error {
		row, err := parseRow(t, line)
		if err != nil {
			return fmt.Errorf("row %d: %w", n+1, err)
		}
		n++
		return arranged.put(row)
	})
	if err == nil {
		err = arranged.end()
	}
	if err != nil {
		return err
	}
	if n != p.Rows {
		return fmt.Errorf("%d rows, not %d", n, p.Rows)
	}
	return s.Store.Add(ctx, t, rows)
}

func (s *Service) restoreFiles(ctx context.Context, root *os.Root, m Manifest) error {
	for _, p := range m.Parts {
		f, ok := p.file()
		if !ok {
			continue
		}
		if err := s.restoreFile(ctx, root, p, f); err != nil {
			return fmt.Errorf("%s: %w", p.Path, err)
		}
	}
	return nil
}

func (s *Service) restoreFile(ctx context.Context, root *os.Root, p Part, f File) error {
	content, err := root.Open(p.Path)
	if err != nil {
		return err
	}
	return errors.Join(s.Files.Put(ctx, f, content), content.Close())
}

// eachLine calls fn with every line of a part, however long.
func eachLine(root *os.Root, name string, fn func(line []byte) error) error {
	content, err := root.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }()
	lines := bufio.NewReaderSize(content, 64<<10)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			if err := fn(line); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
