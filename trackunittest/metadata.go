package trackunittest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/internal/jsonwire"
	"github.com/soapfirst/trackunit/internal/rest"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// A description is what the page of an operation says.
type description struct {
	Base, Name      string
	Format          pageFormat
	Formats         []pageFormat
	Routes          []rest.Route
	Types           []describedType
	Request, Answer string
}

type describedType struct {
	Name      string
	Members   []describedMember
	InRequest bool // over REST, where a member may stand in several places
}

type describedMember struct{ Name, Type, In string }

// describe returns the description of an operation in a format. Samples are made of the tables of the messages and have no
// values of any fleet.
func (s *Service) describe(op string, f pageFormat, host string) description {
	req, resp := messagesFor(op)
	fill(req, 0)
	fill(resp, 0)
	d := description{Base: BasePath, Name: op, Format: f, Formats: pageFormats, Routes: rest.Routes(op)}
	if f.isREST() {
		d.addType(op, req, d.Routes)
	} else {
		d.addType(op, req, nil)
	}
	d.addType(op+"Response", resp, nil)
	d.Request, d.Answer = samples(op, f, host, req, resp)
	return d
}

// messagesFor returns empty messages of an operation, by the parameters of the method that serves it.
func messagesFor(op string) (req, resp xmlwire.Message) {
	method, _ := reflect.TypeFor[generated.ISyncReplyServer]().MethodByName(op)
	req, _ = reflect.New(method.Type.In(1).Elem()).Interface().(xmlwire.Message)
	resp, _ = reflect.New(method.Type.Out(0).Elem()).Interface().(xmlwire.Message)
	return req, resp
}

// fill sets all members to what the service's own pages show: "String", 0, false, the first instant there is.
func fill(m xmlwire.Message, depth int) {
	const deepest = 6
	for _, e := range xmlwire.Elements(m) {
		v := e.Set(m)
		if e.IsList() {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			v = v.Index(0)
		}
		switch {
		case e.Member().Kind == xmlwire.Struct && depth < deepest:
			fill(v.Addr().Interface().(xmlwire.Message), depth+1)
		case v.Kind() == reflect.String:
			v.SetString("String")
		}
	}
}

// addType describes the type of a filled message, and behind it those of its members.
func (d *description) addType(name string, m xmlwire.Message, routes []rest.Route) {
	if slices.ContainsFunc(d.Types, func(t describedType) bool { return t.Name == name }) {
		return
	}
	t := describedType{Name: name, InRequest: routes != nil}
	at := len(d.Types)
	d.Types = append(d.Types, t)
	for _, e := range xmlwire.Elements(m) {
		member := describedMember{Name: e.Name(), Type: typeName(e)}
		if d.Format.Path == string(formatJSON) {
			member.Name = jsonwire.CamelCase(member.Name)
		}
		if routes != nil {
			member.In = "body or query"
			if slices.ContainsFunc(routes, func(r rest.Route) bool { return r.Member == e.Name() }) {
				member.In = "path, body or query"
			}
		}
		t.Members = append(t.Members, member)
		if v, _ := e.Get(m); e.Member().Kind == xmlwire.Struct {
			inner := messagesOf(e, v)[0]
			d.addType(structName(e), inner, nil)
		}
	}
	d.Types[at] = t
}

// typeName returns the type of a member as the service's pages call it.
func typeName(e xmlwire.Element) string {
	name := structName(e)
	if e.IsList() {
		return "List<" + name + ">"
	}
	return name
}

var kindNames = map[xmlwire.Kind]string{
	xmlwire.String: "string", xmlwire.Bool: "bool", xmlwire.Int32: "int", xmlwire.Int64: "long", xmlwire.Float32: "float",
	xmlwire.Float64: "double", xmlwire.DateTime: "DateTime",
}

func structName(e xmlwire.Element) string {
	if name, ok := kindNames[e.Member().Kind]; ok {
		return name
	}
	if e.Member().Item != "" {
		return e.Member().Item
	}
	m, _ := reflect.New(e.Type()).Interface().(xmlwire.Message)
	return m.XMLType().Name
}

// samples returns a request and its answer as they go over the wire.
func samples(op string, f pageFormat, host string, req, resp xmlwire.Message) (request, answer string) {
	route := rest.Routes(op)[0]
	switch f.Path {
	case "json":
		return sampleRequest(route, host, rest.MediaJSON, sampleJSON(req)),
			sampleAnswer(rest.MediaJSON+"; charset=utf-8", sampleJSON(resp))
	case "xml":
		return sampleRequest(route, host, rest.MediaXML, sampleXML(op, req)), sampleAnswer(rest.MediaXML, sampleXML(op+"Response", resp))
	}
	version := soapclient.SOAP11
	if f.Path == "soap12" {
		version = soapclient.SOAP12
	}
	envelope := func(name string, m xmlwire.Message) string {
		lines := strings.Split(sampleXML(name, m), "\n")
		return fmt.Sprintf("<s:Envelope xmlns:s=%q>\n  <s:Body>\n    %s\n  </s:Body>\n</s:Envelope>", version.Namespace(), strings.Join(lines, "\n    "))
	}
	media := version.MediaType() + "; charset=utf-8"
	action := ""
	if version == soapclient.SOAP11 {
		action = fmt.Sprintf("SOAPAction: \"%s/%s\"\n", nsTypes, op)
	}
	request = fmt.Sprintf("POST %s/%s HTTP/1.1\nHost: %s\nContent-Type: %s\n%s\n%s", BasePath, f.Path, host, media, action, envelope(op, req))
	return request, sampleAnswer(media, envelope(op+"Response", resp))
}

func sampleRequest(route rest.Route, host, media, body string) string {
	s := fmt.Sprintf("%s %s%s HTTP/1.1\nHost: %s\nAccept: %s\n", route.Verbs[0], BasePath, route.Path, host, media)
	if route.Verbs[0] == "GET" || route.Verbs[0] == "DELETE" {
		return s
	}
	return s + "Content-Type: " + media + "\n\n" + body
}

func sampleAnswer(media, body string) string {
	return "HTTP/1.1 200 OK\nContent-Type: " + media + "\n\n" + body
}

func sampleJSON(m xmlwire.Message) string {
	text, err := jsonwire.Append(nil, m, jsonwire.WriteOptions{AsServiceStack: true})
	var b bytes.Buffer
	if err != nil || json.Indent(&b, text, "", "  ") != nil {
		return ""
	}
	return b.String()
}

func sampleXML(name string, m xmlwire.Message) string {
	text, err := xmlwire.AppendElement(nil, xmlwire.Name{Space: nsTypes, Local: name}, m, xmlwire.WriteOptions{})
	if err != nil {
		return ""
	}
	return indent(string(text))
}

// indent puts each element of a document without mixed content on a line of its own.
func indent(document string) string {
	var b strings.Builder
	depth := 0
	for i, part := range strings.Split(strings.ReplaceAll(document, "><", ">\x00<"), "\x00") {
		closes := strings.HasPrefix(part, "</")
		if closes {
			depth--
		}
		if i > 0 {
			b.WriteString("\n" + strings.Repeat("  ", depth))
		}
		b.WriteString(part)
		if !closes && !strings.HasSuffix(part, "/>") && !strings.Contains(part, "</") {
			depth++
		}
	}
	return b.String()
}
