package main

import (
	"fmt"
	"strings"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/syntax"
)

// encodingSchema declares what schemas of rpc/encoded services refer to: arrays of anything, with attributes that say of
// what, and the simple types of XML Schema with the attributes of multi-reference values.
func encodingSchema(space string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:e=%[1]s targetNamespace=%[1]s elementFormDefault="qualified">
<xs:attribute name="arrayType" type="xs:string"/><xs:attribute name="offset" type="xs:string"/><xs:attribute name="position" type="xs:string"/>
<xs:attribute name="root" type="xs:boolean"/><xs:attribute name="itemType" type="xs:string"/><xs:attribute name="arraySize" type="xs:string"/>
<xs:attribute name="nodeType" type="xs:string"/>
<xs:attributeGroup name="commonAttributes"><xs:attribute name="id" type="xs:string"/><xs:attribute name="href" type="xs:anyURI"/><xs:anyAttribute namespace="##other" processContents="lax"/></xs:attributeGroup>
<xs:attributeGroup name="arrayAttributes"><xs:attribute ref="e:arrayType"/><xs:attribute ref="e:offset"/></xs:attributeGroup>
<xs:attributeGroup name="arrayMemberAttributes"><xs:attribute ref="e:position"/></xs:attributeGroup>
<xs:group name="Array"><xs:sequence><xs:any minOccurs="0" maxOccurs="unbounded" processContents="lax"/></xs:sequence></xs:group>
<xs:group name="Struct"><xs:sequence><xs:any minOccurs="0" maxOccurs="unbounded" processContents="lax"/></xs:sequence></xs:group>
<xs:complexType name="Array"><xs:group ref="e:Array" minOccurs="0"/><xs:attributeGroup ref="e:arrayAttributes"/><xs:attributeGroup ref="e:commonAttributes"/></xs:complexType>
<xs:complexType name="Struct"><xs:group ref="e:Struct" minOccurs="0"/><xs:attributeGroup ref="e:commonAttributes"/></xs:complexType>
<xs:element name="Array" type="e:Array"/><xs:element name="Struct" type="e:Struct"/>
<xs:simpleType name="base64"><xs:restriction base="xs:base64Binary"/></xs:simpleType>
`, quoteXML(space))
	for _, name := range strings.Fields(simpleTypes) {
		fmt.Fprintf(&b, `<xs:complexType name="%[1]s"><xs:simpleContent><xs:extension base="xs:%[1]s"><xs:attributeGroup ref="e:commonAttributes"/></xs:extension></xs:simpleContent></xs:complexType>
<xs:element name="%[1]s" type="e:%[1]s"/>
`, name)
	}
	b.WriteString("</xs:schema>\n")
	return b.String()
}

const simpleTypes = `string boolean decimal float double duration dateTime time date gYearMonth gYear gMonthDay gDay gMonth hexBinary
base64Binary anyURI QName normalizedString token language Name NMTOKEN NCName integer nonPositiveInteger negativeInteger long int short
byte nonNegativeInteger unsignedLong unsignedInt unsignedShort unsignedByte positiveInteger`

var particles = map[string]bool{"sequence": true, "choice": true, "all": true, "group": true}

// isArray reports whether n makes a type of array. What stands in the array such schemas say in an attribute of WSDL,
// which is no matter of the judges: to them it is anything.
func isArray(n *syntax.Node) bool {
	if !n.IsXSD("restriction") && !n.IsXSD("extension") {
		return false
	}
	name, _ := n.QName(n.Attr("base"))
	return name.Local == "Array" && (name.Space == syntax.NamespaceSOAP11Enc || name.Space == syntax.NamespaceSOAP12Enc)
}
