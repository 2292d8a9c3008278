package scoring

import (
	"sync"

	"siida.id/internal/instrument"
)

// Compiler compiles each pack once. Its zero value is ready for use; it is safe for
// concurrent use.
type Compiler struct{ ready sync.Map } // by the pack's digest

// Of returns the Instrument of p.
func (c *Compiler) Of(p *instrument.Pack) *Instrument {
	if known, ok := c.ready.Load(p.SHA256); ok {
		return known.(*Instrument) //nolint:forcetypeassert // nothing else is stored
	}
	made, _ := c.ready.LoadOrStore(p.SHA256, Compile(p))
	return made.(*Instrument) //nolint:forcetypeassert // nothing else is stored
}
