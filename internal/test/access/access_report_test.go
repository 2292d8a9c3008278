package access

// reportTrials are the trials of reports.
var reportTrials = map[string]trial{
	"GET /laporan/kop/lambang":                {prepare: crested},
	"POST /laporan/terbit/{id}/cabut":         {form: "alasan="},
	"POST /laporan/indeks/{period}/terbitkan": {form: "nomor=9&versi=9"},
}
