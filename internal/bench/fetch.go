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

// A fetchJob fetches a long answer over the network, once it is warm, again and again until it has done so for a while. So answers
// of all lengths are measured for about as long, and what else the machine does tells on them alike.
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

const (
	warmRows     = 10_000 // at most, of what is fetched to get warm
	warmTime     = 300 * time.Millisecond
	measuredTime = time.Second
)

func (j *fetchJob) do() (*fetched, error) {
	fetcher := fetchers[j.How]
	if fetcher == nil {
		return nil, fmt.Errorf("there is no way to fetch by %q", j.How)
	}
	warm := min(j.Rows, warmRows)
	fetch, err := fetcher(j.at(warm))
	if err != nil {
		return nil, err
	}
	for start := time.Now(); time.Since(start) < warmTime; {
		if err := fetch.rows(warm); err != nil {
			return nil, err
		}
	}
	if warm != j.Rows {
		if fetch, err = fetcher(j.at(j.Rows)); err != nil {
			return nil, err
		}
	}
	start := time.Now()
	for times := 1; ; times++ {
		if err := fetch.rows(j.Rows); err != nil {
			return nil, err
		}
		if took := time.Since(start); took >= measuredTime {
			return &fetched{took / time.Duration(times), used()}, nil
		}
	}
}

func (j *fetchJob) at(rows int) string {
	sep := "?"
	if strings.Contains(j.URL, "?") {
		sep = "&"
	}
	return fmt.Sprintf("%s%srows=%d", j.URL, sep, rows)
}

// A fetch fetches an answer once and says how many rows it had, or -1 if it did not look.
type fetch func() (int, error)

// rows fetches an answer that has so many rows.
func (f fetch) rows(want int) error {
	got, err := f()
	if err == nil && got >= 0 && got != want {
		err = fmt.Errorf("got %d rows of %d", got, want)
	}
	return err
}

// fetchers are the ways to get a long answer.
var fetchers = map[string]func(url string) (fetch, error){
	"stream":       withPort(fetchStream),
	"list":         withPort(fetchList),
	"encoding-xml": withBody(fetchStd),
	"read-only":    withBody(fetchBytes),
}

// withPort makes a fetch of what uses the generated client.
func withPort(get func(*generated.ISyncReplyClient) (int, error)) func(url string) (fetch, error) {
	return func(url string) (fetch, error) {
		client, err := soapclient.New(generated.BasicHttpBindingISyncReply, soapclient.WithEndpoint(url),
			soapclient.WithMaxResponseBytes(-1))
		port := generated.NewISyncReplyClient(client)
		return func() (int, error) { return get(port) }, err
	}
}

// fetchStream takes the rows as they come.
func fetchStream(port *generated.ISyncReplyClient) (n int, err error) {
	for _, err := range port.GetReportUnitHistoryStream(context.Background(), new(generated.GetReportUnitHistory)) {
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// fetchList takes all rows at once.
func fetchList(port *generated.ISyncReplyClient) (n int, err error) {
	resp, err := port.GetReportUnitHistory(context.Background(), new(generated.GetReportUnitHistory))
	if err != nil {
		return 0, err
	}
	return len(resp.List), nil
}

// withBody makes a fetch of what reads the body of the HTTP response.
func withBody(read func(io.Reader) (int, error)) func(url string) (fetch, error) {
	return func(url string) (fetch, error) {
		return func() (int, error) {
			resp, err := http.Post(url, "text/xml; charset=utf-8", http.NoBody)
			if err != nil {
				return 0, err
			}
			defer resp.Body.Close()
			return read(resp.Body)
		}, nil
	}
}

// fetchStd has encoding/xml find the rows and decode one by one, which is as lean as it gets.
func fetchStd(body io.Reader) (n int, err error) {
	d := xml.NewDecoder(body)
	for {
		token, err := d.Token()
		if err == io.EOF {
			return n, nil
		} else if err != nil {
			return n, err
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "UnitHistory" {
			if err := d.DecodeElement(pointerStructs.like(new(generated.UnitHistory)), &start); err != nil {
				return n, err
			}
			n++
		}
	}
}

// fetchBytes does nothing with the answer: what the network, net/http and gzip cost.
func fetchBytes(body io.Reader) (int, error) {
	_, err := io.Copy(io.Discard, body)
	return -1, err
}
