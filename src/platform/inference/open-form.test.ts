import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { wholeMatrix } from '../../core/features/whole-matrix.fixture.ts'
import { formInput } from '../../core/sections/form-input.ts'
import { createRandom } from '../../core/support/random.ts'
import type { Backend } from './backend.ts'
import { backendsOf } from './onnx-backends.ts'
import { openForm } from './open-form.ts'
import { SHIPPED_FORM } from './shipped-form.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-form-'))
  cpSync(SHIPPED_FORM, folder, { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true }))

const runtimesOf = (provider: string): readonly Backend[] =>
  backendsOf(process.platform).filter((backend) => backend.provider === provider)
/** A runtime that loads everything and answers zeros. */
const wrong: Backend = {
  provider: 'cpu',
  load: async () => ({ run: async (_, shape) => ({ form: new Float32Array(8 * shape[2]!) }), close: async () => {} }),
}
const broken: Backend = { provider: 'cpu', load: () => Promise.reject(new Error('is not here')) }

test('both runtimes answer alike, and as the card says', async () => {
  const random = createRandom(5)
  const noise = formInput(
    wholeMatrix(70, () => random()),
    { beatsPerBar: 4, firstDownbeat: 0, firstPhrase: 0 },
  )
  const [native, wasm] = [await openForm(folder, runtimesOf('cpu')), await openForm(folder, runtimesOf('wasm'))]
  expect([native.provider, wasm.provider]).toEqual(['cpu', 'wasm'])
  const [one, other] = [await native.find(noise), await wasm.find(noise)]
  await Promise.all([native.close(), wasm.close()])
  expect(one.edges).toHaveLength(70)
  one.edges.forEach((value, beat) => {
    expect(other.edges[beat]).toBeCloseTo(value, 3)
  })
  one.parts.forEach((value, at) => {
    expect(other.parts[at]).toBeCloseTo(value, 3)
  })
})

test('a runtime that is missing or answers wrongly is passed over; where none is left, the reasons are told', async () => {
  const network = await openForm(folder, [broken, wrong, ...runtimesOf('wasm')])
  expect(network.provider).toBe('wasm')
  await network.close()
  await expect(openForm(folder, [broken, wrong])).rejects.toMatchObject({
    code: 'INFERENCE_UNAVAILABLE',
    message: 'cpu: is not here; cpu: its answer is not that of the card',
  })
})

test('what is missing, damaged or of another version is named', async () => {
  const card = join(folder, 'form.json')
  const json = JSON.parse(readFileSync(card, 'utf8'))
  writeFileSync(join(folder, 'form.onnx'), 'no network')
  await expect(openForm(folder)).rejects.toMatchObject({ code: 'MODEL_CORRUPT' })
  rmSync(join(folder, 'form.onnx'))
  await expect(openForm(folder)).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' })
  writeFileSync(card, JSON.stringify({ ...json, input: { channels: 3 } }))
  await expect(openForm(folder)).rejects.toMatchObject({ code: 'INCOMPATIBLE_MODEL' })
  writeFileSync(card, '{')
  await expect(openForm(folder)).rejects.toMatchObject({ code: 'MODEL_CORRUPT' })
  rmSync(card)
  await expect(openForm(folder)).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' })
})
