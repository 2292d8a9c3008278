package app

import "context"

// What the tests of this package reach, which stand outside of it because their
// worlds are made by it.

// KeepIndex keeps the index of the day until ctx ends.
func KeepIndex(ctx context.Context, p *Program) { p.keepIndex(ctx) }

// PrintSetup prints the links for the first administrators.
func PrintSetup(ctx context.Context, p *Program, std Streams, address string) error {
	return p.printSetup(ctx, std, address)
}

// Serve serves on an address until ctx ends.
func Serve(ctx context.Context, p *Program, listen string, ready func(address string) error) error {
	return p.serve(ctx, listen, false, ready)
}

// WarnAddresses tells the log what is missing between an address and the regions'.
func WarnAddresses(ctx context.Context, p *Program, address string) error {
	return p.warnAddresses(ctx, address)
}

// MoveDemo makes the address on which a demo is served its public one.
func MoveDemo(ctx context.Context, p *Program, address string) error { return p.moveDemo(ctx, address) }

// CheckPacks names every region with a period whose pack has changed.
func CheckPacks(ctx context.Context, p *Program) error { return p.checkPacks(ctx) }

// KeepIndexOnce keeps the index of the day in every region.
func KeepIndexOnce(ctx context.Context, p *Program) error { return p.keepIndexOnce(ctx) }
