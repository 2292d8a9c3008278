package demo

import (
	"context"
	"errors"
	"fmt"
	"testing"
)

var errPaper = errors.New("out of paper")

// words makes files that say what was ordered; a title "broken" is none.
type words struct{}

func (words) PDF(mark, title string, lines []string) ([]byte, error) {
	if title == "broken" {
		return nil, errPaper
	}
	return fmt.Append(nil, "pdf ", mark, " ", title, lines), nil
}

func (words) Crest() ([]byte, error) { return nil, nil }

func (words) JPEG(mark, title string, seed uint64, shot Shot) ([]byte, error) {
	return fmt.Append(nil, "jpg ", mark, " ", title, " ", seed, " ", shot.Lat), nil
}

// Each file is the one that was ordered at its place, whoever makes it.
func TestPress(t *testing.T) {
	p := press{files: words{}, mark: "CONTOH"}
	for n := range 100 {
		if at := p.order(order{n%2 == 1, fmt.Sprint("no ", n), []string{"a"}, Shot{Lat: -n}}); at != n {
			t.Fatalf("order %d is at %d", n, at)
		}
	}
	broken := p.order(order{title: "broken"})
	p.start(t.Context())
	for n := range 100 {
		want := fmt.Sprintf("pdf CONTOH no %d[a]", n)
		if n%2 == 1 {
			want = fmt.Sprintf("jpg CONTOH no %d %d %d", n, n, -n)
		}
		if got, err := p.take(t.Context(), n); err != nil || string(got) != want {
			t.Errorf("%d: %q, %v", n, got, err)
		}
	}
	if _, err := p.take(t.Context(), broken); !errors.Is(err, errPaper) {
		t.Errorf("broken = %v", err)
	}
}

// Who has gone waits for nothing.
func TestPressThatStands(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	p := press{files: words{}}
	p.order(order{title: "never"})
	stop()
	if _, err := p.take(ctx, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("take = %v", err)
	}
}
