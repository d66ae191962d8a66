package redislimit

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/soapfirst/trackunit/internal/testenv"
)

// childSocket names the socket of the server to a process that does nothing but take grants.
const childSocket = "REDISLIMIT_TEST_SOCKET"

const perSecond = 50

func TestMain(m *testing.M) {
	if socket := os.Getenv(childSocket); socket != "" {
		takeGrants(socket)
		return
	}
	os.Exit(m.Run())
}

// takeGrants prints the time of each grant that several goroutines get, until the process is killed.
func takeGrants(socket string) {
	l := New(connect(socket), "limit", perSecond)
	l.granted = func(at time.Time) { fmt.Println(at.UnixMicro()) }
	var waiters sync.WaitGroup
	for range 8 {
		waiters.Go(func() {
			for {
				if err := l.Wait(context.Background()); err != nil {
					fmt.Fprintln(os.Stderr, err)
					os.Exit(1)
				}
			}
		})
	}
	waiters.Wait()
}

func connect(socket string) *redis.Client {
	return redis.NewClient(&redis.Options{Network: "unix", Addr: socket, MaxRetries: -1})
}

// startServer starts a Redis server of the test's own and returns its socket.
func startServer(t *testing.T) string {
	program := testenv.NeedProgram(t, "redis-server")
	dir, err := os.MkdirTemp("", "redis") // the path of a socket must be short
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	socket := filepath.Join(dir, "s")
	server := exec.Command(program, "--port", "0", "--unixsocket", socket, "--save", "", "--dir", dir)
	out, err := server.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, server.Start())
	t.Cleanup(func() { _ = server.Process.Kill(); _ = server.Wait() })
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if strings.Contains(lines.Text(), "ready to accept connections") {
			go func() {
				for lines.Scan() { // so that the server can go on to write
				}
			}()
			return socket
		}
	}
	t.Fatal("the server did not start")
	return ""
}

// A child is a process that takes grants.
type child struct {
	cmd    *exec.Cmd
	stderr bytes.Buffer
}

// startChild starts a child that sends the times of its grants.
func startChild(t *testing.T, socket string, name string, grants chan<- grant) *child {
	c := &child{cmd: exec.Command(os.Args[0])}
	c.cmd.Env = append(os.Environ(), childSocket+"="+socket)
	c.cmd.Stderr = &c.stderr
	out, err := c.cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, c.cmd.Start())
	done := make(chan struct{})
	go func() {
		defer close(done)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if at, err := strconv.ParseInt(lines.Text(), 10, 64); err == nil {
				grants <- grant{name, time.UnixMicro(at)}
			}
		}
	}()
	t.Cleanup(func() { c.kill(); <-done; _ = c.cmd.Wait(); assert.Empty(t, c.stderr.String()) })
	return c
}

func (c *child) kill() { _ = c.cmd.Process.Kill() }

type grant struct {
	by string
	at time.Time
}

// Two processes share the rate, and when one is killed the other has all of it.
func TestProcesses(t *testing.T) {
	socket := startServer(t)
	grants := make(chan grant, 10_000)
	a := startChild(t, socket, "a", grants)
	startChild(t, socket, "b", grants)

	var all []grant
	read := func(n int) (by map[string]int, took time.Duration) {
		by = make(map[string]int)
		for range n {
			g := <-grants
			by[g.by]++
			all = append(all, g)
		}
		part := all[len(all)-n:]
		return by, part[n-1].at.Sub(part[0].at)
	}
	by, _ := read(150)
	assert.NotEmpty(t, by["a"])
	assert.NotEmpty(t, by["b"])
	a.kill()
	read(20) // what was under way
	by, took := read(150)
	assert.Equal(t, map[string]int{"b": 150}, by)
	rate := 149 / took.Seconds()
	t.Logf("%.2f grants a second after one process died", rate)
	assert.Greater(t, rate, 0.9*perSecond, "no grant is lost with the process that died")

	slices.SortFunc(all, func(a, b grant) int { return a.at.Compare(b.at) })
	for i, g := range all[:len(all)-perSecond] {
		assert.Greater(t, all[i+perSecond].at.Sub(g.at), time.Second, "the grants from %d on", i)
	}
}

func TestWaitEnds(t *testing.T) {
	rdb := connect(startServer(t))
	slow := New(rdb, "slow", 1)
	require.NoError(t, slow.Wait(t.Context()))

	soon, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	require.ErrorIs(t, slow.Wait(soon), context.DeadlineExceeded)
	assert.NoError(t, soon.Err(), "it does not wait for the deadline")

	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- slow.Wait(ctx) }()
	cancel()
	require.ErrorIs(t, <-ended, context.Canceled)

	require.NoError(t, New(rdb, "other", 1).Wait(t.Context()), "another key is another limit")
	ttl, err := rdb.PTTL(t.Context(), "slow").Result()
	require.NoError(t, err)
	assert.Positive(t, ttl, "what is not used goes away")

	// A clock that is set back holds nobody up for longer than an interval.
	require.NoError(t, rdb.Set(t.Context(), "quick", time.Now().Add(time.Hour).UnixMicro(), 0).Err())
	require.NoError(t, New(rdb, "quick", 1000).Wait(t.Context()))
}

// Where Redis is not there, nothing is granted.
func TestNoServer(t *testing.T) {
	err := New(connect(filepath.Join(t.TempDir(), "none")), "limit", perSecond).Wait(t.Context())
	require.ErrorContains(t, err, "asking redis for a grant: ")
	assert.True(t, errors.Is(err, os.ErrNotExist), "%v", err)
}

func TestKey(t *testing.T) {
	const token = "0123456789abcdef0123456789abcdef"
	assert.Equal(t, Key(token), Key(token))
	assert.NotEqual(t, Key(token), Key(token+"0"))
	assert.NotContains(t, Key(token), token)
}
