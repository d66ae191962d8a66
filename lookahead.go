package trackunit

import (
	"context"
	"iter"
	"sync"
)

// A result is what became of one piece of work.
type result[Out any] struct {
	out Out
	err error
}

// A task is one piece of work of lookAhead. done gets one result.
type task[In, Out any] struct {
	in   In
	done chan result[Out]
}

// lookAhead calls do for each item of in, several at a time, and yields what it returns in the order of in. Of what comes
// next, at most ahead items are begun or done. It ends with the first error, when the items before it are yielded. When it
// has ended, nothing of it runs any more.
func lookAhead[In, Out any](
	ctx context.Context, in iter.Seq[In], ahead, parallel int, do func(context.Context, In) (Out, error),
) iter.Seq2[Out, error] {
	return func(yield func(Out, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		tasks := make(chan *task[In, Out], ahead) // never full: a task that is queued here is queued below too
		var workers sync.WaitGroup
		for range min(parallel, ahead) {
			workers.Go(func() {
				for t := range tasks {
					r := result[Out]{err: ctx.Err()}
					if r.err == nil {
						r.out, r.err = do(ctx, t.in)
					}
					t.done <- r
				}
			})
		}
		defer workers.Wait()
		defer close(tasks)
		defer cancel()

		next, stop := iter.Pull(in)
		defer stop()
		var queue []*task[In, Out]
		for {
			for len(queue) < ahead {
				item, ok := next()
				if !ok {
					break
				}
				t := &task[In, Out]{item, make(chan result[Out], 1)}
				queue = append(queue, t)
				tasks <- t
			}
			if len(queue) == 0 {
				return
			}
			r := <-queue[0].done
			queue[0] = nil
			queue = queue[1:]
			if !yield(r.out, r.err) || r.err != nil {
				return
			}
		}
	}
}
