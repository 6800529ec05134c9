import { expect, test } from 'vitest'
import { findingsOf, idsOfFinding } from './findings.ts'
import { graphOf } from './graph.fixture.ts'

const tracks = Array.from({ length: 8 }, () => ({}))

test('dead ends, openers, single tracks and islands are named, each track under what it is', () => {
  const model = graphOf(tracks, [], {
    islands: [[1, 2, 3, 4], [5, 6], [7], [8]],
    dead_ends: [3, 4, 7, 8],
    unreached: [5, 7, 8],
  })
  const findings = findingsOf(model)
  expect(findings.map(({ title, ids }) => [title, ids])).toEqual([
    ['These 2 tracks lead nowhere', [3, 4]],
    ['Nothing leads into this track', [5]],
    ['These 2 tracks mix with nothing', [7, 8]],
    ['Island 1: 4 tracks', [1, 2, 3, 4]],
    ['Island 2: 2 tracks', [5, 6]],
  ])
  const open = graphOf(tracks, [], { islands: [[1, 2, 3, 4, 5, 6, 7, 8]], unreached: [5, 7] })
  expect(findingsOf(open).map(({ title }) => title)).toEqual(['Nothing leads into these 2 tracks'])
  expect(idsOfFinding(findings, 'alone')).toEqual(new Set([7, 8]))
  expect(idsOfFinding(findings, 'unheard of')).toBeNull()
})

test('of tracks that were not compared with every other one, no island is said', () => {
  const model = graphOf(tracks, [], { islands: [[1, 2, 3, 4], [5, 6], [7], [8]], unsure: [5, 8], dead_ends: [7] })
  expect(findingsOf(model).map(({ title, ids }) => [title, ids])).toEqual([
    ['This track mixes with nothing', [7]],
    ['Island 1: 4 tracks', [1, 2, 3, 4]],
    ['2 tracks not compared with every other one', [5, 8]],
  ])
})

test('where all hang together there is nothing to tell', () => {
  expect(findingsOf(graphOf(tracks, []))).toEqual([])
})
