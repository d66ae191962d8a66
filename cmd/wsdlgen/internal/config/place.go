package config

import (
	"reflect"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

// locate returns where the keys of a file stand that was read before: see Config.Place.
func locate(name string, data []byte) map[string]source.Pos {
	l := locator{places: map[string]source.Pos{}, file: source.NewFile(name, data)}
	l.parser.Reset(data)
	var table []string
	for l.parser.NextExpression() {
		switch e := l.parser.Expression(); e.Kind {
		case unstable.Table, unstable.ArrayTable:
			table = l.key(nil, e)
		case unstable.KeyValue:
			l.keyValue(table, e)
		}
	}
	return l.places
}

type locator struct {
	parser unstable.Parser
	file   *source.File
	places map[string]source.Pos
}

func (l *locator) keyValue(table []string, e *unstable.Node) {
	l.value(l.key(table, e), e.Value())
}

// key notes where the key of a node stands, and returns it with those of the tables around it.
func (l *locator) key(table []string, e *unstable.Node) []string {
	path := append([]string(nil), table...)
	for it := e.Key(); it.Next(); {
		part := it.Node()
		path = append(path, string(part.Data))
		l.note(path, part)
	}
	return path
}

func (l *locator) value(path []string, v *unstable.Node) {
	switch v.Kind {
	case unstable.InlineTable:
		for it := v.Children(); it.Next(); {
			l.keyValue(path, it.Node())
		}
	case unstable.Array:
		i := 0
		for it := v.Children(); it.Next(); {
			if it.Node().Kind == unstable.Comment {
				continue
			}
			l.note(append(path[:len(path):len(path)], strconv.Itoa(i)), it.Node())
			i++
		}
	}
}

// note notes where a node stands, the first time.
func (l *locator) note(path []string, n *unstable.Node) {
	key := strings.Join(path, "\x00")
	if _, seen := l.places[key]; !seen {
		l.places[key] = l.file.Pos(int(n.Raw.Offset))
	}
}

// keysOf returns the keys of a table of the file, which is given as its keys with dots between them.
func keysOf(table string) []string {
	t := reflect.TypeFor[Config]()
	if table != "" {
		for key := range strings.SplitSeq(table, ".") {
			field, ok := fieldOf(t, key)
			if !ok || field.Type.Kind() != reflect.Struct {
				return nil
			}
			t = field.Type
		}
	}
	var keys []string
	for field := range t.Fields() {
		if key := field.Tag.Get("toml"); key != "" {
			keys = append(keys, key)
		}
	}
	return keys
}

func fieldOf(t reflect.Type, key string) (reflect.StructField, bool) {
	for field := range t.Fields() {
		if field.Tag.Get("toml") == key {
			return field, true
		}
	}
	return reflect.StructField{}, false
}
