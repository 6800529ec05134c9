import { expect, test } from 'vitest'
import { UserError } from '../../core/support/user-error.ts'
import { createLossLimit } from './loss-limit.ts'
import { WorkerPool } from './worker-pool.ts'

test('threads that end again and again are started five times, and then what ended them is said', async () => {
  const pool = new WorkerPool({ size: 2, entry: new URL('./ending-pool.fixture.ts', import.meta.url) })
  const look = (): Promise<unknown> => pool.run('identifyTrack', { path: '/music/a.wav' })
  for (let loss = 0; loss < 5; loss++) await expect(look()).rejects.toThrow('A worker thread ended with code 3')
  await expect(look()).rejects.toMatchObject({
    code: 'THREADS_LOST',
    message: '5 worker threads in a row have ended (A worker thread ended with code 3), so no more are started.',
  })
  expect(pool.threads).toBe(0)
  await pool.close()
})

test('an answer in between begins the count anew, and what a task is to blame for does not count', () => {
  const limit = createLossLimit()
  const lose = (times: number, error: Error): void => {
    for (let time = 0; time < times; time++) limit.lost(error)
  }
  lose(4, new Error('gone'))
  limit.answered()
  lose(4, new Error('gone'))
  lose(9, new UserError('DECODER_OUT_OF_MEMORY', 'too large'))
  expect(limit.requireLasting).not.toThrow()
  lose(1, new Error('gone'))
  expect(limit.requireLasting).toThrow(expect.objectContaining({ code: 'THREADS_LOST' }))
})
