// Package load reads a WSDL or XML Schema document and all that it imports and includes.
//
// Load reads from an fs.FS and from nothing else: never from the network, and never a file outside of the FS. It
// finds the documents and says which schema belongs to which namespace; what stands in them is for package resolve.
package load

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/syntax"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/wellknown"
)

// Limits of what is read. The documents are not trusted.
const (
	MaxBytes      = 32 << 20 // of one document
	MaxTotalBytes = 128 << 20
	MaxDocuments  = 2_000
	MaxChain      = 100 // of documents that import one another
	maxSchemas    = 10_000
	maxLocations  = 20_000 // that are followed
)

// A Set is what was read: every document once, those that import before those they import.
type Set struct {
	// Documents are the names of all documents, in the order in which they were read.
	Documents   []string
	Definitions []*Definitions
	Schemas     []*Schema
}

// Definitions is a wsdl:definitions.
type Definitions struct {
	Root   *syntax.Node
	Target string // the target namespace
}

// A Schema is an xs:schema, of a document of its own or inside a wsdl:types.
type Schema struct {
	Root *syntax.Node
	// Target is the target namespace. A schema without one that is included by others takes theirs, and is then in
	// the Set once for each of them.
	Target string
	// Chameleon says that Target is that of the including schema. References without namespace then mean Target.
	Chameleon bool
	// WellKnown says that the schema is not the service's own: it comes with wsdlgen, or is that of SOAP encoding.
	WellKnown bool
}

// Load reads the entries, WSDL or XML Schema documents of fsys, and what they lead to. To keep symbolic links from
// leading out of a folder, let fsys be that of an os.Root. Errors, of type source.Errors, and warnings also go to
// diags.
func Load(fsys fs.FS, diags *source.List, entries ...string) (*Set, error) {
	l := &loader{fsys: fsys, diags: diags, set: new(Set), nodes: syntax.MaxNodes,
		trees: make(map[string]*syntax.Node), seen: make(map[schemaKey]bool), used: make(map[string]bool),
		asked: make(map[string]bool)}
	for _, name := range entries {
		l.entry(name)
	}
	l.settleWanted()
	l.settlePending()
	return l.set, diags.Err()
}

type loader struct {
	fsys    fs.FS
	diags   *source.List
	set     *Set
	trees   map[string]*syntax.Node // by path; nil where reading failed
	seen    map[schemaKey]bool
	used    map[string]bool // the documents of the set
	total   int64
	nodes   int // that may still be made
	chain   int
	follows int
	pending []pending
	wanted  []wanted
	asked   map[string]bool // the names of the well-known documents that were wanted
}

// A schemaKey is a schema document read into a namespace, or, without a target, a WSDL.
type schemaKey struct {
	path   string
	target string
	wsdl   bool
}

// A pending import is one whose document cannot be had. That is no error if its namespace comes from elsewhere, which
// is known only in the end.
type pending struct {
	space string
	err   *source.Error
}

func (l *loader) entry(name string) {
	clean := path.Clean(name)
	if !fs.ValidPath(clean) {
		l.diags.Errorf(source.Pos{File: name}, "name a file inside the folder", "the path is not valid")
		return
	}
	if root := l.read(clean, source.Pos{File: clean}); root != nil {
		l.taken(clean)
		l.document(clean, root, l.rootTarget(root))
	}
}

// rootTarget is the target namespace that a document declares.
func (l *loader) rootTarget(root *syntax.Node) string { return root.Attr("targetNamespace") }

// document takes in the root of a document.
func (l *loader) document(name string, root *syntax.Node, target string) {
	switch {
	case root.Is(syntax.NamespaceWSDL, "definitions"):
		l.definitions(name, root)
	case root.IsXSD("schema"):
		l.schema(name, root, target)
	case root.Name.Space == syntax.NamespaceWSDL20:
		l.diags.Errorf(root.Pos, "ask the service for its WSDL 1.1", "this is a WSDL 2.0 document, which is not supported")
	case root.Is("http://www.w3.org/1999/xhtml", "html"), root.Is("", "html"):
		l.diags.Errorf(root.Pos, "save what the service answers to …?wsdl, not its help or login page",
			"this is an HTML page, not a WSDL or XML Schema document")
	default:
		l.diags.Errorf(root.Pos, "the root is to be wsdl:definitions or xs:schema",
			"the root element %s is neither WSDL 1.1 nor XML Schema", syntax.Quote(root.Name.String()))
	}
}

func (l *loader) definitions(name string, root *syntax.Node) {
	if !l.first(schemaKey{path: name, wsdl: true}) {
		return
	}
	l.set.Definitions = append(l.set.Definitions, &Definitions{Root: root, Target: l.rootTarget(root)})
	for _, n := range root.Elements() {
		switch {
		case n.Is(syntax.NamespaceWSDL, "import"):
			l.wsdlImport(name, n)
		case n.Is(syntax.NamespaceWSDL, "types"):
			for _, s := range n.Elements() {
				l.inlineSchema(name, s)
			}
		}
	}
}

func (l *loader) inlineSchema(name string, n *syntax.Node) {
	switch {
	case n.IsXSD("schema"):
		l.addSchema(name, n, l.rootTarget(n))
	case n.Name.Local == "schema":
		l.diags.Errorf(n.Pos, "only "+syntax.NamespaceXSD+" is read",
			"not supported: a schema in the language %s", syntax.Quote(n.Name.Space))
	case n.Is(syntax.NamespaceXSD, "import"):
		l.xsdImport(name, n) // outside of a schema, which is wrong and clear enough
	case n.Name.Space == syntax.NamespaceXSD:
		l.diags.Errorf(n.Pos, "only xs:schema may stand in wsdl:types", "xs:%s stands outside of a schema", n.Name.Local)
	}
}

func (l *loader) schema(name string, root *syntax.Node, target string) {
	if l.first(schemaKey{path: name, target: target}) {
		l.addSchema(name, root, target)
	}
}

func (l *loader) addSchema(name string, root *syntax.Node, target string) {
	if len(l.set.Schemas) >= maxSchemas {
		l.diags.Errorf(root.Pos, "", "there are more than %d schemas", maxSchemas)
		return
	}
	l.set.Schemas = append(l.set.Schemas, &Schema{
		Root: root, Target: target, Chameleon: target != l.rootTarget(root), WellKnown: wellknown.Is(name) ||
			target == syntax.NamespaceSOAP11Enc || target == syntax.NamespaceSOAP12Enc,
	})
	for _, n := range root.Elements() {
		switch {
		case n.IsXSD("import"):
			l.xsdImport(name, n)
		case n.IsXSD("include"), n.IsXSD("redefine"):
			l.include(name, n, target)
		}
	}
}

// first reports whether key comes for the first time.
func (l *loader) first(key schemaKey) bool {
	if l.seen[key] {
		return false
	}
	l.seen[key] = true
	return true
}

func (l *loader) wsdlImport(from string, n *syntax.Node) {
	l.follow(from, n, "location", n.Attr("namespace"), func(name string, root *syntax.Node) {
		l.document(name, root, l.rootTarget(root))
	})
}

func (l *loader) xsdImport(from string, n *syntax.Node) {
	if n.Find("schemaLocation") == nil {
		// The namespace is that of another schema of the set, or of a well-known one, or is never used.
		if name, ok := wellknown.ByNamespace(n.Attr("namespace")); ok {
			l.want(name, n.Pos)
		}
		return
	}
	l.follow(from, n, "schemaLocation", n.Attr("namespace"), func(name string, root *syntax.Node) {
		target := l.rootTarget(root)
		if space := n.Attr("namespace"); root.IsXSD("schema") && space != target {
			l.diags.Warnf(n.AttrPos("namespace"), "", "the imported schema %s is of namespace %s, not of %s, and is read as that",
				name, syntax.Quote(target), syntax.Quote(space))
		}
		l.document(name, root, target)
	})
}

// include takes in a document that belongs to the namespace of the one that includes it.
func (l *loader) include(from string, n *syntax.Node, target string) {
	l.follow(from, n, "schemaLocation", target, func(name string, root *syntax.Node) {
		switch own := l.rootTarget(root); {
		case !root.IsXSD("schema"):
			l.diags.Errorf(n.AttrPos("schemaLocation"), "include xs:schema documents only", "the included document %s is not a schema", name)
		case own != "" && own != target:
			l.diags.Errorf(n.AttrPos("schemaLocation"), "use xs:import for another namespace",
				"the included schema %s is of namespace %s, not of %s", name, syntax.Quote(own), syntax.Quote(target))
		default:
			l.schema(name, root, target)
		}
	})
}

// otherLocation is what WSDL calls a location that XML Schema calls otherwise, and the other way round.
var otherLocation = map[string]string{"location": "schemaLocation", "schemaLocation": "location"}

// follow reads the document that the attribute attr of n leads to, which is to be of namespace space, and hands its root
// to use.
func (l *loader) follow(from string, n *syntax.Node, attr, space string, use func(name string, root *syntax.Node)) {
	location := n.Attr(attr)
	if other := otherLocation[attr]; location == "" && n.Attr(other) != "" {
		l.diags.Warnf(n.AttrPos(other), "", "%s has a %s in place of a %s", n.Name.Local, other, attr)
		attr, location = other, n.Attr(other)
	}
	if location == "" {
		l.fail(n, &source.Error{Pos: n.Pos, Msg: n.Name.Local + " has no " + attr, Hint: "say which file it means"})
		return
	}
	pos := n.AttrPos(attr)
	if l.follows++; l.follows >= maxLocations {
		if l.follows == maxLocations {
			l.diags.Errorf(pos, "", "documents are imported and included more than %d times", maxLocations)
		}
		return
	}
	if wellknown.Is(from) {
		l.wantAt(from, location, space, pos)
		return
	}
	name, err := l.locate(from, location, pos)
	if err != nil {
		var ok bool
		if name, ok = l.nearby(from, location, space, n.Name.Local == "import"); !ok {
			if !l.wantAt(from, location, space, pos) {
				l.fail(n, err)
			}
			return
		}
		l.diags.Warnf(pos, "correct the location", "%s; %s is taken", err.Msg, name)
	}
	if l.chain++; l.chain > MaxChain {
		l.diags.Errorf(pos, "", "documents import one another more than %d deep", MaxChain)
	} else if root := l.read(name, pos); root != nil {
		l.taken(name)
		use(name, root)
	}
	l.chain--
}

// fail takes note of a document that cannot be had.
func (l *loader) fail(n *syntax.Node, err *source.Error) {
	if n.IsXSD("import") { // a WSDL that is not there may hold anything: that is never passed over
		l.pending = append(l.pending, pending{n.Attr("namespace"), err})
		return
	}
	l.diags.Add(err)
}

// settlePending decides which of the documents that could not be had are missed.
func (l *loader) settlePending() {
	have := map[string]bool{
		syntax.NamespaceXML: true, syntax.NamespaceXSD: true, syntax.NamespaceSOAP11Enc: true, syntax.NamespaceSOAP12Enc: true,
	}
	for _, s := range l.set.Schemas {
		have[s.Target] = true
	}
	for _, p := range l.pending {
		switch {
		case p.space == syntax.NamespaceSOAP11Enc, p.space == syntax.NamespaceSOAP12Enc:
			continue // package resolve knows what is in there
		case have[p.space]:
			l.diags.Warnf(p.err.Pos, "the namespace is known from elsewhere", "%s; it is passed over", p.err.Msg)
			continue
		}
		l.diags.Add(p.err)
	}
}

// read returns the root of the document called name, or nil if it cannot be read, which is then in diags. pos is where
// it is asked for.
func (l *loader) read(name string, pos source.Pos) *syntax.Node {
	if root, ok := l.trees[name]; ok {
		return root
	}
	l.trees[name] = nil
	root, err := l.parse(name, pos)
	if err != nil {
		l.diags.Add(err)
		return nil
	}
	l.trees[name] = root
	return root
}

// taken takes note that the document called name is part of the set.
func (l *loader) taken(name string) {
	if !l.used[name] {
		l.used[name] = true
		l.set.Documents = append(l.set.Documents, name)
	}
}

func (l *loader) parse(name string, pos source.Pos) (*syntax.Node, *source.Error) {
	if len(l.trees) > MaxDocuments {
		return nil, &source.Error{Pos: pos, Msg: fmt.Sprintf("there are more than %d documents", MaxDocuments)}
	}
	data, err := l.readFile(name)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			err = errors.New("the file does not exist")
		}
		return nil, &source.Error{Pos: pos, Msg: fmt.Sprintf("cannot read %s: %v", syntax.Quote(name), err)}
	}
	if l.total += int64(len(data)); l.total > MaxTotalBytes {
		return nil, &source.Error{Pos: pos, Msg: fmt.Sprintf("the documents have more than %d MiB together", MaxTotalBytes>>20)}
	}
	text, err := l.toUTF8(name, data)
	if err == nil {
		var root *syntax.Node
		if root, err = syntax.Parse(name, text, &l.nodes); err == nil {
			return root, nil
		}
	}
	if bad, ok := errors.AsType[*source.Error](err); ok {
		return nil, bad
	}
	return nil, &source.Error{Pos: source.Pos{File: name}, Msg: err.Error()}
}

// readFile reads a regular file of bounded size.
func (l *loader) readFile(name string) ([]byte, error) {
	if wellknown.Is(name) {
		return wellknown.Read(name)
	}
	info, err := fs.Stat(l.fsys, name)
	if err != nil {
		return nil, unwrapPath(err)
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("not a regular file")
	}
	f, err := l.fsys.Open(name)
	if err != nil {
		return nil, unwrapPath(err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, MaxBytes+1))
	if err != nil {
		return nil, unwrapPath(err)
	}
	if len(data) > MaxBytes {
		return nil, fmt.Errorf("it has more than %d MiB", MaxBytes>>20)
	}
	return slices.Clip(data), nil
}

// unwrapPath drops the path that errors of the fs package repeat.
func unwrapPath(err error) error {
	if pathErr, ok := errors.AsType[*fs.PathError](err); ok {
		return pathErr.Err
	}
	return err
}
