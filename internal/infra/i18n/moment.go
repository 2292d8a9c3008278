package i18n

import (
	"context"
	"fmt"
	"time"

	"siida.id/internal/base/zone"
)

var moments = map[string]string{
	"id": "%d %s %d pukul %02d.%02d %s",
	"en": "%d %s %d at %02d:%02d %s",
}

// Moment formats t as "31 Agustus 2026 pukul 23.59 WIB", in the region's zone.
func Moment(ctx context.Context, t time.Time) string {
	t = t.In(zone.From(ctx))
	lang := Lang(ctx)
	return fmt.Sprintf(moments[lang], t.Day(), formats[lang].months[t.Month()-1], t.Year(), t.Hour(), t.Minute(), zone.Name(ctx, t))
}
