package app

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"sync"
	"testing"
)

// demoFolder is a data folder with the demo's world, once a test has asked for it.
var demoFolder string

// makeDemo makes it for all tests.
var makeDemo = sync.OnceValue(func() (err error) {
	if demoFolder, err = os.MkdirTemp("", "siida-demo-"); err != nil {
		return err
	}
	p, err := Open(context.Background(), slog.New(slog.DiscardHandler), Config{Data: demoFolder, MaxFile: 1})
	if err != nil {
		return err
	}
	return errors.Join(p.FillDemo(context.Background()), p.Close()) // a database that is closed is one file
})

// demoData is a data folder with the demo's world, which the caller may change.
func demoData(tb testing.TB) string {
	tb.Helper()
	if err := makeDemo(); err != nil {
		tb.Fatal(err)
	}
	folder := tb.TempDir()
	if err := os.CopyFS(folder, os.DirFS(demoFolder)); err != nil {
		tb.Fatal(err)
	}
	return folder
}

func TestMain(m *testing.M) {
	code := m.Run()
	_ = os.RemoveAll(demoFolder)
	os.Exit(code)
}
