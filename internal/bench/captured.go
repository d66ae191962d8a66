package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
)

// captured returns the element in the body of a captured answer.
func captured(file string) ([]byte, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	_, response, ok := bytes.Cut(data, []byte("\n=== response\n"))
	if !ok {
		return nil, fmt.Errorf("%s: no response in it", file)
	}
	resp, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(response)), nil)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	first := bytes.Index(body, []byte("<GetReportUnitHistoryResponse"))
	last := bytes.Index(body, []byte("</s:Body>"))
	if first < 0 || last < first {
		return nil, fmt.Errorf("%s: no answer in it", file)
	}
	return body[first:last], nil
}
