//go:build race

package trackunit_test

// With the race detector everything takes ten times as long.
func init() { raceDetector = true }
