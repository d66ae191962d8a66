package xmlwire_test

import (
	"encoding/xml"
	"time"

	. "github.com/soapfirst/trackunit/soapclient/xmlwire"
)

// The types of this file are written by hand in the form that wsdlgen generates. Together they use every feature of
// the table contract once; tables_roundtrip_test.go runs them.

const (
	nsMain  = "urn:test:main"
	nsOther = "urn:test:other"
)

// Color is an enumeration.
type Color string

// The colors of the schema; others are kept as they come.
const (
	Red   Color = "red"
	Green Color = "green"
)

// Scalars holds one field of each scalar kind, required.
type Scalars struct {
	Text       string
	Normalized string
	Token      string
	Yes        bool
	I8         int8
	I16        int16
	I32        int32
	I64        int64
	U8         uint8
	U16        uint16
	U32        uint32
	U64        uint64
	F32        float32
	F64        float64
	At         time.Time
	Money      Decimal
	Big        Integer
	Day        Date
	Clock      TimeOfDay
	Length     Duration
	Year       GYear
	Bytes      []byte
	Hex        []byte
	Ref        Name
	Color      Color
}

func (*Scalars) XMLType() *Type { return &xmlScalars }

var xmlScalars = Type{Name: "Scalars", Space: nsMain, Members: []Member{
	{Field: "Text", Kind: String},
	{Field: "Normalized", Kind: NormalizedString},
	{Field: "Token", Kind: Token},
	{Field: "Yes", Kind: Bool},
	{Field: "I8", Kind: Int8},
	{Field: "I16", Kind: Int16},
	{Field: "I32", Kind: Int32},
	{Field: "I64", Kind: Int64},
	{Field: "U8", Kind: Uint8},
	{Field: "U16", Kind: Uint16},
	{Field: "U32", Kind: Uint32},
	{Field: "U64", Kind: Uint64},
	{Field: "F32", Kind: Float32},
	{Field: "F64", Kind: Float64},
	{Field: "At", Kind: DateTime},
	{Field: "Money", Kind: Custom},
	{Field: "Big", Kind: Custom},
	{Field: "Day", Kind: Custom},
	{Field: "Clock", Kind: Custom},
	{Field: "Length", Kind: Custom},
	{Field: "Year", Kind: Custom},
	{Field: "Bytes", Kind: Base64},
	{Field: "Hex", Kind: Hex},
	{Field: "Ref", Kind: QName},
	{Field: "Color", Kind: Token},
}}

// Optionals holds the shapes that a member may have.
type Optionals struct {
	Text    Opt[string]
	Number  Opt[float64]
	Flag    Opt[bool]
	At      Opt[time.Time]
	Color   Opt[Color]
	Money   Opt[Decimal]
	Place   Opt[Place]
	Pointer *Place
	Count   *int32
	Must    Opt[int32] // required and nillable
}

func (*Optionals) XMLType() *Type { return &xmlOptionals }

// MarshalXML implements xml.Marshaler.
func (v Optionals) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	return MarshalXML(e, start, &v)
}

// UnmarshalXML implements xml.Unmarshaler.
func (v *Optionals) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error {
	return UnmarshalXML(d, start, v)
}

var xmlOptionals = Type{Name: "Optionals", Space: nsMain, Members: []Member{
	{Field: "Text", Kind: String, Flags: Nillable},
	{Field: "Number", Kind: Float64, Flags: Nillable},
	{Field: "Flag", Kind: Bool, Flags: Nillable},
	{Field: "At", Kind: DateTime, Flags: Nillable},
	{Field: "Color", Kind: Token},
	{Field: "Money", Kind: Custom, Flags: Nillable},
	{Field: "Place", Kind: Struct, Flags: Nillable},
	{Field: "Pointer", Kind: Struct},
	{Field: "Count", Kind: Int32},
	{Field: "Must", Kind: Int32, Flags: Nillable | Required},
}}

// Place is a plain struct with attributes.
type Place struct {
	Lat, Lon float64
	Name     string
	Source   Opt[string]
	Lang     Opt[string]
	Tags     []string
}

func (*Place) XMLType() *Type { return &xmlPlace }

// MarshalXML implements xml.Marshaler.
func (v Place) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	return MarshalXML(e, start, &v)
}

// UnmarshalXML implements xml.Unmarshaler.
func (v *Place) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error {
	return UnmarshalXML(d, start, v)
}

var xmlPlace = Type{Name: "Place", Space: nsMain, Members: []Member{
	{Field: "Lat", Kind: Float64, Flags: Attr | Required},
	{Field: "Lon", Kind: Float64, Flags: Attr | Required},
	{Field: "Source", Name: "source", Kind: Token, Flags: Attr},
	{Field: "Lang", Name: "lang", Space: "http://www.w3.org/XML/1998/namespace", Kind: Token, Flags: Attr},
	{Field: "Tags", Name: "tags", Kind: Token, Flags: Attr | List},
	{Field: "Name", Kind: String},
}}

// Tree is recursive in four ways.
type Tree struct {
	Label    string
	Left     *Tree
	Children []Tree
	Wrapped  []Tree
	Refs     []*Tree
}

func (*Tree) XMLType() *Type { return &xmlTree }

var xmlTree = Type{Name: "Tree", Space: nsMain, Members: []Member{
	{Field: "Label", Kind: String},
	{Field: "Left", Kind: Struct},
	{Field: "Children", Name: "Child", Kind: Struct},
	{Field: "Wrapped", Item: "Tree", Kind: Struct, Flags: Nillable},
	{Field: "Refs", Name: "Ref", Kind: Struct},
}}

// Price has simple content.
type Price struct {
	Value    Decimal
	Currency string
}

func (*Price) XMLType() *Type { return &xmlPrice }

var xmlPrice = Type{Name: "Price", Space: nsMain, Members: []Member{
	{Field: "Value", Kind: Custom, Flags: Text},
	{Field: "Currency", Name: "currency", Kind: Token, Flags: Attr | Required},
}}

// Lists holds the shapes of repetition.
type Lists struct {
	Numbers  []int32
	Words    []string
	Names    []string
	Nils     []Opt[string]
	Places   []Place
	OptItems []Opt[Place]
	Ratings  []float64
	Prices   []Price
}

func (*Lists) XMLType() *Type { return &xmlLists }

var xmlLists = Type{Name: "Lists", Space: nsMain, Members: []Member{
	{Field: "Numbers", Name: "Number", Kind: Int32},
	{Field: "Words", Item: "string", ItemSpace: nsOther, Kind: String, Flags: Nillable},
	{Field: "Names", Name: "Name", Space: nsOther, Kind: String},
	{Field: "Nils", Item: "string", ItemSpace: nsOther, Kind: String, Flags: Nillable | ItemNillable},
	{Field: "Places", Item: "Place", Kind: Struct},
	{Field: "OptItems", Item: "Place", Kind: Struct, Flags: ItemNillable},
	{Field: "Ratings", Kind: Float64, Flags: List},
	{Field: "Prices", Name: "Price", Kind: Struct},
}}

// Contact has a choice that occurs once: an email, or a phone with an optional extension.
type Contact struct {
	Name      string
	Email     Opt[string]
	Phone     Opt[string]
	Extension Opt[int32]
}

func (*Contact) XMLType() *Type { return &xmlContact }

var xmlContact = Type{Name: "Contact", Space: nsMain, Members: []Member{
	{Field: "Name", Kind: String},
	{Field: "Email", Kind: String, Flags: Required, Choice: 1, Branch: 1},
	{Field: "Phone", Kind: String, Flags: Required, Choice: 1, Branch: 2},
	{Field: "Extension", Kind: Int32, Choice: 1, Branch: 2},
}}

// Document has a choice that repeats and, in Paragraph, mixed content.
type Document struct {
	Title string
	Parts []DocumentPart
	Pairs []Pair
}

// DocumentPart is one of *DocumentImage, *DocumentParagraph, *DocumentRange.
type DocumentPart interface{ isDocumentPart() }

// DocumentImage is the branch image.
type DocumentImage struct{ Image string }

// DocumentParagraph is the branch para.
type DocumentParagraph struct{ Para Paragraph }

// DocumentRange is the branch of two elements, from and to.
type DocumentRange struct{ From, To int32 }

func (*DocumentImage) isDocumentPart()     {}
func (*DocumentParagraph) isDocumentPart() {}
func (*DocumentRange) isDocumentPart()     {}

func (*Document) XMLType() *Type          { return &xmlDocument }
func (*DocumentImage) XMLType() *Type     { return &xmlDocumentImage }
func (*DocumentParagraph) XMLType() *Type { return &xmlDocumentParagraph }
func (*DocumentRange) XMLType() *Type     { return &xmlDocumentRange }

var xmlDocument = Type{Name: "Document", Space: nsMain, Members: []Member{
	{Field: "Title", Kind: String},
	{Field: "Parts", Kind: Choice, Alts: []Message{(*DocumentImage)(nil), (*DocumentParagraph)(nil), (*DocumentRange)(nil)}},
	{Field: "Pairs", Kind: Group},
}}

var xmlDocumentImage = Type{Space: nsMain, Members: []Member{{Field: "Image", Name: "image", Kind: String}}}

var xmlDocumentParagraph = Type{Space: nsMain, Members: []Member{{Field: "Para", Name: "para", Kind: Struct}}}

var xmlDocumentRange = Type{Space: nsMain, Members: []Member{
	{Field: "From", Name: "from", Kind: Int32}, {Field: "To", Name: "to", Kind: Int32},
}}

// Pair is a sequence that repeats.
type Pair struct {
	Key   string
	Value Opt[string]
}

func (*Pair) XMLType() *Type { return &xmlPair }

var xmlPair = Type{Space: nsMain, Members: []Member{{Field: "Key", Kind: String}, {Field: "Value", Kind: String}}}

// Paragraph has mixed content.
type Paragraph struct {
	Lang    Opt[string]
	Content []ParagraphContent
}

// ParagraphContent is one of *ParagraphText, *ParagraphBold.
type ParagraphContent interface{ isParagraphContent() }

// ParagraphText is character data.
type ParagraphText struct{ Text string }

// ParagraphBold is the branch b.
type ParagraphBold struct{ B string }

func (*ParagraphText) isParagraphContent() {}
func (*ParagraphBold) isParagraphContent() {}

func (*Paragraph) XMLType() *Type     { return &xmlParagraph }
func (*ParagraphText) XMLType() *Type { return &xmlParagraphText }
func (*ParagraphBold) XMLType() *Type { return &xmlParagraphBold }

var xmlParagraph = Type{Name: "Paragraph", Space: nsMain, Members: []Member{
	{Field: "Lang", Name: "lang", Kind: Token, Flags: Attr},
	{Field: "Content", Kind: Choice, Alts: []Message{(*ParagraphText)(nil), (*ParagraphBold)(nil)}},
}}

var xmlParagraphText = Type{Space: nsMain, Members: []Member{{Field: "Text", Kind: String, Flags: Text}}}

var xmlParagraphBold = Type{Space: nsMain, Members: []Member{{Field: "B", Name: "b", Kind: String}}}

// Shape is one of *Figure, *Circle, *Square, *UnknownShape.
type Shape interface{ isShape() }

// Figure is the base type.
type Figure struct{ Name string }

// Circle extends Figure.
type Circle struct {
	Name   string
	Radius float64
}

// Square extends Figure from another namespace.
type Square struct {
	Name string
	Side float64
}

// UnknownShape keeps a shape whose xsi:type is not known.
type UnknownShape struct{ Raw Raw }

func (*Figure) isShape()       {}
func (*Circle) isShape()       {}
func (*Square) isShape()       {}
func (*UnknownShape) isShape() {}

func (*Figure) XMLType() *Type       { return &xmlFigure }
func (*Circle) XMLType() *Type       { return &xmlCircle }
func (*Square) XMLType() *Type       { return &xmlSquare }
func (*UnknownShape) XMLType() *Type { return &xmlUnknownShape }

var xmlFigure = Type{Name: "Figure", Space: nsMain, Members: []Member{{Field: "Name", Kind: String}}}

var xmlCircle = Type{Name: "Circle", Space: nsMain, Members: []Member{{Field: "Name", Kind: String}, {Field: "Radius", Kind: Float64}}}

var xmlSquare = Type{Name: "Square", Space: nsOther, Members: []Member{
	{Field: "Name", Space: nsMain, Kind: String}, {Field: "Side", Kind: Float64},
}}

var xmlUnknownShape = Type{Unknown: true, Members: []Member{{Field: "Raw", Kind: AnyElement}}}

// Drawing holds shapes in every way.
type Drawing struct {
	Main  Shape
	Opt   Opt[Shape]
	List  []Shape
	Items []Shape
}

func (*Drawing) XMLType() *Type { return &xmlDrawing }

var (
	shapes     = []Message{(*Figure)(nil), (*Circle)(nil), (*Square)(nil), (*UnknownShape)(nil)}
	xmlDrawing = Type{Name: "Drawing", Space: nsMain, Members: []Member{
		{Field: "Main", Kind: Poly, Alts: shapes},
		{Field: "Opt", Kind: Poly, Flags: Nillable, Alts: shapes},
		{Field: "List", Name: "Shape", Kind: Poly, Alts: shapes},
		{Field: "Items", Item: "Shape", Kind: Poly, Alts: shapes},
	}}
)

// Open takes anything.
type Open struct {
	Known Opt[string]
	Typed Raw
	Rest  []Raw
	Attrs []RawAttr
}

func (*Open) XMLType() *Type { return &xmlOpen }

var xmlOpen = Type{Name: "Open", Space: nsMain, Members: []Member{
	{Field: "Attrs", Kind: AnyAttr, Flags: Attr},
	{Field: "Known", Kind: String},
	{Field: "Typed", Kind: AnyElement, Name: "Typed"},
	{Field: "Rest", Kind: AnyElement},
}}

// Local has children in no namespace, and one in another.
type Local struct {
	Local string
	Deep  Opt[LocalInner]
	Other Opt[string]
}

// LocalInner is the type of a local element in no namespace, with a qualified child.
type LocalInner struct {
	Inner     string
	Qualified []string
}

func (*Local) XMLType() *Type      { return &xmlLocal }
func (*LocalInner) XMLType() *Type { return &xmlLocalInner }

// MarshalXML implements xml.Marshaler.
func (v Local) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	return MarshalXML(e, start, &v)
}

// UnmarshalXML implements xml.Unmarshaler.
func (v *Local) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error {
	return UnmarshalXML(d, start, v)
}

var xmlLocal = Type{Name: "Local", Space: nsMain, Members: []Member{
	{Field: "Local", Kind: String, Flags: Unqualified},
	{Field: "Deep", Kind: Struct, Flags: Unqualified},
	{Field: "Other", Kind: String, Space: nsOther},
}}

var xmlLocalInner = Type{Name: "LocalInner", Space: nsMain, Members: []Member{
	{Field: "Inner", Kind: String, Flags: Unqualified},
	{Field: "Qualified", Kind: String},
}}

// Recipe has choices in choices: steps, each of which is a wait or a sequence of an action with tools, a choice of its
// own, and then anything.
type Recipe struct{ Steps []RecipeStep }

// RecipeStep is one of *RecipeWait, *RecipeAction.
type RecipeStep interface{ isRecipeStep() }

// RecipeWait is the branch wait.
type RecipeWait struct{ Minutes int32 }

// RecipeAction is the branch of a sequence.
type RecipeAction struct {
	Verb  string
	Tools []RecipeTool
	Times Opt[RecipeTimes]
	Rest  []Raw
}

// RecipeTool is one of *RecipeSpoon, *RecipeOven.
type RecipeTool interface{ isRecipeTool() }

// RecipeSpoon is the branch spoon.
type RecipeSpoon struct{ Spoon string }

// RecipeOven is the branch of two elements.
type RecipeOven struct{ Oven, Heat int32 }

// RecipeTimes is a group that may occur once.
type RecipeTimes struct{ From, To Opt[int32] }

func (*RecipeWait) isRecipeStep()   {}
func (*RecipeAction) isRecipeStep() {}
func (*RecipeSpoon) isRecipeTool()  {}
func (*RecipeOven) isRecipeTool()   {}

func (*Recipe) XMLType() *Type       { return &xmlRecipe }
func (*RecipeWait) XMLType() *Type   { return &xmlRecipeWait }
func (*RecipeAction) XMLType() *Type { return &xmlRecipeAction }
func (*RecipeSpoon) XMLType() *Type  { return &xmlRecipeSpoon }
func (*RecipeOven) XMLType() *Type   { return &xmlRecipeOven }
func (*RecipeTimes) XMLType() *Type  { return &xmlRecipeTimes }

var xmlRecipe = Type{Name: "Recipe", Space: nsMain, Members: []Member{
	{Field: "Steps", Kind: Choice, Alts: []Message{(*RecipeWait)(nil), (*RecipeAction)(nil)}},
}}

var xmlRecipeWait = Type{Space: nsMain, Members: []Member{{Field: "Minutes", Name: "wait", Kind: Int32}}}

var xmlRecipeAction = Type{Space: nsMain, Members: []Member{
	{Field: "Verb", Kind: String},
	{Field: "Tools", Kind: Choice, Alts: []Message{(*RecipeSpoon)(nil), (*RecipeOven)(nil)}},
	{Field: "Times", Kind: Group},
	{Field: "Rest", Kind: AnyElement},
}}

var xmlRecipeSpoon = Type{Space: nsMain, Members: []Member{{Field: "Spoon", Kind: String}}}

var xmlRecipeOven = Type{Space: nsMain, Members: []Member{{Field: "Oven", Kind: Int32}, {Field: "Heat", Kind: Int32}}}

var xmlRecipeTimes = Type{Space: nsMain, Members: []Member{{Field: "From", Kind: Int32}, {Field: "To", Kind: Int32}}}
