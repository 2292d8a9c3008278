package scenarios

import (
	"context"
	"net/http"
	"sync/atomic"
	"testing"

	"siida.id/internal/base/uow"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/test/world"
)

// countedTx counts transactions.
type countedTx struct {
	uow.Transactor
	n *atomic.Int64
}

// InTx implements uow.Transactor.
func (c countedTx) InTx(ctx context.Context, fn func(ctx context.Context) error) error {
	c.n.Add(1)
	return c.Transactor.InTx(ctx, fn)
}

// An answer with a file takes one transaction besides the two of the file itself, and
// no more than so many statements from the form to the summary and the log. All of the
// request are counted: five more are those of any change, of which two find the region
// and the session, two lock the region, and one reads the actor again; two
// more look whether the form was sent before, and claim its id. Once there were 25 for an
// innovation and 19 for the region, and those of any change, in two transactions.
func TestStatementsOfAnUpload(t *testing.T) {
	for _, tt := range []struct {
		max int64
		request
	}{
		{18 + 7, request{
			name: "an answer of an innovation", as: "operator", path: "/inovasi/{innovation}/2026/SID-16", file: "surat.pdf",
			form: form("versi", "1", "pilihan", "2", "nomor", "7/A", "tanggal", "2025-03-04", "tentang", "Surat tugas tim"),
		}},
		{13 + 7, request{
			name: "an answer of the region", as: "brida", path: "/daerah/2026/SPD-08", file: "opini.pdf",
			form: form("versi", "0", "pilihan", "2", "sumber", "BPK", "angka_1", "WTP", "tahun_1", "2025", "tentang", "Opini BPK"),
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			world.Each(t, func(t *testing.T, w *world.Regions) {
				next := world.Pages(t, w.Program)
				var answer, bytes, statements atomic.Int64
				w.Evidence.Tx, w.Regional.Tx = countedTx{w.Evidence.Tx, &answer}, countedTx{w.Regional.Tx, &answer}
				w.Program.Files.Tx = countedTx{w.Program.Files.Tx, &bytes}
				handler := http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
					ctx, asked := sqldb.Counted(r.Context())
					next.ServeHTTP(rw, r.WithContext(ctx))
					statements.Store(asked.Load())
				})
				r := tt.request
				r.method, r.status, r.bytes = "POST", http.StatusSeeOther, "%PDF-1.7 isi"
				r.check(t, send(t, w, handler, r))
				t.Logf("%d statements, %d transactions, and %d for the bytes", statements.Load(), answer.Load(), bytes.Load())
				if statements.Load() > tt.max || answer.Load() != 1 || bytes.Load() != 2 {
					t.Errorf("%d statements, %d transactions, and %d for the bytes; want %d, 1 and 2", statements.Load(), answer.Load(), bytes.Load(), tt.max)
				}
			})
		})
	}
}
