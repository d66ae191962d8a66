// Package xmlwire reads and writes XML for SOAP: the codec beneath generated code.
//
// Most callers never meet it but for a few types that appear in generated structs: Opt, a member that may be absent or
// nil; Raw, an element kept as bytes; Decimal, Date, Duration and their like; and NoZone. To read or write a single
// message without a SOAP call use Unmarshal and AppendElement.
//
// # How it works
//
// A generated struct has a table, a Type, which says for each field how it stands on the wire. One loop reads any
// struct by its table and one writes it; no code is generated per member and no reflection runs per element. Reading
// predicts the next element and compares bytes; what is not as predicted goes to a strict tokenizer, the Reader.
//
// # What a value keeps alive
//
// Nothing of a document but its own texts: []byte and Raw are copies. Strings of up to 256 bytes are made out of pieces of
// memory of 4 KiB, and short ones that repeat are one string; so a string that is kept may keep 4 KiB of others alive, and no
// more. Who keeps few strings of many documents for long may strings.Clone them. Where members are pointers, up to 64 scalars
// of a type lie together, and a pointer that is kept keeps them all.
//
// # What is accepted
//
// Documents must be well-formed by XML 1.0 (fifth edition) and Namespaces in XML 1.0. A DOCTYPE is an error, so no entity
// is ever expanded but the five predefined ones, and Limits bound depth, attributes, names and texts. Errors say where
// they occurred by element path and by offset in the UTF-8 document: SyntaxError for bytes that are not well-formed,
// ValueError for XML that does not fit the Go type, LimitError for too much of anything.
//
// What the schema demands of values is taken more lightly. Reading passes over elements and attributes that the table does not
// know (ReadOptions.Skipped tells of them), takes elements in any order, leaves members that are missing zero or absent, and
// keeps values that an enumeration does not list or that a facet does not allow. Writing refuses an Opt without a value whose
// member is required, two branches of a choice, and text that XML cannot carry. All else of the schema is checked by Validate,
// and while reading and writing if the option of that name is set.
//
// Reading and writing are exact opposites but for one normalisation: an unwrapped array that was nil on the wire reads
// as a nil slice, as an absent one does.
package xmlwire
