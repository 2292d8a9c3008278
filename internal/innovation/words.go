package innovation

import (
	"context"
	"slices"
	"strings"

	"siida.id/internal/base/text"
)

// SearchWords returns the words of the name and of all parts of the rancang bangun, each
// once, as text.SortKey has them, with a space around each. They are stored, so that a
// search need not read the texts.
func (i Innovation) SearchWords() string {
	words := strings.Fields(text.SortKey(strings.Join(append([]string{i.Name}, i.parts(i.Design)...), " ")))
	slices.Sort(words)
	return " " + strings.Join(slices.Compact(words), " ") + " "
}

// SaveOldWords stores the SearchWords of the region's innovations that an earlier version
// of the program has stored without. It is idempotent, and called at the start.
func (s *Service) SaveOldWords(ctx context.Context) error {
	ids, err := s.Store.Wordless(ctx)
	if err != nil || len(ids) == 0 {
		return err
	}
	return s.Tx.InTx(ctx, func(ctx context.Context) error {
		for _, id := range ids {
			i, err := s.Store.Lock(ctx, id)
			if err != nil {
				return err
			}
			if err := s.Store.SaveWords(ctx, i); err != nil {
				return err
			}
		}
		return nil
	})
}
