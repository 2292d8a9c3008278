package region

import (
	"context"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/zone"
)

// Within returns a context in a region and its zone, without an actor: for requests
// before sign-in and for jobs.
func Within(ctx context.Context, r Region) context.Context {
	return actor.With(zone.With(ctx, r.Zone), actor.Actor{Region: r.Code})
}
