package resolve_test

import (
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/load"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/resolve"
	"github.com/soapfirst/trackunit/cmd/wsdlgen/internal/source"
)

// FuzzLoad reads any bytes as a WSDL: there is a Contract or an error with a position, never a panic. The
// seeds are the documents of the cases.
func FuzzLoad(f *testing.F) {
	for _, dir := range []string{"model", "negative"} {
		files, err := filepath.Glob(filepath.Join("testdata", dir, "*.txtar"))
		require.NoError(f, err)
		for _, file := range files {
			ar, err := txtar.ParseFile(file)
			require.NoError(f, err)
			f.Add(ar.Files[0].Data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var diags source.List
		set, err := load.Load(fstest.MapFS{"main.wsdl": {Data: data}}, &diags, "main.wsdl")
		if err == nil {
			c, errResolve := resolve.Resolve(set, &diags)
			if err = errResolve; err == nil {
				dump(c)
			}
		}
		for _, e := range source.All(err) {
			if !e.Pos.IsValid() || e.Msg == "" {
				t.Fatalf("error without position or message: %v", e)
			}
		}
	})
}
