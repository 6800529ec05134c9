import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UserError } from '../../../support/user-error.ts'
import { withId3Objects } from './id3-objects.ts'
import { withFreeformAtoms } from './mp4-freeform.ts'
import { withVorbisFields } from './vorbis-fields.ts'

const objects = new Map([['Serato Markers2', Uint8Array.of(1, 1, 65)]])
const texts = new Map([['markersv2', 'QQ']])
const fields = new Map([['SERATO_MARKERS_V2', 'QQ']])

/** Tags as they are made here, with some of their bytes changed and their end cut off. */
const damaged = (whole: Uint8Array): fc.Arbitrary<Uint8Array> =>
  fc
    .record({
      changes: fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }),
      length: fc.oneof(fc.constant(whole.length), fc.nat(whole.length)),
    })
    .map(({ changes, length }) => {
      const bytes = whole.slice()
      for (const [at, value] of changes) bytes[at] = value
      return bytes.subarray(0, length)
    })

const ID3 = withId3Objects(new Uint8Array(), new Map([['Other', Uint8Array.of(1)], ...objects]))
const VORBIS = withVorbisFields(new Uint8Array(), new Map([['TITLE', 'Night'], ...fields]))
/** One chunk of sound. */
const STCO = Uint8Array.from([0, 0, 0, 20, ...Buffer.from('stco'), 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0])
const MP4 = withFreeformAtoms(STCO, 'com.serato.dj', texts, false)

const OLD = Uint8Array.from([
  ...Buffer.from('ID3\u0002\0\0\0\0\0\u001cTT2\0\0\u0006\0NightGEO\0\0\u000a\0\0\0Other\0\u0001'),
])

const EDITORS: Readonly<Record<string, readonly [whole: Uint8Array, edit: (bytes: Uint8Array) => Uint8Array]>> = {
  'an ID3 tag': [ID3, (bytes) => withId3Objects(bytes, objects)],
  'an ID3 tag of version 2.2': [OLD, (bytes) => withId3Objects(bytes, objects)],
  'Vorbis comments': [VORBIS, (bytes) => withVorbisFields(bytes, fields)],
  'atoms of MP4': [MP4, (bytes) => withFreeformAtoms(bytes, 'com.serato.dj', texts, false)],
}

test.each(Object.entries(EDITORS))(
  '%s: what is damaged is written so that it can be written again, or refused with a code',
  (_name, [whole, edit]) => {
    fc.assert(
      fc.property(damaged(whole), (bytes) => {
        try {
          const written = edit(bytes)
          expect(edit(written)).toEqual(written)
        } catch (error) {
          if (!(error instanceof UserError)) throw error
          expect(error.code).toBe('TAGS_NOT_WRITABLE')
        }
      }),
      { numRuns: 1000 },
    )
  },
)

test('a frame of another program, of which only the name of the file differs, stays', () => {
  const frame = (description: string): Map<string, Uint8Array> => new Map([[description, Uint8Array.of(7)]])
  const tag = withId3Objects(withId3Objects(new Uint8Array(), frame('Serato Markers_')), objects)
  expect(Buffer.from(tag).includes('Serato Markers_')).toBe(true)
  const taken = withId3Objects(tag, new Map([['Serato Markers2', null]]))
  expect(Buffer.from(taken).includes('Serato Markers2')).toBe(false)
  expect(Buffer.from(taken).includes('Serato Markers_')).toBe(true)
})
