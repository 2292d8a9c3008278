package innovation_test

import (
	"context"
	"testing"

	"siida.id/internal/base/fault"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/base/uow"
	"siida.id/internal/innovation"
)

// rival calls act once, before the transaction begins.
type rival struct {
	uow.Transactor
	act func()
}

func (r *rival) InTx(ctx context.Context, fn func(context.Context) error) error {
	if act := r.act; act != nil {
		r.act = nil
		act()
	}
	return r.Transactor.InTx(ctx, fn)
}

func TestAcceptCancelledTransfer(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		i := w.asked()
		w.Tx = &rival{w.Tx, func() {
			if err := w.AnswerTransfer(servicetest.As(t, "operator"), i.ID, innovation.Cancel, ""); err != nil {
				t.Fatal(err)
			}
		}}
		if err := w.AnswerTransfer(servicetest.As(t, "other"), i.ID, innovation.Accept, ""); fault.KeyOf(err) != "fault.not_found" {
			t.Errorf("accepting it = %v", err)
		}
		if now, err := w.ByID(servicetest.As(t, "admin"), i.ID); err != nil || now.AgencyID != servicetest.Own {
			t.Errorf("it went through: %v, %v", now.AgencyID, err)
		}
	})
}
