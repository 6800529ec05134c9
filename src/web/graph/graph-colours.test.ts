import { expect, test } from 'vitest'
import { graphOf } from './graph.fixture.ts'
import { coloursOf, laidOn, UNCOLOURED } from './graph-colours.ts'

test('keys of a wheel have colours of their own, and what has none is told apart and counted', () => {
  const { tracks } = graphOf([{ camelot: '1A' }, { camelot: '1B' }, { camelot: '7A' }, { camelot: '1A' }, {}], [])
  const { colourOf, legend } = coloursOf(tracks, 'key', null)
  const colours = tracks.map(colourOf)
  expect(new Set(colours).size).toBe(4)
  expect(colours[0]).toBe(colours[3])
  expect(colours[4]).toBe(UNCOLOURED)
  for (const colour of colours) expect(colour).toMatch(/^#[0-9a-f]{6}$/)
  expect(legend.map(({ name, tracks: count }) => [name, count])).toEqual([
    ['1A', 2],
    ['1B', 1],
    ['7A', 1],
    ['no key found', 1],
  ])
})

test('every energy has a colour of the legend', () => {
  const { tracks } = graphOf(
    Array.from({ length: 10 }, (_, at) => ({ energy: at + 1 })),
    [],
  )
  const { colourOf, legend } = coloursOf(tracks, 'energy', null)
  const known = new Map(legend.map(({ colour, name }) => [colour, name]))
  expect(known.get(colourOf(tracks[0]!))).toMatch(/^energy 1/)
  expect(known.get(colourOf(tracks[9]!))).toMatch(/10$/)
  expect(legend.reduce((sum, line) => sum + line.tracks, 0)).toBe(10)
})

test('the commonest genres are coloured, and the rest is counted together', () => {
  const genres = ['House', 'House', ...Array.from({ length: 9 }, (_, at) => `G${at}`)]
  const { tracks } = graphOf([...genres.map((genre) => ({ genre })), {}], [])
  const { colourOf, legend } = coloursOf(tracks, 'genre', null)
  expect(legend[0]).toMatchObject({ name: 'House', tracks: 2 })
  expect(legend.slice(-2).map(({ name, tracks: count }) => [name, count])).toEqual([
    ['2 others', 2],
    ['no genre in the file', 1],
  ])
  expect(colourOf(tracks[11]!)).toBe(UNCOLOURED)
})

test('the tracks of a playlist stand out', () => {
  const { tracks } = graphOf([{}, {}, {}], [])
  const { colourOf, legend } = coloursOf(tracks, 'playlist', { name: 'Friday', ids: new Set([2]) })
  expect(tracks.map((track) => colourOf(track) === UNCOLOURED)).toEqual([true, false, true])
  expect(legend.map(({ name }) => name)).toEqual(['Friday', 'not in it'])
})

test('a colour on a ground lies between the two', () => {
  expect(laidOn('#000000', '#ffffff', 0.5)).toBe('#808080')
  expect(laidOn('#102030', '#ffffff', 0)).toBe('#102030')
})
