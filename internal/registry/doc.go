// Package registry is the list of innovations: found by words, filtered, counted by status
// and sorted, in statements whose number and answer do not depend on the region's size.
//
// It changes nothing. It reads what innovation and evidence store: profiles, their search
// words, and the summary of the answers in the current period. Who may read an innovation
// may find it, and no count includes another one. The page is at /inovasi; the parameters
// of its address, which other pages may link to, are
//
//	cari       words, each in the name, the agency's name or the design
//	perangkat  an agency and those below it, by id
//	urusan     an affair, as the pack spells it
//	tahap      a stage, as the pack spells it
//	angkatan   the year of the first application, in four digits
//	keadaan    a Status: dihitung, kurang, perbaiki, lengkap, tidak-dihitung, ditarik, arsip
//	urut       a Sort: kurang, nama, nilai, berubah
//	halaman    the page, from 1
//
// dihitung=ya and dihitung=belum are older names of two statuses.
//
// The package depends on the interfaces Store and Agencies; registrysql and registryweb are
// its adapters.
package registry
