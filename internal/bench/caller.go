package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"sync"
	"time"

	"github.com/hooklift/gowsdl/soap"

	"github.com/soapfirst/trackunit"
	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient/gowsdlclient"
	"github.com/soapfirst/trackunit/trackunittest"
)

// A callsJob asks the simulator for one unit, time and again.
type callsJob struct {
	URL     string
	Who     string // a key of asking
	Callers int
	Calls   int
}

// A called says what that took.
type called struct {
	Each     time.Duration // the whole time, divided by the number of calls
	P50, P99 time.Duration // that callers waited
	CPU      time.Duration // of this process, for each call
}

// asking makes functions that ask for the unit with an id, and are safe for concurrent use.
var asking = map[string]func(url string) (func(id string) error, error){
	"ours":   askOurs,
	"gowsdl": func(url string) (func(string) error, error) { return askGowsdl(url), nil },
	"gowsdl-kept-alive": func(url string) (func(string) error, error) {
		hc := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 1000}}
		return askGowsdl(url, soap.WithHTTPClient(gowsdlclient.HTTPClient(hc))), nil
	},
}

func (j *callsJob) do() (*called, error) {
	makeAsk := asking[j.Who]
	if makeAsk == nil {
		return nil, fmt.Errorf("nobody is called %q", j.Who)
	}
	ask, err := makeAsk(j.URL)
	if err != nil {
		return nil, err
	}
	id, err := someUnit(j.URL)
	if err != nil {
		return nil, err
	}
	each := func() error { return ask(id) }
	if _, err := j.calls(each, 2*j.Callers+100); err != nil { // to get warm
		return nil, err
	}
	before, start := used().CPU, time.Now()
	waits, err := j.calls(each, j.Calls)
	took, cpu := time.Since(start), used().CPU-before
	if err != nil {
		return nil, err
	}
	n := time.Duration(len(waits))
	return &called{took / n, waits[n/2], waits[n*99/100], cpu / n}, nil
}

// calls makes so many calls, and returns how long each took, sorted.
func (j *callsJob) calls(ask func() error, n int) ([]time.Duration, error) {
	var wg sync.WaitGroup
	waits := make([][]time.Duration, j.Callers)
	errs := make([]error, j.Callers)
	for i := range j.Callers {
		wg.Go(func() {
			for range max(1, n/j.Callers) {
				start := time.Now()
				if errs[i] = ask(); errs[i] != nil {
					return
				}
				waits[i] = append(waits[i], time.Since(start))
			}
		})
	}
	wg.Wait()
	return slices.Sorted(slices.Values(slices.Concat(waits...))), errors.Join(errs...)
}

func someUnit(url string) (string, error) {
	client, err := trackunit.New(trackunittest.DefaultToken, trackunit.WithEndpoint(url))
	if err != nil {
		return "", err
	}
	units, err := client.Units.Find(context.Background(), trackunit.UnitFilter{})
	if err != nil {
		return "", err
	}
	if len(units) == 0 {
		return "", errors.New("the simulator has no units")
	}
	return units[0].ID.Value(), nil
}

func askOurs(url string) (func(string) error, error) {
	client, err := trackunit.New(trackunittest.DefaultToken, trackunit.WithEndpoint(url), trackunit.WithLimiter(nil))
	if err != nil {
		return nil, err
	}
	return func(id string) error {
		_, err := client.Units.Get(context.Background(), id)
		return err
	}, nil
}

func askGowsdl(url string, opts ...soap.Option) func(string) error {
	opts = append(opts, soap.WithBasicAuth("API", trackunittest.DefaultToken))
	client := soap.NewClient(url+"/soap11", opts...)
	reqType, respType := gowsdlStructs.message(new(generated.GetUnit)), gowsdlStructs.message(new(generated.GetUnitResponse))
	return func(id string) error {
		req, resp := reflect.New(reqType), reflect.New(respType)
		req.Elem().FieldByName("ID").Set(reflect.ValueOf(&id))
		if err := client.Call("http://schemas.servicestack.net/types/GetUnit", req.Interface(), resp.Interface()); err != nil {
			return err
		}
		if n := resp.Elem().FieldByName("List").Len(); n != 1 {
			return fmt.Errorf("got %d units", n)
		}
		return nil
	}
}
