package scenarios

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"siida.id/internal/account"
	"siida.id/internal/base/actor"
	"siida.id/internal/base/zone"
	"siida.id/internal/period"
	"siida.id/internal/region"
	"siida.id/internal/test/world"
)

// A region's pages show times in its zone. When the zone changes, times keep
// their moment and days stay the same day.
func TestPagesTellTheRegionsTime(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		handler := world.Pages(t, w.Program)
		admin := world.Acting(t, w.Program, w.Home, "admin")
		window := period.WindowEntry{Closes: period.When{Day: "31-8-2099", Hour: "23.59"}}
		world.Must(t, w.Periods.SetWindow(admin, "2026", window))
		_, person := w.Enrol(t, admin, "hari", account.Assignment{
			Assignment: actor.Assignment{Role: actor.Operator, Agency: w.IDs["own"].Agency},
			From:       zone.Start(admin, "2099-03-01"), Until: zone.Start(admin, "2099-10-01"),
		})
		for _, tt := range []struct{ zone, word, closes, hour string }{
			{"WIB", "WIB", "31 Agustus 2099 pukul 23.59 WIB", "23.59"},
			{"WITA", "WITA", "1 September 2099 pukul 00.59 WITA", "00.59"},
			{"WIT", "WIT", "1 September 2099 pukul 01.59 WIT", "01.59"},
			{"Asia/Pontianak", "WIB", "31 Agustus 2099 pukul 23.59 WIB", "23.59"},
		} {
			_, err := w.Regions.Set(t.Context(), w.Home.Code, region.Change{Zone: &tt.zone})
			world.Must(t, err)
			page := func(path string) string {
				t.Helper()
				answer := w.Ask(t, handler, "admin", http.MethodGet, path, "")
				if answer.Code != http.StatusOK {
					t.Fatalf("%s: %d", path, answer.Code)
				}
				return answer.Body.String()
			}
			if body := page("/keadaan"); !strings.Contains(body, " "+tt.word) {
				t.Errorf("%s: the clock of %s is not on the page: %s", tt.zone, tt.word, body)
			}
			if body := page("/periode/2026"); !strings.Contains(body, tt.closes) {
				t.Errorf("%s: the period does not close at %s: %s", tt.zone, tt.closes, moments.FindAllString(body, -1))
			}
			if body := page("/periode/2026/ubah"); !strings.Contains(body, `value="`+tt.hour+`"`) {
				t.Errorf("%s: the form does not close at %s", tt.zone, tt.hour)
			}
			if body := page("/orang/" + person); !strings.Contains(body, "1 Maret 2099") || !strings.Contains(body, "30 September 2099") {
				t.Errorf("%s: the days of the assignment are others: %s", tt.zone, moments.FindAllString(body, -1))
			}
			if n, err := w.Audit.Verify(admin); err != nil || n == 0 {
				t.Errorf("%s: %d entries, %v", tt.zone, n, err)
			}
		}
	})
}

var moments = regexp.MustCompile(`\d+ \p{L}+ 20\d\d[^<]*`)
