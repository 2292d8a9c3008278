package agency_test

import (
	"fmt"
	"testing"
	"time"

	"siida.id/internal/agency"
	"siida.id/internal/base/servicetest"
)

// The first day of an agency, and the day of an act, must not be in the future in the
// region's zone.
func TestCaseB7FirstDaysInTheRegionsZone(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for i, m := range servicetest.Midnights(t) {
			admin := m.As(t, "admin")
			at := m.Last
			w.Now = func() time.Time { return at }
			create := func(name, from string) (agency.Agency, error) {
				return w.Create(admin, agency.Entry{Name: fmt.Sprintf("Dinas %d %s", i, name), Kind: "dinas", From: from})
			}
			if _, err := create("Besok", string(m.Then)); text(err) != "from=agency.day_future" {
				t.Errorf("%s: at 23.59 an agency begins tomorrow: %v", m, err)
			}
			old, err := create("Lama", string(m.Day.AddDays(-1)))
			if err != nil {
				t.Fatal(err)
			}
			if made, err := create("Kini", string(m.Day)); err != nil || made.From != m.Day {
				t.Errorf("%s: at 23.59 an agency that begins today begins on %q, %v", m, made.From, err)
			}
			paper := agency.DecreeForm{Number: "1/2026", Signed: string(m.Day), On: string(m.Then)}
			rename := func() error { return w.Rename(admin, old.ID, fmt.Sprintf("Dinas %d Baru", i), paper) }
			if err := rename(); text(err) != "on=agency.day_future" {
				t.Errorf("%s: at 23.59 an act takes effect tomorrow: %v", m, err)
			}
			at = m.Next
			if made, err := create("Besok", string(m.Then)); err != nil || made.From != m.Then {
				t.Errorf("%s: at 00.00 an agency that begins today begins on %q, %v", m, made.From, err)
			}
			if err := rename(); err != nil {
				t.Errorf("%s: at 00.00 an act takes effect today: %v", m, err)
			}
			for on, want := range map[string]string{"before": fmt.Sprintf("Dinas %d Lama", i), "after": fmt.Sprintf("Dinas %d Baru", i)} {
				d := m.Day
				if on == "after" {
					d = m.Then
				}
				if got, err := w.NameOn(admin, old.ID, d); err != nil || got != want {
					t.Errorf("%s: the day %s the act it is called %q, %v; want %q", m, on, got, err, want)
				}
			}
		}
	})
}
