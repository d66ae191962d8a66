package replay

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"time"

	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// A Race is a document that is read again and again, by this project and by encoding/xml.
type Race struct {
	File, Type string
	Bytes      int // how long to make the document, by repeating an element of it
	Rounds     int
}

// A Lap is what came of a Race: the median times of reading the document once.
type Lap struct {
	Bytes            int
	Ours, Std, Plain time.Duration // Plain is ours without prediction
}

func (job Job) race(c *Case) (result Result) {
	stage, err := guarded("race", func() (string, error) {
		lap, err := c.race(*job.Race)
		result.Lap = lap
		return "race", err
	})
	if err != nil {
		result.Stage, result.Cause = stage, err.Error()
	}
	return result
}

// race reads the document.
func (c *Case) race(r Race) (*Lap, error) {
	data, err := os.ReadFile(r.File)
	if err != nil {
		return nil, err
	}
	doc, err := lengthen(data, r.Bytes)
	if err != nil {
		return nil, err
	}
	std, err := stdLike(c.New[r.Type]())
	if err != nil {
		return nil, err
	}
	contenders := []func() error{
		func() error { return xmlwire.Unmarshal(doc, c.New[r.Type](), xmlwire.ReadOptions{}) },
		func() error { return xml.Unmarshal(doc, std()) },
		func() error { return xmlwire.Unmarshal(doc, c.New[r.Type](), xmlwire.ReadOptions{NoPrediction: true}) },
	}
	times := make([][]time.Duration, len(contenders))
	for range max(r.Rounds, 1) {
		for i, read := range contenders {
			took, err := timed(read)
			if err != nil {
				return nil, fmt.Errorf("contender %d: %w", i, err)
			}
			times[i] = append(times[i], took)
		}
	}
	median := func(i int) time.Duration {
		slices.Sort(times[i])
		return times[i][len(times[i])/2]
	}
	return &Lap{Bytes: len(doc), Ours: median(0), Std: median(1), Plain: median(2)}, nil
}

// timed returns how long read takes once it is warm: what is quick is done for a tenth of a second before, and again.
func timed(read func() error) (time.Duration, error) {
	const short = 100 * time.Millisecond
	times := func(n int) (took time.Duration, err error) {
		runtime.GC() // what the one before left behind is not on this one's bill
		start := time.Now()
		for range n {
			if err = read(); err != nil {
				return 0, err
			}
		}
		return time.Since(start) / time.Duration(n), nil
	}
	took, err := times(1)
	if err != nil || took >= short {
		return took, err
	}
	n := int(short/max(took, time.Nanosecond)) + 1
	if _, err = times(n); err != nil {
		return 0, err
	}
	return times(n)
}

// lengthen repeats an element of a document until it is as long as wanted: the longest of those that have a sibling of the
// same name behind them, and stand highest.
func lengthen(doc []byte, want int) ([]byte, error) {
	from, to, err := repeatable(doc)
	if err != nil {
		return nil, err
	}
	out := bytes.Clone(doc[:to])
	for len(out)+len(doc)-to < want {
		out = append(out, doc[from:to]...)
	}
	return append(out, doc[to:]...), nil
}

// repeatable returns where such an element stands.
func repeatable(doc []byte) (from, to int, err error) {
	type open struct {
		name  xmlwire.Name
		start int64
		last  xmlwire.Name // of the child that ended last
		at    [2]int64     // where it stands
	}
	stack := []open{{}}
	best := 0
	r := xmlwire.NewReader(bytes.NewReader(doc), xmlwire.ReadOptions{AnyNamespace: true})
	for {
		kind, err := r.Next()
		if err != nil {
			return 0, 0, err
		}
		switch kind {
		case xmlwire.StartElement:
			stack = append(stack, open{name: r.Name(), start: r.Offset()})
		case xmlwire.EndElement:
			e := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			parent := &stack[len(stack)-1]
			span := [2]int64{e.start, r.InputOffset()}
			if n := int(parent.at[1] - parent.at[0]); parent.last == e.name && n > best {
				best, from, to = n, int(parent.at[0]), int(parent.at[1])
			}
			parent.last, parent.at = e.name, span
		case xmlwire.EOF:
			if best == 0 {
				return 0, 0, errors.New("nothing in the document repeats")
			}
			return from, to, nil
		}
	}
}
