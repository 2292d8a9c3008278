package region

import (
	"context"

	"siida.id/internal/base/actor"
	"siida.id/internal/base/zone"
)

// Within is a context for work in a region as nobody, in its time zone: before
// anybody has signed in, and for what the program does by itself.
func Within(ctx context.Context, r Region) context.Context {
	return actor.With(zone.With(ctx, r.Zone), actor.Actor{Region: r.Code})
}
