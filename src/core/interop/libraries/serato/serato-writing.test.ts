import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createWarningTally } from '../warning-tally.ts'
import { formatMarkers, parseMarkers } from './markers-old.ts'
import { formatMarkers2, parseMarkers2 } from './markers2.ts'
import { decodeSeratoBase64, encodeSeratoBase64 } from './serato-base64.ts'
import { formatSeratoGrid, parseSeratoGrid } from './serato-beat-grid.ts'
import { storedCueColour } from './serato-colours.ts'
import { openSeratoEnvelope, sealSeratoEnvelope } from './serato-frames.ts'
import type { SeratoMarks } from './serato-marks.ts'

/** Four bytes of seven bits hold no more. */
const ms = fc.integer({ min: 0, max: (1 << 28) - 1 })
const name = fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.replaceAll('\0', '').toWellFormed())
const marks: fc.Arbitrary<SeratoMarks> = fc.record({
  cues: fc.uniqueArray(
    fc.record({
      pad: fc.integer({ min: 0, max: 7 }),
      startMs: ms,
      colour: fc.integer({ min: 0, max: 0xffffff }),
      name,
    }),
    { selector: ({ pad }) => pad, maxLength: 8 },
  ),
  loops: fc.uniqueArray(
    fc
      .record({
        slot: fc.integer({ min: 0, max: 7 }),
        startMs: ms,
        length: fc.integer({ min: 1, max: 60_000 }),
        isLocked: fc.boolean(),
        name,
      })
      .map(({ length, startMs, ...loop }) => ({
        ...loop,
        startMs: Math.min(startMs, (1 << 28) - 1 - length),
        endMs: Math.min(startMs, (1 << 28) - 1 - length) + length,
      })),
    { selector: ({ slot }) => slot, maxLength: 8 },
  ),
  trackColour: fc.integer({ min: 0, max: 0xffffff }),
  isGridLocked: fc.boolean(),
})

test('bytes survive base64, whatever their number', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const text = encodeSeratoBase64(bytes)
      expect(decodeSeratoBase64(new TextEncoder().encode(text))).toEqual(bytes)
      expect(
        text
          .split('\n')
          .slice(0, -1)
          .every((line) => line.length === 72),
      ).toBe(true)
    }),
  )
})

test('Markers2 survive a round trip, also within an envelope and over a frame that was there', () => {
  fc.assert(
    fc.property(marks, fc.uint8Array({ maxLength: 600 }), (written, before) => {
      const frame = formatMarkers2(written, before)
      expect(parseMarkers2(frame, null, createWarningTally())).toEqual(written)
      expect(
        parseMarkers2(openSeratoEnvelope(sealSeratoEnvelope('markers2', frame)), null, createWarningTally()),
      ).toEqual(written)
    }),
  )
})

test.each(['id3', 'mp4'] as const)('Markers_ of %s keep five cues and all loops, without names', (layout) => {
  fc.assert(
    fc.property(marks, (written) => {
      const read = parseMarkers(formatMarkers(written, layout), layout, null, createWarningTally())
      const nameless = <Mark extends { name: string }>(all: readonly Mark[]): Mark[] =>
        all.map((mark) => ({ ...mark, name: '' }))
      expect(read).toEqual({
        cues: nameless(written.cues.filter(({ pad }) => pad < 5).toSorted((a, b) => a.pad - b.pad)),
        loops: nameless(written.loops.toSorted((a, b) => a.slot - b.slot)),
        trackColour: written.trackColour,
        isGridLocked: false,
      })
    }),
  )
})

test('a grid survives a round trip as exactly as its numbers of four bytes allow', () => {
  const stretches = fc.array(
    fc.record({ bpm: fc.integer({ min: 60, max: 200 }), beats: fc.integer({ min: 4, max: 400 }) }),
    { minLength: 1, maxLength: 6 },
  )
  fc.assert(
    fc.property(stretches, fc.double({ min: 0, max: 5, noNaN: true }), (all, start) => {
      let seconds = start
      const anchors = all.map(({ bpm, beats }, index) => {
        const anchor = {
          seconds,
          bpm,
          beatOfBar: all.slice(0, index).reduce((sum, before) => sum + before.beats, 0) % 4,
        }
        seconds += (60 * beats) / bpm
        return anchor
      })
      const read = parseSeratoGrid(formatSeratoGrid({ anchors }), null, createWarningTally())!
      expect(read.anchors).toHaveLength(anchors.length)
      read.anchors.forEach((anchor, index) => {
        expect(anchor.seconds).toBeCloseTo(anchors[index]!.seconds, 3)
        expect(anchor.bpm).toBeCloseTo(anchors[index]!.bpm, 1)
        expect(anchor.beatOfBar).toBe(anchors[index]!.beatOfBar)
      })
    }),
  )
})

test.each([
  ['#c02626', 0xcc0000],
  // Shown as #db4e27, #4eb648 and #0f88ca.
  ['#ef4444', 0xcc4400],
  ['#22c55e', 0x88cc00],
  ['#3b82f6', 0x0088cc],
])('%s is stored as the colour of which the shown one is nearest', (colour, stored) => {
  expect(storedCueColour(colour)).toBe(stored)
})
