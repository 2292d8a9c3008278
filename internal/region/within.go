package region

import (
	"context"

	"siida.id/internal/base/actor"
)

// Within is a context for work in a region as nobody: before anybody has signed
// in, and for what the program does by itself.
func Within(ctx context.Context, r Region) context.Context {
	return actor.With(ctx, actor.Actor{Region: r.Code})
}
