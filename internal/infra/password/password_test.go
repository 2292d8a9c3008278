package password_test

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/trustelem/zxcvbn/frequency"

	"siida.id/internal/infra/password"
)

func TestHashAndVerify(t *testing.T) {
	h := password.New(rand.Reader)
	phc, err := h.Hash(t.Context(), "kuda baterai jepit")
	if err != nil || !strings.HasPrefix(phc, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatalf("%q, %v", phc, err)
	}
	if again, err := h.Hash(t.Context(), "kuda baterai jepit"); err != nil || again == phc {
		t.Errorf("the same password has the same hash twice (%v): there is no salt", err)
	}
	for typed, want := range map[string]bool{"kuda baterai jepit": true, "kuda baterai jepi": false, "": false, "kuda baterai jepit\x00": false} {
		if got, err := h.Verify(t.Context(), phc, typed); got != want || err != nil {
			t.Errorf("Verify(%q) = %v, %v; want %v", typed, got, err, want)
		}
	}
	if h.NeedsRehash(phc) {
		t.Error("what was hashed just now is out of date")
	}
}

// A hash by another program with another cost.
func TestVerifyOtherCost(t *testing.T) {
	const phc = "$argon2id$v=19$m=64,t=2,p=1$c29tZXNhbHQ$4lLfCaGWcKk" // a key that is too short
	const reference = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
	h := password.New(rand.Reader)
	if ok, err := h.Verify(t.Context(), reference, "password"); !ok || err != nil {
		t.Errorf("the reference implementation's own example = %v, %v", ok, err)
	}
	if !h.NeedsRehash(reference) {
		t.Error("a cheaper hash is not renewed")
	}
	if _, err := h.Verify(t.Context(), phc, "password"); err == nil {
		t.Error("a key of eight bytes was taken")
	}
}

func TestEmptyHash(t *testing.T) {
	h := password.New(rand.Reader)
	start := time.Now()
	for _, typed := range []string{"", "x"} {
		if ok, err := h.Verify(t.Context(), "", typed); ok || err != nil {
			t.Errorf("Verify(%q) = %v, %v", typed, ok, err)
		}
	}
	if took := time.Since(start); took < time.Millisecond {
		t.Errorf("took %v: that tells who has an account", took)
	}
}

func TestInvalidHashes(t *testing.T) {
	const salt, key = "c29tZXNhbHRzb21lc2FsdA", "nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
	h := password.New(rand.Reader)
	for _, phc := range []string{
		"x", "$", "$$$$$",
		"$argon2id$v=19$m=4194304,t=2,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=19456,t=4000000000,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=19456,t=2,p=255$" + salt + "$" + key,
		"$argon2id$v=19$m=19456,t=2,p=256$" + salt + "$" + key,
		"$argon2id$v=19$m=19456,t=0,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=19456,t=2,p=0$" + salt + "$" + key,
		"$argon2id$v=19$m=-1,t=2,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=019456,t=2,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=19456,t=2,p=1,x$" + salt + "$" + key,
		"$argon2id$v=16$m=19456,t=2,p=1$" + salt + "$" + key,
		"$argon2i$v=19$m=19456,t=2,p=1$" + salt + "$" + key,
		"$argon2id$v=19$m=19456,t=2,p=1$$" + key,
		"$argon2id$v=19$m=19456,t=2,p=1$" + salt + "$",
		"$argon2id$v=19$m=19456,t=2,p=1$" + salt + "$" + strings.Repeat("AAAA", 1000),
		"$argon2id$v=19$m=19456,t=2,p=1$" + salt + "$" + key + "=",
	} {
		if ok, err := h.Verify(t.Context(), phc, "x"); ok || err == nil {
			t.Errorf("Verify of %.60s = %v, %v; want an error", phc, ok, err)
		}
		if !h.NeedsRehash(phc) {
			t.Errorf("%.60s is up to date", phc)
		}
	}
}

// Waiting for a slot ends with the context.
func TestWaitIsCancelled(t *testing.T) {
	h, ctx := password.New(rand.Reader), t.Context()
	gone, cancel := context.WithCancel(ctx)
	cancel()
	busy := make(chan struct{})
	for range 8 {
		go func() {
			for {
				select {
				case <-busy:
					return
				default:
					_, _ = h.Hash(ctx, "x")
				}
			}
		}()
	}
	defer close(busy)
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); {
		if _, err := h.Hash(gone, "x"); errors.Is(err, context.Canceled) {
			return
		}
	}
	t.Error("nobody ever gave up")
}

// What stands for the list of the 3,000 most common passwords (ASVS 6.2.4) and of those
// that others have lost (6.2.12).
func TestCaseS23CommonPasswordsAreGuessable(t *testing.T) {
	h := password.New(rand.Reader)
	for _, common := range frequency.FrequencyLists["passwords"][:3000] {
		for _, typed := range []string{common, strings.ToUpper(common), common + "123", common + common} {
			if len(typed) >= 12 && !h.Guessable(typed, nil) { // shorter ones are refused as such
				t.Errorf("%q is not guessable, of which %q is one of the 3,000 most common", typed, common)
			}
		}
	}
	for _, typed := range []string{
		"!QAZ2wsx3edc", "zaq12wsxcde3", "1q2w3e4r5t6y", "qazwsxedcrfv", "zxcvbnmasdfgh", "123456789012", "aaaabbbbcccc", "abcdefghijkl",
		"adminadmin12", "P@ssw0rd12345", "147258369000", "",
	} {
		if !h.Guessable(typed, nil) {
			t.Errorf("%q is not guessable", typed)
		}
	}
	for _, typed := range []string{"kuda baterai jepit benar", "siida-9x7!kq2-vb", "8301947265018374", "\xff\xfe kata sandi biner x", "melati mekar pagi"} {
		if h.Guessable(typed, nil) {
			t.Errorf("%q is guessable", typed)
		}
	}
	if words := []string{"tetangga", "berisik"}; h.Guessable("tetangga berisik", nil) || !h.Guessable("tetanggaberisik", words) {
		t.Error("the words given make no difference")
	}
}
