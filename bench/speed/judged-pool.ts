/**
 * Pools of tracks as the planner gets them, with all that transitions are judged by: drums and notes bar by bar, voices, basses, sections.
 * Tracks have keys on a wheel, tempi of 120 to 127 BPM, three to seven minutes of sections in whole phrases, and sounds of the size that
 * networks give.
 */
import { constantGrid } from '../../src/core/beats/constant-grid.fixture.ts'
import type { SectionKind } from '../../src/core/labels/section-kind.ts'
import { BANDS, type BarSounds, HITS, MOST_BYTE, PITCHES, powerByte } from '../../src/core/setlist/bar-sounds.ts'
import { type DescribedTrack, describeTrack } from '../../src/core/setlist/described-track.ts'
import { type JudgedTrack, sharedMemory } from '../../src/core/setlist/judged-track.ts'
import { profileOf } from '../../src/core/setlist/mix-profile.ts'
import { scoreOfObstacle } from '../../src/core/setlist/obstacles.ts'
import { judgePairs, type PackedPool, packPool } from '../../src/core/setlist/packed-pool.ts'
import { type GeneratedPool, keepRows } from '../../src/core/setlist/set-pool.fixture.ts'
import type { WaySounds } from '../../src/core/setlist/way-sounds.ts'
import { type Sound, SoundTable } from '../../src/core/similarity/sound-table.ts'
import { SOUND_WEIGHTS } from '../../src/core/similarity/sound-weights.ts'
import { createRandom, type Random } from '../../src/core/support/random.ts'

export type JudgedPool = Omit<GeneratedPool, 'tracks'> & {
  readonly tracks: readonly DescribedTrack[]
  readonly packed: PackedPool
}

const [FEATURES, EMBEDDED] = [64, 512] as const
const BAR_BEATS = 4
/** What is heard of drums, bass, notes and a voice in each kind of section, 0 to 1. */
const FULLNESS = {
  intro: [0.9, 0.2, 0.2, 0],
  build: [0.6, 0.3, 0.7, 0.2],
  drop: [1, 1, 0.9, 0.4],
  break: [0.1, 0.2, 1, 0.6],
  outro: [0.9, 0.3, 0.2, 0],
} as const satisfies Partial<Record<SectionKind, readonly [drums: number, bass: number, notes: number, voice: number]>>
type Kind = keyof typeof FULLNESS
const SHAPES: readonly (readonly Kind[])[] = [
  ['intro', 'break', 'build', 'drop', 'break', 'build', 'drop', 'outro'],
  ['intro', 'drop', 'break', 'drop', 'outro'],
  ['intro', 'build', 'drop', 'break', 'build', 'drop', 'outro'],
  ['break', 'drop', 'break', 'drop'],
]
const KINDS_OF_SOUND = 12
const SAME = scoreOfObstacle('the same track')

type Part = {
  readonly kind: Kind
  readonly startBeat: number
  readonly endBeat: number
  readonly isLabel: false
}

const partsOf = (random: Random): readonly Part[] => {
  let at = 0
  return SHAPES[Math.floor(random() * SHAPES.length)]!.map((kind) => {
    const startBeat = at
    at += BAR_BEATS * 8 * (kind === 'build' ? 1 : 1 + Math.floor(random() * 3))
    return { kind, startBeat, endBeat: at, isLabel: false }
  })
}

const barSoundsOf = (parts: readonly Part[], root: number, random: Random): BarSounds => {
  const bars = parts.at(-1)!.endBeat / BAR_BEATS
  const tilt = Array.from({ length: BANDS }, () => random())
  const chord = Array.from({ length: PITCHES }, (_, pitch) => Number([0, 3, 7, 10].includes((pitch - root + 12) % 12)))
  const pattern = Array.from({ length: HITS }, () => random())
  const sounds = {
    bars,
    low: new Uint8Array(bars),
    high: new Uint8Array(bars),
    tones: new Uint8Array(bars),
    bands: new Uint8Array(bars * BANDS),
    chroma: new Uint8Array(bars * PITCHES),
    hits: new Uint8Array(bars * HITS),
  }
  for (const part of parts) {
    const [drums, bass, notes] = FULLNESS[part.kind]
    for (let bar = part.startBeat / BAR_BEATS; bar < part.endBeat / BAR_BEATS; bar++) {
      const power = (full: number): number => powerByte(0.05 * full * (0.8 + 0.4 * random()) + 1e-6)
      sounds.low[bar] = power(0.3 * drums + 0.7 * bass)
      sounds.high[bar] = power(0.4 * drums + 0.6 * notes)
      sounds.tones[bar] = power(notes)
      for (let band = 0; band < BANDS; band++)
        sounds.bands[bar * BANDS + band] = power((tilt[band]! * (drums + bass + notes)) / 3 / BANDS)
      const strengths = chord.map((one) => one + 0.3 * random())
      const total = strengths.reduce((sum, one) => sum + one, 0)
      sounds.chroma.set(
        strengths.map((one) => Math.round((MOST_BYTE * one) / total)),
        bar * PITCHES,
      )
      for (let hit = 0; hit < HITS; hit++) sounds.hits[bar * HITS + hit] = Math.round(MOST_BYTE * drums * pattern[hit]!)
    }
  }
  return sounds
}

/** Tracks of a kind sound alike, and parts of a track still more. */
const soundsOf = (centre: Sound, random: Random): WaySounds => {
  const near = (values: Float32Array | null, spread: number): Float32Array =>
    values!.map((value) => value + spread * (random() - 0.5))
  const own: Sound = { features: near(centre.features, 1.2), embedding: near(centre.embedding, 1.2) }
  const part = (): Sound => ({ features: near(own.features, 0.6), embedding: near(own.embedding, 0.6) })
  return { out: [part(), part(), part()], into: [part(), part()] }
}

const anySound = (random: Random): Sound => ({
  features: Float32Array.from({ length: FEATURES }, random),
  embedding: Float32Array.from({ length: EMBEDDED }, random),
})

const trackOf = (
  at: number,
  {
    centres,
    artists,
    random,
  }: { readonly centres: readonly Sound[]; readonly artists: number; readonly random: Random },
): { readonly judged: JudgedTrack; readonly heard: Parameters<typeof describeTrack>[1] } => {
  const parts = partsOf(random)
  const beats = parts.at(-1)!.endBeat
  const bpm = 120 + 7 * random()
  const grid = constantGrid(bpm, beats)
  const number = 1 + Math.floor(random() * 12)
  const energy = 1 + 9 * random()
  // Of a third of the tracks nobody sings.
  const sings = random() < 0.67
  const marks = (share: (part: Part) => number): Uint8Array => {
    const beatMarks = new Uint8Array(beats)
    for (const part of parts)
      for (let beat = part.startBeat; beat < part.endBeat; beat++) beatMarks[beat] = Number(random() < share(part))
    return beatMarks
  }
  const bare = {
    grid,
    parts,
    camelot: `${number}${random() < 0.7 ? 'A' : 'B'}`,
    tuningCents: 20 * (random() - 0.5),
    gain: 0.7 + 0.6 * random(),
    energyCurve: parts.flatMap((part) => {
      const [drums, bass, notes] = FULLNESS[part.kind]
      const level = ((drums + bass + notes) / 3) * (0.6 + energy / 25)
      return Array.from({ length: (part.endBeat - part.startBeat) / BAR_BEATS }, () => Math.min(1, level))
    }),
    features: null,
    voice: null,
  }
  return {
    judged: {
      profile: {
        ...profileOf(bare),
        sounds: barSoundsOf(parts, (7 * number) % 12, random),
        fullBass: marks((part) => FULLNESS[part.kind][1]),
        voice: marks((part) => (sings ? FULLNESS[part.kind][3] : 0)),
      },
      sounds: soundsOf(centres[Math.floor(random() * centres.length)]!, random),
    },
    heard: {
      title: `T${at}`,
      artist: `artist ${Math.floor(random() * artists)}`,
      energy,
      grid,
      durationSeconds: (60 * beats) / bpm,
    },
  }
}

export const judgedPool = (count: number, seed: number): JudgedPool => {
  const random = createRandom(seed)
  const centres = Array.from({ length: KINDS_OF_SOUND }, () => anySound(random))
  const keep = sharedMemory()
  const tracks: DescribedTrack[] = []
  for (let at = 0; at < count; at++) {
    const { judged, heard } = trackOf(at, { centres, artists: count / 2, random })
    tracks.push(describeTrack(judged, heard, keep))
  }
  const { scale } = new SoundTable(
    tracks.flatMap(({ outSound, inSound }) => [outSound, inSound]),
    SOUND_WEIGHTS,
  )
  const { pool: packed, put } = packPool(count, [FEATURES, EMBEDDED], scale)
  for (const [at, track] of tracks.entries()) put(at, track)
  const judge = judgePairs(packed)
  return {
    tracks,
    packed,
    edgesFrom: keepRows((from) => Float64Array.from(tracks, (_, to) => (from === to ? SAME : judge(from, to)))),
    edgesInto: keepRows((to) => Float64Array.from(tracks, (_, from) => (from === to ? SAME : judge(from, to)))),
  }
}
