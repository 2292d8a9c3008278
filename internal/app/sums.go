package app

import (
	"context"
	"strconv"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/singleflight"

	"siida.id/internal/base/actor"
	"siida.id/internal/index"
)

// mostSums is how many sums are kept, one for each period of each region that
// is read: some 3 MB for a thousand innovations.
const mostSums = 16

// sums keeps what an index adds up to while the region's log stands still, for
// all who read it, and lets it be added up once where many wait for it.
type sums struct {
	kept   *lru.Cache[string, keptSum]
	making singleflight.Group
}

type keptSum struct {
	logged int64 // how far the log was before it was read
	sum    *index.Sum
}

func newSums() *sums {
	kept, err := lru.New[string, keptSum](mostSums)
	if err != nil {
		panic(err) // of a size below one, which it is not
	}
	return &sums{kept: kept}
}

// Sum implements index.Memory. Only pages share sums; a form that writes adds up
// afresh.
func (k *sums) Sum(ctx context.Context, periodID string, add func(context.Context) (*index.Sum, error)) (*index.Sum, error) {
	logged, page := ctx.Value(loggedKey{}).(int64)
	if !page {
		return add(ctx)
	}
	key := actor.From(ctx).Region + "/" + periodID
	if sum, ok := k.since(key, logged); ok {
		return sum, nil
	}
	made, err, _ := k.making.Do(key+"/"+strconv.FormatInt(logged, 10), func() (any, error) {
		if sum, ok := k.since(key, logged); ok { // made between the look and the turn
			return sum, nil
		}
		sum, err := add(context.WithoutCancel(ctx)) // others wait for it too
		if err == nil {
			k.kept.Add(key, keptSum{logged, sum})
		}
		return sum, err
	})
	if err != nil {
		return nil, err
	}
	sum, _ := made.(*index.Sum)
	return sum, nil
}

// since is the kept sum that is no older than a place in the log.
func (k *sums) since(key string, logged int64) (*index.Sum, bool) {
	one, ok := k.kept.Get(key)
	return one.sum, ok && one.logged >= logged
}
