package gentest_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/emit/internal/gentest/vault"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/emit/internal/gentest/vaultpointers"
	"github.com/soapfirst/trackunit/soapclient"
	"github.com/soapfirst/trackunit/soapclient/xmlwire"
)

const secret = "hunter2secret"

func login() vault.Login {
	return vault.Login{
		User: "alice", Password: secret, Pin: []string{secret}, Key: xmlwire.Some([]byte(secret)), StringElement: xmlwire.Some("seen"), Token: xmlwire.Some(secret),
	}
}

func open() *vault.Open {
	return &vault.Open{Login: xmlwire.Some(login()), Others: []vault.Login{login()}, Note: "note"}
}

// TestSecretsAreNotPrinted prints values with every verb, and logs them.
func TestSecretsAreNotPrinted(t *testing.T) {
	pointing := vaultpointers.Open{Login: &vaultpointers.Login{User: "alice", Password: secret, Key: new([]byte(secret)), Token: new(secret)}, Note: "note"}
	l := login()
	for _, v := range []any{l, &l, *open(), open(), open().Login, []vault.Login{l}, map[string]vault.Login{"a": l}, *pointing.Login, pointing.Login, pointing, struct{ L vault.Login }{l}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%e", "%U", "%c", "%z", "%20v"} {
			assertHidden(t, fmt.Sprintf(verb, v), verb)
		}
		assertHidden(t, fmt.Sprint(v), "Sprint")
		var b bytes.Buffer
		slog.New(slog.NewTextHandler(&b, nil)).Info("opening", "value", v)
		assertHidden(t, b.String(), "slog")
	}
	for _, v := range []any{l, &l, *open(), open(), pointing, &pointing} {
		var b bytes.Buffer
		slog.New(slog.NewJSONHandler(&b, nil)).Info("opening", "value", v)
		assertHidden(t, b.String(), "slog, JSON")
	}
	assert.Contains(t, l.String(), "alice")
	assert.Contains(t, l.String(), "REDACTED")
	assert.Contains(t, l.GoString(), `"seen"`)
	assert.Equal(t, login(), l, "printing changes nothing")
}

func assertHidden(t *testing.T, text, how string) {
	t.Helper()
	assert.NotContains(t, text, secret, how)
	assert.NotContains(t, text, fmt.Sprintf("%x", secret), how)
	assert.NotContains(t, text, fmt.Sprintf("%X", secret), how)
	assert.NotContains(t, text, fmt.Sprint([]byte(secret)), how)
}

type vaultService struct{ got *vault.Open }

func (s *vaultService) Open(_ context.Context, req *vault.Open) (*vault.Opened, error) {
	s.got = req
	if req.Note == "refuse" {
		return nil, errors.New("no")
	}
	answer := login()
	answer.Password = "another" + secret
	return &vault.Opened{Login: answer}, nil
}

type inMemory struct{ handler http.Handler }

func (m inMemory) RoundTrip(req *http.Request) (*http.Response, error) {
	rec := httptest.NewRecorder()
	m.handler.ServeHTTP(rec, req)
	return rec.Result(), nil
}

// TestSecretsAreNotTraced looks at what a trace has of a call whose secrets arrive as they are.
func TestSecretsAreNotTraced(t *testing.T) {
	var traced []*soapclient.Exchange
	s := new(vaultService)
	c, err := soapclient.New(vault.VaultSoap, soapclient.WithHTTPClient(&http.Client{Transport: inMemory{vault.NewVaultHandler(s)}}),
		soapclient.WithTrace(func(x *soapclient.Exchange) { traced = append(traced, x) }))
	require.NoError(t, err)
	resp, err := vault.NewVaultClient(c).Open(t.Context(), open())
	require.NoError(t, err)
	assert.Equal(t, open(), s.got)
	assert.Equal(t, "another"+secret, resp.Login.Password)
	require.Len(t, traced, 1)
	for _, text := range []string{string(traced[0].Request), string(traced[0].Response)} {
		assert.NotContains(t, text, secret)
		assert.NotContains(t, text, "aHVudGVyMnNlY3JldA", "base64")
		assert.Contains(t, text, "<password>REDACTED</password>")
		assert.Contains(t, text, `token="REDACTED"`)
		assert.Contains(t, text, "<user>alice</user>")
	}
}

// TestSecretsAreNotInErrors has a server repeat what it was sent, in a page that is no SOAP.
func TestSecretsAreNotInErrors(t *testing.T) {
	echo := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusInternalServerError)
		fmt.Fprintf(w, "<html>wrong password %s for alice</html>", secret)
	})
	c, err := soapclient.New(vault.VaultSoap, soapclient.WithHTTPClient(&http.Client{Transport: inMemory{echo}}))
	require.NoError(t, err)
	_, err = vault.NewVaultClient(c).Open(t.Context(), open())
	require.Error(t, err)
	assert.NotContains(t, fmt.Sprintf("%v %+v %#v", err, err, err), secret)
	page, ok := errors.AsType[*soapclient.HTTPError](err)
	require.True(t, ok)
	assert.NotContains(t, page.Snippet, secret)
	assert.Contains(t, page.Snippet, "for alice")
}
