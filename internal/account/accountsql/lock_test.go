package accountsql_test

import (
	"context"
	"testing"

	"siida.id/internal/account"
	"siida.id/internal/account/accountsql"
	"siida.id/internal/base/fault"
)

// A transaction that waits for a locked person reads them as they are afterwards.
func TestLocks(t *testing.T) {
	each(t, func(t *testing.T, s *accountsql.Store) {
		ctx := in(t, "18.01")
		none(t, s.Add(ctx, account.Person{ID: "p2", Name: "Sari", Login: "sari", Active: true}, nil))
		waited := make(chan account.Person)
		none(t, s.DB.InTx(ctx, func(tx context.Context) error {
			none(t, s.LockAdmins(tx, "p2"), s.LockAdmins(tx, "none"))
			p, err := s.LockPerson(tx, "p1")
			if err != nil || p.Version != 1 {
				t.Errorf("locked %+v, %v", p, err)
			}
			for _, id := range []string{"p1", "p2"} { // one of whom is an admin
				go func() {
					var p account.Person
					err := s.DB.InTx(ctx, func(tx context.Context) (err error) {
						p, err = s.LockPerson(tx, id)
						return err
					})
					if err != nil {
						t.Error(err)
					}
					waited <- p
				}()
			}
			none(t, s.SaveProfile(tx, account.Person{ID: "p1", Name: "Baru"}))
			return s.SaveProfile(tx, account.Person{ID: "p2", Name: "Baru"})
		}))
		for range 2 {
			if p := <-waited; p.Version != 2 || p.Name != "Baru" {
				t.Errorf("after waiting: %+v", p)
			}
		}
		err := s.DB.InTx(in(t, "18.02"), func(tx context.Context) error {
			_, err := s.LockPerson(tx, "p2")
			return err
		})
		if fault.KindOf(err) != fault.NotFound {
			t.Errorf("of another region: %v, want NotFound", err)
		}
	})
}
