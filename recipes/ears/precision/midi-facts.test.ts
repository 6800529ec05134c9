import { expect, test } from 'vitest'
import { midiLumps, readMidiFacts, withoutDrums } from './midi-facts.ts'

const ascii = (text: string): readonly number[] => [...Buffer.from(text, 'latin1')]
const chunk = (name: string, body: readonly number[]): readonly number[] => [
  ...ascii(name),
  ...[0, 0, body.length >> 8, body.length & 255],
  ...body,
]
/** A piece of two tracks: channel 0 changes from a piano to a flute; drums play in running status; a long text lies between. */
const midi = Uint8Array.from([
  ...chunk('MThd', [0, 1, 0, 2, 1, 0xf4]),
  ...chunk('MTrk', [
    ...[0, 0x90, 60, 100, 10, 60, 0],
    ...[0, 0xff, 1, 0x81, 0x00, ...Array<number>(128).fill(65)],
    ...[0, 0xc0, 73, 5, 0x90, 62, 90, 5, 0x80, 62, 0],
    ...[0, 0xc1, 30],
    ...[0, 0xff, 0x2f, 0],
  ]),
  ...chunk('MTrk', [0, 0x99, 36, 100, 9, 38, 80, 9, 36, 0, 0, 0xff, 0x2f, 0]),
])

test('programs are those that play a note, drums those that are struck', () => {
  expect(readMidiFacts(midi)).toEqual({ programs: [0, 73], drumKeys: [36, 38] })
  expect(readMidiFacts(withoutDrums(midi))).toEqual({ programs: [0, 73], drumKeys: [] })
  expect(withoutDrums(midi)).toHaveLength(midi.length)
  expect(() => readMidiFacts(Uint8Array.of(1, 2, 3, 4))).toThrow('not a MIDI file')
})

test('the MIDI files of a WAD are found by its directory', () => {
  const other = ascii('PNG or what')
  const lump = (start: number, length: number, name: string): readonly number[] => [
    ...[start, 0, 0, 0, length & 255, length >> 8, 0, 0],
    ...ascii(name.padEnd(8, '\0')),
  ]
  const [first, second] = [12, 12 + other.length]
  const directory = second + midi.length
  const wad = Uint8Array.from([
    ...ascii('IWAD'),
    ...[2, 0, 0, 0, directory & 255, directory >> 8, 0, 0],
    ...other,
    ...midi,
    ...lump(first, other.length, 'TITLEPIC'),
    ...lump(second, midi.length, 'D_E1M1'),
  ])
  expect(midiLumps(wad).map(({ name, midi: found }) => [name, found.length])).toEqual([['D_E1M1', midi.length]])
})
