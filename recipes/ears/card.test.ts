import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as ort from 'onnxruntime-web'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { parseEarsCard } from '../../src/core/tags/ears-card.ts'
import { differenceFrom, golden, hearGolden, MOST_DIFFERENCE } from './golden.fixture.ts'

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
    golden,
  })
  .parse(json)

test('the card is that of the network beside it', () => {
  expect(card).toMatchObject({ onnx: { sha256: createHash('sha256').update(onnx).digest('hex') } })
  expect(made.onnx.bytes).toBe(onnx.length)
  expect(made.tags.filter(({ experimental }) => !experimental).length).toBeGreaterThanOrEqual(300)
})

test('the network answers as it did where it was trained, with embeddings of length 1', async () => {
  const heard = await hearGolden(ort, onnx)
  expect(differenceFrom(made.golden, heard)).toBeLessThan(MOST_DIFFERENCE)
  for (const row of heard.embedding) expect(Math.hypot(...row)).toBeCloseTo(1, 4)
  expect(heard.tags[0]).toHaveLength(made.tags.length)
})
