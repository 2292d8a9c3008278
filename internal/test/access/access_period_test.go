package access

// periodTrials are the trials of periods.
var periodTrials = map[string]trial{
	"POST /periode":                         {form: "paket=iid-2027"},
	"POST /periode/{id}/hapus-tenggat":      {form: "tenggat={deadline}"},
	"POST /periode/{id}/cabut-perpanjangan": {form: "perpanjangan={extension}"},
	"GET /periode/{id}/{move}":              {path: map[string]string{"{move}": "tutup"}},
	"POST /periode/{id}/{move}":             {path: map[string]string{"{move}": "tutup"}},
}
