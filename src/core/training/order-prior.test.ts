import { expect, test } from 'vitest'
import { trainOrderPrior } from './order-prior.ts'

const kinds = ['intro', 'build', 'drop', 'outro'] as const
const [START, INTRO, BUILD, DROP, OUTRO] = [0, 1, 2, 3, 4] as const
const to = { intro: 0, build: 1, drop: 2, outro: 3, end: 4 } as const

test('without labels: intro first, build before drop, nothing after the outro; rows sum to 1', () => {
  const prior = trainOrderPrior([], kinds)
  for (const row of prior) expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12)
  expect(prior[START]![to.intro]).toBeGreaterThan(0.7)
  expect(prior[BUILD]![to.drop]).toBeGreaterThan(0.7)
  expect(prior[OUTRO]![to.end]).toBeGreaterThan(0.9)
  expect(prior[INTRO]![to.end]).toBeLessThan(0.02)
})

test('counts of touching neighbours decide with data: 20 tracks drop → outro', () => {
  const labels = [
    { kind: 'drop', startBeat: 0, endBeat: 64 },
    { kind: 'outro', startBeat: 65, endBeat: 96 },
  ] as const
  const prior = trainOrderPrior(Array(20).fill({ beatCount: 97, labels }), kinds)
  expect(prior[START]![to.drop]).toBeGreaterThan(0.9)
  expect(prior[DROP]![to.outro]).toBeGreaterThan(0.8)
})

test('labels with a gap between them say nothing about order', () => {
  const labels = [
    { kind: 'drop', startBeat: 16, endBeat: 64 },
    { kind: 'outro', startBeat: 96, endBeat: 120 },
  ] as const
  expect(trainOrderPrior([{ beatCount: 200, labels }], kinds)).toEqual(trainOrderPrior([], kinds))
})

test('kinds the model does not know are passed over', () => {
  const labels = [
    { kind: 'intro', startBeat: 0, endBeat: 32 },
    { kind: 'verse', startBeat: 32, endBeat: 64 },
  ] as const
  const prior = trainOrderPrior([{ beatCount: 64, labels }], kinds)
  expect(prior[INTRO]).toEqual(trainOrderPrior([], kinds)[INTRO])
})
