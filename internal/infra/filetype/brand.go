package filetype

import (
	"encoding/binary"
	"slices"
)

// mp4Brands are the brands of files that players of MP4 play: those of ISO/IEC
// 14496-12 and 14496-14, and AVC.
var mp4Brands = []string{
	"isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9", "isoa", "isob", "isoc",
	"mp41", "mp42", "mp71", "avc1",
}

// otherBrands are main brands of files that are no films although they name an MP4
// among their compatible brands: sound alone, and pictures.
var otherBrands = []string{"M4A ", "M4B ", "M4P ", "F4A ", "F4B ", "heic", "heix", "mif1", "avif", "crx "}

// isMP4 reports whether an MP4 is among the main and the compatible brands of a file
// that begins with head. The film of a camera often has a main brand of its own.
func isMP4(head []byte) bool {
	list := brands(head)
	return len(list) > 0 && !slices.Contains(otherBrands, list[0]) &&
		slices.ContainsFunc(list, func(brand string) bool { return slices.Contains(mp4Brands, brand) })
}

// brands returns the main brand and the compatible ones; none if head does not begin
// with a box of them.
func brands(head []byte) (list []string) {
	const header, brand = 8, 4 // bytes of a box's length and type, and of a brand
	if len(head) < header+brand || string(head[brand:header]) != "ftyp" {
		return nil
	}
	end := min(int(binary.BigEndian.Uint32(head)), len(head))
	for at := header; at+brand <= end; at += brand {
		if at != header+brand { // the minor version
			list = append(list, string(head[at:at+brand]))
		}
	}
	return list
}
