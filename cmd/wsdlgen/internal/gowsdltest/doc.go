// Package gowsdltest compares what wsdlgen -compat gowsdl makes of real WSDLs with what gowsdl v0.5.0 makes of them. It has
// nothing but tests: gowsdl's own package ends the process in init where it cannot make a folder for temporary files.
package gowsdltest
