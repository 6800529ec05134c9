import { startPools, type ThreadPools } from './thread-pools.ts'

let pool: ThreadPools | undefined

/** Two threads for all tests of a process: to start them takes longer than most tests. They end with the process. */
export const sharedPool = (): ThreadPools => {
  pool ??= startPools({ size: 2 })
  return pool
}
