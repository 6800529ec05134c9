import { constants, setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { collectGarbage } from './collect-garbage.ts'
import { type Reply, type Request, toFailure } from './protocol.ts'
import type { AnyTask } from './task.ts'
import { type TaskName, tasks } from './tasks.ts'

/** A track is about eight tasks. To collect takes a few milliseconds, a hundredth of the time of so many. */
const COLLECT_EVERY_TASKS = 16
/**
 * What a large task leaves would lie there until the next; a thread that has paused for so long has the time. A scan keeps threads waiting for
 * less (decision 0089).
 */
const PAUSE_MS = 1000

let tasksRun = 0
let pause: NodeJS.Timeout | undefined
const cancellations = new Map<number, AbortController>()
const answer = (reply: Reply, transfer: readonly ArrayBuffer[] = []): void =>
  parentPort?.postMessage(reply, [...transfer])

const run = async (id: number, name: TaskName, input: unknown): Promise<void> => {
  const task = tasks[name] as unknown as AnyTask
  const cancellation = new AbortController()
  cancellations.set(id, cancellation)
  try {
    const report = (progress: unknown): void => answer({ kind: 'progress', id, progress })
    const output = await task.run(input, { report, signal: cancellation.signal })
    answer({ kind: 'done', id, output }, task.transfer(output))
  } catch (error) {
    answer({ kind: 'failed', id, failure: toFailure(error) })
  } finally {
    cancellations.delete(id)
    // After the answer is on its way.
    if (++tasksRun % COLLECT_EVERY_TASKS === 0) setImmediate(collectGarbage)
    else pause = setTimeout(collectGarbage, PAUSE_MS)
  }
}

// Only Linux has priorities per thread; elsewhere this would slow down the whole process.
if (process.platform === 'linux' && (workerData as { lowPriority: boolean }).lowPriority)
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL)

parentPort?.on('message', (request: Request) => {
  if (request.kind === 'cancel') cancellations.get(request.id)?.abort()
  else {
    clearTimeout(pause)
    void run(request.id, request.name, request.input)
  }
})
