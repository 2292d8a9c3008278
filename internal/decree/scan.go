package decree

import (
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/fault"
)

// Scan is the file of a decree.
type Scan struct {
	ID       string
	DecreeID string
	Name     string // as it was called where it came from
	Media    string
	Size     int64  // in bytes
	Sum      string // SHA-256 of the bytes, in hex
	By       string
	At       time.Time
}

// ScanFormats are the endings that a scan may have.
func ScanFormats() []string { return []string{"pdf", "jpg", "png"} }

// ScanField is the field of a form in which a scan is sent.
const ScanField = "sk"

// AttachScan gives a decree its scan, in the place of an earlier one.
func (s *Service) AttachScan(ctx context.Context, decreeID, name string, r io.Reader) error {
	if err := CheckEnter(ctx); err != nil {
		return err
	}
	if _, err := s.Store.ByID(ctx, decreeID); err != nil { // before any bytes are taken
		return err
	}
	f, err := s.receive(ctx, name, r)
	if err != nil {
		return err
	}
	f.DecreeID = decreeID
	err = s.change(ctx, decreeID, func(ctx context.Context, _ Decree) error {
		switch old, err := s.Store.ScanOf(ctx, decreeID); {
		case err == nil:
			if err := s.Store.EndScan(ctx, old.ID, f.At); err != nil {
				return err
			}
		case fault.KindOf(err) != fault.NotFound:
			return err
		}
		if err := s.Store.AddScan(ctx, f); err != nil {
			return err
		}
		if err := s.Store.Touch(ctx, decreeID); err != nil {
			return err
		}
		return s.Log.Append(ctx, "decree/"+decreeID, "pindaian", map[string]string{"jenis": ScanField, "nama": f.Name, "sha256": f.Sum})
	})
	return fault.Wrap(err, "decree %s: scan %s", decreeID, f.ID)
}

// receive keeps the bytes. Without a name there is no file at all.
func (s *Service) receive(ctx context.Context, name string, r io.Reader) (Scan, error) {
	var check fault.Check
	if name == "" {
		check.That(false, ScanField, "decree.file_missing")
		return Scan{}, check.Err()
	}
	kept, err := s.Files.Keep(ctx, name, r)
	if fault.KindOf(err) == fault.TooLarge {
		check.That(false, ScanField, fault.KeyOf(err), fault.ArgsOf(err))
		return Scan{}, check.Err()
	}
	if err != nil {
		return Scan{}, err
	}
	check.That(kept.Size > 0, ScanField, "decree.file_empty")
	if kept.Size > 0 {
		check.That(slices.Contains(ScanFormats(), kept.Ext), ScanField, "decree.file_type",
			fault.Args{"Name": kept.Name, "Formats": strings.ToUpper(strings.Join(ScanFormats(), ", "))})
	}
	return Scan{ID: s.NewID(), Name: kept.Name, Media: kept.Media, Size: kept.Size, Sum: kept.Sum, By: actor.From(ctx).ID, At: s.Now()}, check.Err()
}

// OpenScan returns the scan of a decree with its bytes, to whoever may read the
// decree: an SK is public within its region. It is NotFound where it has none.
func (s *Service) OpenScan(ctx context.Context, decreeID string) (Scan, io.ReadSeekCloser, error) {
	if err := checkRead(ctx); err != nil {
		return Scan{}, nil, err
	}
	f, err := s.Store.ScanOf(ctx, decreeID)
	if err != nil {
		return Scan{}, nil, err
	}
	bytes, err := s.Files.Open(ctx, f.Sum)
	return f, bytes, err
}
