package soap

import (
	"io"
	"sync"

	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// Readers hold a window of 64 KiB and more; messages are mostly smaller.
var readers = sync.Pool{New: func() any { return xmlwire.NewReader(nothing{}, xmlwire.ReadOptions{}) }}

// NewReader returns a Reader of src. Release takes it back; without Release it is garbage like any other.
func NewReader(src io.Reader, opts xmlwire.ReadOptions) *xmlwire.Reader {
	r := readers.Get().(*xmlwire.Reader)
	r.Reset(src, opts)
	return r
}

// Release gives r, which must not be used any more, to a later NewReader.
func Release(r *xmlwire.Reader) {
	r.Reset(nothing{}, xmlwire.ReadOptions{})
	readers.Put(r)
}

// nothing is a source at its end.
type nothing struct{}

func (nothing) Read([]byte) (int, error) { return 0, io.EOF }
