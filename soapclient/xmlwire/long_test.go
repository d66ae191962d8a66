package xmlwire_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	. "github.com/soapfirst/trackunit/soapclient/xmlwire"
)

var longName = "Members" + strings.Repeat("OfMembers", 30)

// A longNamed has members with names that no window has room behind for, and two that start alike.
type longNamed struct {
	First  string
	Second []string
	Third  Opt[int32]
	Items  []longItem
}

type longItem struct{ Text string }

func (*longNamed) XMLType() *Type { return &xmlLongNamed }
func (*longItem) XMLType() *Type  { return &xmlLongItem }

var xmlLongNamed = Type{Name: "LongNamed", Space: nsMain, Members: []Member{
	{Field: "First", Name: longName, Kind: String},
	{Field: "Second", Name: longName + "2", Kind: String},
	{Field: "Third", Name: longName + "3", Kind: Int32},
	{Field: "Items", Name: longName + "4", Item: longName, Kind: Struct},
}}

var xmlLongItem = Type{Name: "LongItem", Space: nsMain, Members: []Member{{Field: "Text", Name: longName, Kind: String}}}

// A prefix may be long too.
func TestLongPrefix(t *testing.T) {
	const head, tail = `<L xmlns="urn:test:main" xmlns:aPrefixOfSomeLength="http://www.w3.org/2001/XMLSchema-instance">`, `</L>`
	null := func(word string) string {
		return head + "<" + longName + "3 aPrefixOfSomeLength:nil=\"" + word + "\" />" + tail
	}
	got := new(longNamed)
	require.NoError(t, Unmarshal([]byte(null("true")), got, ReadOptions{}))
	assert.True(t, got.Third.IsNil())
	assert.Error(t, Unmarshal([]byte(null("trap")), got, ReadOptions{}))

	short := func(word string) string {
		return strings.ReplaceAll(null(word), longName+"3", "Text")
	}
	opts := new(Optionals)
	require.NoError(t, Unmarshal([]byte(short("true")), opts, ReadOptions{}))
	assert.True(t, opts.Text.IsNil())
	require.NoError(t, Unmarshal([]byte(short("trap")), opts, ReadOptions{}))
	assert.Equal(t, Some(""), opts.Text)
}

// Names may be longer than prediction compares, and stand where the window ends.
func TestLongNames(t *testing.T) {
	want := &longNamed{
		First: "a", Second: []string{"b", "c"}, Third: Some[int32](4), Items: []longItem{{"d"}, {"e"}},
	}
	doc, err := AppendElement(nil, Name{Space: nsMain, Local: "L"}, want, WriteOptions{})
	require.NoError(t, err)
	for _, n := range []int{1, 7, 64, 300, 301, len(doc)} {
		got := new(longNamed)
		require.NoError(t, readPieces(doc, n, got, ReadOptions{}))
		assert.Equal(t, want, got)
		assert.ErrorContains(t, readPieces(doc[:len(doc)-1-n%len(doc)], n, got, ReadOptions{}), "ends")
	}
}
