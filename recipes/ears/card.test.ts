import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as ort from 'onnxruntime-web'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { parseEarsCard } from '../../src/tags/ears-card.ts'

const FOLDER = join(import.meta.dirname, '..', '..', 'assets', 'ears')
const json = JSON.parse(readFileSync(join(FOLDER, 'ears.json'), 'utf8'))
const onnx = readFileSync(join(FOLDER, 'ears.onnx'))
const card = parseEarsCard(json)

/** What is in the card beyond what the program reads. */
const made = z
  .object({
    onnx: z.object({ bytes: z.number().max(4_000_000), multiply_adds_per_window: z.number().max(15_000_000) }),
    sources: z
      .array(z.object({ name: z.string(), licence: z.string().refine((text) => !/\bN[CD]\b/.test(text)) }))
      .min(1),
    tags: z.array(
      z
        .object({ auc: z.number(), experimental: z.boolean() })
        .refine(({ auc, experimental }) => experimental === auc < 0.8),
    ),
    golden: z.object({ embedding: z.array(z.number()), tags: z.array(z.number()) }),
  })
  .parse(json)

test('the card is that of the network beside it', () => {
  expect(card).toMatchObject({ onnx: { sha256: createHash('sha256').update(onnx).digest('hex') } })
  expect(made.onnx.bytes).toBe(onnx.length)
  expect(made.tags.filter(({ experimental }) => !experimental).length).toBeGreaterThanOrEqual(300)
})

test('the network answers as it did where it was trained, with embeddings of length 1', async () => {
  const [windows, frames, bands] = [2, 128, 96]
  const levels = Float32Array.from({ length: windows * frames * bands }, (_, n) => -60 + 30 * Math.sin(n * n * 1e-5))
  const session = await ort.InferenceSession.create(onnx)
  const { embedding, tags } = await session.run({ mel: new ort.Tensor('float32', levels, [windows, frames, bands]) })
  const rows = ({ data, dims }: ort.Tensor): readonly (readonly number[])[] => {
    const values = [...(data as Float32Array)]
    return Array.from({ length: windows }, (_, row) => values.slice(row * dims[1]!, (row + 1) * dims[1]!))
  }
  const firsts = (tensor: ort.Tensor, count: number): readonly number[] =>
    rows(tensor).flatMap((row) => row.slice(0, count))
  const largest = (said: readonly number[], wanted: readonly number[]): number =>
    Math.max(...wanted.map((value, at) => Math.abs(value - said[at]!)))
  expect(largest(firsts(embedding!, 8), made.golden.embedding)).toBeLessThan(1e-4)
  expect(largest(firsts(tags!, 16), made.golden.tags)).toBeLessThan(1e-4)
  for (const row of rows(embedding!)) expect(Math.hypot(...row)).toBeCloseTo(1, 4)
  expect(rows(tags!)[0]).toHaveLength(made.tags.length)
})
