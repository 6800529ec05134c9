import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fitBeats } from './fit-beats.ts'

const beatsAt = (bpm: number, count: number, from = 0.5): number[] =>
  Array.from({ length: count }, (_, beat) => from + (beat * 60) / bpm)

test('beats of one tempo, rounded to milliseconds, are one anchor', () => {
  const { anchors } = fitBeats(beatsAt(127.93, 2000).map((seconds) => Math.round(seconds * 1000) / 1000))!
  expect(anchors).toHaveLength(1)
  expect(anchors[0]!.bpm).toBeCloseTo(127.93, 3)
})

test('a change of tempo is an anchor of its own', () => {
  const first = beatsAt(120, 101)
  const { anchors } = fitBeats([...first, ...beatsAt(128, 100, first.at(-1)! + 60 / 128)])!
  expect(anchors.map(({ seconds, bpm }) => [seconds, Math.round(bpm)])).toEqual([
    [0.5, 120],
    [50.5, 128],
  ])
})

test('whatever the beats, the anchors lead to each of them within 5 ms', () => {
  const periods = fc.array(fc.integer({ min: 300, max: 900 }), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(periods, (all) => {
      const beats = [0, ...all.map((_, index) => all.slice(0, index + 1).reduce((sum, ms) => sum + ms, 0) / 1000)]
      const { anchors } = fitBeats(beats)!
      anchors.forEach(({ seconds, bpm }, index) => {
        const from = beats.indexOf(seconds)
        const to = index + 1 < anchors.length ? beats.indexOf(anchors[index + 1]!.seconds) : beats.length - 1
        for (let beat = from; beat <= to; beat++)
          expect(Math.abs(seconds + ((beat - from) * 60) / bpm - beats[beat]!)).toBeLessThanOrEqual(0.0051)
      })
    }),
  )
})

test('one beat is no grid', () => {
  expect(fitBeats([1])).toBeNull()
})
