package access

import "siida.id/internal/test/world"

// accountTrials are the trials of people, their sign-in and their sessions.
var accountTrials = map[string]trial{
	"POST /masuk":                      {form: "nama=siapa&sandi=salah"},
	"GET /mulai/{token}":               {path: map[string]string{"{token}": "bukan-tautan"}},
	"POST /mulai/{token}":              {path: map[string]string{"{token}": "bukan-tautan"}, form: "lengkap=Orang&nama=orang&sandi=kunci-pintu-rumah&ulang=kunci-pintu-rumah"},
	"POST /masuk/kode":                 {form: "kode=000000"},
	"POST /saya":                       {form: "lengkap="},
	"POST /saya/sesi/{session}/akhiri": {grants: each(own, world.Personas[1:len(world.Personas)-1]...).and(away)}, // only one's own
	"POST /dua-langkah":                {form: "kode=1"},
}
