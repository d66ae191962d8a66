package xmlwire

// declare brings a namespace declaration into scope; an empty prefix is the default namespace.
func (r *Reader) declare(a *attr, prefix []byte) error {
	space := r.attrValue(a)
	d, ok := r.declared.find(prefix, space)
	if !ok {
		d = nsDecl{r.intern(prefix), r.internSpace(space)}
		if msg := r.undeclarable(d); msg != "" {
			return r.fail(r.syntaxError(r.pos+a.off, msg))
		}
		if !r.opts.AnyNamespace {
			r.declared.add(d)
		}
	}
	if exceeds(len(r.ns), r.limits.Namespaces) {
		return r.fail(r.limitError("Namespaces", int64(r.limits.Namespaces)))
	}
	r.ns = append(r.ns, d)
	r.scope.known = false
	return nil
}

// undeclarable says what is wrong with d, or nothing.
func (r *Reader) undeclarable(d nsDecl) string {
	switch {
	case d.prefix == "xmlns":
		return "the prefix xmlns cannot be declared"
	case d.prefix == "xml" && d.space != nsXML:
		return "the prefix xml cannot be bound to another namespace"
	case d.prefix != "xml" && d.space == nsXML:
		return "the namespace of xml cannot be bound to another prefix"
	case d.space == nsXMLNS:
		return "the namespace of xmlns cannot be bound"
	case !r.opts.AnyNamespace && !IsURI(d.space):
		return "the name of a namespace is no URI (the option AnyNamespace takes it)"
	case d.prefix != "" && d.space == "":
		return "the prefix " + d.prefix + " is bound to no namespace"
	}
	return ""
}

// A declarations holds some that were found right. Many writers declare the same in one element after the other.
type declarations struct {
	decls [4]nsDecl
	next  int
}

const longestDeclared = 256 // of prefix and namespace each, so that little is kept

func (l *declarations) find(prefix, space []byte) (d nsDecl, ok bool) {
	for i := range l.decls {
		if d := &l.decls[i]; d.space == string(space) && d.prefix == string(prefix) && i < l.next {
			return *d, true
		}
	}
	return nsDecl{}, false
}

func (l *declarations) add(d nsDecl) {
	if len(d.prefix) > longestDeclared || len(d.space) > longestDeclared {
		return
	}
	l.decls[l.next%len(l.decls)] = d
	l.next++
}

// bindDeclaring does what bindAttrs does for a tag of s that may have declarations, and takes them out of scope again. It reports
// false if that makes a difference, or something is wrong. A declaration of what is in scope already makes none, nor does any in
// an element of text that is under another prefix.
func (r *Reader) bindDeclaring(s *step, text bool) bool {
	const nested = atOnce * manyAttrs // declarations, at most, which count although they are out of scope
	if len(r.attrs) > manyAttrs || exceeds(len(r.ns)+nested, r.limits.Namespaces) {
		return false
	}
	outer, known := r.ns, r.scope.known
	ok := r.bindAttrs() == nil
	for _, d := range r.ns[len(outer):] {
		ok = ok && (text && d.prefix != s.prefix || isBound(outer, d))
	}
	r.ns, r.scope.known, r.err = r.ns[:len(outer)], known, nil // mistakes are found once more, by those who name them
	return ok
}

// isBound reports whether the prefix of d is bound as d says where decls are in scope.
func isBound(decls []nsDecl, d nsDecl) bool {
	for i := len(decls) - 1; i >= 0; i-- {
		if decls[i].prefix == d.prefix {
			return decls[i].space == d.space
		}
	}
	return false
}
