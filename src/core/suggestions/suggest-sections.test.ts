import fc from 'fast-check'
import { expect, test } from 'vitest'
import { constantGrid } from '../beats/constant-grid.fixture.ts'
import { SECTION_KINDS, type SectionKind } from '../labels/section-kind.ts'
import { type Span, spanLength, spansOverlap } from '../labels/span.ts'
import { EMPTY_TAGS } from '../library/track-tags.ts'
import { type ReadTrack, suggestSections } from './suggest-sections.ts'
import type { StoredDecision } from './suggestion-decision.ts'

/** 96 beats at 120 BPM. */
const grid = constantGrid(120, 96)
const track = {
  id: 7,
  audioDigest: 'a',
  tags: { ...EMPTY_TAGS, title: 'One' },
  locations: [],
  lastPath: null,
} as unknown as ReadTrack['track']

const decided = (decision: 'accepted' | 'rejected', kind: SectionKind, span: Span): StoredDecision => ({
  ...span,
  id: 1,
  trackId: 7,
  kind,
  decision,
  modelVersion: 1,
  decidedAt: '',
})
const section = (kind: SectionKind, startBeat: number, endBeat: number): ReadTrack['sections'][number] => ({
  kind,
  startBeat,
  endBeat,
  confidence: 0.5,
  runnerUp: 'verse',
})
const suggest = (known: Partial<ReadTrack>): ReturnType<typeof suggestSections> =>
  suggestSections({ track, grid, version: 3, sections: [], labels: [], decisions: [], ...known })

test('a section is suggested with all that a person needs to decide on it', () => {
  const labels = [{ startBeat: 0, endBeat: 16 }]
  expect(suggest({ sections: [section('drop', 8, 32)], labels })).toEqual([
    {
      id: 'v3-drop-16-32',
      trackId: 7,
      trackTitle: 'One',
      origin: { kind: 'model', version: 3 },
      kind: 'drop',
      startBeat: 16,
      endBeat: 32,
      startSeconds: 8,
      endSeconds: 16,
      beatsPerBar: 4,
      firstDownbeat: 0,
      confidence: 0.5,
      runnerUp: 'verse',
    },
  ])
})

test('what labels leave under 8 beats of is not suggested', () => {
  const sections = [section('drop', 0, 32)]
  expect(suggest({ sections, labels: [{ startBeat: 8, endBeat: 28 }] })).toHaveLength(1)
  expect(suggest({ sections, labels: [{ startBeat: 7, endBeat: 28 }] })).toEqual([])
  expect(suggest({ sections, labels: [{ startBeat: 0, endBeat: 32 }] })).toEqual([])
})

test('a rejected section does not come back a little moved; another kind, another place, or an accepted one may', () => {
  const span = { startBeat: 0, endBeat: 32 }
  const decisions = [decided('rejected', 'drop', span)]
  expect(suggest({ sections: [section('drop', 0, 32)], decisions })).toEqual([])
  // 24 of 40 beats are shared: 0.6 of their union.
  expect(suggest({ sections: [section('drop', 8, 40)], decisions })).toEqual([])
  expect(suggest({ sections: [section('drop', 9, 41)], decisions })).toHaveLength(1)
  expect(suggest({ sections: [section('chorus', 0, 32)], decisions })).toHaveLength(1)
  expect(suggest({ sections: [section('drop', 0, 32)], decisions: [decided('accepted', 'drop', span)] })).toHaveLength(
    1,
  )
})

const arbitrarySpan: fc.Arbitrary<Span> = fc
  .tuple(fc.nat(80), fc.integer({ min: 1, max: 40 }))
  .map(([startBeat, length]) => ({ startBeat, endBeat: startBeat + length }))
const arbitraryKind = fc.constantFrom(...SECTION_KINDS)

test('a suggestion never overlaps a label, lies inside its section, and has 8 beats or more', () => {
  const arbitrary = fc.record({
    spans: fc.array(fc.tuple(arbitraryKind, arbitrarySpan), { maxLength: 6 }),
    labels: fc
      .array(arbitrarySpan, { maxLength: 6 })
      .map((labels) => labels.toSorted((a, b) => a.startBeat - b.startBeat)),
    rejected: fc.array(fc.tuple(arbitraryKind, arbitrarySpan), { maxLength: 3 }),
  })
  fc.assert(
    fc.property(arbitrary, ({ spans, labels, rejected }) => {
      const sections = spans.map(([kind, { startBeat, endBeat }]) => section(kind, startBeat, endBeat))
      const decisions = rejected.map(([kind, span]) => decided('rejected', kind, span))
      for (const one of suggest({ sections, labels, decisions })) {
        expect(labels.filter((label) => spansOverlap(label, one))).toEqual([])
        expect(spanLength(one)).toBeGreaterThanOrEqual(8)
        expect(
          sections.some(
            ({ kind, startBeat, endBeat }) => kind === one.kind && startBeat <= one.startBeat && one.endBeat <= endBeat,
          ),
        ).toBe(true)
      }
    }),
  )
})
