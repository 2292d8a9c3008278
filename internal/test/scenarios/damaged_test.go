package scenarios

import (
	"bytes"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"siida.id/internal/decree"
	"siida.id/internal/evidence"
	"siida.id/internal/file"
	"siida.id/internal/guidance"
	"siida.id/internal/infra/sqldb"
	"siida.id/internal/innovation"
	"siida.id/internal/regional"
	"siida.id/internal/report"
	"siida.id/internal/site"
	"siida.id/internal/test/world"
)

// journal is what a server has logged since it was asked last.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write implements io.Writer.
func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) take() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	defer j.text.Reset()
	return j.text.String()
}

// logged serves w, and logs to the journal.
func logged(t *testing.T, w *world.Regions) (http.Handler, *journal) {
	t.Helper()
	var j journal
	s, err := site.New(w.Services, site.Options{Log: slog.New(slog.NewTextHandler(&j, nil)), MaxFile: 4 << 20, Observer: w.Metrics, Now: w.Clock})
	world.Must(t, err)
	return world.WithIDs(s.Handler()), &j
}

// pdfOf is a file that belongs to one use alone.
func pdfOf(kind file.UseKind) string { return "%PDF-1.7 " + string(kind) }

// fixDamaged gives the world a file of every kind.
func fixDamaged(t *testing.T, w *world.Regions) {
	t.Helper()
	brida, operator := world.AsBridaIn(t, w.Program, w.Home), world.Acting(t, w.Program, w.Home, "operator")
	w.RequestOf(t, "own")
	w.IssuedOf(t, "own")
	world.WithLetterhead(t, brida, w.Program)
	world.Must(t, w.Innovations.Attach(operator, w.IDs["own"].Innovation, innovation.Budget, "rab.pdf", strings.NewReader(pdfOf(innovation.UseBudget))))
	world.Must(t, w.Decrees.AttachScan(brida, w.IDs["own"].Decree, "sk.pdf", strings.NewReader(pdfOf(decree.UseScan))))
	sample, err := w.Guidance.ReceiveSample(brida, "2026", "SID-16", "contoh.pdf", strings.NewReader(pdfOf(guidance.UseSample)))
	world.Must(t, err)
	world.Must(t, w.Guidance.ShowSample(brida, "2026", "SID-16", guidance.SampleEntry{FileID: sample.ID, Verdict: "benar", Caption: "Begini"}, nil))
	proof, err := w.Regional.Receive(brida, "2026", "SPD-04", "rilis.pdf", strings.NewReader(pdfOf(regional.UseProof)))
	world.Must(t, err)
	world.Must(t, w.Regional.Save(brida, "2026", "SPD-04", regional.Entry{Choice: "1", Subject: "Rilis", FileID: proof.ID}, nil))
}

// A stored file that is gone or has changed is no page that is not there: the person
// reads a sentence, and the log has an error that names the file.
func TestCaseS20DamagedFiles(t *testing.T) {
	const sentence = "Berkas ini rusak atau hilang di penyimpanan"
	crest := []string{"Lambang pada kop naskah rusak atau hilang di penyimpanan", "Kop naskah"}
	world.Each(t, func(t *testing.T, w *world.Regions) {
		fixDamaged(t, w)
		handler, log := logged(t, w)
		for _, tt := range []struct {
			kind file.UseKind
			as   string
			path string // {ref} is of the use, {file} is the file
			want []string
		}{
			{evidence.UseDocument, "operator", "/bukti/{ref}", []string{sentence}},
			{regional.UseProof, "brida", "/daerah/bukti/{ref}", []string{sentence}},
			{regional.UseReply, "operator", "/permintaan-data/{ref}/berkas", []string{sentence}},
			{guidance.UseSample, "operator", "/contoh/{file}", []string{sentence}},
			{decree.UseScan, "operator", "/sk/{ref}/pindaian", []string{sentence}},
			{innovation.UseBudget, "operator", "/inovasi/{ref}/berkas/{file}", []string{sentence}},
			{report.UseIssued, "brida", "/laporan/terbit/{ref}/pdf", []string{sentence}},
			{report.UseCrest, "brida", "/laporan/kop/lambang", []string{sentence}},
			{report.UseCrest, "brida", "/laporan/indeks/2026/pdf", crest},
			{report.UseCrest, "brida", "/laporan/indeks/2026/xlsx", crest},
			{report.UseCrest, "brida", "/laporan/indeks/2026/terbitkan", crest},
		} {
			type used struct{ file, sha256, ref string }
			one, err := sqldb.One(t.Context(), w.DB, func(u *used) []any { return []any{&u.file, &u.sha256, &u.ref} }, `
				select f.id, f.sha256, u.ref_id
				from file_uses u
				join files f on f.region_id = u.region_id and f.id = u.file_id
				where u.region_id = $1 and u.kind = $2 and ($2 <> 'evidence/document' or u.ref_id = $3)
				order by f.media, f.id
				limit 1`,
				w.Home.Code, string(tt.kind), w.IDs["own"].Document)
			if err != nil {
				t.Fatalf("%s: %v", tt.kind, err)
			}
			path := strings.NewReplacer("{ref}", one.ref, "{file}", one.file).Replace(tt.path)
			place := filepath.Join(w.Files, w.Home.Code, one.sha256[:2], one.sha256)
			right, err := os.ReadFile(place)
			world.Must(t, err)
			replace := func(content []byte) {
				world.Must(t, os.Remove(place))
				if content != nil {
					world.Must(t, os.WriteFile(place, content, 0o600))
				}
			}
			r := request{name: string(tt.kind) + " " + tt.path, as: tt.as, method: "GET", path: path, status: http.StatusOK}
			r.check(t, send(t, w, handler, r))
			changed := bytes.Clone(right)
			changed[len(changed)/2] ^= 1
			for harm, content := range map[string][]byte{"changed": changed, "gone": nil} {
				replace(content)
				log.take()
				r := request{name: r.name + ", " + harm, as: tt.as, method: "GET", path: path, status: http.StatusInternalServerError, want: tt.want}
				answer := send(t, w, handler, r)
				r.check(t, answer)
				if h := answer.Header(); h.Get("ETag") != "" || strings.Contains(h.Get("Content-Disposition"), "attachment") || !strings.HasPrefix(h.Get("Content-Type"), "text/html") {
					t.Errorf("%s: the page has the headers of a file: %v", r.name, h)
				}
				if text := log.take(); strings.Count(text, "level=ERROR") != 1 || !strings.Contains(text, one.sha256) || !strings.Contains(text, one.file) {
					t.Errorf("%s: the log says %s", r.name, text)
				}
				world.Must(t, os.WriteFile(place, right, 0o600))
			}
		}
	})
}

// A file over the quota is refused together with the other mistakes of its form: it is
// the server's mistake neither in the log nor in the figures.
func TestCaseS18UploadsOverTheQuota(t *testing.T) {
	world.Each(t, func(t *testing.T, w *world.Regions) {
		asked := w.RequestOf(t, "own")
		_, err := w.DB.Exec(t.Context(), `update regions set quota = 1 where region_id = $1`, w.Home.Code)
		world.Must(t, err)
		handler, log := logged(t, w)
		for _, r := range []request{
			{
				name: "evidence", as: "operator", path: "/inovasi/{innovation}/2026/SID-16", form: form("versi", "1", "pilihan", "2", "nomor", "7/A", "tentang", "Surat tugas"),
				want: []string{`href="#berkas"`, `href="#tanggal"`, `value="7/A"`},
			},
			{name: "a proof of the region", as: "brida", path: ownRow, form: form("pilihan", "3", "versi", "0", "alamat", "x y"), want: []string{`href="#berkas"`, `href="#tentang"`, `href="#alamat"`}},
			{name: "a reply", as: "operator", path: "/permintaan-data/" + asked + "/jawab", form: form("versi", "2"), want: []string{`href="#berkas"`, `href="#sumber"`}},
			{name: "a sample", as: "brida", path: "/panduan/2026/SID-16/contoh", form: form("contoh", "benar"), want: []string{`href="#berkas"`, `href="#keterangan"`}},
			{name: "a file of a profile", as: "operator", path: "/inovasi/{innovation}/berkas/anggaran", want: []string{`href="#anggaran"`}},
			{name: "a scan", as: "brida", path: "/sk/{decree}/pindaian", want: []string{`href="#sk"`}},
		} {
			r.method, r.file, r.bytes, r.status = "POST", "surat.pdf", "%PDF-1.7 baru", http.StatusInsufficientStorage
			r.want = append(r.want, "Kuota berkas daerah Anda tidak cukup")
			r.check(t, send(t, w, handler, r))
		}
		if text := log.take(); strings.Contains(text, "level=ERROR") {
			t.Errorf("the log says %s", text)
		}
		if got := scrape(t, w); !strings.Contains(got, "\n"+`siida_files_total{result="refused"} 6`) || strings.Contains(got, `siida_files_total{result="broken"} 1`) {
			t.Errorf("the figures: %s", got)
		}
	})
}
