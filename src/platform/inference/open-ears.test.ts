import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hertzToMel, melToHertz } from '../../core/audio/mel.ts'
import { resampleMono } from '../../core/audio/resample-mono.ts'
import { melSpectrogram } from '../../core/audio/spectrogram.ts'
import { addNoise, addTone, silence } from '../../core/features/synthetic-audio.fixture.ts'
import { GRAPH, MODEL, TENSOR } from '../../core/models/onnx-template.ts'
import { createProtobufWriter, type ProtobufWriter } from '../../core/models/protobuf.ts'
import { heardTags } from '../../core/tags/heard-tags.ts'
import { embeddingOf } from '../../core/tags/heard-windows.ts'
import type { Backend, LoadedNetwork } from './backend.ts'
import { describeEars } from './ears-pack.ts'
import { openEars } from './open-ears.ts'
import { TINY, writeTinyEars } from './tiny-ears.fixture.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-ears-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const music = addNoise(addTone(silence(6), { hertz: 440, from: 2 }), { gain: 0.01 })

/** The answer of the fixture's network for one window, worked out from the published description of the windows. */
const expected = (window: number): Float64Array => {
  const shape = { frameSize: 2048, hopSamples: 512, bands: TINY.bands, minHz: 30, maxHz: 10500 }
  const { values, frames } = melSpectrogram(music, shape)
  const start = Math.max(0, Math.min(TINY.hop * window - 42, frames - TINY.frames))
  const mean = Float64Array.from({ length: TINY.bands }, (_, band) => {
    let sum = 0
    for (let frame = start; frame < start + TINY.frames; frame++)
      sum += 10 * Math.log10(values[frame * TINY.bands + band]! + 1e-10)
    return sum / TINY.frames
  })
  const length = Math.hypot(...mean)
  return mean.map((value) => value / length)
}

test.each(['wasm', 'cpu'] as const)('%s gives for each window what can be worked out by hand', async (forced) => {
  writeTinyEars(folder)
  const ears = await openEars(folder, { forced })
  expect(ears.provider).toBe(forced)
  const heard = await ears.hear(music)
  await ears.close()
  expect(heard.count).toBe(Math.ceil(Math.ceil((6 * 22050) / 512) / 43))
  for (const window of [0, 3, heard.count - 1]) {
    const row = heard.embeddings.subarray(window * TINY.bands, (window + 1) * TINY.bands)
    expected(window).forEach((value, band) => {
      expect(row[band]).toBeCloseTo(value, 4)
    })
  }
  expect(Math.hypot(...embeddingOf(heard))).toBeCloseTo(1, 5)
  const [whole, end] = [heardTags(heard, ears.card), heardTags(heard, ears.card, [5, 6])]
  expect(whole).toHaveLength(TINY.bands)
  expect(end).not.toEqual(whole)
})

test('half a second is one window followed by silence, and nothing is none', async () => {
  writeTinyEars(folder)
  const ears = await openEars(folder, { forced: 'wasm' })
  expect((await ears.hear(addTone(silence(0.5), { hertz: 440 }))).count).toBe(1)
  const none = await ears.hear(silence(0))
  await ears.close()
  expect(none.count).toBe(0)
  expect(embeddingOf(none)).toHaveLength(0)
})

test('a network of another rate, frame, logarithm and norm, with other names and without an embedding, is read by its card', async () => {
  const foreign = {
    mel: {
      sample_rate: 16000,
      frame_size: 512,
      hop_samples: 256,
      bands: TINY.bands,
      min_hz: 50,
      max_hz: 7600,
      weights: 'peak',
      log: { gain: 10_000, offset: 1, factor: Math.LOG10E },
      window_frames: TINY.frames,
      hop_frames: TINY.hop,
    },
    outputs: { embedding: 0, tags: TINY.bands },
    output_names: { embedding: 'none', tags: 'embedding' },
  }
  writeTinyEars(folder, foreign)
  const ears = await openEars(folder, { forced: 'wasm' })
  const heard = await ears.hear(music)
  await ears.close()
  expect(heard.count).toBe(Math.ceil(Math.ceil((6 * 16000) / 256) / TINY.hop))
  expect(heard.seconds).toBeCloseTo((TINY.hop * 256) / 16000, 9)
  expect(heard.embeddings).toHaveLength(0)
  // The fixture's first output, the direction of the mean levels, serves as the tags: log10(1 + 10000 · triangle of height 1).
  const mono = resampleMono(music, 16000)
  const shape = { frameSize: 512, hopSamples: 256, bands: TINY.bands, minHz: 50, maxHz: 7600 }
  const { values } = melSpectrogram(mono, shape)
  const step = (hertzToMel(7600) - hertzToMel(50)) / (TINY.bands + 1)
  const edge = (at: number): number => melToHertz(hertzToMel(50) + step * at)
  const mean = Float64Array.from({ length: TINY.bands }, (_, band) => {
    const bins = (edge(band + 2) - edge(band)) / 2 / (16000 / 512)
    let sum = 0
    for (let frame = 0; frame < TINY.frames; frame++)
      sum += Math.log10(1 + 10_000 * bins * values[frame * TINY.bands + band]!)
    return sum / TINY.frames
  })
  const length = Math.hypot(...mean)
  mean.forEach((value, band) => {
    expect(heard.tags[band]).toBeCloseTo(value / length, 4)
  })
})

test('a network that wants a dimension for channels gets one, and one that does not refuses it', async () => {
  const shapes: (readonly number[])[] = []
  const backend: Backend = {
    provider: 'cpu',
    load: async () => ({
      run: async (_, shape) => {
        shapes.push(shape)
        return { embedding: new Float32Array(shape[0]! * TINY.bands), tags: new Float32Array(shape[0]! * TINY.bands) }
      },
      close: async () => {},
    }),
  }
  writeTinyEars(folder, { layout: 'batch, 1, frames, bands' })
  const ears = await openEars(folder, { backends: [backend] })
  await ears.hear(music)
  expect(shapes.at(-1)).toEqual([7, 1, TINY.frames, TINY.bands])
  await expect(openEars(folder, { forced: 'wasm' })).rejects.toMatchObject({ code: 'INFERENCE_UNAVAILABLE' })
})

const codeOf = async (change?: object): Promise<unknown> => {
  if (change !== undefined) writeTinyEars(folder, change)
  const ears = await openEars(folder, { forced: 'wasm' }).catch((error: unknown) => error as { code: string })
  if ('code' in ears) return ears.code
  const heard = await ears.hear(music).catch((error: unknown) => error as { code: string })
  await ears.close()
  return 'code' in heard ? heard.code : null
}

test('a pack that is missing, damaged or of another kind is told by its code', async () => {
  expect(await codeOf()).toBe('MODEL_NOT_FOUND')
  expect(await codeOf({})).toBeNull()
  expect(await codeOf({ onnx: { file: 'ears.onnx', sha256: '0'.repeat(64) } })).toBe('MODEL_CORRUPT')
  expect(await codeOf({ kind: 'other' })).toBe('INCOMPATIBLE_MODEL')
  expect(await codeOf({ tags: [] })).toBe('INCOMPATIBLE_MODEL')
  expect(await codeOf({ outputs: { embedding: 512, tags: TINY.bands } })).toBe('INCOMPATIBLE_MODEL')
  writeFileSync(join(folder, 'ears.json'), '{')
  expect(await codeOf()).toBe('MODEL_CORRUPT')
})

test('a pack says how precise its tags are, of its own weights only, and what it says wrongly is told', async () => {
  const known = { name: 'band 0', heard_precision: 0.4, shown_from: 0.5, shown_precision: 0.9 }
  const precisionOf = async (): Promise<unknown> => {
    const ears = await openEars(folder, { forced: 'wasm' })
    await ears.close()
    return ears.precision
  }
  writeTinyEars(folder)
  const { digest } = describeEars(folder)
  expect(await precisionOf()).toEqual([])
  writeTinyEars(folder, {}, [known])
  expect(await precisionOf()).toEqual([{ tag: 'band 0', heardPrecision: 0.4, shownFrom: 0.5, shownPrecision: 0.9 }])
  // What was heard stays valid: the figures are about it, not in it.
  expect(describeEars(folder).digest).toBe(digest)
  const file = join(folder, 'tag-precision.json')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/[0-9a-f]{64}/, '0'.repeat(64)))
  expect(await precisionOf()).toEqual([])
  writeFileSync(file, '{}')
  expect(await codeOf()).toBe('INCOMPATIBLE_MODEL')
  writeFileSync(file, '{')
  expect(await codeOf()).toBe('MODEL_CORRUPT')
})

test('a network that keeps its numbers in another file, or promises more than it holds, is refused before a runtime has it', async () => {
  const loaded: Uint8Array[] = []
  const backend: Backend = { provider: 'cpu', load: (onnx) => Promise.reject(new Error(`loaded ${loaded.push(onnx)}`)) }
  const openWith = async (...parts: readonly ((tensor: ProtobufWriter) => void)[]): Promise<unknown> => {
    const onnx = createProtobufWriter()
    onnx.message(MODEL.graph, (graph) =>
      graph.message(GRAPH.initializer, (tensor) => {
        tensor.packedVarints(TENSOR.dimensions, [1_000_000, 1_000_000])
        tensor.varint(TENSOR.type, 1)
        for (const part of parts) part(tensor)
      }),
    )
    const file = 'other.onnx'
    const sha256 = createHash('sha256').update(onnx.finish()).digest('hex')
    writeTinyEars(folder, { onnx: { file, sha256 } })
    writeFileSync(join(folder, file), onnx.finish())
    return openEars(folder, { backends: [backend] }).then(
      () => null,
      ({ code, message }: { code: string; message: string }) => `${code} ${message.replace(folder, '')}`,
    )
  }
  const elsewhere = (tensor: ProtobufWriter): void =>
    tensor.message(TENSOR.external, (one) => one.text(1, '../weights'))
  expect(await openWith(elsewhere)).toBe('INCOMPATIBLE_MODEL /other.onnx: The numbers of a tensor lie in another file.')
  expect(await openWith()).toMatch(/^MODEL_CORRUPT .other\.onnx: A tensor does not hold the 1000000000000 values/)
  expect(loaded).toEqual([])
})

const answering = (provider: Backend['provider'], change: (value: number) => number): Backend => ({
  provider,
  load: async (): Promise<LoadedNetwork> => ({
    run: async (input) => ({ embedding: input.slice(0, 8).map(change), tags: new Float32Array(8) }),
    close: async () => {},
  }),
})
const absent = (provider: Backend['provider']): Backend => ({
  provider,
  load: () => Promise.reject(new Error('not installed')),
})

const throwing = (provider: Backend['provider']): Backend => ({
  provider,
  load: async () => ({ run: () => Promise.reject(new Error('out of memory')), close: async () => {} }),
})

test('a provider that is missing, throws, or answers otherwise than the CPU, is not used and says why', async () => {
  writeTinyEars(folder)
  const cpu = answering('cpu', (value) => value)
  const backends = [
    absent('coreml'),
    answering('cuda', (value) => value + 0.01),
    answering('dml', () => Number.NaN),
    throwing('wasm'),
    cpu,
  ]
  const { provider, tried } = await openEars(folder, { backends })
  expect(provider).toBe('cpu')
  expect(tried.map((one) => one.problem)).toEqual([
    'not installed',
    expect.stringContaining('off by 0.01'),
    expect.stringContaining('off by Infinity'),
    'out of memory',
    null,
  ])
  const spare = answering('wasm', (value) => value)
  expect((await openEars(folder, { backends: [cpu, spare] })).tried.map((one) => one.provider)).toEqual(['cpu'])
  expect((await openEars(folder, { backends: [absent('cpu'), spare] })).provider).toBe('wasm')
  const close = answering('cuda', (value) => value + 1e-4)
  expect((await openEars(folder, { backends: [close, cpu], forced: 'cuda' })).provider).toBe('cuda')
  for (const [given, forced] of [
    [[absent('cpu'), absent('wasm')], undefined],
    [backends, 'cuda'],
    [[cpu], 'coreml'],
  ] as const)
    await expect(openEars(folder, { backends: given, forced })).rejects.toMatchObject({ code: 'INFERENCE_UNAVAILABLE' })
})

test('a provider is timed against others by the fastest of five runs, and alone by one', async () => {
  writeTinyEars(folder)
  const runs: Backend['provider'][] = []
  const counting = (provider: Backend['provider']): Backend =>
    answering(provider, (value) => value + 0 * runs.push(provider))
  /** The fixture answers eight numbers, each of which is counted. */
  const runsOf = async (...backends: readonly Backend[]): Promise<Readonly<Record<string, number>>> => {
    runs.length = 0
    await openEars(folder, { backends })
    return Object.fromEntries([...new Set(runs)].map((one) => [one, runs.filter((other) => other === one).length / 8]))
  }
  expect(await runsOf(absent('cuda'), counting('cpu'), counting('wasm'))).toEqual({ cpu: 2 })
  expect(await runsOf(counting('cuda'), counting('cpu'), counting('wasm'))).toEqual({ cuda: 6, cpu: 6 })
})
