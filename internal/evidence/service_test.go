package evidence_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/evidence"
)

func TestPermissions(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		operator, sent := servicetest.As(t, "operator"), w.send("operator", w.own, letter, "surat.pdf")
		w.must(w.Save(operator, w.own, year, letter, w.proven("1", 0), nil))
		proof := w.question(letter).Proofs[0].ID
		servicetest.Permissions(t, `
			-         visitor  nobody   operator  other    brida      admin    away
			Question  unknown  missing  yes       missing  yes        yes      missing
			Sheet     unknown  missing  yes       missing  yes        yes      missing
			Open      unknown  missing  yes       missing  yes        yes      missing
			PendingFile  missing  missing  yes       missing  missing    missing  missing
			Receive   unknown  missing  yes       missing  forbidden  yes      missing
			Save      unknown  missing  yes       missing  forbidden  yes      missing
			Detach    unknown  missing  yes       missing  forbidden  yes      missing
			Printed   unknown  missing  yes       missing  yes        yes      missing
			Document  unknown  missing  yes       missing  yes        yes      missing
			GiveReason unknown missing  yes       missing  yes        yes      missing
			Openings  unknown  missing  forbidden missing  yes        yes      missing
			CompletenessOf unknown yes   yes      yes      yes        yes      yes
			SumsOf    unknown  yes       yes      yes      yes        yes      yes`,
			servicetest.Call{Name: "Question", Do: func(ctx context.Context) error {
				_, err := w.Question(ctx, w.own, year, letter)
				return err
			}},
			servicetest.Call{Name: "Sheet", Do: func(ctx context.Context) error { _, err := w.Sheet(ctx, w.own, ""); return err }},
			servicetest.Call{Name: "Open", Do: func(ctx context.Context) error {
				_, bytes, err := w.Open(ctx, proof)
				if err == nil {
					err = bytes.Close()
				}
				return err
			}},
			servicetest.Call{Name: "PendingFile", Do: func(ctx context.Context) error { _, err := w.PendingFile(ctx, w.own, sent); return err }},
			servicetest.Call{Name: "Receive", Do: func(ctx context.Context) error {
				_, err := w.Receive(ctx, w.own, year, letter, "surat.pdf", strings.NewReader("isi"))
				return err
			}},
			servicetest.Call{Name: "Save", Do: func(ctx context.Context) error {
				return w.Save(ctx, w.own, year, letter, evidence.Entry{Choice: "2", Version: w.question(letter).Answer.Version}, nil)
			}},
			servicetest.Call{Name: "Detach", Do: func(ctx context.Context) error {
				w.must(w.Save(operator, w.own, year, letter, w.proven("2", w.question(letter).Answer.Version), nil))
				return w.Detach(ctx, w.own, year, letter, w.question(letter).Proofs[0].ID)
			}},
			servicetest.Call{Name: "Printed", Do: func(ctx context.Context) error { _, err := w.Printed(ctx, w.own, ""); return err }},
			servicetest.Call{Name: "Document", Do: func(ctx context.Context) error { _, err := w.Document(ctx, proof); return err }},
			servicetest.Call{Name: "GiveReason", Do: func(ctx context.Context) error { return w.GiveReason(ctx, proof, "Pemeriksaan") }},
			servicetest.Call{Name: "Openings", Do: func(ctx context.Context) error { _, err := w.AccessLog(ctx, proof, 1); return err }},
			servicetest.Call{Name: "CompletenessOf", Do: func(ctx context.Context) error {
				_, err := w.CompletenessOf(ctx, w.question(letter).Period)
				return err
			}},
			servicetest.Call{Name: "SumsOf", Do: func(ctx context.Context) error {
				_, err := w.TotalsOf(ctx, w.question(letter).Period)
				return err
			}},
		)
	})
}

// An address with any wrong part is NotFound, even if the others are right.
func TestAddresses(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin := servicetest.As(t, "admin")
		w.must(w.Save(admin, w.twin, year, letter, evidence.Entry{
			Choice: "1", Number: "1", Day: "2025-01-02", Subject: "Keputusan", FileID: w.send("admin", w.twin, letter, "surat.pdf"),
		}, nil))
		q, err := w.Question(admin, w.twin, year, letter)
		w.must(err)
		foreign := q.Proofs[0].ID
		for _, at := range [][3]string{
			{"none", year, letter},
			{w.far, year, letter},
			{w.own, "2023", letter},
			{w.own, "", letter},
			{w.own, year, ""},
			{w.own, year, "SPD-01"}, // answered by the region
			{w.own, year, "SID-36"}, // not answered
			{w.own, year, "sid-16"},
		} {
			_, asked := w.Question(admin, at[0], at[1], at[2])
			_, sent := w.Receive(admin, at[0], at[1], at[2], "surat.pdf", strings.NewReader("isi"))
			saved := w.Save(admin, at[0], at[1], at[2], evidence.Entry{Choice: "1"}, nil)
			detached := w.Detach(admin, at[0], at[1], at[2], foreign)
			for _, err := range []error{asked, sent, saved, detached} {
				if fault.KindOf(err) != fault.NotFound {
					t.Errorf("%v: %v, want NotFound", at, err)
				}
			}
		}
		for name, document := range map[string]string{"none": "none", "of another innovation": foreign} {
			if err := w.Detach(admin, w.own, year, letter, document); fault.KindOf(err) != fault.NotFound {
				t.Errorf("detaching a document that is %s: %v", name, err)
			}
		}
		if err := w.Detach(admin, w.twin, year, photo, foreign); fault.KindOf(err) != fault.NotFound {
			t.Errorf("detaching it from an indicator that it does not prove: %v", err)
		}
		if _, _, err := w.Open(admin, "none"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("opening none: %v", err)
		}
	})
}

func TestOpenReturnsWhatWasSent(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		operator := servicetest.As(t, "operator")
		w.must(w.Save(operator, w.own, year, letter, w.proven("1", 0), nil))
		d, bytes, err := w.Open(operator, w.question(letter).Proofs[0].ID)
		w.must(err)
		content, err := io.ReadAll(bytes)
		if string(content) != "isi surat.pdf" || errors.Join(err, bytes.Close()) != nil {
			t.Errorf("%q, %v", content, err)
		}
		f := d.File
		if f.Name != "surat.pdf" || f.Media != "x/pdf" || f.Size != 13 || f.ReceivedBy != "operator" || !f.ReceivedAt.Equal(w.now) {
			t.Errorf("its file is %+v", f)
		}
	})
}

// If the audit log fails, nothing is changed.
func TestChangesNeedTheLog(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		operator, ids := servicetest.As(t, "operator"), 0
		w.must(w.Save(operator, w.own, year, letter, w.proven("1", 0), nil))
		before, next := w.question(letter), w.proven("3", 1)
		logged := w.entries()
		w.NewID = func() string { ids++; return fmt.Sprint("new", ids) }
		w.log.Err = errors.New("the disk is full")
		for name, err := range map[string]error{
			"Save":   w.Save(operator, w.own, year, letter, next, nil),
			"Detach": w.Detach(operator, w.own, year, letter, before.Proofs[0].ID),

			"GiveReason": w.GiveReason(operator, before.Proofs[0].ID, "Alasan"),
		} {
			if !errors.Is(err, w.log.Err) {
				t.Errorf("%s = %v, want the log's error", name, err)
			}
		}
		after := w.question(letter)
		if after.Answer != before.Answer || len(after.Proofs) != 1 || after.Proofs[0] != before.Proofs[0] {
			t.Errorf("there stays %+v", after)
		}
		if o, err := w.AccessLog(servicetest.As(t, "admin"), before.Proofs[0].ID, 1); err != nil || len(o.List) > 0 {
			t.Errorf("the reason stays: %+v, %v", o.List, err)
		}
		for n := range ids {
			if _, _, err := w.Open(operator, fmt.Sprint("new", n+1)); fault.KindOf(err) != fault.NotFound {
				t.Errorf("a document stays: %v", err)
			}
		}
		if n := w.entries(); n != logged {
			t.Errorf("the log has %d entries more", n-logged)
		}
	})
}
