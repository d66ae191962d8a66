package main

import (
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/soapfirst/trackunit/generated"
	"github.com/soapfirst/trackunit/soapclient"
)

// A fetchJob fetches a long answer over the network: ten thousand rows to get warm, and then as many as are measured, several
// times if they are few.
type fetchJob struct {
	URL  string
	Rows int
	How  string // a key of fetchers
}

// A fetched says what fetching it once took.
type fetched struct {
	Time time.Duration
	usage
}

const warmRows, measuredRows = 10_000, 100_000

func (j *fetchJob) do() (*fetched, error) {
	fetch := fetchers[j.How]
	if fetch == nil {
		return nil, fmt.Errorf("there is no way to fetch by %q", j.How)
	}
	if err := fetch(j.at(warmRows), warmRows); err != nil {
		return nil, err
	}
	times := max(measuredRows/j.Rows, 1)
	start := time.Now()
	for range times {
		if err := fetch(j.at(j.Rows), j.Rows); err != nil {
			return nil, err
		}
	}
	return &fetched{time.Since(start) / time.Duration(times), used()}, nil
}

func (j *fetchJob) at(rows int) string {
	sep := "?"
	if strings.Contains(j.URL, "?") {
		sep = "&"
	}
	return fmt.Sprintf("%s%srows=%d", j.URL, sep, rows)
}

// fetchers are the ways to get a long answer.
var fetchers = map[string]func(url string, rows int) error{
	"stream":       fetchStream,
	"list":         fetchList,
	"encoding-xml": fetchStd,
	"read-only":    fetchBytes,
}

func port(url string) (*generated.ISyncReplyClient, error) {
	client, err := soapclient.New(generated.BasicHttpBindingISyncReply, soapclient.WithEndpoint(url),
		soapclient.WithMaxResponseBytes(-1))
	return generated.NewISyncReplyClient(client), err
}

// fetchStream takes the rows as they come.
func fetchStream(url string, rows int) error {
	port, err := port(url)
	if err != nil {
		return err
	}
	n := 0
	for _, err := range port.GetReportUnitHistoryStream(context.Background(), new(generated.GetReportUnitHistory)) {
		if err != nil {
			return err
		}
		n++
	}
	return count(n, rows)
}

// fetchList takes all rows at once.
func fetchList(url string, rows int) error {
	port, err := port(url)
	if err != nil {
		return err
	}
	resp, err := port.GetReportUnitHistory(context.Background(), new(generated.GetReportUnitHistory))
	if err != nil {
		return err
	}
	return count(len(resp.List), rows)
}

// fetchStd has encoding/xml find the rows and decode one by one, which is as lean as it gets.
func fetchStd(url string, rows int) error {
	body, err := fetchBody(url)
	if err != nil {
		return err
	}
	defer body.Close()
	d := xml.NewDecoder(body)
	n := 0
	for {
		token, err := d.Token()
		if err == io.EOF {
			return count(n, rows)
		} else if err != nil {
			return err
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "UnitHistory" {
			if err := d.DecodeElement(pointerStructs.like(new(generated.UnitHistory)), &start); err != nil {
				return err
			}
			n++
		}
	}
}

// fetchBytes does nothing with the answer: what the network, net/http and gzip cost.
func fetchBytes(url string, _ int) error {
	body, err := fetchBody(url)
	if err != nil {
		return err
	}
	defer body.Close()
	_, err = io.Copy(io.Discard, body)
	return err
}

func fetchBody(url string) (io.ReadCloser, error) {
	resp, err := http.Post(url, "text/xml; charset=utf-8", http.NoBody)
	if err != nil {
		return nil, err
	}
	return resp.Body, nil
}

func count(got, want int) error {
	if got != want {
		return fmt.Errorf("got %d rows of %d", got, want)
	}
	return nil
}
