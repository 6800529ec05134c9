import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { type FormCard, parseFormCard } from '../../src/core/sections/form-card.ts'

const SHIPPED = join(import.meta.dirname, '..', '..', 'assets', 'form')
const FOLDS = join(import.meta.dirname, 'folds')

/** What is in the card beyond what the program reads. */
const madeSchema = z.object({
  onnx: z.object({ bytes: z.number().max(1_500_000), parameters: z.number().max(200_000) }),
  trained_on: z.object({
    licences: z.record(
      z.string().refine((text) => !/\bN[CD]\b/.test(text)),
      z.number(),
    ),
  }),
})
const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))
const cardOf = (json: unknown): FormCard => {
  const card = parseFormCard(json)
  if (typeof card === 'string') throw new Error(card)
  return card
}

const shipped = readJson(join(SHIPPED, 'form.json'))
const { networks } = z.object({ networks: z.array(z.unknown()) }).parse(readJson(join(FOLDS, 'folds.json')))

const cards = [{ folder: SHIPPED, json: shipped }, ...networks.map((json) => ({ folder: FOLDS, json }))]

test.each(cards)('a card is that of the network beside it, which learnt from free tracks alone', ({ folder, json }) => {
  const { onnx } = cardOf(json)
  const bytes = readFileSync(join(folder, onnx.file))
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(onnx.sha256)
  expect(madeSchema.parse(json).onnx.bytes).toBe(bytes.length)
})

test('for each track that the shipped network knows, a network of the folds knows neither it nor its makers', () => {
  const { corpus_tracks: ids, makers } = cardOf(shipped).trained_on
  const folds = networks.map((json) => cardOf(json).trained_on)
  expect(ids.length).toBeGreaterThan(30)
  for (const id of ids) expect(folds.some((fold) => !fold.corpus_tracks.includes(id))).toBe(true)
  for (const maker of makers) expect(folds.some((fold) => !fold.makers.includes(maker))).toBe(true)
})
