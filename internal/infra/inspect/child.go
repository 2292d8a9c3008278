package inspect

import (
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"os/exec"
)

// maxPixels of a picture: more than telephones make without being told to, and 200 MB
// when decoded.
const maxPixels = 64 << 20

// Main is the child: it inspects the file on standard input, of a media type, and
// returns the exit code. For a PDF it does not return.
func Main(media string, in *os.File, out io.Writer) int {
	code, err := inspect(media, in)
	if err != nil {
		_, _ = fmt.Fprintln(out, err)
	}
	return code
}

func inspect(media string, in *os.File) (code int, err error) {
	tool, known := tools[media]
	if !known {
		return exitUnavailable, fmt.Errorf("nothing inspects %q", media)
	}
	if err := limit(); err != nil {
		return exitUnavailable, err
	}
	if tool != "" {
		path, err := exec.LookPath(tool)
		if err == nil {
			err = become(path, "/dev/stdin")
		}
		return exitUnavailable, err
	}
	switch media {
	case "image/jpeg":
		err = picture(in, jpeg.DecodeConfig, jpeg.Decode)
	case "image/png":
		err = picture(in, png.DecodeConfig, png.Decode)
	default:
		err = film(in)
	}
	return codeOf(err), err
}

// errUnclear is the error of a file that cannot be judged.
var errUnclear = errors.New("unclear")

func codeOf(err error) int {
	_, foreignJPEG := errors.AsType[jpeg.UnsupportedError](err)
	_, foreignPNG := errors.AsType[png.UnsupportedError](err)
	_, unread := errors.AsType[*os.PathError](err)
	switch {
	case err == nil:
		return exitOpens
	case foreignJPEG, foreignPNG, unread, errors.Is(err, errUnclear):
		return exitUnclear
	}
	return exitUnreadable
}

func picture(in io.ReadSeeker, config func(io.Reader) (image.Config, error), decode func(io.Reader) (image.Image, error)) error {
	about, err := config(in)
	if err != nil {
		return err
	}
	if int64(about.Width)*int64(about.Height) > maxPixels {
		return fmt.Errorf("%w: %d by %d pixels", errUnclear, about.Width, about.Height)
	}
	if _, err := in.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err = decode(in)
	return err
}

// errCut is the error of a film that is not complete.
var errCut = errors.New("the film is cut, or has no tracks")

// film checks the boxes of a film: that of its tracks, and its first media data, must
// be complete. What follows both may be anything.
func film(in io.ReadSeeker) error {
	size, err := in.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	var tracks, data bool
	const maxBoxes = 100_000
	for at, boxes := int64(0), 0; at < size && (!tracks || !data); boxes++ {
		if boxes == maxBoxes {
			return fmt.Errorf("%w: more than %d boxes", errUnclear, maxBoxes)
		}
		kind, header, length, err := box(in, at, size)
		if err != nil || at+length > size {
			return errors.Join(errCut, err)
		}
		switch kind {
		case "moov":
			if tracks, err = hasTrack(in, at+header, at+length); err != nil {
				return err
			}
		case "mdat":
			data = true
		}
		at += length
	}
	if !tracks || !data {
		return errCut
	}
	return nil
}

// box returns the type of the box at a place, and the lengths of its header and of all
// of it, which is at least that of the header; one without a length ends at end.
func box(in io.ReadSeeker, at, end int64) (kind string, header, length int64, err error) {
	const short, long = 8, 16 // bytes of a header
	var b [long]byte
	if _, err := in.Seek(at, io.SeekStart); err != nil {
		return "", 0, 0, err
	}
	n, err := io.ReadFull(in, b[:min(long, end-at)])
	if err != nil {
		return "", 0, 0, err
	}
	if n < short {
		return "", 0, 0, errCut
	}
	header, length = short, int64(binary.BigEndian.Uint32(b[:]))
	switch length {
	case 0:
		length = end - at
	case 1:
		if n < long {
			return "", 0, 0, errCut
		}
		wide := binary.BigEndian.Uint64(b[short:])
		if wide > 1<<62 {
			return "", 0, 0, errCut
		}
		header, length = long, int64(wide)
	}
	if length < header || length > 1<<62-at {
		return "", 0, 0, errCut
	}
	return string(b[4:short]), header, length, nil
}

// hasTrack reports whether a box between two places is a track.
func hasTrack(in io.ReadSeeker, at, end int64) (bool, error) {
	for at < end {
		kind, _, length, err := box(in, at, end)
		if err != nil || at+length > end {
			return false, errors.Join(errCut, err)
		}
		if kind == "trak" {
			return true, nil
		}
		at += length
	}
	return false, nil
}
