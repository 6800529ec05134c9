import { WorkerPool } from './worker-pool.ts'

let pool: WorkerPool | undefined

/** Two threads for all tests of a process: to start them takes longer than most tests. They end with the process. */
export const sharedPool = (): WorkerPool => {
  pool ??= new WorkerPool({ size: 2 })
  return pool
}
