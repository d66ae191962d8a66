package xmlwire_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	. "github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// A color is an enumeration.
type color string

func (color) XMLValues() []string { return []string{"red", "green"} }

// A part is a type with everything that Validate looks at.
type part struct {
	ID      string
	Code    string
	Color   color
	Weight  Opt[float64]
	Price   Decimal
	Hash    []byte
	Tags    []string
	Notes   []string
	Made    Opt[time.Time]
	Parts   []part
	Steel   Opt[bool]
	Plastic Opt[bool]
	Scores  []int32
}

var partType = Type{Name: "Part", Space: "urn:p", Members: []Member{
	{Field: "ID", Name: "id", Kind: String, Flags: Attr | Required},
	{Field: "Code", Kind: String, Flags: Required, Facets: []Facet{{"pattern", `\p{Lu}+-\d|x`}, {"maxLength", "6"}}},
	{Field: "Color", Kind: Token, Flags: Required},
	{Field: "Weight", Kind: Float64, Facets: []Facet{{"minExclusive", "0"}, {"maxInclusive", "1e3"}}},
	{Field: "Price", Kind: Custom, Flags: Required, Facets: []Facet{{"totalDigits", "5"}, {"fractionDigits", "2"}, {"minInclusive", "-1.5"}, {"maxExclusive", "1000"}}},
	{Field: "Hash", Kind: Hex, Flags: Required, Facets: []Facet{{"length", "2"}}},
	{Field: "Tags", Kind: Token, Flags: Required, Facets: []Facet{{"minLength", "2"}, {"maxOccurs", "2"}}},
	{Field: "Notes", Kind: String, Item: "Note", Facets: []Facet{{"minOccurs", "1"}}},
	{Field: "Made", Kind: DateTime, Flags: Required, Facets: []Facet{{"minInclusive", "2000-01-01T00:00:00Z"}}},
	{Field: "Parts", Name: "Part", Kind: Struct},
	{Field: "Steel", Kind: Bool, Choice: 1, Branch: 1, Flags: Required},
	{Field: "Plastic", Kind: Bool, Choice: 1, Branch: 2, Flags: Required},
	{Field: "Scores", Kind: Int32, Flags: List, Facets: []Facet{{"maxLength", "3"}}},
}}

func (*part) XMLType() *Type { return &partType }

func goodPart() *part {
	return &part{
		ID: "1", Code: "Å-7", Color: "red", Weight: Some(1000.0), Price: "-1.50", Hash: []byte{1, 2}, Tags: []string{"ab", "åæ"},
		Notes: []string{"n"}, Made: Some(time.Unix(0, 0).UTC()), Steel: Some(true), Scores: []int32{1, 2, 3},
	}
}

func TestValidate(t *testing.T) {
	require.NoError(t, Validate(goodPart()))
	for want, spoil := range map[string]func(*part){
		`/Part/Code: expected a text like \p{Lu}+-\d|x, got a-1`:                       func(p *part) { p.Code = "a-1" },
		`/Part/Code: expected a text like \p{Lu}+-\d|x, got xx`:                        func(p *part) { p.Code = "xx" },
		`/Part/Code: expected at most 6 characters, got ABCDE-1`:                       func(p *part) { p.Code = "ABCDE-1" },
		`/Part/Color: expected one of red, green, got blue`:                            func(p *part) { p.Color = "blue" },
		`/Part/Weight: expected more than 0, got 0`:                                    func(p *part) { p.Weight = Some(0.0) },
		`/Part/Weight: expected at most 1e3, got 1000.5`:                               func(p *part) { p.Weight = Some(1000.5) },
		`/Part/Weight: expected a value, got nil`:                                      func(p *part) { p.Weight = Nil[float64]() },
		`/Part/Price: expected at most 5 digits, got 0123.4560`:                        func(p *part) { p.Price = "0123.4560" },
		`/Part/Price: expected at least -1.5, got -1.51`:                               func(p *part) { p.Price = "-1.51" },
		`/Part/Price: expected less than 1000, got 1000`:                               func(p *part) { p.Price = "1000" },
		`/Part/Hash: expected 2 bytes, got 010203`:                                     func(p *part) { p.Hash = []byte{1, 2, 3} },
		`/Part/Tags: expected at most 2, got 3`:                                        func(p *part) { p.Tags = []string{"ab", "cd", "ef"} },
		`/Part/Tags[2]: expected at least 2 characters, got c`:                         func(p *part) { p.Tags = []string{"ab", "c"} },
		`/Part/Tags: expected at least one, got nothing`:                               func(p *part) { p.Tags = nil },
		`/Part/Notes/Note: expected at least 1, got 0`:                                 func(p *part) { p.Notes = []string{} },
		`/Part/Made: expected a value, the member being required, got nothing`:         func(p *part) { p.Made = Opt[time.Time]{} },
		`/Part/Part[2]/Color: expected one of red, green, got `:                        func(p *part) { p.Parts = []part{*goodPart(), *goodPart()}; p.Parts[1].Color = "" },
		`/Part: expected one of Steel, Plastic, got nothing`:                           func(p *part) { p.Steel = Opt[bool]{} },
		`/Part/Plastic: expected only one branch of the choice, got Steel and Plastic`: func(p *part) { p.Plastic = Some(true) },
		`/Part/Scores: expected at most 3 items, got 4`:                                func(p *part) { p.Scores = []int32{1, 2, 3, 4} },
	} {
		p := goodPart()
		spoil(p)
		err := Validate(p)
		if strings.HasSuffix(want, "got ") {
			assert.ErrorContains(t, err, strings.TrimSuffix(want, ", got "))
			continue
		}
		assert.ErrorContains(t, err, want)
		_, err = AppendElement(nil, Name{"urn:p", "Part"}, p, WriteOptions{Validate: true})
		assert.ErrorContains(t, err, want)
	}
}

// All that is wrong is said, each with its path.
func TestValidateSaysAll(t *testing.T) {
	p := goodPart()
	p.Color, p.Hash, p.Parts = "blue", nil, []part{{}}
	err := Validate(p)
	joined, ok := err.(interface{ Unwrap() []error })
	require.True(t, ok)
	assert.Greater(t, len(joined.Unwrap()), 5)
	var ve *ValueError
	require.True(t, errors.As(err, &ve))
	assert.Equal(t, "/Part/Color", ve.Path)
}

func TestReadingWithValidate(t *testing.T) {
	whole, err := AppendElement(nil, Name{"urn:p", "Part"}, goodPart(), WriteOptions{})
	require.NoError(t, err)
	require.NoError(t, Unmarshal(whole, new(part), ReadOptions{Validate: true}))
	for remove, want := range map[string]string{
		` id="1"`:              `/Part/@id: offset 0: expected a value, the member being required, got "nothing"`,
		`<Code>Å-7</Code>`:     `/Part/Code: offset 0: expected a value, the member being required, got "nothing"`,
		`<Price>-1.50</Price>`: `/Part/Price: offset 0: expected a value, the member being required, got "nothing"`,
		`<Steel>true</Steel>`:  `/Part: offset 0: expected one of Steel, Plastic, got "nothing"`,
		`<Color>red</Color>`:   `/Part/Color: offset 0: expected a value, the member being required, got "nothing"`,
	} {
		doc := strings.Replace(string(whole), remove, "", 1)
		require.NotEqual(t, string(whole), doc)
		assert.NoError(t, Unmarshal([]byte(doc), new(part), ReadOptions{}), "by default")
		assert.EqualError(t, Unmarshal([]byte(doc), new(part), ReadOptions{Validate: true}), want)
	}
	doc := strings.Replace(string(whole), ">red<", ">blue<", 1)
	assert.EqualError(t, Unmarshal([]byte(doc), new(part), ReadOptions{Validate: true}), `/Part/Color: offset 0: expected one of red, green, got "blue"`)
}
