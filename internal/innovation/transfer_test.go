package innovation_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"siida.id/internal/agency"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/innovation"
)

// asked adds an innovation of the own agency with an open transfer to the other.
func (w *world) asked() innovation.Innovation {
	w.t.Helper()
	i := w.register("operator", servicetest.Own, "Keliling")
	if err := w.AskTransfer(servicetest.As(w.t, "operator"), i.ID, servicetest.Other, " Tugas pindah "); err != nil {
		w.t.Fatal(err)
	}
	return i
}

func TestTransferPermissions(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		plain := w.register("operator", servicetest.Own, "Tetap")
		operator := servicetest.As(t, "operator")
		servicetest.Permissions(t, `
			-            visitor  nobody     operator   other      brida      admin      away
			Handling     unknown  missing    yes        missing    yes        yes        missing
			Ask          unknown  missing    yes        missing    forbidden  yes        missing
			Handling(to) unknown  missing    yes        yes        yes        yes        missing
			Accept       unknown  missing    forbidden  yes        forbidden  yes        missing
			Refuse       unknown  missing    forbidden  yes        forbidden  yes        missing
			Cancel       unknown  missing    yes        forbidden  forbidden  yes        missing
			Answer(lain) unknown  missing    missing    missing    missing    missing    missing
			Transfers    unknown  yes        yes        yes        yes        yes        yes
			Do           unknown  missing    yes        missing    forbidden  yes        missing
			Move         unknown  forbidden  forbidden  forbidden  forbidden  yes        missing
			OpenOf       unknown  missing    yes        missing    yes        yes        yes`,
			servicetest.Call{Name: "Handling", Do: func(ctx context.Context) error { _, err := w.Handling(ctx, plain.ID); return err }},
			servicetest.Call{Name: "Ask", Do: func(ctx context.Context) error {
				_ = w.AnswerTransfer(operator, plain.ID, innovation.Cancel, "")
				return w.AskTransfer(ctx, plain.ID, servicetest.Other, "")
			}},
			servicetest.Call{Name: "Handling(to)", Do: func(ctx context.Context) error { _, err := w.Handling(ctx, w.asked().ID); return err }},
			servicetest.Call{Name: "Accept", Do: func(ctx context.Context) error {
				asked := w.asked().ID
				err := w.AnswerTransfer(ctx, asked, innovation.Accept, "")
				if same := innovation.SameNameOf(err); same != "" { // of the one before
					err = w.AnswerTransfer(ctx, asked, innovation.Accept, same)
				}
				return err
			}},
			servicetest.Call{Name: "Refuse", Do: func(ctx context.Context) error { return w.AnswerTransfer(ctx, w.asked().ID, innovation.Refuse, "") }},
			servicetest.Call{Name: "Cancel", Do: func(ctx context.Context) error { return w.AnswerTransfer(ctx, w.asked().ID, innovation.Cancel, "") }},
			servicetest.Call{Name: "Answer(lain)", Do: func(ctx context.Context) error { return w.AnswerTransfer(ctx, plain.ID, "lain", "") }},
			servicetest.Call{Name: "Transfers", Do: func(ctx context.Context) error { _, err := w.Transfers(ctx); return err }},
			servicetest.Call{Name: "Do", Do: func(ctx context.Context) error {
				return w.Do(ctx, w.register("operator", servicetest.Own, "Arsip").ID, innovation.Archive, "")
			}},
			servicetest.Call{Name: "Move", Do: func(ctx context.Context) error {
				return w.Move(ctx, w.register("operator", servicetest.Own, "Gabung").ID, servicetest.Other, "B/1", "2026-01-02")
			}},
			servicetest.Call{Name: "OpenOf", Do: func(ctx context.Context) error { _, err := w.OpenOf(ctx, servicetest.Own); return err }},
		)
	})
}

func TestTransfer(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		operator, other := servicetest.As(t, "operator"), servicetest.As(t, "other")
		i := w.asked()
		want := innovation.Transfer{
			InnovationID: i.ID, InnovationName: "Keliling", From: servicetest.Own, FromName: "Dinas own", To: servicetest.Other, ToName: "Dinas other",
			Note: "Tugas pindah", AskedAt: w.now,
		}
		for persona, n := range map[string]int{"nobody": 0, "operator": 1, "other": 1, "brida": 1, "admin": 1, "away": 0} {
			list, err := w.Transfers(servicetest.As(t, persona))
			if err != nil || len(list) != n || n == 1 && !cmp.Equal(want, list[0]) {
				t.Errorf("%s sees %+v, %v", persona, list, err)
			}
		}
		if err := w.AskTransfer(operator, i.ID, servicetest.Other, ""); fault.KeyOf(err) != "innovation.transfer_open" {
			t.Errorf("asking again = %v", err)
		}
		w.now = w.now.Add(48 * time.Hour)
		if err := w.AnswerTransfer(other, i.ID, innovation.Accept, ""); err != nil {
			t.Fatal(err)
		}
		if _, err := w.ByID(operator, i.ID); fault.KindOf(err) != fault.NotFound {
			t.Errorf("the previous owner reads it: %v", err)
		}
		h, err := w.Handling(other, i.ID)
		owners := []innovation.Owner{
			{AgencyID: servicetest.Own, AgencyName: "Dinas own", From: "2026-03-02", Until: "2026-03-04"},
			{AgencyID: servicetest.Other, AgencyName: "Dinas other", From: "2026-03-04"},
		}
		if diff := cmp.Diff(owners, h.Owners); err != nil || diff != "" || h.AgencyID != servicetest.Other || h.Transfer != nil || h.Version != 2 {
			t.Errorf("handling: %v %s %+v", err, diff, h)
		}
		if got := names(h.Agencies, func(a agency.Agency) string { return a.ID }); !cmp.Equal(got, []string{servicetest.Own}) {
			t.Errorf("it may go on to %v", got)
		}
		if err := w.AnswerTransfer(other, i.ID, innovation.Cancel, ""); fault.KeyOf(err) != "innovation.transfer_none" {
			t.Errorf("an answer to nothing = %v", err)
		}
	})
}

func TestTransferMistakes(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		operator, i := servicetest.As(t, "operator"), w.register("operator", servicetest.Own, "Keliling")
		for _, to := range []string{"", "none", "far", servicetest.Own} {
			err := w.AskTransfer(operator, i.ID, to, "")
			if fields := fault.FieldsOf(err); len(fields) != 1 || fields[0].Key != "innovation.agency_other" {
				t.Errorf("to %q = %v", to, err)
			}
		}
		pendamping := actor.With(t.Context(), actor.Actor{
			ID: "p", Region: servicetest.Home, Assignments: []actor.Assignment{{Role: actor.Pendamping, Agency: servicetest.Own}},
		})
		if err := w.AskTransfer(pendamping, i.ID, servicetest.Other, ""); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("a pendamping asks: %v", err)
		}
		asked := w.asked()
		if err := w.Do(operator, asked.ID, innovation.Archive, ""); err != nil {
			t.Fatal(err)
		}
		if err := w.AnswerTransfer(servicetest.As(t, "other"), asked.ID, innovation.Accept, ""); fault.KeyOf(err) != "innovation.put_away" {
			t.Errorf("accepting what is archived = %v", err)
		}
		if err := w.AskTransfer(operator, asked.ID, servicetest.Other, ""); fault.KeyOf(err) != "innovation.put_away" {
			t.Errorf("asking for what is archived = %v", err)
		}
	})
}

// An act on agencies transfers every innovation, in any state, and ends its open
// transfer.
func TestMove(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin, i := servicetest.As(t, "admin"), w.asked()
		if err := w.Do(admin, i.ID, innovation.Archive, ""); err != nil {
			t.Fatal(err)
		}
		if err := w.Move(admin, i.ID, "none", "B/9", "2026-05-01"); fault.KindOf(err) != fault.NotFound {
			t.Errorf("to an agency that is not there = %v", err)
		}
		for range 2 { // the second time changes nothing
			if err := w.Move(admin, i.ID, servicetest.Other, " B/9 ", "2026-05-01"); err != nil {
				t.Fatal(err)
			}
		}
		h, err := w.Handling(admin, i.ID)
		if err != nil || h.AgencyID != servicetest.Other || h.State != innovation.Archived || h.Transfer != nil || len(h.Owners) != 2 ||
			h.Owners[1].Number != "B/9" || h.Owners[1].From != "2026-05-01" {
			t.Errorf("%+v, %v", h, err)
		}
		owned, err := w.OpenOf(admin, servicetest.Other)
		if err != nil || len(owned) != 1 || owned[0].ID != i.ID {
			t.Errorf("held %v, %v", owned, err)
		}
		before := w.entries()
		w.log.Err = errors.New("the disk is full")
		if err := w.Move(admin, i.ID, servicetest.Own, "B/10", "2026-06-01"); !errors.Is(err, w.log.Err) {
			t.Errorf("Move = %v, want the log's error", err)
		}
		h, err = w.Handling(admin, i.ID)
		if err != nil || h.AgencyID != servicetest.Other || len(h.Owners) != 2 || w.entries() != before {
			t.Errorf("something stays: %+v, %v", h, err)
		}
	})
}

// Nothing is transferred to an agency that has ended.
func TestTransferToEndedAgency(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin, i, free := servicetest.As(t, "admin"), w.asked(), w.register("operator", servicetest.Own, "Tetap")
		agencies, ok := w.Agencies.(*agency.Service)
		if !ok {
			t.Fatalf("%T", w.Agencies)
		}
		other, err := agencies.ByID(admin, servicetest.Other)
		if err != nil {
			t.Fatal(err)
		}
		other.Until = "2026-03-01"
		if err := agencies.Store.Save(admin, other); err != nil {
			t.Fatal(err)
		}
		if err := w.AnswerTransfer(admin, i.ID, innovation.Accept, ""); fault.KeyOf(err) != "innovation.agency_gone" {
			t.Errorf("accepting for it = %v", err)
		}
		if err := w.AskTransfer(admin, free.ID, servicetest.Other, ""); len(fault.FieldsOf(err)) != 1 || fault.FieldsOf(err)[0].Key != "innovation.agency_other" {
			t.Errorf("asking it = %v", err)
		}
		if _, err := w.Register(admin, form(servicetest.Other, "Baru")); len(fault.FieldsOf(err)) != 1 || fault.FieldsOf(err)[0].Key != "innovation.agency_choose" {
			t.Errorf("registering for it = %v", err)
		}
	})
}
