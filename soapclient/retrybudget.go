package soapclient

import "sync"

// A retryBudget bounds retries to a share of the calls that succeed, so that a service that fails for everybody is not
// asked several times as much as one that works. It starts full.
type retryBudget struct {
	mu    sync.Mutex
	left  float64
	most  float64
	share float64
}

// earn counts a call that succeeded.
func (b *retryBudget) earn() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.left = min(b.left+b.share, b.most)
}

// spend takes one retry out, and reports false if there is none.
func (b *retryBudget) spend() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.left < 1 {
		return false
	}
	b.left--
	return true
}
