package fault_test

import (
	"errors"
	"testing"

	"siida.id/internal/base/fault"
)

// Only internal errors get context, and errors.Is still finds them.
func TestWrapAndOurs(t *testing.T) {
	disk := errors.New("disk")
	for _, tt := range []struct {
		err  error
		want string
		ours bool
	}{
		{nil, "", false},
		{disk, "answer of Adem: disk", true},
		{fault.New(fault.Internal, "x").Because(disk), "answer of Adem: x: disk", true},
		{fault.New(fault.Busy, "fault.busy").Because(disk), "fault.busy: disk", true},
		{fault.New(fault.Full, "fault.full").Because(disk), "fault.full: disk", true},
		{fault.New(fault.Conflict, "period.closed").Because(disk), "period.closed: disk", false},
		{fault.New(fault.Unknown, "fault.sign_in").Because(disk), "fault.sign_in: disk", false},
	} {
		got := fault.Wrap(tt.err, "answer of %s", "Adem")
		text := ""
		if got != nil {
			text = got.Error()
		}
		if text != tt.want || (got == nil) != (tt.err == nil) || tt.err != nil && !errors.Is(got, disk) || fault.KindOf(got) != fault.KindOf(tt.err) {
			t.Errorf("Wrap of %v = %v, want %q", tt.err, got, tt.want)
		}
		if ours := fault.Ours(tt.err); ours != tt.ours {
			t.Errorf("Ours of %v = %v", tt.err, ours)
		}
	}
}

// A file over the quota is told with the other mistakes, and is what they are called by.
func TestOverQuotaIsAMistake(t *testing.T) {
	quota := &fault.Error{Kind: fault.OverQuota, Key: "file.quota", Fields: []fault.Field{{Name: fault.File, Key: "file.quota"}}}
	for _, first := range []bool{true, false} {
		var check fault.Check
		if first && check.Add(quota) != nil {
			t.Error("it is returned")
		}
		check.That(false, "subject", "subject_missing")
		if !first && check.Add(quota) != nil {
			t.Error("it is returned")
		}
		err := check.Err()
		if fault.KindOf(err) != fault.OverQuota || len(fault.FieldsOf(err)) != 2 || !fault.KeepsForm(err) || !fault.Mistakes(err) || fault.Temporary(err) || fault.Ours(err) {
			t.Errorf("%v of kind %d", err, fault.KindOf(err))
		}
	}
}
