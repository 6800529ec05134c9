import { expect, test } from 'vitest'
import { SECTION_KINDS, type SectionKind } from '../labels/section-kind.ts'
import { stylePrior } from '../models/style-priors.ts'
import { type StyledTrack, trainStylePriors } from './style-priors.ts'

/** Sections of one length each, one after the other. */
const track = (songLikeness: number, kinds: readonly SectionKind[], beats: number): StyledTrack => ({
  songLikeness,
  beatCount: kinds.length * beats,
  labels: kinds.map((kind, n) => ({ kind, startBeat: n * beats, endBeat: (n + 1) * beats })),
})

const club = track(0, ['intro', 'drop', 'break', 'drop', 'outro'], 64)
const song = track(1, ['intro', 'verse', 'chorus', 'break', 'verse', 'chorus', 'outro'], 16)
const many = (one: StyledTrack, count: number): StyledTrack[] => new Array<StyledTrack>(count).fill(one)
const place = (kind: SectionKind): number => SECTION_KINDS.indexOf(kind)

const shareOf = (tracks: readonly StyledTrack[], kind: SectionKind, songLikeness: number): number =>
  stylePrior(trainStylePriors(tracks, SECTION_KINDS), songLikeness).kindShares[place(kind)]!

test('dance music and songs keep their own lengths and their own order', () => {
  const priors = trainStylePriors([...many(club, 12), ...many(song, 20)], SECTION_KINDS)
  const [inClubs, inSongs] = [stylePrior(priors, 0), stylePrior(priors, 1)]
  const peak = (row: readonly number[]): number => row.indexOf(Math.max(...row))
  // Bins are half octaves: 12 is 64 beats, 8 is 16.
  expect(peak(inClubs.durations[place('intro')]!)).toBe(12)
  expect(peak(inSongs.durations[place('intro')]!)).toBe(8)
  const afterIntro = (order: readonly (readonly number[])[]): number => peak(order[1 + place('intro')]!)
  expect(afterIntro(inClubs.order)).toBe(place('drop'))
  expect(afterIntro(inSongs.order)).toBe(place('verse'))
})

test('what lies between the styles is blended, and every row stays a whole', () => {
  const priors = trainStylePriors([...many(club, 3), ...many(song, 2)], SECTION_KINDS)
  const [none, half, whole] = [stylePrior(priors, 0), stylePrior(priors, 0.5), stylePrior(priors, 1)]
  expect(half.order[2]![3]!).toBeCloseTo((none.order[2]![3]! + whole.order[2]![3]!) / 2, 12)
  for (const row of [...half.durations, ...half.order]) expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9)
})

test('drops are not expected in songs, nor verses in dance music; what both have is', () => {
  const tracks = [...many(club, 12), ...many(song, 6)]
  expect(shareOf(tracks, 'drop', 1)).toBeLessThan(0.2)
  expect(shareOf(tracks, 'verse', 0)).toBeLessThan(0.2)
  expect(shareOf(tracks, 'drop', 0)).toBe(1)
  expect(shareOf(tracks, 'verse', 1)).toBe(1)
  for (const kind of ['intro', 'break', 'outro'] as const)
    for (const likeness of [0, 0.5, 1]) expect(shareOf(tracks, kind, likeness)).toBe(1)
})

test('whoever calls loud rock a drop is believed after a few labels', () => {
  const rock = track(1, ['intro', 'drop', 'break', 'drop', 'outro'], 32)
  const before = shareOf([...many(club, 6), song], 'drop', 1)
  expect(before).toBeLessThan(0.2)
  expect(shareOf([...many(club, 6), song, rock], 'drop', 1)).toBeGreaterThan(2 * before)
  expect(shareOf([...many(club, 6), song, ...many(rock, 6)], 'drop', 1)).toBeGreaterThan(0.7)
  expect(shareOf(many(rock, 3), 'drop', 1)).toBeGreaterThan(0.7)
})
