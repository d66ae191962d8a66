package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Each stack finds all that is in a message, and says so when it is no message.
func TestForeign(t *testing.T) {
	dir := t.TempDir()
	message := filepath.Join(dir, "message.xml")
	require.NoError(t, os.WriteFile(message, []byte(`<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:e="http://schemas.xmlsoap.org/soap/encoding/" s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/">
<s:Body><p:Add xmlns:p="urn:p"><names e:arrayType="xsd:string[2]" xsi:type="e:Array"><item xsi:type="xsd:string">Åse</item><item xsi:type="xsd:string">Bo</item></names><n xsi:type="xsd:int">7</n><rest xsi:nil="true"/></p:Add></s:Body></s:Envelope>`), 0o666))
	wsdl := filepath.Join(dir, "p.wsdl")
	require.NoError(t, os.WriteFile(wsdl, []byte(`<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:p="urn:p" targetNamespace="urn:p">
<types><xsd:schema targetNamespace="urn:p" xmlns:e="http://schemas.xmlsoap.org/soap/encoding/" xmlns:w="http://schemas.xmlsoap.org/wsdl/"><xsd:complexType name="Names"><xsd:complexContent><xsd:restriction base="e:Array"><xsd:attribute ref="e:arrayType" w:arrayType="xsd:string[]"/></xsd:restriction></xsd:complexContent></xsd:complexType></xsd:schema></types>
<message name="In"><part name="names" type="p:Names"/><part name="n" type="xsd:int"/><part name="rest" type="xsd:string"/></message><message name="Out"/>
<portType name="P"><operation name="Add"><input message="p:In"/><output message="p:Out"/></operation></portType>
<binding name="B" type="p:P"><soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/><operation name="Add"><soap:operation soapAction=""/>
<input><soap:body use="encoded" namespace="urn:p" encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"/></input><output><soap:body use="encoded" namespace="urn:p" encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"/></output></operation></binding>
<service name="S"><port name="P" binding="p:B"><soap:address location="http://host.test/"/></port></service></definitions>`), 0o666))
	for _, f := range []*foreign{phpSOAP, soapLite} {
		t.Run(f.name, func(t *testing.T) {
			ready, err := f.installed(dir)
			require.NoError(t, err)
			if !ready {
				t.Skipf("%s is not installed", f.name)
			}
			args, noMessage := []string{message}, []string{os.DevNull}
			if f == phpSOAP {
				args, noMessage = []string{wsdl, message}, []string{wsdl, os.DevNull}
			}
			got, err := f.read(dir, args...)
			require.NoError(t, err)
			assert.NoError(t, sameTexts([]string{"Åse", "Bo", "7"}, got))
			_, err = f.read(dir, noMessage...)
			assert.ErrorContains(t, err, f.name)
		})
	}
}

func TestSameTexts(t *testing.T) {
	assert.NoError(t, sameTexts([]string{"a", "1.50", "true", "aGk=", "0A"}, []string{"1.5", "a", "1", "hi", "\n", ""}))
	assert.EqualError(t, sameTexts([]string{"a", "b"}, []string{"a"}), `it does not find "b"`)
	assert.EqualError(t, sameTexts([]string{"a"}, []string{"a", "a"}), `it finds "a", which nobody sent`)
	assert.Error(t, sameTexts([]string{"1.5"}, []string{"1.6"}))
}
