package redact_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/soapfirst/trackunit/internal/redact"
)

func TestFields(t *testing.T) {
	s := redact.New([]string{"told"}).WithFields([]string{"password", "token"}, nil)
	for text, want := range map[string]string{
		`<password>x</password><user>x</user>`:                       `<password>REDACTED</password><user>x</user>`,
		`<p:password xmlns:p="urn:a" a="b">x</p:password>`:           `<p:password xmlns:p="urn:a" a="b">REDACTED</p:password>`,
		`<password/><password></password>x`:                          `<password/><password></password>x`,
		`<password xsi:nil="true"/>x`:                                `<password xsi:nil="true"/>x`,
		`<a p:token = 'x>y' b="/"><c/></a>`:                          `<a p:token = 'REDACTED' b="/"><c/></a>`,
		`<password><string>x</string></password>`:                    `<password>REDACTED</password>`,
		`<a b='c"><password>x</password>`:                            `<a b='c"><password>REDACTED</password>`,
		`<a<password>x</password>`:                                   `<a<password>REDACTED</password>`,
		`<password>broken o`:                                         `<password>REDACTED`,
		`<a token="broken o`:                                         `<a token="REDACTED`,
		`<passwords>x</passwords><a tokens="x"/>`:                    `<passwords>x</passwords><a tokens="x"/>`,
		`<!-- <password>x</password> -->`:                            `<!-- <password>REDACTED</password> -->`,
		`{"user": "x", "password" : "x\"y", "token":"", "a":"told"}`: `{"user": "x", "password" : "REDACTED", "token":"", "a":"REDACTED"}`,
		`{"Password":"x"}<PASSWORD>x</PASSWORD>`:                     `{"Password":"REDACTED"}<PASSWORD>REDACTED</PASSWORD>`,
		`{"password":"broken o`:                                      `{"password":"REDACTED`,
		`say "password" and "token" told`:                            `say "password" and "token" REDACTED`,
		`a < b " c > d <`:                                            `a < b " c > d <`,
		`<`:                                                          `<`,
		``:                                                           ``,
		"<\x00\xff token=":                                           "<\x00\xff token=",
	} {
		assert.Equal(t, want, s.Text(text), "%q", text)
	}
}

func TestValuesOfFieldsAreSecretEverywhere(t *testing.T) {
	var none *redact.Scrubber
	s := none.WithFields([]string{"password", "token"}, []byte(`<a token="sh"><password>a &amp; long one</password></a>`))
	assert.Equal(t, "wrong: REDACTED and REDACTED, sh", s.Text("wrong: a & long one and a &amp; long one, sh"), "short ones would spoil texts")
	assert.Nil(t, none.WithFields(nil, []byte("<a/>")))
	again := s.WithFields([]string{"token"}, nil)
	assert.Equal(t, "REDACTED", again.Text("a & long one"), "secrets that are known stay so")
}

// FuzzFields checks that no text, however broken, is too much, and that fields without the names change nothing.
func FuzzFields(f *testing.F) {
	for _, s := range []string{`<password>x</password>`, `<a token='x`, `{"token":"`, `<password`, `"token":"\`, `<a =`, `<a/`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		(*redact.Scrubber)(nil).WithFields([]string{"password", "token"}, []byte(text)).Text(text)
		assert.Equal(t, text, (*redact.Scrubber)(nil).WithFields([]string{"no such name"}, nil).Text(text))
	})
}
