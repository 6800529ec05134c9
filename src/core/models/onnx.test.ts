import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, test } from 'vitest'
import { createRandom, type Random } from '../support/random.ts'
import { fitBoostedTrees } from '../training/fit-boosted-trees.ts'
import { predictProbabilities } from './boosted-trees.ts'
import { decodeOnnx } from './onnx-decode.ts'
import { encodeOnnx } from './onnx-encode.ts'
import { createProtobufWriter } from './protobuf.ts'
import type { BoostedTrees } from './regression-trees.ts'
import type { Head, SectionModel } from './section-model.ts'

const SPAN_COLUMNS = 7
const BEAT_COLUMNS = 5

/** Values on a coarse raster, so that rows fall exactly on thresholds as well as between them. */
const randomRows = (rowCount: number, columnCount: number, random: Random): Float32Array =>
  Float32Array.from({ length: rowCount * columnCount }, () => Math.round(random() * 8) / 3)

const trainTrees = (columnCount: number, classCount: number): BoostedTrees => {
  const random = createRandom(columnCount * 10 + classCount)
  const rowCount = 160
  const rows = randomRows(rowCount, columnCount, random)
  const targets = Array.from({ length: rowCount }, (_, row) =>
    Math.min(classCount - 1, Math.floor((rows[row * columnCount]! + rows[row * columnCount + 1]!) * random())),
  )
  return fitBoostedTrees({
    rows,
    rowCount,
    columnCount,
    targets,
    classCount,
    weights: new Float32Array(rowCount).fill(1),
    options: {
      rounds: 40,
      leaves: 8,
      learningRate: 0.2,
      minLeaf: 2,
      l2: 1,
      columnFraction: 0.7,
      rowFraction: 0.8,
      seed: 5,
      earlyStoppingRounds: null,
    },
  })
}

const model = (kinds: SectionModel['kinds'], boundaryHead: Head | null): SectionModel => ({
  kinds,
  featureSpec: 'spec-digest',
  spanHead: { trees: trainTrees(SPAN_COLUMNS, kinds.length), temperature: 1.7 },
  beatHead: { trees: trainTrees(BEAT_COLUMNS, kinds.length), temperature: 0.8 },
  boundaryHead,
  durations: [...kinds, ...kinds].map((_, row) => [row / 16, 1 - row / 16]),
  order: Array.from({ length: 2 * kinds.length + 2 }, (_, row) => kinds.map((_kind, column) => row / 8 + column)),
  kindShares: [kinds.map((_, kind) => 1 / (1 + kind)), kinds.map(() => 1)].map((row) =>
    row.map((share) => Number(share.toPrecision(6))),
  ),
})

const full = model(['intro', 'build', 'drop', 'break', 'outro'], {
  trees: trainTrees(BEAT_COLUMNS, 2),
  temperature: 1.3,
})
const pair = model(['intro', 'drop'], null)

const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  expect(a.length).toBe(b.length)
  return Math.max(...Array.from(a, (value, index) => Math.abs(value - b[index]!)))
}

/** Random rows, and rows made from the trees' own thresholds: a value that equals a threshold must go the same way. */
const probeRows = (trees: BoostedTrees, rowCount: number): Float32Array => {
  const random = createRandom(99)
  const rows = randomRows(rowCount, trees.columnCount, random)
  const nodes = Array.from(trees.features.keys()).filter((node) => trees.features[node]! >= 0)
  for (let row = 0; row < rowCount; row += 2)
    for (let pick = 0; pick < trees.columnCount; pick++) {
      const node = nodes[Math.floor(random() * nodes.length)]!
      rows[row * trees.columnCount + trees.features[node]!] = trees.thresholds[node]!
    }
  return rows
}

describe.each([
  ['five kinds and boundaries', full],
  ['two kinds', pair],
])('a model of %s', (_, trained) => {
  test('gives the same probabilities in onnxruntime', async () => {
    const session = await InferenceSession.create(encodeOnnx(trained))
    const rowCount = 400
    const spanRows = probeRows(trained.spanHead.trees, rowCount)
    const beatRows = probeRows(trained.beatHead.trees, rowCount)
    const results = await session.run({
      span_features: new Tensor('float32', spanRows, [rowCount, SPAN_COLUMNS]),
      beat_features: new Tensor('float32', beatRows, [rowCount, BEAT_COLUMNS]),
    })
    const heads = [
      ['span_probabilities', trained.spanHead, spanRows],
      ['beat_probabilities', trained.beatHead, beatRows],
      ...(trained.boundaryHead ? [['boundary_probabilities', trained.boundaryHead, beatRows] as const] : []),
    ] as const
    for (const [name, { trees, temperature }, rows] of heads) {
      const own = predictProbabilities(trees, rows, rowCount, temperature)
      expect(results[name]!.dims).toEqual([rowCount, trees.classCount])
      expect(largestDifference(results[name]!.data as Float32Array, own)).toBeLessThan(1e-5)
      expect(new Set(own).size).toBeGreaterThan(50)
    }
    await session.release()
  })

  test('comes back from its file as it was', () => {
    const back = decodeOnnx(encodeOnnx(trained))
    expect(back.kinds).toEqual(trained.kinds)
    expect(back.featureSpec).toBe('spec-digest')
    expect(back.durations).toEqual(trained.durations)
    expect(back.order).toEqual(trained.order)
    expect(back.kindShares).toEqual(trained.kindShares)
    expect(back.spanHead.trees).toEqual(trained.spanHead.trees)
    expect(back.beatHead.trees).toEqual(trained.beatHead.trees)
    expect(back.boundaryHead?.trees).toEqual(trained.boundaryHead?.trees)
    expect(back.spanHead.temperature).toBeCloseTo(trained.spanHead.temperature, 6)
  })
})

describe('files that are none of ours', () => {
  const bytes = encodeOnnx(pair)

  test('text, nothing, and half a file are damaged', () => {
    for (const broken of [new TextEncoder().encode('no model at all, just words'), bytes.slice(0, bytes.length >> 1)])
      expect(() => decodeOnnx(broken)).toThrowError(expect.objectContaining({ code: 'MODEL_CORRUPT' }))
  })

  test('another producer or layout is incompatible', () => {
    const other = createProtobufWriter()
    other.varint(1, 8)
    other.text(2, 'pytorch')
    expect(() => decodeOnnx(other.finish())).toThrowError(expect.objectContaining({ code: 'INCOMPATIBLE_MODEL' }))
  })

  test('any single flipped byte either fails as a user error or leaves a usable model', () => {
    const random = createRandom(3)
    const row = new Float32Array(SPAN_COLUMNS).fill(1)
    let refused = 0
    for (let trial = 0; trial < 300; trial++) {
      const broken = bytes.slice()
      broken[Math.floor(random() * broken.length)]! ^= 1 << Math.floor(random() * 8)
      try {
        const { spanHead } = decodeOnnx(broken)
        predictProbabilities(spanHead.trees, row, 1, spanHead.temperature)
      } catch (error) {
        expect(error).toMatchObject({ code: expect.stringMatching(/^(MODEL_CORRUPT|INCOMPATIBLE_MODEL)$/) })
        refused++
      }
    }
    expect(refused).toBeGreaterThan(50)
  })
})
