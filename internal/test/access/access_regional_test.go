package access

import (
	"testing"

	"siida.id/internal/test/world"
)

// regionalTrials are the trials of the region's own answers and data requests.
var regionalTrials = map[string]trial{
	"POST /daerah/{period}/{code}":          {form: "pilihan=1&versi=0"},
	"POST /daerah/{period}/{code}/lepas":    {form: "bukti={proof}"},
	"POST /daerah/{period}/{code}/urungkan": {form: "bukti={proof}", prepare: detached},
	"POST /permintaan-data":                 {form: "baris=SPD-04"},
	"POST /permintaan-data/{id}/jawab":      {form: "angka=5,2&tahun=2025&sumber=BPS&versi=2"},
	"POST /permintaan-data/{id}/{move}":     {path: map[string]string{"{move}": "terima"}, form: "versi=2"},
}

// detached detaches every proof of the regions, at a moment that does not pass.
func detached(t *testing.T, w *world.Regions, _ string) {
	t.Helper()
	_, err := w.DB.Exec(t.Context(), `
		update regional_proofs
		set ended_at = '2999-01-01T00:00:00.000Z'`)
	world.Must(t, err)
}
