import fc from 'fast-check'
import { constantGrid } from '../beats/constant-grid.fixture.ts'
import type { FeatureMatrix } from '../features/feature-matrix.ts'
import { wholeMatrix } from '../features/whole-matrix.fixture.ts'
import { SECTION_KINDS } from '../labels/section-kind.ts'
import type { SectionPart } from '../labels/section-part.ts'
import { createRandom } from '../support/random.ts'
import type { JudgedTrack } from './judged-track.ts'
import { type ProfiledTrack, profileOf } from './mix-profile.ts'
import { soundSpans } from './way-sounds.ts'

const part = (kind: SectionPart['kind'], startBeat: number, endBeat: number): SectionPart => ({
  kind,
  startBeat,
  endBeat,
  isLabel: false,
})

/** Any sound, drawn beat by beat. */
const features = (beats: number, seed: number): FeatureMatrix => {
  const random = createRandom(seed)
  return wholeMatrix(beats, (_, { name }) => (/^(?:level|mel)/.test(name) ? -50 + 40 * random() : 20 * random()))
}

const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 399 }), { maxLength: 6 })

/** Sections, sounds and voices of any kind, as far as they are known. */
const anyProfiledTrack: fc.Arbitrary<ProfiledTrack> = fc
  .record({
    bpm: fc.constantFrom(87, 120, 124, 126.5, 174, 240),
    beatsPerBar: fc.constantFrom(3, 4),
    firstDownbeat: fc.integer({ min: 0, max: 2 }),
    cuts,
    kinds: fc.array(fc.constantFrom(...SECTION_KINDS), { minLength: 7, maxLength: 7 }),
    camelot: fc.constantFrom('8A', '9A', '3B', null),
    tuningCents: fc.constantFrom(0, -20, null),
    gain: fc.constantFrom(1, 0.5, 1.4),
    seed: fc.option(fc.nat(1000)),
    voice: fc.option(fc.uint8Array({ minLength: 200, maxLength: 200, max: 1 })),
    energy: fc.option(fc.nat(1000)),
  })
  .map(({ bpm, beatsPerBar, firstDownbeat, cuts: edges, kinds, seed, voice, energy, ...facts }) => {
    const beats = [0, ...edges.toSorted((one, other) => one - other), 400]
    const random = createRandom(energy ?? 0)
    return {
      ...facts,
      grid: { ...constantGrid(bpm, 400), beatsPerBar, firstDownbeat },
      parts: beats.slice(1).map((end, at) => part(kinds[at]!, beats[at]!, end)),
      energyCurve: energy === null ? [] : Array.from({ length: 100 }, random),
      features: seed === null ? null : features(400, seed),
      voice: voice && { count: 200, seconds: 1, windows: voice },
    }
  })

const sound = fc.record({
  features: fc.option(fc.float32Array({ minLength: 3, maxLength: 3, noNaN: true, min: -9, max: 9 })),
  embedding: fc.option(fc.float32Array({ minLength: 5, maxLength: 5, noNaN: true, min: -1, max: 1 })),
})

export const anyJudgedTrack: fc.Arbitrary<JudgedTrack & { readonly track: ProfiledTrack }> = fc
  .tuple(anyProfiledTrack, fc.array(sound, { minLength: 5, maxLength: 5 }))
  .map(([track, sounds]) => {
    const profile = profileOf(track)
    const { out, into } = soundSpans(profile.places)
    const heard = [...out, ...into].map((span, at) => {
      const { features: some, embedding } = sounds[at]!
      return span === null || (some === null && embedding === null) ? null : sounds[at]!
    })
    const [outro, rest, drop, intro, peak] = heard as [never, never, never, never, never]
    return { track, profile, sounds: { out: [outro, rest, drop], into: [intro, peak] } }
  })

/** 160 bars of house in 8A at 124 BPM. */
export const plainJudged: JudgedTrack = {
  profile: profileOf({
    grid: constantGrid(124, 640),
    camelot: '8A',
    tuningCents: 0,
    gain: 1,
    parts: [part('intro', 0, 64), part('drop', 64, 512), part('outro', 512, 640)],
    energyCurve: Array.from({ length: 160 }, () => 0.5),
    features: null,
    voice: null,
  }),
  sounds: { out: [null, null, null], into: [null, null] },
}
