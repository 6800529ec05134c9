import { expect, test } from 'vitest'
import { type OwnWork, ownWorkWords } from './own-work-words.ts'

const NONE: OwnWork = {
  tracks: 1,
  labels: 0,
  edited_grids: 0,
  decisions: 0,
  notes: 0,
  tag_readings: 0,
  in_playlists: 0,
  in_sets: 0,
  transitions: 0,
}

test('a track that only a playlist or a set holds is not removed without that being said', () => {
  expect(ownWorkWords({ ...NONE, in_playlists: 1 })).toEqual(['its place in playlists'])
  expect(ownWorkWords({ ...NONE, tracks: 2, in_sets: 2 })).toEqual(['their places in sets'])
})

test('whatever work there is, it is named', () => {
  const { tracks: _, ...parts } = NONE
  for (const part of Object.keys(parts)) expect(ownWorkWords({ ...NONE, [part]: 1 })).toHaveLength(1)
  expect(ownWorkWords({ ...NONE, labels: 3, edited_grids: 1, notes: 1, transitions: 2 })).toEqual([
    '3 labels',
    '1 edited grid',
    'your notes',
    '2 transitions of your own',
  ])
})
