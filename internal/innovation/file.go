package innovation

import (
	"context"
	"io"
	"slices"

	"siida.id/internal/audit"
	"siida.id/internal/base/fault"
	"siida.id/internal/file"
)

// FileKind is what a file is to a profile.
type FileKind string

// The kinds, in the words of their routes. The national form takes one budget
// and one business profile; rights (HAKI), awards and photos may be several.
const (
	Budget   FileKind = "anggaran"
	Business FileKind = "profil-bisnis"
	Rights   FileKind = "haki"
	Award    FileKind = "penghargaan"
	Photo    FileKind = "foto"
)

// FileKinds lists them, in the order of the form.
func FileKinds() []FileKind { return []FileKind{Budget, Business, Rights, Award, Photo} }

// Several reports whether a profile may have more than one file of the kind.
func (k FileKind) Several() bool { return k == Rights || k == Award || k == Photo }

// Formats are the endings that a file of the kind may have.
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

// mostFiles is how many files of one kind a profile may have.
const mostFiles = 10

// File is one of a profile.
type File struct {
	file.Record
	Kind FileKind
}

// FileStore knows the files of profiles.
type FileStore interface {
	// FilesOf lists the files that a profile uses, by kind, the oldest first.
	FilesOf(ctx context.Context, innovationID string) ([]File, error)
}

// use is what a profile says to the room of files of one of its own.
func (f File) use(innovationID string) file.Use {
	return file.Use{FileID: f.ID, Kind: "profile." + string(f.Kind), RefID: innovationID}
}

// ProfileFiles are a profile with its files, for whoever may open it: they are part
// of the profile, and so a pimpinan reads them without giving a reason.
type ProfileFiles struct {
	Innovation Innovation
	Files      []File
	MayChange  bool
}

// ProfileFiles returns the files of a profile.
func (s *Service) ProfileFiles(ctx context.Context, id string) (p ProfileFiles, err error) {
	if p.Innovation, err = s.ByID(ctx, id); err != nil {
		return ProfileFiles{}, err
	}
	p.MayChange = CheckChange(ctx, p.Innovation.Access()) == nil
	p.Files, err = s.Store.FilesOf(ctx, id)
	return p, err
}

// Attach adds a file to a profile; one of a kind that it has once takes the
// place of the earlier. It returns Invalid on the kind's field for a file that
// the kind does not take, and NotFound for a kind that there is not.
func (s *Service) Attach(ctx context.Context, id string, kind FileKind, name string, r io.Reader) error {
	if !slices.Contains(FileKinds(), kind) {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	if _, err := s.Editable(ctx, id); err != nil { // before any bytes are taken
		return err
	}
	if _, err := s.earlierFiles(ctx, id, kind); err != nil {
		return err
	}
	f, err := s.receive(ctx, id, kind, file.Upload{Name: name, Content: r})
	if err != nil {
		return err
	}
	err = s.change(ctx, id, func(ctx context.Context, i Innovation) error {
		if err := CheckChange(ctx, i.Access()); err != nil {
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

// earlierFiles are those of a kind that a profile has; Invalid where it takes no more.
func (s *Service) earlierFiles(ctx context.Context, id string, kind FileKind) ([]File, error) {
	before, err := s.Store.FilesOf(ctx, id)
	if err != nil {
		return nil, err
	}
	before = slices.DeleteFunc(before, func(f File) bool { return f.Kind != kind })
	var check fault.Check
	check.That(len(before) < mostFiles, string(kind), "innovation.file_many", fault.Args{"Most": mostFiles})
	return before, check.Err()
}

// receive takes a file. Without a name there is none at all.
func (s *Service) receive(ctx context.Context, id string, kind FileKind, u file.Upload) (File, error) {
	var check fault.Check
	if u.Name == "" {
		check.That(false, string(kind), "innovation.file_missing")
		return File{}, check.Err()
	}
	r, err := s.Files.Receive(ctx, file.Request{Purpose: "profile/" + id, Field: string(kind), Formats: kind.Formats()}, u)
	return File{Record: r, Kind: kind}, err
}

// replace uses a file in the place of others.
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

// Detach takes a file off a profile; NotFound for one that it does not have.
func (s *Service) Detach(ctx context.Context, id, fileID string) error {
	err := s.change(ctx, id, func(ctx context.Context, i Innovation) error {
		if err := CheckChange(ctx, i.Access()); err != nil {
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

// OpenFile returns a file of a profile with its bytes, to whoever may open the profile.
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
