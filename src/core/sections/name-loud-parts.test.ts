import { expect, test } from 'vitest'
import { wholeMatrix } from '../features/whole-matrix.fixture.ts'
import type { SectionModel } from '../models/section-model.ts'
import { type NamedParts, nameLoudParts, oddsOfUnsung } from './name-loud-parts.ts'
import type { TrackReading } from './read-track.ts'

const KINDS = ['drop', 'verse', 'chorus'] as const
const BEATS = 24
/** Songs hardly have drops, says the model. */
const DROPS_IN_SONGS = 0.15

type Heard = { readonly rock: number; readonly voice: number }
const matrixOf = ({ rock, voice }: Heard) =>
  wholeMatrix(BEATS, (beat, { name }) => {
    const wobble = 0.1 * (beat % 2)
    if (name === 'heard rock') return rock + wobble
    return name === 'heard voice' ? voice + wobble : 0
  })

const SUNG: Heard = { rock: -3.4, voice: -3 }
const UNSUNG: Heard = { rock: -3.4, voice: -7 }
const DANCE: Heard = { rock: -6.5, voice: -7 }

/** @param odds by which the heads say drop rather than chorus, before what is expected of songs */
const nameParts = (heard: Heard, odds: number): NamedParts => {
  const prior = [
    [1, 0.5, DROPS_IN_SONGS],
    [DROPS_IN_SONGS, 1, 1],
  ]
  const model = { kinds: KINDS, durations: prior, order: prior, kindShares: prior } as unknown as SectionModel
  const spanLogs = new Float64Array(9 * KINDS.length)
  const beatSums = new Float64Array((BEATS + 1) * KINDS.length)
  const ofDrop = odds + Math.log(DROPS_IN_SONGS)
  for (let cell = 0; cell < 9; cell++) spanLogs[cell * KINDS.length] = ofDrop
  for (let beat = 0; beat <= BEATS; beat++) beatSums[beat * KINDS.length] = beat * ofDrop
  const reading = { nodes: [0, 8, BEATS], spanLogs, beatSums, songShare: 1 } as unknown as TrackReading
  const segments = [
    { from: 0, to: 1, label: KINDS.indexOf('verse') },
    { from: 1, to: 2, label: KINDS.indexOf('chorus') },
  ]
  return nameLoudParts(model, reading, { segments, matrix: matrixOf(heard) })
}
const kindsOf = ({ segments }: NamedParts): readonly string[] => segments.map(({ label }) => KINDS[label]!)

test('the loud parts of a song that nobody sings are drops where they sound no more like choruses, and its verses stay', () => {
  expect(kindsOf(nameParts(UNSUNG, 0))).toEqual(['verse', 'drop'])
  expect(kindsOf(nameParts(SUNG, 0))).toEqual(['verse', 'chorus'])
  expect(kindsOf(nameParts(SUNG, 2))).toEqual(['verse', 'chorus'])
})

test('who calls the loud parts of unsung songs choruses is believed', () => {
  expect(kindsOf(nameParts(UNSUNG, -2))).toEqual(['verse', 'chorus'])
  expect(oddsOfUnsung(matrixOf({ rock: -4, voice: -60 }))).toBeLessThan(3)
})

test('dance music keeps the names that the decode gives', () => {
  expect(kindsOf(nameParts(DANCE, 5))).toEqual(['verse', 'chorus'])
})

test('a part stays as surely loud as it was, and what it is called is as sure as the odds', () => {
  const { sharesOf } = nameParts(UNSUNG, 0)
  const [drop, verse, chorus] = sharesOf(1, [0.1, 0.2, 0.7])
  expect(drop! + chorus!).toBeCloseTo(0.8, 10)
  expect(verse).toBe(0.2)
  expect(Math.log(drop! / chorus!)).toBeCloseTo(oddsOfUnsung(matrixOf(UNSUNG)), 5)
  expect(sharesOf(0, [0.1, 0.8, 0.1])).toEqual([0.1, 0.8, 0.1])
  expect(nameParts(SUNG, 0).sharesOf(1, [0.1, 0.2, 0.7])).toEqual([0.1, 0.2, 0.7])
})
