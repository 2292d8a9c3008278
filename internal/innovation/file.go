package innovation

import (
	"context"
	"io"
	"slices"

	"siida.id/internal/audit"
	"siida.id/internal/base/fault"
	"siida.id/internal/file"
)

// FileKind is the kind of a profile's file.
type FileKind string

// The kinds; their values are part of addresses. The national form accepts one budget
// and one business profile, and several rights (HAKI), awards and photos.
const (
	Budget   FileKind = "anggaran"
	Business FileKind = "profil-bisnis"
	Rights   FileKind = "haki"
	Award    FileKind = "penghargaan"
	Photo    FileKind = "foto"
)

// FileKinds returns the kinds in the order of the form.
func FileKinds() []FileKind { return []FileKind{Budget, Business, Rights, Award, Photo} }

// The kinds of what uses files, by the id of an innovation, for ever.
const (
	UseBudget   file.UseKind = "innovation/budget"
	UseBusiness file.UseKind = "innovation/business"
	UseRights   file.UseKind = "innovation/rights"
	UseAward    file.UseKind = "innovation/award"
	UsePhoto    file.UseKind = "innovation/photo"
)

var uses = map[FileKind]file.UseKind{Budget: UseBudget, Business: UseBusiness, Rights: UseRights, Award: UseAward, Photo: UsePhoto}

// Use is how a profile uses a file of the kind.
func (k FileKind) Use() file.UseKind { return uses[k] }

// FileKindOf is the kind of a file that a profile uses so; none for what is no use of a
// profile.
func FileKindOf(use file.UseKind) FileKind {
	for _, k := range FileKinds() {
		if k.Use() == use {
			return k
		}
	}
	return ""
}

// Several reports whether a profile may have several files of the kind.
func (k FileKind) Several() bool { return k == Rights || k == Award || k == Photo }

// Formats returns the file name extensions of the kind.
func (k FileKind) Formats() []string {
	switch k {
	case Budget, Business:
		return []string{"pdf"}
	case Photo:
		return []string{"jpg", "png"}
	case Rights, Award:
	}
	return []string{"pdf", "jpg", "png"}
}

// maxFiles is the number of files of one kind that a profile may have.
const maxFiles = 10

// File is a file of a profile.
type File struct {
	file.Record
	Kind FileKind
}

// FileStore reads the files of profiles.
type FileStore interface {
	// FilesOf returns the files of a profile, by kind in the order of the form, the oldest first.
	FilesOf(ctx context.Context, innovationID string) ([]File, error)
}

// use returns the use of f by an innovation, for package file.
func (f File) use(innovationID string) file.Use {
	return file.Use{FileID: f.ID, Kind: f.Kind.Use(), RefID: innovationID}
}

// ProfileFiles is a profile with its files, for those who may read it: the files are
// part of the profile, so a pimpinan reads them without giving a reason.
type ProfileFiles struct {
	Innovation Innovation
	Files      []File
	MayChange  bool
	Closed     error // the fault if they may not because a window is over
}

// ProfileFiles returns the files of a profile.
func (s *Service) ProfileFiles(ctx context.Context, id string) (p ProfileFiles, err error) {
	if p.Innovation, err = s.ByID(ctx, id); err != nil {
		return ProfileFiles{}, err
	}
	if p.MayChange = CheckChange(ctx, p.Innovation.Access()) == nil; p.MayChange {
		if p.Closed = s.CheckWindow(ctx, p.Innovation); fault.Ours(p.Closed) {
			return ProfileFiles{}, p.Closed
		}
		p.MayChange = p.Closed == nil
	}
	p.Files, err = s.Store.FilesOf(ctx, id)
	return p, err
}

// Attach adds a file to a profile; for a kind without several it replaces the
// previous one. It returns Invalid on the field fault.File if the kind does not accept
// the file, and NotFound for an unknown kind.
func (s *Service) Attach(ctx context.Context, id string, kind FileKind, name string, r io.Reader) error {
	if !slices.Contains(FileKinds(), kind) {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	if _, err := s.Editable(ctx, id); err != nil { // before reading the file
		return err
	}
	if _, err := s.earlierFiles(ctx, id, kind); err != nil {
		return err
	}
	f, err := s.receive(ctx, id, kind, file.Upload{Name: name, Content: r})
	if err != nil {
		return err
	}
	err = s.changeInWindows(ctx, id, func(ctx context.Context, w *windows, i Innovation) error {
		if err := CheckChange(ctx, i.Access()); err != nil {
			return err
		}
		if err := w.check(ctx, i, i); err != nil {
			return err
		}
		before, err := s.earlierFiles(ctx, id, kind)
		if err != nil {
			return err
		}
		if kind.Several() {
			before = nil
		}
		if err := s.replace(ctx, id, f, before); err != nil {
			return err
		}
		if err := s.Store.BumpVersion(ctx, id); err != nil {
			return err
		}
		return s.Log.Append(ctx, audit.Innovation.Of(id), EventFileAttached, f.details())
	})
	return fault.Wrap(err, "innovation %s: file %s", id, f.ID)
}

// earlierFiles returns the files of a kind that a profile has; Invalid if there can
// be no more.
func (s *Service) earlierFiles(ctx context.Context, id string, kind FileKind) ([]File, error) {
	before, err := s.Store.FilesOf(ctx, id)
	if err != nil {
		return nil, err
	}
	before = slices.DeleteFunc(before, func(f File) bool { return f.Kind != kind })
	var check fault.Check
	check.That(len(before) < maxFiles, fault.File, "innovation.file_many", fault.Args{"Most": maxFiles})
	return before, check.Err()
}

// receive stores an upload; an empty name means that no file was sent.
func (s *Service) receive(ctx context.Context, id string, kind FileKind, u file.Upload) (File, error) {
	var check fault.Check
	if u.Name == "" {
		check.That(false, fault.File, "innovation.file_missing")
		return File{}, check.Err()
	}
	r, err := s.Files.Receive(ctx, file.Request{Purpose: "profile/" + id, Formats: kind.Formats()}, u)
	return File{Record: r, Kind: kind}, err
}

// replace adds a file in place of others.
func (s *Service) replace(ctx context.Context, id string, f File, before []File) error {
	for _, old := range before {
		if err := s.Files.EndUse(ctx, old.use(id)); err != nil {
			return err
		}
	}
	return s.Files.Use(ctx, f.use(id))
}

func (f File) details() audit.Details {
	return audit.Details{audit.KeyKind: string(f.Kind), audit.KeyName: f.Name, audit.KeySHA256: f.SHA256}
}

// Detach removes a file from a profile; NotFound if it is not the profile's.
func (s *Service) Detach(ctx context.Context, id, fileID string) error {
	err := s.changeInWindows(ctx, id, func(ctx context.Context, w *windows, i Innovation) error {
		if err := CheckChange(ctx, i.Access()); err != nil {
			return err
		}
		if err := w.check(ctx, i, i); err != nil {
			return err
		}
		f, err := s.fileOf(ctx, id, fileID)
		if err != nil {
			return err
		}
		if err := s.Files.EndUse(ctx, f.use(id)); err != nil {
			return err
		}
		if err := s.Store.BumpVersion(ctx, id); err != nil {
			return err
		}
		return s.Log.Append(ctx, audit.Innovation.Of(id), EventFileDetached, audit.Details{audit.KeyKind: string(f.Kind), audit.KeyName: f.Name})
	})
	return fault.Wrap(err, "innovation %s: file %s", id, fileID)
}

func (s *Service) fileOf(ctx context.Context, id, fileID string) (File, error) {
	list, err := s.Store.FilesOf(ctx, id)
	if err != nil {
		return File{}, err
	}
	at := slices.IndexFunc(list, func(f File) bool { return f.ID == fileID })
	if at < 0 {
		return File{}, fault.New(fault.NotFound, "fault.not_found")
	}
	return list[at], nil
}

// OpenFile returns a file of a profile and its bytes to those who may read the
// profile.
func (s *Service) OpenFile(ctx context.Context, id, fileID string) (File, io.ReadSeekCloser, error) {
	if _, err := s.ByID(ctx, id); err != nil {
		return File{}, nil, err
	}
	f, err := s.fileOf(ctx, id, fileID)
	if err != nil {
		return File{}, nil, err
	}
	bytes, err := s.Files.Open(ctx, f.Record)
	return f, bytes, err
}
