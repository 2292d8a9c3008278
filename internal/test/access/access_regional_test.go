package access

// regionalTrials are the trials of the region's own answers and data requests.
var regionalTrials = map[string]trial{
	"POST /daerah/{period}/{code}":       {form: "pilihan=1&versi=0"},
	"POST /daerah/{period}/{code}/lepas": {form: "bukti={proof}"},
	"POST /permintaan-data":              {form: "baris=SPD-04"},
	"POST /permintaan-data/{id}/jawab":   {form: "angka=5,2&tahun=2025&sumber=BPS&versi=2"},
	"POST /permintaan-data/{id}/{move}":  {path: map[string]string{"{move}": "terima"}, form: "versi=2"},
}
