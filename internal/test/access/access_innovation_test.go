package access

// innovationTrials are the trials of innovations, their files and their
// decrees.
var innovationTrials = map[string]trial{
	"POST /inovasi":                      {form: "nama="},
	"POST /inovasi/{id}/ubah":            {form: "nama=Ganti&urusan=Kesehatan&rancang=x&versi=1"},
	"POST /inovasi/{id}/tarik":           {form: "alasan="},
	"POST /inovasi/{id}/pindah/{answer}": {path: map[string]string{"{answer}": "batal"}},
	"POST /inovasi/{id}/berkas/{kind}":   {path: map[string]string{"{kind}": "anggaran"}},
	"POST /inovasi/{id}/berkas/lepas":    {form: "berkas={file}"},
	"GET /sk/{id}/pindaian":              {prepare: scanned},
}
