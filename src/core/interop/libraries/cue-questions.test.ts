import { describe, expect, it, test } from 'vitest'
import type { SectionKind } from '../../labels/section-kind.ts'
import type { CueProfile } from './cue-meanings.ts'
import { type CuesOfTrack, createCueTally, eachOnce } from './cue-questions.ts'
import type { ForeignCue } from './foreign-library.ts'
import { foreignCue } from './foreign-track.fixture.ts'

const askAboutCues = (tracks: readonly CuesOfTrack[], profile: CueProfile) => {
  const tally = createCueTally()
  for (const track of tracks) tally.add(track)
  return tally.ask(profile)
}

const tracks = (count: number, cues: (index: number) => readonly ForeignCue[]): readonly CuesOfTrack[] =>
  Array.from({ length: count }, (_, index) => ({ trackId: index + 1, title: `Track ${index + 1}`, cues: cues(index) }))
const named = (name: string, seconds = 10): ForeignCue => foreignCue(seconds, { name })

describe('questions about names of cues', () => {
  it('are at most five, of the commonest names, with counts and examples', () => {
    const names = ['Banger', 'Perc', 'Lift', 'Wub', 'Space', 'Rare']
    const asked = askAboutCues(
      tracks(12, (index) =>
        names.filter((_, place) => index < 12 - 2 * place).map((name) => named(`${name} ${index}`)),
      ),
      new Map(),
    )
    expect(asked.questions.map(({ key, cues }) => [key, cues])).toEqual([
      ['banger', 12],
      ['perc', 10],
      ['lift', 8],
      ['wub', 6],
      ['space', 4],
    ])
    expect(asked.unasked).toBe(1)
    expect(asked.questions[0]!.examples).toEqual([
      { trackId: 1, title: 'Track 1', seconds: 10 },
      { trackId: 2, title: 'Track 2', seconds: 10 },
      { trackId: 3, title: 'Track 3', seconds: 10 },
    ])
  })
  it('leave out what is known, answered, written by programs, or says nothing', () => {
    const profile = new Map<string, SectionKind | null>([
      ['banger', 'drop'],
      ['bless', null],
    ])
    const said = [
      'Drop 2',
      'Banger',
      'Bless',
      '1.1Bars',
      'Energy 7',
      'n.n.',
      'Hot Cue A',
      'CUE(Auto)',
      'Beat Marker',
      'AutoGrid',
      '3',
      'End Break 1',
    ]
    const asked = askAboutCues(
      tracks(2, () => said.map((name) => named(name))),
      profile,
    )
    expect(asked.questions).toEqual([])
    expect(asked.known.map(({ key, kind, isAnswered }) => [key, kind, isAnswered])).toEqual([
      ['banger', 'drop', true],
      ['bless', null, true],
      ['drop', 'drop', false],
    ])
  })
  it('ask for a colour that a person chose, and not for one that a pad gives by itself', () => {
    const asked = askAboutCues(
      tracks(10, (index) => [
        foreignCue(1, { pad: 0, colour: '#ff376f' }),
        foreignCue(2, { pad: 1 + (index % 4), colour: '#00ff00' }),
      ]),
      new Map(),
    )
    expect(asked.questions).toMatchObject([{ key: '#00ff00', name: null, colour: '#00ff00', cues: 10 }])
  })
})

test('several libraries that ask the same ask once, for all of them, by the figures of the one with most cues', () => {
  const once = eachOnce([
    {
      program: 'rekordbox',
      asked: [
        { key: 'ooze', cues: 3, tracks: 2 },
        { key: 'wumm', cues: 1, tracks: 1 },
      ],
    },
    { program: 'Serato', asked: [{ key: 'ooze', cues: 5, tracks: 4 }] },
  ])
  expect(once).toEqual([
    { key: 'ooze', cues: 5, tracks: 4, programs: ['rekordbox', 'Serato'] },
    { key: 'wumm', cues: 1, tracks: 1, programs: ['rekordbox'] },
  ])
  const known = ([program, kind, cues]: readonly [string, SectionKind, number]) => ({
    program,
    asked: [{ key: 'ooze', kind, cues }],
  })
  const kinds = (
    [
      ['rekordbox', 'break', 3],
      ['Traktor', 'drop', 2],
      ['Serato', 'break', 1],
    ] as const
  ).map(known)
  expect(eachOnce(kinds, ({ key, kind }) => `${key} ${kind}`)).toEqual([
    { key: 'ooze', kind: 'break', cues: 3, programs: ['rekordbox', 'Serato'] },
    { key: 'ooze', kind: 'drop', cues: 2, programs: ['Traktor'] },
  ])
})
