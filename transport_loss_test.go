package trackunit_test

import (
	"math"
	"reflect"
	"strconv"
	"time"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// A loss is what JSON, as the service writes it, takes from a value: the table in the comment of trackunit.Transport, in
// code, so that tests can tell the losses that are known from any other. It counts how often each came into play.
type loss struct{ nils, digits, zeros, zones int }

// of returns a copy of a message, or of a struct of which one is made, without what is lost of it.
func (l *loss) of(record any) any {
	v := reflect.ValueOf(record)
	if v.Kind() == reflect.Pointer {
		return l.message(v.Interface().(xmlwire.Message)).Interface()
	}
	p := reflect.New(v.Type())
	p.Elem().Set(v)
	return l.message(p.Interface().(xmlwire.Message)).Elem().Interface()
}

func (l *loss) message(m xmlwire.Message) reflect.Value {
	p := reflect.New(reflect.TypeOf(m).Elem())
	p.Elem().Set(reflect.ValueOf(m).Elem())
	m = p.Interface().(xmlwire.Message)
	for _, e := range xmlwire.Elements(m) {
		field := p.Elem().FieldByName(e.Member().Field)
		v, ok := e.Get(m)
		switch {
		case !ok:
			if !field.IsZero() {
				l.nils++
				field.SetZero()
			}
		case e.IsList():
			list := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
			reflect.Copy(list, v)
			for i := range list.Len() {
				l.value(list.Index(i))
			}
			field.Set(list)
		default:
			l.value(v)
		}
	}
	return p
}

// value takes from one value, in its place.
func (l *loss) value(v reflect.Value) {
	switch x := v.Interface().(type) {
	case time.Time:
		if x.Location() == trackunit.NoZone {
			l.zones++
			v.Set(reflect.ValueOf(x.UTC()))
		}
	case float64:
		v.SetFloat(l.number(x))
	default:
		if m, ok := v.Addr().Interface().(xmlwire.Message); ok {
			v.Set(l.message(m).Elem())
		}
	}
}

func (l *loss) number(x float64) float64 {
	if x == 0 {
		if math.Signbit(x) {
			l.zeros++
		}
		return 0
	}
	if math.Abs(x) == math.MaxFloat64 { // of which the service keeps all digits
		return x
	}
	short, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 15, 64), 64)
	if err == nil && short != x && !math.IsNaN(x) {
		l.digits++
		return short
	}
	return x
}
