// Package soaptest is for tests of programs that call SOAP services with clients that wsdlgen made: golden files for what goes
// over the wire, and recordings of live exchanges that tests replay without a network.
//
// # Golden files
//
// Golden holds a message to a file:
//
//	func TestCreateZone(t *testing.T) {
//		soaptest.Golden(t, "testdata/create-zone.xml", newZone("Depot"))
//	}
//
// go test -update writes the file; look at it, and at what git says has changed, before you commit. From then on the test fails
// where the program, or a newer WSDL, makes something else of the message:
//
//	testdata/create-zone.xml has something else:
//		/CreateZone/Name: "Yard", want "Depot"
//		/CreateZone/Note: missing here
//
// Decode reads such a file back into a message, strictly, so that it may be written by hand; Validate has xmllint check one by
// the WSDL. GoldenXML, Equal and Diff are for documents that are there as text.
//
// # What counts
//
// Two documents are the same if a SOAP stack could not tell them apart. Names and namespaces, the order of elements, text,
// attributes, xsi:nil and the types that xsi:type names count; an element that is nil, one that is empty and one that is
// absent are three different things. Which prefixes stand for which namespaces and where they are declared, the order of
// attributes, comments, CDATA, and white space between elements do not count. White space in an element that holds nothing
// else is a value, and does.
//
// # Recordings
//
// A Recorder is an http.RoundTripper between a client and its service:
//
//	rec := soaptest.NewRecorder(t, "testdata/recordings/zones",
//		soaptest.WithRedacted(trackunittest.PersonalData()...))
//	client, err := trackunit.New(token, trackunit.WithHTTPClient(rec.Client()))
//
// go test -run TestZones -record calls the service and writes the folder. Without -record the test is answered from the folder,
// and nothing goes over a network; the token may then be any text. A test that leaves things in the service as it found them can
// be recorded again.
//
// A recording is a folder with a file for each exchange, 003-CreateZone.txt, numbered in the order of the requests: the request
// and the response as HTTP/1.1, without compression, in UTF-8, indented to be read and reviewed. trackunittest.Fleet.Load reads
// such folders too. Files may be edited by hand; a body goes to the end of its half. A file name begins with three digits or
// more and a hyphen: other files in the folder are left alone.
//
// # What is not recorded
//
// Nothing is written before the test is over, and by then it is known what is secret in any part of it:
//
//   - Header fields that authenticate, passwords in URLs, and parameters of queries and fields of messages called password,
//     token, api_key and the like. They are gone, and so is what they held wherever else it stands.
//   - All in the header Security of WS-Security.
//   - What WithRedacted names, and what the operations of a client call secret (wsdlgen.toml) if the Interceptor of the Recorder
//     is one of the client's.
//
// Values of the latter are replaced by placeholders, and the same value by the same one throughout the recording, so that what is
// created can be found again. They are of the kind of the value, so that they can be read where it could: user1@example.invalid
// for a mail address, +10 00 00 00 01 for a phone number, 100001 for 310007, a date for a date, and Redacted0001 for any other
// text. An enumeration has no such placeholder: do not mark one. Values of six bytes or more are replaced wherever they stand as
// words, within error messages and other members too; shorter ones in their own place alone.
//
// Bodies that are neither XML nor JSON nor a form are searched for marked fields as text, and otherwise kept as they are. Look at
// a recording before you commit it, all the same: nobody but you knows what a note says.
//
// # How requests are found
//
// The method, the path, the parameters of the query and the content of the body of a request have to be those of a recorded one;
// what counts of XML is said above, and members of JSON objects have no order and may as well be null as absent. Not compared
// are the host, header fields, the SOAP header, with its nonces and times, secrets in the query, and what is in fields that are
// redacted or that WithAnyValue names: there it only counts whether there is anything. Of requests that differ in nothing but
// redacted values, one with the same placeholder is taken, or else the first.
//
// Requests that ask the same are answered in the order in which they were recorded, each once; WithRepeat lets the last answer
// stand. A request that was not recorded is a *NoMatchError, which the client wraps as it wraps errors of the network. It shows
// the nearest request and how the two differ:
//
//	the recording testdata/recordings/zones has no such request: POST /public/soap11 UpdateZone; the nearest is 004-UpdateZone.txt, from which it differs:
//		/Envelope/Body/UpdateZone/Name: "Yard", want "Depot"
//
// Recorder.Unused tells which calls a test has ceased to make.
//
// # When the WSDL changes
//
// A recording stays good as long as the wire does. Members that are new in an answer are absent from the recorded one, as they
// would be from an older service. A member that is new in a request and that the program leaves out is not written, or, with
// xmlwire.WriteOptions.AbsentAsNil, written as nil: a nil member that the recorded request does not have is passed over. That holds
// for every such member, since a recording does not tell which are new: a test of nil itself wants a golden file.
//
// # Flags
//
// Importing the package defines the flags -update and -record of the test binary, unless an import has already. A test package
// with a flag of its own of that name panics as it starts: drop the flag and ask Updating. Where two libraries are at odds, the
// build tag soaptest_noflags leaves the flags to the other; -update is then heeded whoever defines it.
//
// Failures of Golden, GoldenXML, Decode, Equal and Validate are errors of the test, which goes on. All of them may be called at the
// same time.
package soaptest
