package access

import (
	"testing"

	"siida.id/internal/test/world"
)

// evidenceTrials are the trials of answers, evidence and guidance.
var evidenceTrials = map[string]trial{
	"POST /inovasi/{id}/sahkan":                   {form: "periode=2026&perangkat={agency}"},
	"POST /inovasi/{id}/cabut":                    {form: "periode=2026&perangkat={agency}"},
	"POST /inovasi/{id}/{period}/{code}":          {form: "pilihan=3&versi=1"},
	"POST /inovasi/{id}/{period}/{code}/lepas":    {form: "bukti={document}", prepare: prove},
	"POST /inovasi/{id}/{period}/{code}/urungkan": {form: "bukti={document}", prepare: unprove},
	"POST /panduan/{period}/{code}/hapus-contoh":  {form: "contoh={sample}"},
}

// prove ensures that the object's document proves its indicator.
func prove(t *testing.T, w *world.Regions, place string) {
	t.Helper()
	_, err := w.DB.Exec(t.Context(), `
		insert into document_uses (region_id, document_id, period_id, code, used_at)
		select region_id, id, '2026', 'SID-16', added_at
		from documents
		where id = $1
		on conflict (region_id, document_id, period_id, code) do update set ended_at = null`,
		w.IDs[place].Document)
	world.Must(t, err)
}

// unprove is prove, and then detaches the document, at a moment that does not pass.
func unprove(t *testing.T, w *world.Regions, place string) {
	t.Helper()
	prove(t, w, place)
	_, err := w.DB.Exec(t.Context(), `
		update document_uses
		set ended_at = '2999-01-01T00:00:00.000Z'
		where document_id = $1`,
		w.IDs[place].Document)
	world.Must(t, err)
}
