package access

// agencyTrials are the trials of agencies.
var agencyTrials = map[string]trial{
	"POST /perangkat-daerah": {form: "nama=Dinas+Baru&jenis=dinas"},
}
