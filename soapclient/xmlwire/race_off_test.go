//go:build !race

package xmlwire

const raceDetector = false
