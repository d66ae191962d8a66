package main

const manual = `usage: trackunitsim [flags]

Trackunitsim serves a simulated Trackunit Classic API, over SOAP 1.1 and SOAP 1.2 and over
REST in JSON, XML and HTML.

It prints its URL and the token that calls have to bring, logs a line for each request, and ends on an interrupt or a
termination signal once the calls that it is busy with are answered. The WSDLs are at the URL with /soap11 and /soap12,
need no token, and name the address at which they were fetched. Pages that describe the operations are at /metadata.

  -addr address  listen on this address (default 127.0.0.1:0, any free port of the loopback interface)
  -units n       make up so many units (default 500; a hundred thousand are no trouble)
  -seed n        make the units up from this number (default 1); the same seed gives the same answers
  -now time      the present of the fleet, where time stands still (default 2026-03-02T12:00:00Z)
  -token token   take this token (default 0123456789abcdef0123456789abcdef, which is no secret)
  -db file       keep what callers change in this file (SQLite) and go on where it ended; one process at a time
  -load folder   load the recorded exchanges in this folder, *.txt, before the first call
  -admin token   open the admin endpoint, which injects faults and moves time, to those who bring this token
  -gzip          compress answers for clients that take it
  -q             do not log requests

Calls authenticate with the user API and the token as password, or with ?token= in the URL.

example:

  $ trackunitsim -addr 127.0.0.1:8080 &
  $ curl http://127.0.0.1:8080/public/soap11
`
