import { expect, test } from 'vitest'
import { checkDuplicate, type Recording } from './duplicate-audio.ts'

const curve = Array.from({ length: 60 }, (_, bar) => 0.5 + 0.4 * Math.sin(bar / 3))
const one: Recording = { file: 'a.flac', durationSeconds: 200, tempoBpm: 128, energyCurve: curve }

test('another encoding, a little longer, a little louder in places, its first downbeat a bar later, is the same recording', () => {
  const other = {
    file: 'b.mp3',
    durationSeconds: 200.05,
    tempoBpm: 128.0002,
    energyCurve: curve.slice(1).map((energy, bar) => energy + 0.01 * Math.cos(bar)),
  }
  expect(checkDuplicate(one, [other], ['copy.flac'])).toEqual({
    code: 'duplicate_audio',
    severity: 'notice',
    value: 2,
    spans: [],
    files: ['copy.flac', 'b.mp3'],
  })
})

test('a copy that is a track of its own is named as one', () => {
  const track = { trackId: 7, title: 'Night Train' }
  expect(checkDuplicate(one, [{ ...one, file: 'b.mp3', track }], ['copy.flac'])).toMatchObject({
    files: ['copy.flac', 'b.mp3'],
    tracks: [track],
  })
})

test.each<[string, Partial<Recording>]>([
  ['another length', { durationSeconds: 201 }],
  ['another tempo', { tempoBpm: 128.1 }],
  ['another course', { energyCurve: curve.toReversed() }],
])('%s is another recording', (_, change) => {
  expect(checkDuplicate(one, [{ ...one, file: 'b.mp3', ...change }])).toBeNull()
})

const struck = Array.from({ length: 30 }, (_, stretch) => [60, 100 + (stretch % 7), 180])

test('another take of the same arrangement is another recording, and one that nobody compared so far is not', () => {
  const take = struck.map(([first, , last]) => [first!, 120, last!])
  const other = { ...one, file: 'b.mp3' }
  const moved = struck.map((steps) => steps.map((step) => step + 9))
  expect(
    checkDuplicate({ ...one, onsets: struck }, [{ ...other, onsets: take.map(([, middle]) => [middle!]) }]),
  ).toBeNull()
  expect(checkDuplicate({ ...one, onsets: struck }, [{ ...other, onsets: moved }])?.files).toEqual(['b.mp3'])
  expect(checkDuplicate({ ...one, onsets: struck }, [other])?.files).toEqual(['b.mp3'])
})
