package access

// indexTrials are the trials of the index.
var indexTrials = map[string]trial{
	"POST /indeks/{period}/nasional": {form: "nilai=62,06&tanggal=1/2/2026&sumber=Keputusan"},
}
