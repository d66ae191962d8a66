package trackunittest

import "github.com/soapfirst/trackunit/generated"

// An operations is the service without its transport: the 43 operations on a Fleet. Each is one step that no other comes
// between. One noun has one file, ops_*.go.
type operations struct {
	f      *Fleet
	bounds Bounds
}

var _ generated.ISyncReplyServer = operations{}

// read holds the lock of the fleet for reading, write for changing it, until the function that they return is called.
func (o operations) read() (done func()) {
	o.f.mu.RLock()
	return o.f.mu.RUnlock
}

func (o operations) write() (done func()) {
	o.f.mu.Lock()
	return o.f.unlock
}
