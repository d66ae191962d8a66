package xmlwire

import "unsafe"

// An inspection finds out, while one struct is read with ReadOptions.Validate, what it lacks and what is wrong in it.
type inspection struct {
	r      *Reader
	b      *binding
	path   string
	offset int64
	had    []bool // which elements came
	err    error
}

// inspect begins at the start tag that was read last.
func (r *Reader) inspect(b *binding) *inspection {
	in := &inspection{r: r, b: b, path: r.Path(), offset: r.start, had: make([]bool, len(b.elems))}
	for i := range b.attrs {
		f := &b.attrs[i]
		if _, ok := r.Attr(f.space, f.local); !ok && f.Flags&Required != 0 {
			in.lacks("@" + f.local)
		}
	}
	return in
}

func (in *inspection) lacks(name string) {
	in.fail(&ValueError{Path: in.path + "/" + name, Want: "a value, the member being required", Got: "nothing"})
}

// fail keeps the first error.
func (in *inspection) fail(e *ValueError) {
	if in.err == nil {
		e.Offset = in.offset
		in.err = e
	}
}

// end looks at the struct at p, whose end tag was read. What rows took from it is not there any more.
func (in *inspection) end(p unsafe.Pointer, rows *Rows) error {
	for i := range in.b.elems {
		f := &in.b.elems[i]
		if f.Flags&Required != 0 && f.Member.Choice == 0 && !in.had[i] && f.named() && f.Kind != Poly {
			in.lacks(f.local)
		}
	}
	if rows == nil && in.err == nil {
		c := checker{report: in.fail}
		c.structAt(in.b, p, in.path)
	}
	return in.err
}
