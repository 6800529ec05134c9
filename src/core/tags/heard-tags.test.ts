import { expect, test } from 'vitest'
import { heardSpans, heardTags } from './heard-tags.ts'
import type { HeardWindows } from './heard-windows.ts'

const tag = (
  name: string,
  threshold: number | null,
): { name: string; group: string; experimental: boolean; threshold: number | null } => ({
  name,
  group: 'any',
  experimental: threshold === null,
  threshold,
})
const card = { tags: [tag('steady', 0.5), tag('rare', 0.2), tag('unproven', null)] }
const heard: HeardWindows = {
  count: 4,
  seconds: 2,
  embeddings: new Float32Array(0),
  // biome-ignore format: a row a window
  tags: Float32Array.of(
    0.75, 0,    0.5,
    0.5,  0.25, 1,
    0.75, 0.25, 1,
    0.5,  0,    1,
  ),
}

test('tags are told by how long they are heard, then by how likely they are', () => {
  expect(heardTags(heard, card)).toEqual([
    { tag: 'steady', group: 'any', probability: 0.625, share: 1, experimental: false },
    { tag: 'rare', group: 'any', probability: 0.125, share: 0.5, experimental: false },
    { tag: 'unproven', group: 'any', probability: 0.875, share: null, experimental: true },
  ])
})

test('of a stretch only its windows count', () => {
  expect(heardTags(heard, card, [2, 6]).map(({ share }) => share)).toEqual([1, 1, null])
  expect(heardTags({ ...heard, count: 0, tags: new Float32Array(0) }, card, [2, 6])).toEqual([])
})

test('windows that follow each other are one span', () => {
  expect(heardSpans(heard, card, 'rare')).toEqual([[2, 6]])
  expect(heardSpans(heard, card, 'steady')).toEqual([[0, 8]])
  const gap = { ...heard, tags: heard.tags.map((value, at) => (at === 4 ? 0 : at === 10 ? 1 : value)) }
  expect(heardSpans(gap, card, 'rare')).toEqual([[4, 8]])
  expect(heardSpans(heard, card, 'unproven')).toEqual([])
  expect(heardSpans(heard, card, 'of another network')).toEqual([])
})
