import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { prepareTrack, type TrackContext } from '../features/track-context.ts'
import { SECTION_KINDS } from '../labels/section-kind.ts'
import type { SectionModel } from '../models/section-model.ts'
import type { TrainingTrack } from '../training/label-rows.ts'
import { trainSections } from '../training/train-sections.ts'
import { decodeSections, type Section } from './decode-sections.ts'
import { FORM_PARTS } from './form-parts.ts'
import { paintLibrary, paintTrack, paintTwoKinds } from './painted-track.fixture.ts'
import type { TrackForm } from './track-form.ts'

const options = { featureSpec: 'painted', seed: 1, scoreboard: false } as const

const contextOf = ({ matrix, grid }: TrainingTrack): TrackContext => prepareTrack(matrix, grid)

const decode = (model: SectionModel, track: TrainingTrack): Section[] =>
  decodeSections(model, contextOf(track), { beatCount: track.matrix.beats })

let model: SectionModel

beforeAll(async () => {
  model = (await trainSections({ tracks: paintLibrary(16, 100), options })).model
})

test('sections of unseen tracks are found on the beat, with their kinds', () => {
  let boundaries = 0
  let found = 0
  let rightBeats = 0
  let beats = 0
  for (const track of paintLibrary(8, 900)) {
    const sections = decode(model, track)
    const starts = new Set(sections.map(({ startBeat }) => startBeat))
    for (const label of track.labels.slice(1)) {
      boundaries++
      if (starts.has(label.startBeat)) found++
    }
    for (let beat = 0; beat < track.matrix.beats; beat++) {
      const holds = ({ startBeat, endBeat }: Section | TrainingTrack['labels'][number]): boolean =>
        startBeat <= beat && beat < endBeat
      beats++
      if (sections.find(holds)!.kind === track.labels.find(holds)!.kind) rightBeats++
    }
  }
  expect(found / boundaries).toBeGreaterThan(0.9)
  expect(rightBeats / beats).toBeGreaterThan(0.95)
})

test('a recorded set of an hour and of two has the sections of its tracks, and hardly any others', () => {
  for (const hours of [1, 2]) {
    // Mixed without intros and outros, which sound alike here.
    const rounds = paintLibrary(hours * 36, 400).flatMap(({ labels }) => labels.slice(1, -1))
    const sections = rounds.map(({ kind, startBeat, endBeat }) => [kind, endBeat - startBeat] as const)
    const set = paintTrack(`set of ${hours}`, sections, { seed: 9 })
    expect(set.matrix.beats).toBeGreaterThan(hours * 7000)
    const truth = new Set(set.labels.slice(1).map(({ startBeat }) => startBeat))
    const starts = decode(model, set)
      .slice(1)
      .map(({ startBeat }) => startBeat)
    const right = starts.filter((beat) => truth.has(beat)).length
    expect(right / truth.size).toBeGreaterThan(0.85)
    expect(right / starts.length).toBeGreaterThan(0.9)
  }
})

test('hours of one sound are few sections, and hours of noise are cut somehow', () => {
  for (const noise of [0, 5]) {
    const hours = paintTrack('hours', [['drop', 6000]], { seed: 2, noise })
    const sections = decode(model, hours)
    expect(sections[0]!.startBeat).toBe(0)
    expect(sections.at(-1)!.endBeat).toBe(6000)
    if (noise === 0) expect(sections.length).toBeLessThan(4)
  }
})

test('whatever the sound: sections are contiguous, on beats, and cover the track', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.integer(), (beats, seed) => {
      const noise = paintTrack('noise', [['verse', beats]], { seed, noise: 5 })
      const sections = decode(model, noise)
      expect(sections[0]!.startBeat).toBe(0)
      expect(sections.at(-1)!.endBeat).toBe(beats)
      for (const [n, { startBeat, endBeat }] of sections.entries()) {
        expect(Number.isInteger(startBeat)).toBe(true)
        expect(endBeat).toBeGreaterThan(startBeat)
        if (n > 0) expect(startBeat).toBe(sections[n - 1]!.endBeat)
      }
    }),
    { numRuns: 40 },
  )
})

test('probabilities sum to 1 at most, the confidence is that of the kind, the runner-up is the best of the others', () => {
  for (const { kind, confidence, runnerUp, probabilities } of decode(model, paintLibrary(1, 77)[0]!)) {
    expect(SECTION_KINDS.reduce((sum, one) => sum + probabilities[one], 0)).toBeLessThan(1 + 1e-6)
    expect(confidence).toBe(probabilities[kind])
    expect(Math.max(...Object.values(probabilities))).toBe(confidence)
    expect(runnerUp).not.toBe(kind)
    for (const other of SECTION_KINDS)
      if (other !== kind) expect(probabilities[other]).toBeLessThanOrEqual(probabilities[runnerUp])
  }
})

test('two kinds are enough', async () => {
  const { model: two } = await trainSections({ tracks: paintTwoKinds(10, 40), options })
  for (const unseen of paintTwoKinds(4, 60)) {
    const expected = unseen.labels.map(({ kind, startBeat }) => [kind, startBeat])
    expect(decode(two, unseen).map(({ kind, startBeat }) => [kind, startBeat])).toEqual(expected)
  }
})

test('labels of parts of tracks are enough', async () => {
  const partial = paintLibrary(24, 300).map((track, n) => ({
    ...track,
    labels: track.labels.filter((_, label) => (label + n) % 2 === 0),
  }))
  const { model: part } = await trainSections({ tracks: partial, options })
  const unseen = paintLibrary(4, 950)
  const found = unseen.flatMap((track) => {
    const starts = new Set(decode(part, track).map(({ startBeat }) => startBeat))
    return track.labels.slice(1).map(({ startBeat }) => starts.has(startBeat))
  })
  expect(found.filter(Boolean).length / found.length).toBeGreaterThan(0.8)
})

test('a model without a boundary head cuts where the sound is new', () => {
  const track = paintTrack(
    'plain',
    [
      ['intro', 64],
      ['drop', 64],
      ['outro', 64],
    ],
    { seed: 8 },
  )
  const sections = decode({ ...model, boundaryHead: null }, track)
  const starts = sections.map(({ startBeat }) => startBeat)
  expect(starts).toContain(64)
  expect(starts).toContain(128)
})

test('a network of form that is sure of an edge makes a section start there, and one that is sure of none takes it away', () => {
  const track = paintLibrary(1, 901)[0]!
  const beats = track.matrix.beats
  const formWith = (beat: number, logOdds: number): TrackForm => ({
    beats,
    edges: new Float32Array(beats).fill(-1.4).fill(logOdds, beat, beat + 1),
    parts: new Float32Array(beats * FORM_PARTS.length),
  })
  const startsWith = (form: TrackForm | null): number[] =>
    decodeSections(model, contextOf(track), { beatCount: beats }, { form }).map(({ startBeat }) => startBeat)
  const alone = startsWith(null)
  const inside = alone[1]! + 8
  expect(alone).not.toContain(inside)
  expect(startsWith(formWith(inside, 60))).toContain(inside)
  expect(startsWith(formWith(alone[1]!, -60))).not.toContain(alone[1]!)
})

test('features of another grid, or a form of another track, are refused', () => {
  const track = paintLibrary(1, 5)[0]!
  expect(() => decodeSections(model, contextOf(track), { beatCount: 3 })).toThrow('The grid has 3 beats')
  const form = { beats: 3, edges: new Float32Array(3), parts: new Float32Array(3 * FORM_PARTS.length) }
  const beatCount = track.matrix.beats
  expect(() => decodeSections(model, contextOf(track), { beatCount }, { form })).toThrow('The form has 3 beats')
})
