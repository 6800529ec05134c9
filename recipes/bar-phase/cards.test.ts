import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { BEATS_FOLDER } from './write-weights.ts'

const cardSchema = z.object({
  what: z.string(),
  trained_on: z.record(z.string(), z.unknown()),
  sha256: z.record(z.string(), z.string()),
})

test('all weights of the grid are named by their digest on one card', () => {
  const folder = new URL('.', import.meta.url)
  const cards = readdirSync(folder)
    .filter((name) => name.endsWith('card.json'))
    .map((name) => cardSchema.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))))
  const named = cards.flatMap(({ sha256 }) => Object.entries(sha256)).toSorted()
  const shipped = readdirSync(BEATS_FOLDER)
    .filter((name) => name.endsWith('.weights.json'))
    .map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(new URL(name, BEATS_FOLDER)))
        .digest('hex'),
    ])
  expect(named).toEqual(shipped.toSorted())
})
