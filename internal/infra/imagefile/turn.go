package imagefile

import (
	"bytes"
	"encoding/binary"
	"image"
)

// upright is the orientation of a picture whose first row is its top and whose first
// column is its left, and of one that says nothing.
const upright = 1

// turned returns a picture as it is to be seen: how a camera was held stands in its
// EXIF data, as an orientation from 1 to 8.
func turned(picture image.Image, orientation int) image.Image {
	if orientation <= upright || orientation > 8 {
		return picture
	}
	from := picture.Bounds()
	wide, high := from.Dx(), from.Dy()
	size := image.Rect(0, 0, wide, high)
	if orientation > 4 { // a quarter turn
		size = image.Rect(0, 0, high, wide)
	}
	out := image.NewNRGBA(size)
	for y := range high {
		for x := range wide {
			var toX, toY int
			switch orientation {
			case 2: // mirrored
				toX, toY = wide-1-x, y
			case 3: // upside down
				toX, toY = wide-1-x, high-1-y
			case 4: // both
				toX, toY = x, high-1-y
			case 5: // its first row is the left
				toX, toY = y, x
			case 6: // its first row is the right
				toX, toY = high-1-y, x
			case 7: // and mirrored
				toX, toY = high-1-y, wide-1-x
			case 8: // its first row is the left, from below
				toX, toY = y, wide-1-x
			}
			out.Set(toX, toY, picture.At(from.Min.X+x, from.Min.Y+y))
		}
	}
	return out
}

// orientation returns the orientation of a JPEG or PNG; upright if it says none.
func orientation(sent []byte) int {
	if bytes.HasPrefix(sent, []byte("\xff\xd8")) {
		return exif(inJPEG(sent))
	}
	return exif(inPNG(sent))
}

// inJPEG returns the EXIF data of a JPEG; nil for none.
func inJPEG(sent []byte) []byte {
	const exifSegment, start = 0xe1, 0xda
	mark := []byte("Exif\x00\x00")
	for rest := sent[2:]; len(rest) >= 4 && rest[0] == 0xff && rest[1] != start; {
		length := int(binary.BigEndian.Uint16(rest[2:])) // with its own two bytes
		if length < 2 || length+2 > len(rest) {
			return nil
		}
		if body := rest[4 : length+2]; rest[1] == exifSegment && bytes.HasPrefix(body, mark) {
			return body[len(mark):]
		}
		rest = rest[length+2:]
	}
	return nil
}

// inPNG returns the EXIF data of a PNG; nil for none.
func inPNG(sent []byte) []byte {
	const signature, frame = 8, 12 // bytes; a chunk has length, type and checksum
	if len(sent) < signature {
		return nil
	}
	for rest := sent[signature:]; len(rest) >= frame; {
		length := int64(binary.BigEndian.Uint32(rest))
		if length > int64(len(rest)-frame) {
			return nil
		}
		if string(rest[4:8]) == "eXIf" {
			return rest[8 : 8+length]
		}
		rest = rest[length+frame:]
	}
	return nil
}

// exif returns the orientation in EXIF data, which are a TIFF.
func exif(data []byte) int {
	const head, entry, tag, short = 8, 12, 0x0112, 3
	if len(data) < head {
		return upright
	}
	var order binary.ByteOrder = binary.BigEndian
	switch string(data[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
	default:
		return upright
	}
	at := int64(order.Uint32(data[4:]))
	if at+2 > int64(len(data)) {
		return upright
	}
	entries := data[at+2:]
	for range order.Uint16(data[at:]) {
		if len(entries) < entry {
			break
		}
		if order.Uint16(entries) == tag && order.Uint16(entries[2:]) == short {
			return int(order.Uint16(entries[8:]))
		}
		entries = entries[entry:]
	}
	return upright
}
