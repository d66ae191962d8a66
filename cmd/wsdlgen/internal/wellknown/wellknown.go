// Package wellknown holds the schemas that many services refer to and few hand out: those of the W3C, of OASIS, and of
// .NET's data contracts.
//
// Documents whose own header permits it are kept as they were published, header and all; see NOTICE in the top folder.
// The others are few facts, and are written out anew. Schemas of SOAP encoding are not among them: what they declare is
// no XML of its own but a way to write other types, which package resolve knows.
package wellknown

import (
	"embed"
	"path"
	"strings"
)

//go:embed files
var files embed.FS

// scheme is what the names of the documents start with. No file of a user is called so.
const scheme = "wellknown:"

// A document is one of the schemas: the namespace it declares into, and the URLs it is known under.
type document struct {
	space     string
	locations []string
}

var documents = map[string]document{
	"xml.xsd": {"http://www.w3.org/XML/1998/namespace", []string{
		"http://www.w3.org/2001/xml.xsd", "http://www.w3.org/2001/03/xml.xsd", "http://www.w3.org/2005/08/xml.xsd",
		"http://www.w3.org/2009/01/xml.xsd", "http://www.w3.org/XML/1998/namespace",
	}},
	"xmlmime.xsd":     {"http://www.w3.org/2005/05/xmlmime", nil},
	"xop-include.xsd": {"http://www.w3.org/2004/08/xop/include", nil},
	"swaref.xsd":      {"http://ws-i.org/profiles/basic/1.1/xsd", []string{"http://ws-i.org/profiles/basic/1.1/swaref.xsd"}},
	"ws-addr.xsd": {"http://www.w3.org/2005/08/addressing", []string{
		"http://www.w3.org/2005/08/addressing/ws-addr.xsd", "http://www.w3.org/2006/03/addressing/ws-addr.xsd",
	}},
	"xmldsig-core-schema.xsd": {"http://www.w3.org/2000/09/xmldsig#", []string{
		"http://www.w3.org/TR/xmldsig-core/xmldsig-core-schema.xsd",
		"http://www.w3.org/TR/2002/REC-xmldsig-core-20020212/xmldsig-core-schema.xsd",
	}},
	"soap-envelope-1.1.xsd":    {"http://schemas.xmlsoap.org/soap/envelope/", nil},
	"soap-envelope-1.2.xsd":    {"http://www.w3.org/2003/05/soap-envelope", nil},
	"serialization.xsd":        {"http://schemas.microsoft.com/2003/10/Serialization/", nil},
	"serialization-arrays.xsd": {"http://schemas.microsoft.com/2003/10/Serialization/Arrays", nil},

	"b-2.xsd":    {"http://docs.oasis-open.org/wsn/b-2", []string{"http://docs.oasis-open.org/wsn/b-2.xsd"}},
	"bw-2.wsdl":  {"http://docs.oasis-open.org/wsn/bw-2", []string{"http://docs.oasis-open.org/wsn/bw-2.wsdl"}},
	"br-2.xsd":   {"http://docs.oasis-open.org/wsn/br-2", []string{"http://docs.oasis-open.org/wsn/br-2.xsd"}},
	"brw-2.wsdl": {"http://docs.oasis-open.org/wsn/brw-2", []string{"http://docs.oasis-open.org/wsn/brw-2.wsdl"}},
	"t-1.xsd":    {"http://docs.oasis-open.org/wsn/t-1", []string{"http://docs.oasis-open.org/wsn/t-1.xsd"}},
	"bf-2.xsd":   {"http://docs.oasis-open.org/wsrf/bf-2", []string{"http://docs.oasis-open.org/wsrf/bf-2.xsd"}},
	"r-2.xsd":    {"http://docs.oasis-open.org/wsrf/r-2", []string{"http://docs.oasis-open.org/wsrf/r-2.xsd"}},
	"rw-2.wsdl":  {"http://docs.oasis-open.org/wsrf/rw-2", []string{"http://docs.oasis-open.org/wsrf/rw-2.wsdl"}},
	"rp-2.xsd":   {"http://docs.oasis-open.org/wsrf/rp-2", []string{"http://docs.oasis-open.org/wsrf/rp-2.xsd"}},
	"rpw-2.wsdl": {"http://docs.oasis-open.org/wsrf/rpw-2", []string{"http://docs.oasis-open.org/wsrf/rpw-2.wsdl"}},
}

var byLocation, bySpace = index()

func index() (byLocation, bySpace map[string]string) {
	byLocation, bySpace = make(map[string]string), make(map[string]string)
	for file, d := range documents {
		bySpace[d.space] = scheme + file
		byLocation[bare(d.space)] = scheme + file
		for _, url := range d.locations {
			byLocation[bare(url)] = scheme + file
		}
	}
	return byLocation, bySpace
}

// bare returns a URL without what may differ between two that mean the same document.
func bare(url string) string {
	url = strings.TrimPrefix(strings.TrimPrefix(url, "http://"), "https://")
	return strings.TrimSuffix(url, "/")
}

// Is reports whether name is that of a document of this package.
func Is(name string) bool { return strings.HasPrefix(name, scheme) }

// ByLocation returns the name of the document at a URL. Between documents of this package that also is a file name.
func ByLocation(from, location string) (name string, ok bool) {
	if Is(from) {
		if name = scheme + path.Base(location); documents[strings.TrimPrefix(name, scheme)].space != "" {
			return name, true
		}
	}
	name, ok = byLocation[bare(location)]
	return name, ok
}

// ByNamespace returns the name of the document that declares into a namespace.
func ByNamespace(space string) (name string, ok bool) {
	name, ok = bySpace[space]
	return name, ok
}

// Read returns the text of a document by its name.
func Read(name string) ([]byte, error) {
	return files.ReadFile("files/" + strings.TrimPrefix(name, scheme))
}
