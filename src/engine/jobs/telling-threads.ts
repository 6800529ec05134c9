import type { Workspace } from '../kit/workspace.ts'

/** The same threads, which tell when one of them takes a task. */
export const tellingThreads = (pool: Workspace['pool'], onTask: () => void): Workspace['pool'] => ({
  size: pool.size,
  run: (name, input, options = {}) => {
    const onStart = (): void => {
      onTask()
      options.onStart?.()
    }
    return pool.run(name, input, { ...options, onStart })
  },
})
