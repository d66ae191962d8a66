//go:build race

package xmlwire

// raceDetector says that the race detector is on, with which pools forget what they hold now and then.
const raceDetector = true
