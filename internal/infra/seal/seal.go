// Package seal encrypts small secrets with a key that is kept outside the database:
// AES-256-GCM, in a file that only its owner reads.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

const (
	keySize = 32 // bytes
	version = "v1"
)

// ErrOtherKey is the error of a text that was sealed with another key or for another
// purpose, or was changed.
var ErrOtherKey = errors.New("sealed with another key, or for another purpose")

// Box seals texts and opens them. Methods may be called concurrently.
type Box struct {
	aead   cipher.AEAD
	id     string // of the key, to tell it from others
	random io.Reader
}

// New returns a Box with a key of its own, which reads keys and nonces from random.
func New(random io.Reader) (*Box, error) {
	key := make([]byte, keySize)
	if _, err := io.ReadFull(random, key); err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	return with(key, random)
}

// Load returns a Box with the key in the file at path; fs.ErrNotExist if there is none.
func Load(path string, random io.Reader) (*Box, error) {
	key, err := os.ReadFile(path) //nolint:gosec // the operator names it
	if err != nil {
		return nil, fmt.Errorf("key: %w", err)
	}
	decoded, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(key)))
	if err != nil || len(decoded) != keySize {
		return nil, fmt.Errorf("key: %s does not have 32 bytes in base64", path)
	}
	return with(decoded, random)
}

// Create stores a new key in a file at path, unless another process does so first, and
// returns a Box with the key that the file has then.
func Create(path string, random io.Reader) (*Box, error) {
	if err := create(path, random, os.Link); err != nil {
		return nil, fmt.Errorf("key: %w", err)
	}
	return Load(path, random)
}

// create stores a new key under a name of its own, complete and synced, and then links
// it to path, which fails if there is a file. On a file system without hard
// links it renames it to path, if there is no file just before.
func create(path string, random io.Reader, link func(from, to string) error) error {
	key := make([]byte, keySize)
	if _, err := io.ReadFull(random, key); err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".key-*") // with mode 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(file.Name()) }()
	_, err = io.WriteString(file, base64.StdEncoding.EncodeToString(key)+"\n")
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	err = link(file.Name(), path)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		if err = rename(file.Name(), path); err != nil {
			return err
		}
	}
	return syncFolder(filepath.Dir(path))
}

// rename renames a file, unless there is one at that path. Of several processes only
// one does so at a time: that which has made the file beside it.
func rename(from, to string) error {
	turn := to + ".new"
	mine, err := os.OpenFile(turn, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) //nolint:gosec // as in Load
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("another process makes the key; if none does, delete %s and start again: %w", turn, err)
	}
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(turn) }()
	if err := mine.Close(); err != nil {
		return err
	}
	if _, err := os.Stat(to); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.Rename(from, to)
}

// syncFolder makes the name of a new file durable.
func syncFolder(dir string) error {
	folder, err := os.Open(dir) //nolint:gosec // as in Load
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

func with(key []byte, random io.Reader) (*Box, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("key: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("key: %w", err)
	}
	sum := sha256.Sum256(key)
	return &Box{aead, hex.EncodeToString(sum[:4]), random}, nil
}

// Seal returns text sealed for a purpose, such as the person whom it belongs to.
func (b *Box) Seal(text, purpose string) (string, error) {
	nonce := make([]byte, b.aead.NonceSize())
	if _, err := io.ReadFull(b.random, nonce); err != nil {
		return "", fmt.Errorf("seal: %w", err)
	}
	sealed := b.aead.Seal(nonce, nonce, []byte(text), []byte(purpose))
	return version + "." + b.id + "." + base64.RawURLEncoding.EncodeToString(sealed), nil
}

// Sealed reports whether text is one that a Box has sealed, with whatever key.
func Sealed(text string) bool { return strings.HasPrefix(text, version+".") }

// Open returns the text that was sealed for that purpose, or ErrOtherKey.
func (b *Box) Open(sealed, purpose string) (string, error) {
	parts := strings.Split(sealed, ".")
	if len(parts) != 3 || parts[0] != version || parts[1] != b.id {
		return "", ErrOtherKey
	}
	bytes, err := base64.RawURLEncoding.DecodeString(parts[2])
	size := b.aead.NonceSize()
	if err != nil || len(bytes) < size {
		return "", ErrOtherKey
	}
	text, err := b.aead.Open(nil, bytes[:size], bytes[size:], []byte(purpose))
	if err != nil {
		return "", ErrOtherKey
	}
	return string(text), nil
}
