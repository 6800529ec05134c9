import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as ort from 'onnxruntime-web'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { parseEarsCard } from '../../src/core/tags/ears-card.ts'
import { LEAST_SHOWN_PRECISION, parseTagPrecision } from '../../src/core/tags/tag-precision.ts'
import { differenceFrom, golden, hearGolden, MOST_DIFFERENCE } from './golden.fixture.ts'
import { isSound } from './precision/measure-tags.ts'

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

test('what is shown was measured on this network, is precise enough, and is no sound effect', () => {
  const precision = JSON.parse(readFileSync(join(FOLDER, 'tag-precision.json'), 'utf8'))
  const { onnx: described, tags } = card as Exclude<typeof card, string>
  const known = parseTagPrecision(precision, described.sha256) as Exclude<ReturnType<typeof parseTagPrecision>, string>
  const shown = known.filter(({ shownFrom }) => shownFrom !== null)
  expect(shown.length).toBeGreaterThanOrEqual(10)
  for (const { tag, shownPrecision } of shown) {
    const { name, group, threshold } = tags.find((one) => one.name === tag)!
    expect(threshold).not.toBeNull()
    expect(isSound({ name, group })).toBe(false)
    expect(shownPrecision).toBeGreaterThanOrEqual(LEAST_SHOWN_PRECISION)
  }
  // Heard on techno by the first cards, and by nobody else.
  for (const tag of ['helicopter', 'opera', 'guiros', 'flanger', 'toms'])
    expect(shown.map((one) => one.tag)).not.toContain(tag)
})
