import { expect, test } from 'vitest'
import { UserError } from '../../core/support/user-error.ts'
import type { ProvenEars } from '../../platform/workers/hear-audio.ts'
import type { EarsInput } from '../../platform/workers/opened-ears.ts'
import type { TaskRunner } from '../../platform/workers/worker-pool.ts'
import { createEars } from './ears.ts'

type Wish = { inferenceProvider: string; earsFolder: string }

const PROVEN: ProvenEars = {
  card: { name: 'tiny', version: 1, tags: [] },
  digest: 'digest',
  precision: [],
  provider: 'wasm',
  tried: [
    { provider: 'cuda', milliseconds: null, problem: 'no card' },
    { provider: 'cpu', milliseconds: null, problem: 'not installed' },
    { provider: 'wasm', milliseconds: 3, problem: null },
  ],
}
const absent = new UserError('INFERENCE_UNAVAILABLE', 'not installed')

const earsOf = (prove: (input: EarsInput) => ProvenEars) => {
  const wish: Wish = { inferenceProvider: 'auto', earsFolder: '' }
  const asked: (string | undefined)[] = []
  const run = async (_: string, input: EarsInput): Promise<ProvenEars> => {
    asked.push(input.provider)
    return prove(input)
  }
  const pool = { size: 1, run } as unknown as TaskRunner
  return { wish, asked, ears: createEars(pool, () => wish as never) }
}
const refuse = (): never => {
  throw absent
}

test('without the native runtime another is used, and the missing one is told', async () => {
  const { ears } = earsOf(() => PROVEN)
  expect(await ears.ready()).toMatchObject({
    provider: 'wasm',
    warning: 'The native runtime unavailable (not installed): wasm is used.',
  })
})

test('without any runtime nothing is heard, and why is known', async () => {
  const { ears, asked } = earsOf(refuse)
  expect(await ears.ready()).toBeNull()
  expect(ears.state()).toMatchObject({ state: 'failed', problem: { code: 'INFERENCE_UNAVAILABLE' } })
  // Proven once, not with every track.
  expect(await ears.ready()).toBeNull()
  expect(asked).toEqual([undefined])
})

test('a provider that is forced and fails is replaced with a warning, and another wish is tried again', async () => {
  const { ears, wish, asked } = earsOf(({ provider }) => (provider === 'cuda' ? refuse() : PROVEN))
  wish.inferenceProvider = 'cuda'
  expect((await ears.ready())!.warning).toBe('CUDA unavailable (not installed): wasm is used.')
  wish.inferenceProvider = 'wasm'
  expect(await ears.ready()).toMatchObject({ input: { provider: 'wasm' } })
  expect(asked).toEqual(['cuda', undefined, 'wasm'])
})

test('a network that is damaged is told, whatever was forced', async () => {
  const { ears, wish } = earsOf(() => {
    throw new UserError('MODEL_CORRUPT', 'not the file that its card describes')
  })
  wish.inferenceProvider = 'cpu'
  expect(await ears.ready()).toBeNull()
  expect(ears.state()).toMatchObject({ problem: { code: 'MODEL_CORRUPT' } })
})
