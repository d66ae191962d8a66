package trackunit

// The package generated is made from the published contract of both SOAP versions, which declare the same. After make
// wsdl, which gets the documents from the service, go generate is all that has to be run.
//
//go:generate go run ./cmd/wsdlgen -o generated -pkg generated wsdl/soap11.wsdl wsdl/soap12.wsdl
