package i18n

import (
	"context"

	"siida.id/internal/base/fault"
)

// Fault returns the message of a fault for a person.
func Fault(ctx context.Context, err error) string {
	return Format(ctx, fault.KeyOf(err), fault.ArgsOf(err))
}
