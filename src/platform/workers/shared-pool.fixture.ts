import { setImmediate } from 'node:timers/promises'
import { UserError } from '../../core/support/user-error.ts'
import { libraryThreads, startPools, type ThreadPools } from './thread-pools.ts'
import type { TaskRunner } from './worker-pool.ts'

let pool: ThreadPools | undefined

/** Two threads for all tests of a process: to start them takes longer than most tests. They end with the process. */
export const sharedPool = (): ThreadPools => {
  pool ??= startPools({ size: 2 })
  return pool
}

/** As if they were one's own: to close them ends what one still has running, and nothing else. */
const lend = (threads: ThreadPools): ThreadPools => {
  const closing = new AbortController()
  const running = new Set<Promise<unknown>>()
  const lent = ({ size, run }: TaskRunner): TaskRunner => ({
    size,
    run: (name, input, options = {}) => {
      const signal = options.signal ? AbortSignal.any([options.signal, closing.signal]) : closing.signal
      const task = run(name, input, { ...options, signal })
      const settled: Promise<void> = task.then(
        () => void running.delete(settled),
        () => void running.delete(settled),
      )
      running.add(settled)
      return task
    },
  })
  return {
    ...lent(threads),
    withPriority: (priority) => lent(threads.withPriority(priority)),
    close: async () => {
      closing.abort(new UserError('CANCELLED', 'The library was closed.'))
      await Promise.all(running)
      // Whoever waited for them goes on before the library is closed, as while threads of its own end.
      await setImmediate()
    },
  }
}

const bySize = new Map<number, ThreadPools>()

/** The same for libraries that are opened one after the other; as many as the setting of each asks for. */
export const sharedThreads = (size: number): ThreadPools => {
  const threads = bySize.get(size) ?? libraryThreads(size)
  bySize.set(size, threads)
  return lend(threads)
}
