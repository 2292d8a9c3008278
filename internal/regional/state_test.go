package regional_test

import (
	"testing"

	"siida.id/internal/regional"
)

// Every state with every move; those not in the table are refused.
func TestMoves(t *testing.T) {
	want := map[string]regional.RequestState{
		"diminta jawab": regional.Answered, "diminta tarik": regional.Withdrawn,
		"dijawab jawab": regional.Answered, "dijawab terima": regional.Accepted,
		"dijawab kembalikan": regional.Returned, "dijawab tarik": regional.Withdrawn,
		"dikembalikan jawab": regional.Answered, "dikembalikan tarik": regional.Withdrawn,
	}
	for _, s := range append(regional.RequestStates(), "", "lain") {
		for _, m := range append(regional.Moves(), "ambil", "") {
			next, ok := s.After(m)
			wanted, allowed := want[string(s)+" "+string(m)]
			if ok != allowed || next != wanted {
				t.Errorf("%s from %q = %q, %v; want %q, %v", m, s, next, ok, wanted, allowed)
			}
		}
	}
}
