package trackunit

import (
	"errors"
	"strings"

	"github.com/soapfirst/trackunit/soapclient"
)

// What errors.Is finds in errors of this package. Those with a code are found in a *StatusError by its Code.
var (
	// ErrNotFound matches every code that ends in NotFound, and the status 404 of the service.
	ErrNotFound = errors.New("not found")

	ErrUnitNotFound     error = &codeError{"unitNotFound", "unit not found"}
	ErrClientNotFound   error = &codeError{"clientNotFound", "client not found"}
	ErrCategoryNotFound error = &codeError{"categoryNotFound", "category not found"}
	ErrGroupNotFound    error = &codeError{"groupNotFound", "group not found"}
	ErrZoneNotFound     error = &codeError{"zoneNotFound", "zone not found"}
	ErrPointNotFound    error = &codeError{"pointNotFound", "point not found"}

	// These three are not documented, but follow from the others.
	ErrAlarmNotFound   error = &codeError{"alarmNotFound", "alarm not found"}
	ErrContactNotFound error = &codeError{"contactNotFound", "contact not found"}
	ErrKeyNotFound     error = &codeError{"keyNotFound", "key not found"}

	// ErrInvalidParameter matches invalidParameter with and without the parameter's name behind it, as in
	// "invalidParameter (To)".
	ErrInvalidParameter error = &codeError{"invalidParameter", "invalid parameter"}

	// ErrUnauthorized matches a token that is not accepted, whoever refuses it and in whatever way: the status 401 of
	// the service or of HTTP, a login page, a redirect to one.
	ErrUnauthorized = soapclient.ErrUnauthorized
	// ErrForbidden matches the status 403 of the service or of HTTP.
	ErrForbidden = soapclient.ErrForbidden
	// ErrRateLimited matches the status 429 of the service or of HTTP. See soapclient.HTTPError.RetryAfter.
	ErrRateLimited = soapclient.ErrRateLimited

	// ErrNoID is a call for one item that has an empty id. It is not sent: the service would take it for a call for all.
	ErrNoID = errors.New("no id was given")
)

// A codeError stands for an ErrorCode of the service.
type codeError struct{ code, text string }

func (e *codeError) Error() string { return e.text }

// Is makes the sentinels of single nouns be ErrNotFound, where they are errors themselves.
func (e *codeError) Is(target error) bool { return target == ErrNotFound && isNotFound(e.code) }

func isNotFound(code string) bool { return strings.HasSuffix(code, "NotFound") }
