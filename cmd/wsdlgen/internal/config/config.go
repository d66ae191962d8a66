// Package config reads wsdlgen.toml, the file for what the flags of wsdlgen cannot carry, or should not have to.
//
// It is strict: a key that there is not is an error, with its place and what may have been meant. The file's form is also
// given as a JSON Schema, wsdlgen.schema.json beside the command, for editors.
package config

import (
	"errors"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/suggest"
)

// FileName is what the file is called.
const FileName = "wsdlgen.toml"

// A Config is what stands in the file. Everything may be left out. Paths are as written: relative to the file's folder.
type Config struct {
	// Documents, Root, Out, Package and ImportPath are the arguments and flags of these names: -root, -o, -pkg, -import-path.
	Documents  []string `toml:"documents"`
	Root       string   `toml:"root"`
	Out        string   `toml:"out"`
	Package    string   `toml:"package"`
	ImportPath string   `toml:"import-path"`
	// Include and Exclude are patterns of operations.
	Include []string `toml:"include"`
	Exclude []string `toml:"exclude"`
	// Optional, Wrappers, Nil, DataContract and Compat are one of Choices, or empty.
	Optional     string `toml:"optional"`
	Wrappers     string `toml:"wrappers"`
	Nil          string `toml:"nil"`
	DataContract string `toml:"datacontract"`
	Compat       string `toml:"compat"`
	// Packages are the Go packages of namespaces: -ns-pkg.
	Packages map[string]string `toml:"packages"`
	Rename   Rename            `toml:"rename"`
	// Secrets are fields that are not to be seen in what is printed and traced: {namespace}Type/element.
	Secrets []string `toml:"secrets"`

	places map[string]source.Pos
}

// Rename is the names in Go of things in the documents.
type Rename struct {
	Types      map[string]string `toml:"types"`      // {namespace}Name
	Fields     map[string]string `toml:"fields"`     // {namespace}Type/element or {namespace}Type/@attribute
	Operations map[string]string `toml:"operations"` // PortType.Operation
}

// Choices are the values that settings with few of them may have; the first is the default.
var Choices = map[string][]string{
	"optional":     {"opt", "pointer"},
	"wrappers":     {"unwrap", "keep"},
	"nil":          {"error", "keep"},
	"datacontract": {"detect", "always", "never"},
	"compat":       {"none", "gowsdl"},
}

// Read reads the file called name. Errors that have a place are of type source.Errors.
func Read(name string) (*Config, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return Parse(name, data)
}

// Parse reads data, the content of the file called name.
func Parse(name string, data []byte) (*Config, error) {
	c := &Config{}
	var errs source.List
	decoder := toml.NewDecoder(strings.NewReader(string(data)))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(c)
	if missing, ok := errors.AsType[*toml.StrictMissingError](err); ok {
		for _, e := range missing.Errors {
			line, col := e.Position()
			table, key := split(e.Key())
			errs.Errorf(source.Pos{File: name, Line: line, Col: col}, suggest.Hint(key, keysOf(table)), "there is no setting %s", strings.Join(e.Key(), "."))
		}
		return nil, errs.Err()
	}
	if wrong, ok := errors.AsType[*toml.DecodeError](err); ok {
		line, col := wrong.Position()
		errs.Errorf(source.Pos{File: name, Line: line, Col: col}, "wsdlgen help config shows what the file may hold", "%s", explain(wrong))
		return nil, errs.Err()
	}
	if err != nil {
		return nil, err
	}
	c.places = locate(name, data)
	c.check(&errs)
	return c, errs.Err()
}

// check reports settings that have none of the values that they may have.
func (c *Config) check(errs *source.List) {
	for key, value := range map[string]string{"optional": c.Optional, "wrappers": c.Wrappers, "nil": c.Nil, "datacontract": c.DataContract, "compat": c.Compat} {
		if value != "" && !slices.Contains(Choices[key], value) {
			errs.Errorf(c.Place(key), "write "+strings.Join(Choices[key], " or "), "%s cannot be %s", key, strconv.Quote(value))
		}
	}
}

// Place returns where a key stands, which is given by the keys of the tables around it and its own. An item of an array has
// its number as key. It is not valid for what does not stand in the file.
func (c *Config) Place(keys ...string) source.Pos { return c.places[strings.Join(keys, "\x00")] }

// explain says what is wrong in words that do not speak of Go.
func explain(wrong *toml.DecodeError) string {
	text := strings.TrimPrefix(wrong.Error(), "toml: ")
	if strings.HasPrefix(text, "cannot decode") {
		return "the value of " + strings.Join(wrong.Key(), ".") + " is of the wrong kind"
	}
	return text
}

func split(key toml.Key) (table, last string) {
	if len(key) == 0 {
		return "", ""
	}
	return strings.Join(key[:len(key)-1], "."), key[len(key)-1]
}
