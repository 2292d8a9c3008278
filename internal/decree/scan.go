package decree

import (
	"context"
	"io"

	"siida.id/internal/audit"
	"siida.id/internal/base/fault"
	"siida.id/internal/file"
)

// ScanFormats returns the file name extensions of a scan.
func ScanFormats() []string { return []string{"pdf", "jpg", "png"} }

// UseScan is a decree that uses a file as its scan, by its id.
const UseScan file.UseKind = "decree/scan"

// AttachScan adds a scan to a decree, or replaces the one it has.
func (s *Service) AttachScan(ctx context.Context, decreeID, name string, r io.Reader) error {
	if err := CheckEnter(ctx); err != nil {
		return err
	}
	if _, err := s.Store.ByID(ctx, decreeID); err != nil { // before reading the file
		return err
	}
	if name == "" {
		var check fault.Check
		check.That(false, fault.File, "decree.file_missing")
		return check.Err()
	}
	f, err := s.Files.Receive(ctx, file.Request{Purpose: "decree/" + decreeID, Formats: ScanFormats()}, file.Upload{Name: name, Content: r})
	if err != nil {
		return err
	}
	err = s.change(ctx, decreeID, func(ctx context.Context, _ Decree) error {
		old, err := s.Store.ScanOf(ctx, decreeID)
		if err == nil {
			err = s.Files.EndUse(ctx, scanUse(decreeID, old))
		}
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
		if err := s.Files.Use(ctx, scanUse(decreeID, f)); err != nil {
			return err
		}
		if err := s.Store.BumpVersion(ctx, decreeID); err != nil {
			return err
		}
		return s.Log.Append(ctx, audit.Decree.Of(decreeID), EventScanUploaded, audit.Details{audit.KeyName: f.Name, audit.KeySHA256: f.SHA256})
	})
	return fault.Wrap(err, "decree %s: scan %s", decreeID, f.ID)
}

func scanUse(decreeID string, f file.Record) file.Use {
	return file.Use{FileID: f.ID, Kind: UseScan, RefID: decreeID}
}

// OpenScan returns the scan of a decree and its bytes to anybody signed in; NotFound
// if the decree has none.
func (s *Service) OpenScan(ctx context.Context, decreeID string) (file.Record, io.ReadSeekCloser, error) {
	if err := checkRead(ctx); err != nil {
		return file.Record{}, nil, err
	}
	f, err := s.Store.ScanOf(ctx, decreeID)
	if err != nil {
		return file.Record{}, nil, err
	}
	bytes, err := s.Files.Open(ctx, f)
	return f, bytes, err
}
