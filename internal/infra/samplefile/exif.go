package samplefile

import (
	"encoding/binary"
	"strings"
	"time"
)

// Shot is when and where a picture was taken, as a camera writes it into the
// file (EXIF), and a note beside it. A zero Shot writes nothing.
type Shot struct {
	Taken    time.Time
	Lat, Lon int    // in hundred-thousandths of a degree, about a metre; south and west are negative
	Note     string // in letters of ASCII, as EXIF has no others
}

// The types of EXIF's values that a picture has.
const (
	byteType = iota + 1
	asciiType
	shortType
	longType
	rationalType
	undefinedType = 7
)

// field is one entry of a list of EXIF's.
type field struct {
	tag, kind uint16
	count     int
	value     []byte // up to four bytes stand in the entry, more behind the list
}

// exif is a picture's segment APP1: a list of what it is, which says where the
// lists of what the camera knows and of the place are. All is big-endian.
func (s Shot) exif() []byte {
	const header = 8 // bytes, from the first of which places are counted
	camera := header + len(list(0, s.picture(0, 0)))
	place := camera + len(list(0, s.camera()))
	tiff := append([]byte("MM\x00\x2a"), four(header)...)
	tiff = append(tiff, list(len(tiff), s.picture(camera, place))...)
	tiff = append(tiff, list(len(tiff), s.camera())...)
	tiff = append(tiff, list(len(tiff), s.place())...)
	body := append([]byte("Exif\x00\x00"), tiff...)
	return append(append([]byte{0xff, 0xe1}, two(len(body)+2)...), body...)
}

// picture lists what every reader asks for, in the order of the tags, as all of
// these do: note, 72 dots an inch (twice), inch, the program, where colours are
// measured.
func (s Shot) picture(camera, place int) []field {
	return []field{
		ascii(0x010e, s.Note),
		rationals(0x011a, 72, 1),
		rationals(0x011b, 72, 1),
		{0x0128, shortType, 1, two(2)},
		ascii(0x0131, "SI-IDA"),
		{0x0213, shortType, 1, two(1)},
		{0x8769, longType, 1, four(camera)},
		{0x8825, longType, 1, four(place)},
	}
}

// camera lists version, moment and its zone, how colours are kept (YCbCr, by
// version 1.0, sRGB), and width and height.
func (s Shot) camera() []field {
	return []field{
		{0x9000, undefinedType, 4, []byte("0232")},
		ascii(0x9003, s.Taken.Format("2006:01:02 15:04:05")),
		ascii(0x9011, s.Taken.Format("-07:00")),
		{0x9101, undefinedType, 4, []byte{1, 2, 3, 0}},
		{0xa000, undefinedType, 4, []byte("0100")},
		{0xa001, shortType, 1, two(1)},
		{0xa002, longType, 1, four(width)},
		{0xa003, longType, 1, four(height)},
	}
}

// place lists version, latitude and longitude with their halves of the earth,
// and how the earth was measured.
func (s Shot) place() []field {
	return []field{
		{0, byteType, 4, []byte{2, 3, 0, 0}},
		ascii(1, half(s.Lat, "N", "S")),
		degrees(2, s.Lat),
		ascii(3, half(s.Lon, "E", "W")),
		degrees(4, s.Lon),
		ascii(0x12, "WGS-84"),
	}
}

func half(angle int, positive, negative string) string {
	if angle < 0 {
		return negative
	}
	return positive
}

// degrees are whole degrees, whole minutes, and thousandths of a second.
func degrees(tag uint16, angle int) field {
	const degree, minute = 3_600_000, 60_000
	n := max(angle, -angle) * (degree / 100_000)
	return rationals(tag, n/degree, 1, n%degree/minute, 1, n%minute, 1000)
}

func rationals(tag uint16, parts ...int) field {
	f := field{tag, rationalType, len(parts) / 2, nil}
	for _, n := range parts {
		f.value = append(f.value, four(n)...)
	}
	return f
}

func ascii(tag uint16, text string) field {
	plain := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return ' '
		}
		return r
	}, text)
	return field{tag, asciiType, len(plain) + 1, append([]byte(plain), 0)}
}

// list writes fields, and behind them the values that do not fit in them, for a
// place so many bytes into the segment. No list comes after it.
func list(at int, fields []field) []byte {
	behind := at + 2 + 12*len(fields) + 4
	var long []byte
	written := two(len(fields))
	for _, f := range fields {
		value := f.value
		if len(value) > 4 {
			value = four(behind + len(long))
			long = append(long, f.value...)
			long = append(long, make([]byte, len(long)%2)...) // a value begins at an even place
		}
		written = append(written, two(int(f.tag))...)
		written = append(written, two(int(f.kind))...)
		written = append(written, four(f.count)...)
		written = append(written, value...)
		written = append(written, make([]byte, 4-len(value))...)
	}
	return append(append(written, four(0)...), long...)
}

// All that is written as a number here is a length, a place or an angle of one segment.
func two(n int) []byte  { return binary.BigEndian.AppendUint16(nil, uint16(n)) } //nolint:gosec // see above
func four(n int) []byte { return binary.BigEndian.AppendUint32(nil, uint32(n)) } //nolint:gosec // see above
