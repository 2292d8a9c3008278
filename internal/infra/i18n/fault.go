package i18n

import (
	"context"

	"siida.id/internal/base/fault"
)

// Fault says what a fault has to say to a person.
func Fault(ctx context.Context, err error) string {
	return Say(ctx, fault.KeyOf(err), fault.ArgsOf(err))
}
