package status_test

import (
	"cmp"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"siida.id/internal/auth"
	"siida.id/internal/base/servicetest"
	"siida.id/internal/base/testclock"
	"siida.id/internal/file"
	"siida.id/internal/region"
	"siida.id/internal/status"
)

// machine is an installation with given properties.
type machine struct {
	database status.Database
	space    status.Space
	unknown  error
	url      string // of the region; by default one of this machine
	named    bool
	unnamed  bool
	parked   []status.ParkedJob
	quota    int64  // of the region
	used     int64  // of it; 7 by default
	without  string // the media type that cannot be inspected
}

func (m machine) All(context.Context) ([]region.Region, error) {
	return []region.Region{m.region()}, nil
}
func (m machine) Here(context.Context) (region.Region, error) { return m.region(), nil }

func (m machine) region() region.Region {
	return region.Region{Code: "18.01", Quota: m.quota, URL: strings.TrimPrefix(cmp.Or(m.url, "http://127.0.0.1:8080"), "none")}
}

func (m machine) Named() bool   { return m.named }
func (m machine) Unnamed() bool { return m.unnamed }

func (m machine) Describe(context.Context) (status.Database, error)   { return m.database, nil }
func (m machine) Harm(context.Context) ([]string, error)              { return nil, nil }
func (m machine) Dangling(context.Context) ([]status.Dangling, error) { return nil, nil }
func (m machine) Snapshot(ctx context.Context, fn func(context.Context) error) error {
	return fn(ctx)
}
func (m machine) Space(context.Context) (status.Space, error) { return m.space, m.unknown }

func (m machine) Used(context.Context) (int64, error) { return cmp.Or(m.used, 7), nil }

func (m machine) FailedSignIns(context.Context) (auth.FailedSignIns, error) {
	return auth.FailedSignIns{Unknown: 2, People: 1}, nil
}

func (m machine) Migrated(context.Context) (bool, error) { return true, nil }
func (m machine) Parked(context.Context) ([]status.ParkedJob, error) {
	return slices.Clone(m.parked), nil
}
func (m machine) Retry(context.Context, int64) (string, bool, error) { return "", false, nil }

func (m machine) InTx(ctx context.Context, fn func(context.Context) error) error { return fn(ctx) }

func (m machine) Walk(_ context.Context, fn func(string, int64) error) error {
	return errors.Join(fn("a", 3), fn("b", 4))
}

// Can implements status.Inspector.
func (m machine) Can(media string) bool { return media != m.without }

// rows are the files of a machine.
type rows struct{ machine }

func (rows) All(context.Context) ([]file.Record, error) { return nil, nil }

func (rows) CountUninspected(context.Context) (int, error) { return 3, nil }

func (rows) ByID(context.Context, string) (file.Record, error) { return file.Record{}, nil }

func (machine) Open(context.Context, string) (io.ReadSeekCloser, error) {
	return nil, errors.ErrUnsupported
}

func TestPermissions(t *testing.T) {
	s := &status.Service{Regions: machine{}, Proxies: machine{}, Engine: machine{}, Storage: machine{}, Files: rows{}, Inspector: machine{}, SignIns: machine{}, Jobs: machine{}, Tx: machine{}, Now: testclock.Now}
	servicetest.Permissions(t, `
		-         visitor  nobody     operator   other      brida      admin  away
		Look      unknown  forbidden  forbidden  forbidden  forbidden  yes    yes
		RetryJob  unknown  forbidden  forbidden  forbidden  forbidden  yes    yes`,
		servicetest.Call{Name: "Look", Do: func(ctx context.Context) error { _, err := s.Look(ctx); return err }},
		servicetest.Call{Name: "RetryJob", Do: func(ctx context.Context) error { return s.RetryJob(ctx, 1) }},
	)
}

func TestWarnings(t *testing.T) {
	const gb = 1 << 30
	roomy := status.Space{Free: 30 * gb, Total: 100 * gb}
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
		{"less than files leave free", machine{space: status.Space{Free: 2 * gb, Total: 30 * gb, MinFree: 3 * gb}}, []string{"status.disk_full grave"}},
		{"the whole quota", machine{space: roomy, quota: 7}, []string{"status.quota_full grave"}},
		{"more than the quota", machine{space: roomy, quota: 1}, []string{"status.quota_full grave"}},
		{"nearly the quota", machine{space: roomy, quota: 100, used: 91}, []string{"status.quota_low"}},
		{"within the quota", machine{space: roomy, quota: 100, used: 90}, nil},
		{"not told", machine{unknown: errors.ErrUnsupported}, nil},
		{"an older schema", machine{database: status.Database{Missing: []int64{7}}, space: status.Space{Free: 30 * gb}}, []string{"status.schema_differs grave"}},
		{"parked jobs", machine{space: roomy, parked: []status.ParkedJob{{Region: "18.01"}, {Region: "18.02"}, {}}}, []string{"status.jobs_parked"}},
		{"of another region", machine{space: roomy, parked: []status.ParkedJob{{Region: "18.02"}}}, nil},
		{"no tool to look into files", machine{space: roomy, without: "application/pdf"}, []string{"status.inspect_tool"}},
		{"no way to look into files", machine{space: roomy, without: "image/png"}, []string{"status.inspect_none"}},
		{"no address", machine{url: "none", space: roomy}, []string{"status.address_missing"}},
		{"TLS by nobody", machine{url: "https://si-ida.example", space: roomy}, []string{"status.proxy_none"}},
		{"TLS by a proxy", machine{url: "https://si-ida.example", named: true, space: roomy}, nil},
		{"a proxy that is not named", machine{url: "https://si-ida.example", named: true, unnamed: true, space: roomy}, []string{"status.proxy_unnamed"}},
	} {
		s := &status.Service{Regions: tt.m, Proxies: tt.m, Engine: tt.m, Storage: tt.m, Files: rows{tt.m}, Inspector: tt.m, SignIns: tt.m, Jobs: tt.m, Now: testclock.Now}
		st, err := s.Look(servicetest.As(t, "admin"))
		if err != nil || st.Files != 2 || st.Bytes != 7 || st.Used != cmp.Or(tt.m.used, 7) || st.Uninspected != 3 || (st.Space == nil) != (tt.m.unknown != nil) {
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
