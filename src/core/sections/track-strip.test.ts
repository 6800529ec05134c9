import { expect, test } from 'vitest'
import { constantGrid } from '../beats/constant-grid.fixture.ts'
import { trackStrip } from './track-strip.ts'

/** 100 beats in 50 seconds. */
const grid = constantGrid(120, 100)
const track = { grid, durationSeconds: 50 }

test('labels lie over what the model found, which is seen where they leave room', () => {
  const labels = [{ kind: 'drop', startBeat: 20, endBeat: 40 }] as const
  const sections = [
    { kind: 'intro', startBeat: 0, endBeat: 24 },
    { kind: 'break', startBeat: 24, endBeat: 100 },
  ] as const
  expect(trackStrip({ labels, sections }, track)).toEqual([
    { kind: 'intro', start: 0, end: 0.2, isLabel: false },
    { kind: 'drop', start: 0.2, end: 0.4, isLabel: true },
    { kind: 'break', start: 0.4, end: 1, isLabel: false },
  ])
})

test('a label inside a section leaves two parts of it', () => {
  const labels = [{ kind: 'drop', startBeat: 40, endBeat: 60 }] as const
  const strip = trackStrip({ labels, sections: [{ kind: 'break', startBeat: 0, endBeat: 100 }] }, track)
  expect(strip!.map(({ kind, start, end }) => [kind, start, end])).toEqual([
    ['break', 0, 0.4],
    ['drop', 0.4, 0.6],
    ['break', 0.6, 1],
  ])
})

test('a track that nobody labelled and no model read has no strip, which is not an empty one', () => {
  expect(trackStrip({ labels: [], sections: null }, track)).toBeNull()
})
