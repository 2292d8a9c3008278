package app

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"siida.id/internal/infra/sqldb"
	"siida.id/internal/instrument"
)

// Config is the configuration, by flags or environment variables.
type Config struct {
	Listen   string   `default:"127.0.0.1:8080" env:"SIIDA_LISTEN" help:"Address to listen on."`
	Data     string   `default:"siida-data" env:"SIIDA_DATA" help:"Folder of the evidence files and of the built-in database."`
	Database string   `env:"SIIDA_DATABASE" help:"sqlite:path or a postgres URL; the built-in one in the data folder where none is given."`
	Packs    string   `env:"SIIDA_PACKS" help:"${packs}"`
	MaxFile  int64    `default:"256" env:"SIIDA_MAX_FILE" help:"Size of the largest file that is taken, in MB."`
	MinFree  int64    `default:"2048" env:"SIIDA_MIN_FREE" help:"How much of the disk files leave free, in MB; 0 takes files until it is full."`
	Metrics  string   `env:"SIIDA_METRICS" help:"Address on which Prometheus finds metrics at /metrics, as in 127.0.0.1:9100; nowhere where none is given."`
	Key      string   `name:"key-file" env:"SIIDA_KEY_FILE" help:"File with the key of secrets in the database, made if it is not there; siida.key in the data folder where none is given."`
	Contact  string   `name:"security-contact" env:"SIIDA_SECURITY_CONTACT" help:"Where flaws of the program are reported, as in mailto:aduan@example.go.id or https://example.go.id/aduan; shown in security.txt."`
	Proxies  []string `env:"SIIDA_TRUSTED_PROXIES" help:"Addresses of proxies whose X-Forwarded headers are believed, as in 10.0.0.0/8."`
}

// dsn returns the database to open.
func (c Config) dsn() string {
	if c.Database != "" {
		return c.Database
	}
	return "sqlite:" + filepath.Join(c.Data, "siida.db")
}

// keyFile returns the file with the key of secrets in the database.
func (c Config) keyFile() string {
	return cmp.Or(c.Key, filepath.Join(c.Data, "siida.key"))
}

// maxBytes returns the size of the largest file.
func (c Config) maxBytes() int64 { return c.MaxFile << 20 }

// readByOthers returns the folder of the data, and the files of its key and database, if their
// modes let others than their owner read or write them. Both are created private, but
// may have been there before.
func (c Config) readByOthers() (list []string) {
	names := []string{c.Data, c.keyFile()}
	if path, ok := sqldb.FilePath(c.dsn()); ok {
		names = append(names, path)
	}
	for _, name := range names {
		if info, err := os.Stat(name); err == nil && info.Mode().Perm()&0o077 != 0 {
			list = append(list, name)
		}
	}
	return list
}

// securityContact returns Contact, or an error if it is neither empty nor an address.
func (c Config) securityContact() (string, error) {
	if u, err := url.Parse(c.Contact); c.Contact == "" || err == nil && (u.Scheme == "mailto" && strings.Contains(u.Opaque, "@") || u.Scheme == "https" && u.Host != "") {
		return c.Contact, nil
	}
	return "", fmt.Errorf("security contact %q is neither a mailto: nor an https: address", c.Contact)
}

func (c Config) proxies() (list []netip.Prefix, err error) {
	for _, text := range c.Proxies {
		prefix, failed := netip.ParsePrefix(text)
		if address, alone := netip.ParseAddr(text); alone == nil {
			prefix, failed = netip.PrefixFrom(address, address.BitLen()), nil
		}
		if failed != nil {
			err = errors.Join(err, fmt.Errorf("trusted proxy %q is neither an address nor a network", text))
			continue
		}
		list = append(list, prefix)
	}
	return list, err
}

// LogValue implements slog.LogValuer; it hides the password.
func (c Config) LogValue() slog.Value {
	return slog.GroupValue(
		slog.String("listen", c.Listen), slog.String("data", c.Data), slog.String("database", sqldb.Describe(c.dsn())),
		slog.String("packs", c.Packs), slog.Int64("max_file_mb", c.MaxFile), slog.Int64("min_free_mb", c.MinFree), slog.String("metrics", c.Metrics), slog.Any("proxies", c.Proxies))
}

// library returns the packs of the program and those in folder, if it is not empty.
func library(folder string) (*instrument.Library, error) {
	lib, err := instrument.Embedded()
	if err != nil || folder == "" {
		return lib, err
	}
	if _, err := os.Stat(folder); err != nil {
		return nil, fmt.Errorf("folder of packs: %w", err)
	}
	return lib, lib.Load(os.DirFS(folder), "*.json")
}
