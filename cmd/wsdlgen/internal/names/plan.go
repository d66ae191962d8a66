// Package names chooses every Go identifier of the generated code, before anything is printed. Nothing else in wsdlgen
// makes up a name.
//
// What it chooses is part of the API that users compile against, so the rules are few and their order is fixed:
//
//   - A thing is called by its name in the WSDL, as Exported spells it.
//   - Where two things of one scope want the same name, the more prominent one keeps it. The other is qualified by what
//     it is: by its namespace if that tells the two apart (ArraysUnit), else by its kind (UnitElement, IDAttr).
//   - What a struct brings along is named after it: OrderChoice, with its alternatives OrderChoiceLine and so on.
//   - Numbers are the last resort, for things that differ in nothing but their case or their separators.
//
// Prominence does not depend on the order of files: named types come first, then the types of elements, ports,
// bindings, interfaces, and what structs bring along; among equals the order of shape.Package.Spaces decides, then the
// name. Adding something to a WSDL therefore renames what was there only if the newcomer is the more prominent one and
// wants the very same name.
//
// Fields are planned for each struct, in order of definition with attributes last; methods for each port.
package names

import (
	"fmt"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/shape"
)

// A Plan holds the identifier of everything that a shape.Package declares. It is complete: its methods panic when
// asked for something that is not part of the package. Use New.
type Plan struct {
	decls   map[any]string // *shape.Struct, *shape.Enum, *shape.EnumValue, *shape.Interface, *shape.Endpoint
	fields  map[*shape.Field]string
	ports   map[*shape.Port]string
	methods map[*shape.Operation]string
	streams map[*shape.Operation]string
	ops     map[*shape.Operation]string
	blocks  map[blockUse]string
	spaces  map[string]string // namespace → qualifier, such as Types
	files   map[any]string    // *shape.Port, and namespaces as strings
	pkg     *shape.Package
	style   Style

	contexts map[*shape.Operation]string // in the style of gowsdl alone
}

// Struct returns the name of a struct type.
func (p *Plan) Struct(s *shape.Struct) string { return look(p.decls, any(s)) }

// Table returns the name of the variable that holds the table of a struct.
func (p *Plan) Table(s *shape.Struct) string { return "xml" + p.Struct(s) }

// Enum returns the name of an enumeration.
func (p *Plan) Enum(e *shape.Enum) string { return look(p.decls, any(e)) }

// EnumValue returns the name of a constant.
func (p *Plan) EnumValue(v *shape.EnumValue) string { return look(p.decls, any(v)) }

// Interface returns the name of a sealed interface.
func (p *Plan) Interface(i *shape.Interface) string { return look(p.decls, any(i)) }

// Marker returns the name of the method that seals an interface.
func (p *Plan) Marker(i *shape.Interface) string { return "is" + p.Interface(i) }

// Endpoint returns the name of the variable for a binding.
func (p *Plan) Endpoint(e *shape.Endpoint) string { return look(p.decls, any(e)) }

// Field returns the name of a struct field.
func (p *Plan) Field(f *shape.Field) string { return look(p.fields, f) }

// Client returns the name of the client of a port; its constructor is called NewClient.
func (p *Plan) Client(port *shape.Port) string { return look(p.ports, port) + "Client" }

// NewClient returns the name of the function that makes a client.
func (p *Plan) NewClient(port *shape.Port) string { return "New" + look(p.ports, port) + "Client" }

// Server returns the name of the interface that serves a port.
func (p *Plan) Server(port *shape.Port) string { return look(p.ports, port) + "Server" }

// Unimplemented returns the name of the server that implements no operation.
func (p *Plan) Unimplemented(port *shape.Port) string {
	return "Unimplemented" + look(p.ports, port) + "Server"
}

// NewHandler returns the name of the function that makes a handler of a server.
func (p *Plan) NewHandler(port *shape.Port) string { return "New" + look(p.ports, port) + "Handler" }

// Method returns the name of the method that calls or serves an operation.
func (p *Plan) Method(o *shape.Operation) string { return look(p.methods, o) }

// Stream returns the name of the method that streams the list of an operation that has one.
func (p *Plan) Stream(o *shape.Operation) string { return look(p.streams, o) }

// Operation returns the name of the variable that describes an operation.
func (p *Plan) Operation(o *shape.Operation) string { return look(p.ops, o) }

// WithHeader returns the name of the function that puts a block into the header of requests.
func (p *Plan) WithHeader(b *shape.Block) string { return look(p.blocks, blockUse{b, "request"}) }

// HeaderOf returns the name of the function that finds a block in the header of a response.
func (p *Plan) HeaderOf(b *shape.Block) string { return look(p.blocks, blockUse{b, "response"}) }

// FaultDetail returns the name of the function that finds a block in the detail of a fault, and NewFault that of the
// function that makes a fault with one.
func (p *Plan) FaultDetail(b *shape.Block) string { return look(p.blocks, blockUse{b, "fault"}) }

// NewFault is described at FaultDetail.
func (p *Plan) NewFault(b *shape.Block) string { return look(p.blocks, blockUse{b, "new"}) }

// Space returns the name of the constant for a namespace.
func (p *Plan) Space(space string) string { return "ns" + look(p.spaces, space) }

// PortFile returns the beginning of the names of files for a port, and SpaceFile that for a namespace: lower-case
// letters and digits.
func (p *Plan) PortFile(port *shape.Port) string { return look(p.files, any(port)) }

// SpaceFile is described at PortFile. The namespace may be empty.
func (p *Plan) SpaceFile(space string) string { return look(p.files, any(space)) }

func look[K comparable](m map[K]string, key K) string {
	name, ok := m[key]
	if !ok {
		panic(fmt.Sprintf("names: %T is not part of the plan", key))
	}
	return name
}
