import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { UserError } from '../../core/support/user-error.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { inlineRunner } from '../../platform/workers/inline-runner.fixture.ts'
import type { TaskRunner } from '../../platform/workers/worker-pool.ts'
import { NO_EARS } from '../kit/ears.ts'
import { type Check, examine } from './doctor.ts'

let folder = ''
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-doctor-'))
  store = openStore(folder)
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const formCheck = async (pool: TaskRunner): Promise<Check | undefined> => {
  const checks = await examine({ store, pool, ears: NO_EARS, emit: () => {} }, { deleted: 0, left: [], problem: null })
  return checks.find(({ name }) => name === 'network of form')
}
const failing = (error: Error): TaskRunner => ({ size: 1, run: () => Promise.reject(error) })

test('it is told what the network of form runs on, and why it does not where sections are found by the model alone', async () => {
  expect(await formCheck(inlineRunner)).toMatchObject({
    state: 'ok',
    detail: expect.stringMatching(/runs on (?:cpu|wasm)$/),
  })
  expect(await formCheck(failing(new UserError('INFERENCE_UNAVAILABLE', 'cpu: is not here')))).toEqual({
    name: 'network of form',
    state: 'warning',
    detail: 'Sections are found by the model alone: cpu: is not here',
    hint: 'Install Algiers again.',
  })
})

test('a fault of the program is no finding', async () => {
  await expect(formCheck(failing(new Error('a bug')))).rejects.toThrow('a bug')
})
