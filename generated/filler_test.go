package generated_test

import (
	"encoding/json"
	"reflect"
	"strconv"
	"time"

	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// A filler makes values for generated types, different in every member and the same in every run.
type filler struct {
	n    int
	form form
}

// A form is how members are filled that may be missing.
type form string

const (
	absent form = "absent" // not at all
	null   form = "nil"    // nil
	bare   form = "bare"   // values that have nothing in them
	full   form = "full"   // everything, two items a list
)

var forms = []form{absent, null, bare, full}

// fill fills what v points to.
func (f *filler) fill(v reflect.Value) {
	v = v.Elem()
	if opt, ok := v.Addr().Interface().(json.Unmarshaler); ok && isOpt(v) {
		f.fillOpt(v, opt)
		return
	}
	if t, ok := v.Addr().Interface().(*time.Time); ok {
		*t = f.time()
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			f.fill(v.Field(i).Addr())
		}
	case reflect.Slice:
		f.fillSlice(v)
	default:
		f.fillScalar(v)
	}
}

func isOpt(v reflect.Value) bool {
	_, ok := v.Interface().(interface{ IsSet() bool })
	return ok
}

// fillOpt goes by JSON, since the inside of an Opt is closed.
func (f *filler) fillOpt(v reflect.Value, opt json.Unmarshaler) {
	text := []byte("null")
	switch f.form {
	case absent:
		return
	case bare, full:
		value := reflect.New(v.MethodByName("Value").Type().Out(0))
		f.fill(value)
		var err error
		if text, err = json.Marshal(value.Interface()); err != nil {
			panic(err)
		}
	}
	if err := opt.UnmarshalJSON(text); err != nil {
		panic(err)
	}
}

func (f *filler) fillSlice(v reflect.Value) {
	switch f.form {
	case bare:
		v.Set(reflect.MakeSlice(v.Type(), 0, 0))
	case full:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			f.fill(v.Index(i).Addr())
		}
	}
}

func (f *filler) fillScalar(v reflect.Value) {
	f.n++
	if f.form == bare {
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("no. " + strconv.Itoa(f.n) + " <&> ø")
	case reflect.Bool:
		v.SetBool(f.n%2 == 0)
	case reflect.Int32:
		v.SetInt(int64(f.n) - 1000)
	case reflect.Float64:
		v.SetFloat(float64(f.n) / 3)
	default:
		panic("no value for a " + v.Type().String())
	}
}

// time takes turns with zones.
func (f *filler) time() time.Time {
	f.n++
	if f.form == bare {
		return time.Time{}
	}
	zones := []*time.Location{time.UTC, xmlwire.NoZone}
	return time.Date(2026, 3, 1, 0, 0, f.n, 123456700, zones[f.n%len(zones)])
}
