package scenarios

import (
	"strconv"
	"strings"
	"testing"

	"siida.id/internal/infra/job"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/region"
	"siida.id/internal/test/world"
)

// An admin sees the parked jobs of the region and of the installation with a reason,
// and retries them; the log says who did.
func TestParkedJobs(t *testing.T) {
	t.Parallel()
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler := world.Pages(t, w.Program)
		full := w.ParkedJob(t, w.Home.Code, "index.day", job.Failure{Key: "fault.full"}.Error())
		broken := w.ParkedJob(t, "", "uploads.sweep", job.Failure{Key: "fault.internal"}.Error())
		died := w.ParkedJob(t, w.Home.Code, "index.day", "Stuck job rescued by JobRescuer")
		away := w.ParkedJob(t, w.Away.Code, "index.day", job.Failure{Key: job.Late}.Error())
		button := func(id string) string { return `action="/keadaan/pekerjaan/` + id + `/coba-lagi"` }
		state := func(id string) string {
			n, err := strconv.ParseInt(id, 10, 64)
			world.Must(t, err)
			s, err := sqldb.One(t.Context(), w.DB, sqldb.Self[string], `select cast(state as text) from river_job where id = $1`, n)
			world.Must(t, err)
			return s
		}
		for _, r := range []request{
			{name: "both kinds, with reasons", as: "admin", method: "GET", path: "/keadaan", status: 200, want: []string{
				"3 pekerjaan berhenti", "Penyimpanan indeks harian", "Ruang penyimpanan server penuh.", "Pembersihan sisa unggahan",
				"pekerjaan nomor " + broken, "Program berhenti di tengah", "2 Januari 2026", button(full), button(broken), button(died),
			}, not: []string{button(away), "terlalu lama", "Tidak ada yang perlu dilakukan"}},
			{name: "the other region", as: "outsider", method: "GET", path: "/keadaan", status: 200, want: []string{
				"2 pekerjaan berhenti", "terlalu lama", button(away), button(broken),
			}, not: []string{button(full)}},
			{name: "trying again", as: "admin", method: "POST", path: "/keadaan/pekerjaan/" + full + "/coba-lagi", status: 303, want: []string{"/keadaan"}},
			{name: "a second press", as: "admin", method: "POST", path: "/keadaan/pekerjaan/" + full + "/coba-lagi", status: 303},
			{name: "what is of the installation", as: "admin", method: "POST", path: "/keadaan/pekerjaan/" + broken + "/coba-lagi", status: 303},
			{name: "not another region's", as: "admin", method: "POST", path: "/keadaan/pekerjaan/" + away + "/coba-lagi", status: 404},
			{name: "what is left", as: "admin", method: "GET", path: "/keadaan", status: 200, want: []string{"1 pekerjaan berhenti"}, not: []string{button(full), button(broken)}},
		} {
			r.check(t, send(t, w, handler, r))
		}
		for id, want := range map[string]string{full: "available", broken: "available", died: "discarded", away: "discarded"} {
			if got := state(id); got != want {
				t.Errorf("job %s is %s, want %s", id, got, want)
			}
		}
		entries, err := w.Audit.Store.After(region.Within(t.Context(), w.Home), 0, 10_000)
		world.Must(t, err)
		got := ""
		for _, e := range entries {
			if strings.HasPrefix(e.Subject, "job/") {
				got += e.Subject + " " + string(e.Event) + ", "
			}
		}
		if want := "job/" + full + " status.job_retried, job/" + broken + " status.job_retried, "; got != want {
			t.Errorf("the log has %q, want %q", got, want)
		}
	})
}
