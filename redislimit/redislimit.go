// Package redislimit is a limiter that several processes share, over Redis: for programs on several machines that call a
// service with the same token. It fits trackunit.WithLimiter:
//
//	rdb := redis.NewClient(&redis.Options{Addr: "redis:6379"})
//	limiter := redislimit.New(rdb, redislimit.Key(token), trackunit.MaxRate)
//	client, err := trackunit.New(token, trackunit.WithLimiter(limiter))
package redislimit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// A Limiter grants requests at a rate, to all Limiters of the same key together. It is safe for concurrent use.
//
// Time is that of the Redis server, so that clocks of machines may differ. Nothing is reserved: who waits asks again when the
// next grant is due, so a process that dies while it waits takes no grant with it.
type Limiter struct {
	rdb      redis.Scripter
	key      string
	interval time.Duration
	turn     chan struct{}   // holds a token while one goroutine of this process asks
	granted  func(time.Time) // for tests: told of each grant, in the time of the server
}

// New returns a Limiter that grants perSecond requests a second, which must be more than 0 and the same for all who use
// the key. It does no I/O. The key is visible to all who can read the database: do not use the token, but Key.
//
// Grants are one percent further apart than they need to be, so that no second holds more than perSecond.
func New(rdb redis.Scripter, key string, perSecond int) *Limiter {
	return &Limiter{
		rdb: rdb, key: key, interval: time.Second / time.Duration(max(1, perSecond)) * 101 / 100,
		turn: make(chan struct{}, 1), granted: func(time.Time) {},
	}
}

// Key returns the key under which processes that have a token find each other. It does not tell the token.
func Key(token string) string {
	sum := sha256.Sum256([]byte("trackunit limiter " + token))
	return "trackunit:limiter:" + hex.EncodeToString(sum[:16])
}

// take grants a request if one is due. KEYS[1] holds when the next is, in microseconds; ARGV[1] is the interval. It returns how
// long to wait, 0 for a grant, and the time.
//
// A grant that is a little late does not delay those after it: up to a quarter of an interval is made up for, less than
// the one percent adds up to in a second. A time too far ahead is from a clock that was set back.
var take = redis.NewScript(strings.TrimSpace(`
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local interval = tonumber(ARGV[1])
local function keep(due)
	redis.call('SET', KEYS[1], string.format('%.0f', due), 'PX', math.ceil(interval / 1000) + 1000)
end
local due = tonumber(redis.call('GET', KEYS[1]) or '0')
if due > now + interval then
	due = now + interval
	keep(due)
end
if due > now then return {due - now, now} end
keep(math.max(due, now - math.floor(interval / 4)) + interval)
return {0, now}
`))

// Wait returns nil when a request may be sent. It fails when ctx ends before, also at once if its deadline comes before the next
// grant can, and when Redis cannot be asked: then nobody knows whether a request may be sent.
func (l *Limiter) Wait(ctx context.Context) error {
	select {
	case l.turn <- struct{}{}:
		defer func() { <-l.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	for {
		wait, now, err := l.ask(ctx)
		if err != nil {
			return err
		}
		if wait == 0 {
			l.granted(now)
			return nil
		}
		if err := sleep(ctx, wait); err != nil {
			return err
		}
	}
}

func (l *Limiter) ask(ctx context.Context) (wait time.Duration, now time.Time, err error) {
	if err := ctx.Err(); err != nil {
		return 0, now, err
	}
	answer, err := take.Run(ctx, l.rdb, []string{l.key}, l.interval.Microseconds()).Int64Slice()
	switch {
	case err != nil && ctx.Err() != nil:
		return 0, now, ctx.Err()
	case err != nil:
		return 0, now, fmt.Errorf("asking redis for a grant: %w", err)
	case len(answer) != 2:
		return 0, now, errors.New("asking redis for a grant: the answer has not the two numbers of the script")
	}
	return time.Duration(answer[0]) * time.Microsecond, time.UnixMicro(answer[1]), nil
}

func sleep(ctx context.Context, d time.Duration) error {
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < d {
		return fmt.Errorf("the next grant comes after the deadline: %w", context.DeadlineExceeded)
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
