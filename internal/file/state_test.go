package file_test

import (
	"testing"

	"siida.id/internal/file"
)

// Every state with every move; those not in the table are refused.
func TestMoves(t *testing.T) {
	want := map[[2]string]file.State{
		{"receiving", "store"}: file.Stored, {"receiving", "refuse"}: file.Refused,
		{"stored", "check"}: file.Checked, {"stored", "refuse"}: file.Refused, {"stored", "fail"}: file.Unopenable,
	}
	for _, s := range append(file.States(), "other") {
		for _, m := range append(file.Moves(), "other") {
			next, ok := s.After(m)
			wanted, allowed := want[[2]string{string(s), string(m)}]
			if ok != allowed || next != wanted {
				t.Errorf("%s from %q = %q, %v; want %q, %v", m, s, next, ok, wanted, allowed)
			}
		}
	}
}
