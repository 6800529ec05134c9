import type { AnyTask } from './task.ts'
import { tasks } from './tasks.ts'
import type { TaskRunner } from './worker-pool.ts'

/** Runs tasks in this thread. */
export const inlineRunner = {
  size: 1,
  run: (name, input) => {
    const task = tasks[name] as unknown as AnyTask
    return task.run(input, { report: () => {}, signal: new AbortController().signal })
  },
} as TaskRunner
