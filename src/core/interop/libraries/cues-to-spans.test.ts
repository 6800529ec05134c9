import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beatsToSeconds } from '../../beats/beat-grid.ts'
import { constantGrid } from '../../beats/constant-grid.fixture.ts'
import { SECTION_KINDS, type SectionKind } from '../../labels/section-kind.ts'
import { type CuesToSpans, cuesToSpans } from './cues-to-spans.ts'
import type { ForeignCue, ForeignPhrase } from './foreign-library.ts'
import { foreignCue } from './foreign-track.fixture.ts'

/** 256 beats of half a second, bars and phrases from beat 0. */
const grid = constantGrid(120, 256)
const at = (beat: number, parts: Partial<ForeignCue> = {}): ForeignCue => foreignCue(beatsToSeconds(grid, beat), parts)
const named = (beat: number, name: string, parts: Partial<ForeignCue> = {}): ForeignCue => at(beat, { name, ...parts })
const loop = (from: number, to: number, name: string): ForeignCue =>
  named(from, name, { type: 'loop', endSeconds: beatsToSeconds(grid, to) })
const phrase = (startBeat: number, endBeat: number, kind: SectionKind): ForeignPhrase => ({
  startBeat,
  endBeat,
  startSeconds: beatsToSeconds(grid, startBeat),
  endSeconds: beatsToSeconds(grid, endBeat),
  name: kind,
  kind,
  confidence: 0.6,
})
const convert = (cues: readonly ForeignCue[], parts: Partial<CuesToSpans> & { phrases?: ForeignPhrase[] } = {}) =>
  cuesToSpans({
    grid,
    offsetSeconds: 0,
    profile: new Map(),
    heard: [],
    ...parts,
    track: { cues, phrases: parts.phrases ?? [] },
  })
const short = (cues: readonly ForeignCue[], parts: Parameters<typeof convert>[1] = {}) =>
  convert(cues, parts).spans.map(({ kind, startBeat, endBeat }) => `${kind} ${startBeat}–${endBeat}`)

describe('cues of another program as spans', () => {
  it('end where the next named one begins, and the last at the end of the track', () => {
    expect(short([named(64, 'Drop 1'), named(0, 'INTRO'), named(128, 'Outro')])).toEqual([
      'intro 0–64',
      'drop 64–128',
      'outro 128–256',
    ])
  })
  const edge = (beat: number, before: SectionKind = 'drop', after: SectionKind = 'break') => ({ beat, before, after })
  it('end at the next edge that the audio supports where the next name is far, and an unnamed cue nearby says where', () => {
    expect(short([named(64, 'Drop')], { heard: [edge(32), edge(128)] })).toEqual(['drop 64–128'])
    expect(short([named(64, 'Drop'), at(130)], { heard: [edge(128)] })).toEqual(['drop 64–130'])
    expect(short([named(64, 'Drop'), at(140)], { heard: [edge(128)] })).toEqual(['drop 64–128'])
    expect(short([named(64, 'Drop'), at(140)])).toEqual(['drop 64–256'])
  })
  it('do not where a name is near, or where a model hears another kind at the cue', () => {
    expect(short([named(64, 'Drop'), named(160, 'Outro')], { heard: [edge(128)] })).toEqual([
      'drop 64–160',
      'outro 160–256',
    ])
    expect(short([named(64, 'Drop')], { heard: [edge(128, 'verse')] })).toEqual(['drop 64–256'])
    expect(short([named(0, 'Intro'), named(192, 'Drop')], { heard: [edge(189, 'intro')] })).toEqual([
      'intro 0–192',
      'drop 192–256',
    ])
  })
  it('are one where a pad and a memory cue lie at the same time, in any order', () => {
    const twins = [named(64, 'Drop', { pad: 2 }), at(64), named(64, 'DROP'), at(64, { pad: 5 })]
    for (const cues of [twins, twins.toReversed()]) expect(short(cues)).toEqual(['drop 64–256'])
  })
  it('keep the span of loops and of pairs, before that of named cues', () => {
    const { spans } = convert([
      named(0, 'Intro'),
      loop(32, 48, 'Build'),
      named(96, 'Break 1'),
      named(120, 'End Break 1'),
    ])
    expect(spans).toMatchObject([
      { kind: 'intro', startBeat: 0, endBeat: 32, confidence: 0.8, element: 'cue', name: 'Intro' },
      { kind: 'build', startBeat: 32, endBeat: 48, confidence: 0.9, element: 'loop' },
      { kind: 'break', startBeat: 96, endBeat: 120, confidence: 0.9, element: 'loop' },
    ])
  })
  it('hold a loop of their own name that is set within them, and no other', () => {
    const outro = [named(64, 'Drop'), named(128, 'Outro'), loop(192, 208, 'outro ')]
    expect(short(outro)).toEqual(['drop 64–128', 'outro 128–256'])
    expect(short([named(64, 'Drop'), loop(96, 112, 'Drop 2')])).toEqual(['drop 64–96', 'drop 96–112'])
    expect(short([named(16, 'Drop'), loop(160, 176, 'Drop')])).toEqual(['drop 16–160', 'drop 160–176'])
  })
  it('stay apart where two of one kind follow each other, but a stretch too short for a section joins its neighbour', () => {
    expect(short([named(0, 'Drop'), named(32, 'Drop 2'), named(36, 'Drop 3'), named(64, 'Outro')])).toEqual([
      'drop 0–36',
      'drop 36–64',
      'outro 64–256',
    ])
    const phrases = [phrase(0, 32, 'drop'), phrase(32, 64, 'drop')]
    expect(short([], { phrases })).toEqual(['drop 0–64'])
  })
  it('leave out what is shorter than two bars', () => {
    const result = convert([named(0, 'Drop'), named(64, 'Break'), named(68, 'Outro')])
    expect(result.spans.map(({ kind, startBeat, endBeat }) => [kind, startBeat, endBeat])).toEqual([
      ['drop', 0, 64],
      ['outro', 68, 256],
    ])
    expect(result.tooShort).toBe(1)
  })
  it('stay on the beat that they are on, else go to a downbeat at most a beat away, else to the nearest beat; those off the grid are told', () => {
    expect(short([named(64.2, 'Drop')])).toEqual(['drop 64–256'])
    expect(short([named(63.1, 'Drop')])).toEqual(['drop 63–256'])
    expect(short([named(63.4, 'Drop')])).toEqual(['drop 64–256'])
    expect(short([named(66.4, 'Drop')])).toEqual(['drop 66–256'])
    expect(convert([named(64.4, 'Drop')]).offGrid).toEqual([])
    expect(convert([named(64.7, 'Drop')]).offGrid).toMatchObject([{ name: 'Drop', beats: expect.closeTo(0.7) }])
  })
  it('use phrases only where no cue says anything, and never what a program set by itself', () => {
    const phrases = [phrase(0, 64, 'intro'), phrase(64, 128, 'drop')]
    expect(short([named(64, 'Break')], { phrases })).toEqual(['intro 0–64', 'break 64–256'])
    expect(convert([], { phrases }).spans.map(({ confidence }) => confidence)).toEqual([0.6, 0.6])
    expect(short([named(64, 'Drop', { isAutomatic: true })])).toEqual([])
  })
  it('end a section at a phrase of another kind', () => {
    expect(short([named(0, 'Intro')], { phrases: [phrase(0, 32, 'intro'), phrase(32, 64, 'drop')] })).toEqual([
      'intro 0–32',
      'drop 32–64',
    ])
  })
  it('take an END near the end of the track for its end, an earlier one for an outro', () => {
    expect(short([named(128, 'Outro'), named(250, 'END')])).toEqual(['outro 128–250'])
    expect(short([named(0, 'Drop'), named(192, 'End')])).toEqual(['drop 0–192', 'outro 192–256'])
  })
  it('are moved by the measured offset of the other program', () => {
    expect(short([foreignCue(32.6, { name: 'Drop' })])).toEqual(['drop 65–256'])
    expect(short([foreignCue(32.6, { name: 'Drop' })], { offsetSeconds: -0.6 })).toEqual(['drop 64–256'])
  })
  it('count cues beyond the track instead of using them', () => {
    expect(convert([foreignCue(4_294_967, { name: 'Drop' }), foreignCue(-3, { name: 'Drop' })])).toMatchObject({
      spans: [],
      outside: 2,
    })
  })
  it('use what the person said of names and colours', () => {
    const profile = new Map<string, SectionKind | null>([
      ['mainfloor', 'drop'],
      ['#ff0000', 'break'],
      ['vocal', null],
    ])
    expect(short([named(0, 'Mainfloor 2'), at(64, { colour: '#ff0000' }), named(128, 'Vocal')], { profile })).toEqual([
      'drop 0–64',
      'break 64–256',
    ])
  })
  it('never overlap, lie in the track on whole beats, and are in order, whatever the cues', () => {
    const anyCue = fc
      .record({
        beat: fc.double({ min: -20, max: 300, noNaN: true }),
        length: fc.option(fc.double({ min: -5, max: 100, noNaN: true })),
        name: fc.option(fc.constantFrom(...SECTION_KINDS, 'End Break', 'Outro End', 'END', 'x')),
        pad: fc.option(fc.nat(7)),
        isAutomatic: fc.boolean(),
      })
      .map(({ beat, length, name, pad, isAutomatic }) =>
        at(beat, {
          name,
          pad,
          isAutomatic,
          type: length === null ? 'cue' : 'loop',
          endSeconds: length === null ? null : beatsToSeconds(grid, beat + length),
        }),
      )
    fc.assert(
      fc.property(fc.array(anyCue, { maxLength: 12 }), fc.array(fc.nat(256)), (cues, beats) => {
        let last = 0
        const heard = beats.toSorted((a, b) => a - b).map((beat) => edge(beat))
        for (const { startBeat, endBeat } of convert(cues, { heard }).spans) {
          expect(startBeat).toBeGreaterThanOrEqual(last)
          expect(endBeat - startBeat).toBeGreaterThanOrEqual(8)
          expect(Number.isInteger(startBeat) && Number.isInteger(endBeat) && endBeat <= 256).toBe(true)
          last = endBeat
        }
      }),
    )
  })
})
