import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyGridEdit } from '../beats/apply-grid-edit.ts'
import { type BeatGrid, phraseStartAt, secondsToBeats } from '../beats/beat-grid.ts'
import { constantGrid } from '../beats/constant-grid.fixture.ts'
import { carrySpans } from '../labels/carry-spans.ts'
import type { Span } from '../labels/span.ts'
import { phraseFinding } from './phrase-finding.ts'

const BPM = 120
const labelsAt = (edges: readonly number[]): readonly Span[] =>
  edges.slice(1).map((endBeat, at) => ({ startBeat: edges[at]!, endBeat }))
const secondsOf = (beats: number): number => (beats * 60) / BPM
const gridOf = (edges: readonly number[]): BeatGrid => constantGrid(BPM, edges.at(-1)! + 64)

/** What is found once the finding is mended. */
const afterMend = (grid: BeatGrid, labels: readonly Span[]) => {
  const mended = applyGridEdit(grid, phraseFinding(grid, labels, [])!.edit, secondsOf(grid.beatCount))
  return { mended, found: phraseFinding(mended, carrySpans(labels, grid, mended), []) }
}

/** Sections of two, four or eight phrases, three in each of the stretches that shifts part. */
const stretches = fc.array(fc.array(fc.constantFrom(32, 64, 128), { minLength: 3, maxLength: 6 }), {
  minLength: 1,
  maxLength: 3,
})

/** Edges of sections one after the other; before each stretch but the first some beats come in. */
const edgesOf = (
  lengths: readonly (readonly number[])[],
  shifts: readonly number[],
): { readonly edges: readonly number[]; readonly begun: readonly number[] } => {
  const edges = [16]
  const begun: number[] = []
  for (const [at, stretch] of lengths.entries()) {
    if (at > 0) {
      edges[edges.length - 1]! += shifts[at - 1]!
      begun.push(edges.at(-1)!)
    }
    for (const length of stretch) edges.push(edges.at(-1)! + length)
  }
  return { edges, begun }
}

describe('phrases that begin anew', () => {
  test('are found wherever whole bars came in, and one press mends all of them', () => {
    fc.assert(
      fc.property(stretches, fc.array(fc.constantFrom(4, 8, 12), { minLength: 2, maxLength: 2 }), (lengths, shifts) => {
        const { edges, begun } = edgesOf(lengths, shifts)
        const [grid, labels] = [gridOf(edges), labelsAt(edges)]
        const found = phraseFinding(grid, labels, [])
        if (begun.length === 0) {
          expect(found).toBeNull()
          return
        }
        expect(found).toMatchObject({ code: 'PHRASE_SHIFTS', beat: begun[0] })
        const after = afterMend(grid, labels)
        expect(after.found).toBeNull()
        // Three shifts of whole bars may come round to where the count goes on.
        expect(after.mended.laterPhrases).toEqual(begun)
        expect(after.mended.anchors).toEqual(grid.anchors)
      }),
    )
  })

  test('are found where half bars came in: bars begin anew, too, and labels stay where they are in the music', () => {
    fc.assert(
      fc.property(stretches, fc.constantFrom(1, 2, 3, 5, 6, 10), (lengths, beats) => {
        fc.pre(lengths.length > 1)
        const { edges, begun } = edgesOf(lengths.slice(0, 2), [beats])
        const [grid, labels] = [gridOf(edges), labelsAt(edges)]
        expect(phraseFinding(grid, labels, [])).toMatchObject({ code: 'PHRASE_SHIFTS', beat: begun[0] })
        const after = afterMend(grid, labels)
        expect(after.found).toBeNull()
        const there = secondsToBeats(after.mended, secondsOf(begun[0]!))
        expect(there).toBeCloseTo(Math.round(there), 6)
        expect((Math.round(there) - phraseStartAt(after.mended, there)) % 16).toBe(0)
      }),
    )
  })

  test('a track of regular phrases says nothing, whatever one edge in five does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(16, 32, 48, 64, 128), { minLength: 5, maxLength: 20 }),
        fc.integer({ min: 0, max: 4 }),
        fc.constantFrom(-8, -4, -2, -1, 1, 2, 4, 8),
        (lengths, from, off) => {
          const { edges } = edgesOf([lengths], [])
          const moved = edges.map((beat, at) => (at > 0 && at % 5 === from ? beat + off : beat))
          const found = phraseFinding(gridOf(edges), labelsAt(moved), [])
          expect(found).toBeNull()
        },
      ),
    )
  })

  test('the moments are told in minutes, the distances in bars', () => {
    const { edges } = edgesOf(
      [
        [32, 32, 64],
        [64, 64, 64],
        [128, 64, 64],
      ],
      [8, 8],
    )
    expect(phraseFinding(gridOf(edges), labelsAt(edges), [])).toMatchObject({
      message:
        'From 1:16 on, your sections begin 2 bars later in the phrase than before, and from 2:56 on 2 bars later than that.',
      editText: 'Begin the phrases anew at 1:16 and 2:56',
    })
    const half = edgesOf(
      [
        [32, 32, 64],
        [64, 64, 64],
      ],
      [2],
    ).edges
    expect(phraseFinding(gridOf(half), labelsAt(half), [])!.message).toBe(
      'From 1:13 on, your sections begin 2 beats later in the bar than before.',
    )
  })

  test('where the grid fits the later part, the earlier one is put right', () => {
    const { edges } = edgesOf(
      [
        [32, 32, 64],
        [64, 64, 64],
      ],
      [8],
    )
    const labels = labelsAt(edges)
    const grid = applyGridEdit(gridOf(edges), { kind: 'shift-phrase', bars: 2 }, 1000)
    const { mended, found } = afterMend(grid, labels)
    expect(found).toBeNull()
    expect([mended.firstPhrase, mended.laterPhrases]).toEqual([0, [152]])
  })

  test('phrases that begin anew already stay where another shift is mended', () => {
    const { edges, begun } = edgesOf(
      [
        [32, 32, 64],
        [64, 64, 64],
        [64, 64, 64],
      ],
      [8, 4],
    )
    const grid = applyGridEdit(gridOf(edges), { kind: 'phrases', seconds: [0, secondsOf(begun[0]!)] }, 1000)
    const { mended, found } = afterMend(grid, labelsAt(edges))
    expect(found).toBeNull()
    expect(mended.laterPhrases).toEqual(begun)
  })

  test('phrases that begin anew after the last edge are left as they are', () => {
    const { edges, begun } = edgesOf(
      [
        [32, 32, 64],
        [64, 64, 64],
      ],
      [8],
    )
    const end = edges.at(-1)! + 20
    const grid = applyGridEdit(gridOf(edges), { kind: 'phrases', seconds: [0, secondsOf(end)] }, 1000)
    expect(afterMend(grid, labelsAt(edges)).mended.laterPhrases).toEqual([...begun, end])
  })

  test('phrases that begin anew just before a shift do not get in its way', () => {
    const labels = labelsAt([24, 56, 88, 120, 124, 128, 144, 160, 176])
    const grid = applyGridEdit(constantGrid(BPM, 240), { kind: 'phrases', seconds: [0, secondsOf(124)] }, 1000)
    const { mended, found } = afterMend(grid, labels)
    expect(found).toBeNull()
    expect([mended.firstPhrase, mended.laterPhrases]).toEqual([8, [128]])
  })

  test('edges that a model has read count where nobody has labelled, for half', () => {
    const { edges } = edgesOf(
      [
        [32, 32, 64],
        [64, 64, 64, 64, 64, 64],
      ],
      [8],
    )
    const [labels, read] = [labelsAt(edges.slice(0, 4)), labelsAt(edges.slice(3))]
    const grid = gridOf(edges)
    expect(phraseFinding(grid, labels, [])).toBeNull()
    expect(phraseFinding(grid, labels, read)).toMatchObject({ code: 'PHRASE_SHIFTS', beat: 152 })
    expect(phraseFinding(grid, labels, read.slice(0, 2))).toBeNull()
  })
})
