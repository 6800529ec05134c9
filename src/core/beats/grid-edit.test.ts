import { expect, test } from 'vitest'
import { describeGridEdit, type GridEdit } from './grid-edit.ts'

test('a grid version names its edit by what is moved, and places by minutes', () => {
  const names = (edits: readonly GridEdit[]) => edits.map(describeGridEdit)
  expect(
    names([
      { kind: 'shift', beats: -1 },
      { kind: 'nudge', seconds: 0.01 },
      { kind: 'phrases', seconds: [1.234, 67.25] },
      { kind: 'tempo', bpm: 128.0004, seconds: 12.5 },
      { kind: 're-anchor', seconds: 59.98, as: 'downbeat' },
      { kind: 'half-beat', direction: 'later' },
      { kind: 'half-beat', direction: 'earlier', from: 423.1374149659864, to: 788.29410430839 },
    ]),
  ).toEqual([
    'shift -1',
    'nudge 0.01',
    'phrases 0:01.2 1:07.3',
    'tempo 128.00 0:12.5',
    're-anchor 1:00.0 downbeat',
    'half-beat later',
    'half-beat earlier 7:03.1 13:08.3',
  ])
  const restored = { kind: 'restore', to: 3 }
  expect(describeGridEdit(restored)).toBe('restore 3')
})
