package trackunittest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/internal/exchange"
	"github.com/soapfirst/trackunit/internal/jsonwire"
	"github.com/soapfirst/trackunit/internal/soap"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// Load puts into the fleet what a live service once answered: units, their histories, and records. It reads all files
// *.txt of fsys, in order of their names, and returns how many answers it took something from. A file holds an exchange as it
// went over the wire:
//
//	=== request
//	POST /public/soap11 HTTP/1.1
//	…
//	=== response
//	HTTP/1.1 200 OK
//	…
//
// over SOAP or REST. Failures, answers to changes, and reports that are made of histories are passed over. Histories of
// one unit in several files add up, and what comes twice counts once; they take the place of what the fleet had made up.
func (f *Fleet) Load(fsys fs.FS) (answers int, err error) {
	names, err := fs.Glob(fsys, "*.txt")
	if err != nil {
		return 0, err
	}
	histories := make(map[string][]generated.UnitHistory)
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return answers, err
		}
		took, err := f.loadExchange(data, histories)
		if err != nil {
			return answers, fmt.Errorf("%s: %w", name, err)
		}
		if took {
			answers++
		}
	}
	for id, rows := range histories {
		if !f.SetHistory(id, distinctRows(rows)) {
			f.SetUnit(generated.Unit{ID: xmlwire.Some(id), SerialNumber: xmlwire.Some(id), CreatedAt: rows[0].Time})
			f.SetHistory(id, distinctRows(rows))
		}
	}
	return answers, nil
}

// distinctRows returns rows of which no two are the same: recorded windows may overlap.
func distinctRows(rows []generated.UnitHistory) []generated.UnitHistory {
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b generated.UnitHistory) int { return a.Time.Compare(b.Time) })
	return slices.CompactFunc(rows, func(a, b generated.UnitHistory) bool { return reflect.DeepEqual(a, b) })
}

// loadExchange takes what it can from one exchange.
func (f *Fleet) loadExchange(data []byte, histories map[string][]generated.UnitHistory) (took bool, err error) {
	x, err := exchange.Parse(data)
	if err != nil {
		return false, fmt.Errorf("it is no exchange: %w", err)
	}
	req, err := x.HTTPRequest()
	if err != nil {
		return false, err
	}
	answer, err := x.HTTPResponse(req)
	if err != nil {
		return false, fmt.Errorf("the response: %w", err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK || answer.Header.Get("X-Status") != "" {
		return false, nil
	}
	body, err := readPlain(answer)
	if err != nil {
		return false, nil // one that breaks off is a failure too
	}
	op, resp, err := readAnswer(req, answer, body)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return false, nil
	}
	if err != nil || resp == nil {
		return false, err
	}
	return f.take(op, req, resp, histories)
}

// readPlain returns the body of an answer in UTF-8.
func readPlain(answer *http.Response) ([]byte, error) {
	plain, err := soap.Inflate(answer.Body, answer.Header)
	if err != nil {
		return nil, err
	}
	text, err := soap.ToUTF8(plain, answer.Header.Get("Content-Type"))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(text)
}

// readAnswer returns the response message in an answer, or nil if there is none.
func readAnswer(req *http.Request, answer *http.Response, body []byte) (op string, resp xmlwire.Message, err error) {
	if strings.HasPrefix(answer.Header.Get("Content-Type"), "application/json") {
		path, _ := belowBase(req.URL.Path)
		call := restCallOf(req, path)
		if call == nil || call.op == "" {
			return "", nil, nil
		}
		_, resp = messagesFor(call.op)
		return call.op, resp, jsonwire.Decode(bytes.NewReader(body), resp, nil, jsonwire.ReadOptions{})
	}
	r := xmlwire.NewReader(bytes.NewReader(body), xmlwire.ReadOptions{})
	for { // the first element that is an answer, with or without an envelope around it
		kind, err := r.Next()
		if err != nil || kind == xmlwire.EOF {
			return "", nil, nil
		}
		if name, ok := strings.CutSuffix(r.Name().Local, "Response"); ok && kind == xmlwire.StartElement && operationNamed(name) == name {
			_, resp = messagesFor(name)
			return name, resp, r.Decode(resp)
		}
	}
}

// take puts the records of an answer into the fleet.
func (f *Fleet) take(op string, req *http.Request, resp xmlwire.Message, histories map[string][]generated.UnitHistory) (bool, error) {
	switch m := resp.(type) {
	case *generated.GetUnitResponse:
		for _, u := range m.List {
			f.SetUnit(u)
		}
	case *generated.GetReportUnitHistoryResponse:
		id, err := unitOf(op, req)
		if err != nil || id == "" {
			return false, err
		}
		histories[id] = append(histories[id], m.List...)
	case *generated.GetCategoryResponse:
		putAll(f.Categories, m.List)
	case *generated.GetClientResponse:
		putAll(f.Clients, m.List)
	case *generated.GetContactResponse:
		putAll(f.Contacts, m.List)
	case *generated.GetGroupResponse:
		putAll(f.Groups, m.List)
	case *generated.GetKeyResponse:
		putAll(f.Keys, m.List)
	case *generated.GetPointResponse:
		putAll(f.Points, m.List)
	case *generated.GetZoneResponse:
		putAll(f.Zones, m.List)
	case *generated.GetAlarmResponse:
		putAll(f.Alarms, m.List)
	default:
		return false, nil
	}
	return true, nil
}

func putAll[T any](t *Table[T], rows []T) {
	for _, row := range rows {
		t.Put(row)
	}
}

// unitOf returns the unit that a request for a history names.
func unitOf(op string, req *http.Request) (string, error) {
	var m generated.GetReportUnitHistory
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return "", fmt.Errorf("the request: %w", err)
	}
	if path, _ := belowBase(req.URL.Path); !strings.HasPrefix(strings.ToLower(path), "/soap") {
		req.Body = io.NopCloser(bytes.NewReader(body))
		call := restCallOf(req, path)
		if call == nil {
			return "", nil
		}
		input := xmlwire.Name{Space: nsTypes, Local: op}
		err := call.read(req, &soapclient.Operation{Name: op, Input: input}, &m)
		return m.UnitID.Value(), err
	}
	r := xmlwire.NewReader(bytes.NewReader(body), xmlwire.ReadOptions{})
	for {
		kind, err := r.Next()
		if err != nil || kind == xmlwire.EOF {
			return "", nil
		}
		if kind == xmlwire.StartElement && r.Name().Local == op {
			err := r.Decode(&m)
			return m.UnitID.Value(), err
		}
	}
}
