package wsdl_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"strings"
	"testing"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/wsdl"
)

// The lock tells the truth: nobody edited a WSDL by hand, and every one is listed.
func TestLock(t *testing.T) {
	data, err := os.ReadFile("wsdl.lock")
	require.NoError(t, err)
	listed := make(map[string]string)
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Fields(line)
		require.GreaterOrEqual(t, len(fields), 4, line)
		listed[fields[1]] = fields[0]
	}
	for name, text := range map[string]string{wsdl.SOAP11Name: wsdl.SOAP11, wsdl.SOAP12Name: wsdl.SOAP12} {
		sum := sha256.Sum256([]byte(text))
		assert.Equal(t, listed[name], hex.EncodeToString(sum[:]),
			"%s is not the file that wsdl.lock lists: get it by make wsdl", name)
	}
}

// Both documents describe the same operations and types, each for its version of SOAP.
func TestDocumentsAgree(t *testing.T) {
	one, two := read(t, wsdl.SOAP11), read(t, wsdl.SOAP12)
	for _, path := range []string{"//portType/operation", "//schema/complexType", "//schema/element", "//message"} {
		assert.NotEmpty(t, names(one, path), path)
		assert.Equal(t, names(one, path), names(two, path), path)
	}
	assert.NotEmpty(t, one.FindElements("//[namespace-uri()='http://schemas.xmlsoap.org/wsdl/soap/']"))
	assert.NotEmpty(t, two.FindElements("//[namespace-uri()='http://schemas.xmlsoap.org/wsdl/soap12/']"))
}

func read(t *testing.T, text string) *etree.Document {
	t.Helper()
	d := etree.NewDocument()
	require.NoError(t, d.ReadFromString(text))
	return d
}

func names(d *etree.Document, path string) []string {
	var names []string
	for _, e := range d.FindElements(path) {
		names = append(names, e.SelectAttrValue("name", ""))
	}
	return names
}
