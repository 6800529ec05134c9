import { expect, test } from 'vitest'
import { DRUM_GROUPS, FAMILIES, INSTRUMENTS, PERCUSSION, SOUND_FAMILY } from './general-midi-names.ts'
import type { Facts } from './hear-pieces.ts'
import { isSound } from './measure-tags.ts'
import { truthOf } from './tag-truth.ts'

const ask = (facts: Facts, group: string, names: readonly string[], id = 'x'): readonly (boolean | null)[] =>
  names.map((name) => truthOf({ name, group }, facts, { id, source: id }))

test('General MIDI has 128 programs in 16 families, and 47 drums', () => {
  expect([INSTRUMENTS.length, FAMILIES.length, PERCUSSION.length]).toEqual([128, 16, 47])
  expect([INSTRUMENTS[0], INSTRUMENTS[40], SOUND_FAMILY]).toEqual([
    'acoustic grand piano',
    'solo violin',
    'sound effects',
  ])
  expect(DRUM_GROUPS.toms!.map((place) => PERCUSSION[place])).toHaveLength(6)
  expect(DRUM_GROUPS['any drums']).toHaveLength(47)
})

test('a score says which instruments are there and which cannot be', () => {
  const score: Facts = { by: 'score', programs: [0, 33, 48], drumKeys: [36, 42] }
  expect(ask(score, 'gm', ['acoustic grand piano', 'fingered bass', 'solo violin'])).toEqual([true, true, false])
  expect(ask(score, 'family', ['pianos', 'brass'])).toEqual([true, false])
  expect(ask(score, 'drum', ['kick drum', 'toms', 'guiros', 'closed hi-hat'])).toEqual([true, false, false, true])
  expect(ask(score, 'music', ['piano', 'strings', 'violin', 'flute', 'vocal', 'drums'])).toEqual([
    ...[true, true, null, false, false, true],
  ])
  expect(ask(score, 'music', ['sad', '80s', 'techno'])).toEqual([null, null, false])
  expect(ask(score, 'music', ['jazz', 'rock'], 'swing-jazz.mid')).toEqual([true, null])
  expect(ask(score, 'effect', ['flanger', 'reverberant'])).toEqual([false, null])
})

test('a generated track says what its plan holds, and packages only what their music is known for', () => {
  const house: Facts = {
    by: 'generator',
    sounds: ['chords stab', 'drums drum_tom_hi_hard', 'genre house', 'kick bd_haus', 'sweep low-pass-hz up'],
  }
  expect(ask(house, 'drum', ['kick drum', 'toms', 'guiros', 'cowbell'])).toEqual([true, true, false, false])
  expect(ask(house, 'music', ['house', 'techno', 'hip-hop', 'opera', 'vocal', 'sexy'])).toEqual([
    ...[true, false, false, false, false, null],
  ])
  expect(ask(house, 'event', ['filter sweep up', 'siren synth', 'riser'])).toEqual([true, false, false])
  const shooter: Facts = { by: 'package' }
  expect(ask(shooter, 'music', ['electronic', 'opera', 'sad'], 'gunroar-data')).toEqual([true, false, null])
  expect(ask(shooter, 'music', ['electronic'], 'nobody knows')).toEqual([null])
})

test('sound effects and speech are no music, whichever group they lie in', () => {
  const sounds = ['helicopter', 'seashore', 'bird tweet'].map((name) => ({ name, group: 'gm' }))
  for (const tag of [...sounds, { name: 'pig', group: 'sound' }, { name: 'greek speech', group: 'speech' }])
    expect(isSound(tag)).toBe(true)
  expect(isSound({ name: 'fiddle', group: 'gm' })).toBe(false)
})
