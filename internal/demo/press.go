package demo

import (
	"context"
	"runtime"
	"sync/atomic"
)

// order is a sample file to be made.
type order struct {
	picture bool
	title   string
	lines   []string // of a document
	shot    Shot     // of a picture
}

// press makes the files that are ordered, in their order, on every processor,
// while others are used already.
type press struct {
	files  Files
	mark   string
	orders []order
	made   []chan printed
	next   atomic.Int64
}

type printed struct {
	content []byte
	err     error
}

// order adds a file, and returns its place.
func (p *press) order(o order) int {
	p.orders = append(p.orders, o)
	p.made = append(p.made, make(chan printed, 1))
	return len(p.orders) - 1
}

// start makes what has been ordered until ctx ends.
func (p *press) start(ctx context.Context) {
	for range runtime.GOMAXPROCS(0) {
		go func() {
			for at := int(p.next.Add(1)) - 1; at < len(p.orders) && ctx.Err() == nil; at = int(p.next.Add(1)) - 1 {
				p.made[at] <- p.print(p.orders[at], at)
			}
		}()
	}
}

func (p *press) print(o order, at int) (made printed) {
	if o.picture {
		made.content, made.err = p.files.JPEG(p.mark, o.title, uint64(at), o.shot) //nolint:gosec // a small count
	} else {
		made.content, made.err = p.files.PDF(p.mark, o.title, o.lines)
	}
	return made
}

// take waits for a file.
func (p *press) take(ctx context.Context, at int) ([]byte, error) {
	select {
	case made := <-p.made[at]:
		return made.content, made.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
