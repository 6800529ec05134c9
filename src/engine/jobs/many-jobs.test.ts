import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, type Store } from '../../platform/store/store.ts'
import { inlineRunner } from '../../platform/workers/inline-runner.fixture.ts'
import { NO_EARS } from '../kit/ears.ts'
import { jobActions } from './job-actions.ts'
import type { JobDefinition } from './job-definition.ts'
import { JobQueue } from './job-queue.ts'

let folder = ''
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-many-jobs-'))
  store = openStore(folder)
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const at = (lane: 'library' | 'training'): JobDefinition<string, { readonly index: number }> => ({
  kind: lane,
  lane,
  firstStatus: 'running',
  isResumed: true,
  run: async () => null,
})
const endless: JobDefinition<string, { readonly index: number }> = {
  ...at('training'),
  run: (_workspace, _payload, { report, signal }) => {
    report({ done: 1 })
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  },
}
const open = (): JobQueue =>
  new JobQueue({ store, pool: inlineRunner, ears: NO_EARS, emit: () => {} }, { definitions: [at('library'), endless] })
const JOBS = 40
const completed = (queue: JobQueue): number => queue.list({ statuses: ['completed'] }).length

test('jobs that end at once are worked off one by one, and others have their turn in between', async () => {
  const queue = open()
  for (let index = 0; index < JOBS; index++) queue.start(at('library'), { index })
  queue.resume()
  await turn()
  await turn()
  expect(completed(queue)).toBeLessThan(JOBS)
  while (completed(queue) < JOBS) await turn()
  const inOrder = queue.list().map(({ id }) => store.jobs.get(id)!.completedAt!)
  expect(inOrder).toEqual(inOrder.toSorted().reverse())
  await queue.close()
})

test('all that wait or are under way are cancelled at once, what has ended stays as it is', async () => {
  const queue = open()
  queue.resume()
  const ended = queue.start(at('library'), { index: 0 }).id
  while (queue.get(ended).status !== 'completed') await turn()
  const running = queue.start(endless, { index: 0 }).id
  for (let index = 1; index < JOBS; index++) queue.start(endless, { index })
  while (queue.get(running).status !== 'running') await turn()
  expect(await jobActions(queue, { ready: async () => null }).cancelAll()).toBe(JOBS)
  expect(queue.list({ statuses: ['cancelled'] })).toHaveLength(JOBS)
  expect(queue.get(ended).status).toBe('completed')
  expect(await jobActions(queue, { ready: async () => null }).cancelAll()).toBe(0)
  await queue.close()
})

test('an equal job that waits is found among others of its kind, whatever lies before it', () => {
  const queue = open()
  for (let index = 0; index < JOBS; index++) queue.start(at('library'), { index })
  const { id } = queue.start(at('library'), { index: 7 }, { priority: 'urgent' })
  expect(queue.get(id)).toMatchObject({ payload: { index: 7 }, priority: 'urgent' })
  expect(queue.list()).toHaveLength(JOBS)
})
