package status_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"siida.id/internal/base/servicetest"
	"siida.id/internal/base/testclock"
	"siida.id/internal/status"
)

// machine is an installation that is as it says.
type machine struct {
	database status.Database
	space    status.Space
	unknown  error
}

func (m machine) Describe(context.Context) (status.Database, error)   { return m.database, nil }
func (m machine) Harm(context.Context) ([]string, error)              { return nil, nil }
func (m machine) Dangling(context.Context) ([]status.Dangling, error) { return nil, nil }
func (m machine) Space(context.Context) (status.Space, error)         { return m.space, m.unknown }

func (m machine) Walk(_ context.Context, fn func(string, int64) error) error {
	return errors.Join(fn("a", 3), fn("b", 4))
}

func TestPermissions(t *testing.T) {
	s := &status.Service{Engine: machine{}, Storage: machine{}, Now: testclock.Now}
	servicetest.Permissions(t, `
		-     visitor  nobody     operator   other      brida      admin  away
		Look  unknown  forbidden  forbidden  forbidden  forbidden  yes    yes`,
		servicetest.Call{Name: "Look", Do: func(ctx context.Context) error { _, err := s.Look(ctx); return err }},
	)
}

func TestWarnings(t *testing.T) {
	const gb = 1 << 30
	for _, tt := range []struct {
		name string
		m    machine
		want []string
	}{
		{"room enough", machine{space: status.Space{Free: 30 * gb, Total: 100 * gb}}, nil},
		{"few bytes", machine{space: status.Space{Free: 4 * gb, Total: 20 * gb}}, []string{"status.disk_low"}},
		{"a small part", machine{space: status.Space{Free: 20 * gb, Total: 1000 * gb}}, []string{"status.disk_low"}},
		{"a small part that is much", machine{space: status.Space{Free: 60 * gb, Total: 10_000 * gb}}, nil},
		{"nearly none", machine{space: status.Space{Free: gb / 4, Total: 100 * gb}}, []string{"status.disk_full grave"}},
		{"not told", machine{unknown: errors.ErrUnsupported}, nil},
		{"an older schema", machine{database: status.Database{Missing: []int64{7}}, space: status.Space{Free: 30 * gb}}, []string{"status.schema_differs grave"}},
	} {
		s := &status.Service{Engine: tt.m, Storage: tt.m, Now: testclock.Now}
		st, err := s.Look(servicetest.As(t, "admin"))
		if err != nil || st.Files != 2 || st.Bytes != 7 || (st.Space == nil) != (tt.m.unknown != nil) {
			t.Errorf("%s: %+v, %v", tt.name, st, err)
		}
		var got []string
		for _, w := range st.Warnings {
			if w.Grave {
				w.Key += " grave"
			}
			got = append(got, w.Key)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}
