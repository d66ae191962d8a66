package fetch

import (
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"strings"
)

// names chooses the names of files, all in one folder and none twice, also where upper and lower case are the same.
type names struct{ taken map[string]bool }

func newNames() *names { return &names{taken: make(map[string]bool)} }

func (n *names) reserve(name string) { n.taken[strings.ToLower(name)] = true }

// choose makes a name of a URL: soap11.wsdl of /public/soap11, orders.wsdl of /orders.svc?wsdl, xsd0.xsd of
// /orders.svc?xsd=xsd0.
func (n *names) choose(u *url.URL, k kind) string {
	stem := path.Base(u.Path)
	for _, part := range strings.Split(u.RawQuery, "&") {
		key, value, _ := strings.Cut(part, "=")
		if value, err := url.QueryUnescape(value); err == nil && harmless(key) && len(value) > 1 { // ?wsdl=1 says nothing
			stem = path.Base(value)
		}
	}
	ext := path.Ext(stem)
	switch strings.ToLower(ext) {
	case ".wsdl", ".xsd", ".xml", ".svc", ".asmx", ".asp", ".aspx", ".ashx", ".php", ".jws", ".cgi":
		stem = strings.TrimSuffix(stem, ext)
	}
	if stem = strings.Trim(strings.Map(fileChar, stem), ".-"); stem == "" {
		stem = strings.Map(fileChar, u.Hostname())
	}
	const most = 100
	stem = stem[:min(len(stem), most)]
	name := stem + k.ext()
	for i := 2; n.taken[strings.ToLower(name)]; i++ {
		name = fmt.Sprintf("%s-%d%s", stem, i, k.ext())
	}
	n.reserve(name)
	return name
}

// fileChar keeps the characters that need no quoting, anywhere.
func fileChar(r rune) rune {
	switch {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '_', r == '-':
		return r
	}
	return '-'
}

// checkName says what is wrong with a name that the user chose.
func checkName(name string) error {
	if !filepath.IsLocal(name) || filepath.Base(name) != name || strings.ContainsAny(name, " \t\r\n") {
		return fmt.Errorf("%q cannot be the name of a file in the folder", name)
	}
	return nil
}
