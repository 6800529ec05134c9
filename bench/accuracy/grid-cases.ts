/** Short generated pieces of what grids go wrong on, with exact truth; none of their seeds trained anything. */
import type { SceneKind } from '../../recipes/bar-phase/scene-styles.ts'
import { drawScene, type SceneOptions } from '../../recipes/bar-phase/scenes.ts'
import { ANALYSIS_SAMPLE_RATE_HZ, type MonoAudio } from '../../src/core/audio/audio.ts'
import { type BeatGrid, beatTimes, isConstantTempo } from '../../src/core/beats/beat-grid.ts'
import { estimateGrid } from '../../src/core/beats/estimate-grid.ts'
import { scoreBeats, scoreBeatsAnyOctave } from '../../src/core/evaluation/beat-f-measure.ts'
import type { Seconds } from '../../src/core/units/units.ts'
import { downbeatTimes } from './measures.ts'
import { alignColumns, short } from './table.ts'

type Case = {
  readonly audio: MonoAudio
  readonly beatTimes: readonly Seconds[]
  readonly downbeatTimes: readonly Seconds[]
  readonly beatsPerBar: number
  readonly isConstant: boolean
}

type TimeOf = NonNullable<SceneOptions['timeOf']>

/** The recipe of the grid's weights draws with smaller numbers. */
const FIRST_SEED = 900_000
const PER_CASE = 6
const CUT_BEAT = 64
const DRIFT_BEATS = 80
const RIGHT_F = 0.9

const cutBy =
  (beats: number): TimeOf =>
  (beat, period) =>
    (beat + (beat < CUT_BEAT ? 0 : beats)) * period

const driftBy =
  (share: number): TimeOf =>
  (beat, period) =>
    (beat + ((share * DRIFT_BEATS) / (2 * Math.PI)) * Math.sin((2 * Math.PI * beat) / DRIFT_BEATS)) * period

/** The tempo slides by the share from the first beat to beat 500. */
const slideBy =
  (share: number): TimeOf =>
  (beat, period) =>
    (beat - (share * beat * beat) / 1000) * period

const stepBy =
  (share: number): TimeOf =>
  (beat, period) =>
    (beat + Math.max(0, beat - 2 * CUT_BEAT) * (1 / (1 + share) - 1)) * period

/** The tempo rises or falls evenly from one beat to another, and stays at so many times what it was. */
const rampTo =
  (share: number, [from, to]: readonly [number, number]): TimeOf =>
  (beat, period) => {
    const slope = (share - 1) / (to - from)
    const within = Math.min(Math.max(beat, from), to) - from
    return period * (Math.min(beat, from) + Math.log1p(slope * within) / slope + Math.max(0, beat - to) / share)
  }

const CASES: readonly (readonly [name: string, kind: SceneKind, options?: SceneOptions])[] = [
  ['off-beat bass and open hats', 'off-beat'],
  ['four on the floor', 'house'],
  ['songs of 68 to 112 BPM', 'slow'],
  ['fast, snare on 2 and 4', 'fast'],
  ['shuffle', 'shuffle'],
  ['triplets', 'triplets'],
  ['3/4', 'three'],
  ['6/8 and 12/8', 'six-eight'],
  ['5/4 and 7/4', 'five-seven'],
  ['cut of 0.3 beats', 'house', { timeOf: cutBy(0.3) }],
  ['cut of 0.5 beats', 'house', { timeOf: cutBy(0.5) }],
  ['drift of 1 %', 'house', { timeOf: driftBy(0.01) }],
  ['drift of 2 %', 'house', { timeOf: driftBy(0.02) }],
  ['slide of 0.5 %', 'house', { timeOf: slideBy(0.005), seconds: 240 }],
  ['step of 0.4 %', 'house', { timeOf: stepBy(0.004), seconds: 240 }],
  ['cut of a beat', 'house', { timeOf: cutBy(1) }],
  ['cut of two beats', 'off-beat', { timeOf: cutBy(2) }],
  ['ramp to 1.2 times the tempo', 'house', { timeOf: rampTo(1.2, [40, 120]), seconds: 100 }],
  ['ramp to .8 times', 'off-beat', { timeOf: rampTo(0.8, [60, 120]), seconds: 100 }],
  ['ramp of a song to 1.1 times', 'slow', { timeOf: rampTo(1.1, [20, 100]), seconds: 100 }],
]

const caseOf = (kind: SceneKind, seed: number, options: SceneOptions = {}): Case => ({
  ...drawScene(kind, seed, options),
  isConstant: options.timeOf === undefined,
})

/** Recordings over 15 minutes are sets to us. */
const MIX_TRACKS = 14
const MIX_SEED = FIRST_SEED + 1500
const GAP_SECONDS = 0.4

const mixOf = (seed: number): Case => {
  const scenes = Array.from({ length: MIX_TRACKS }, (_, n) => drawScene(n % 3 === 2 ? 'off-beat' : 'house', seed + n))
  const starts = scenes.map((_, n) =>
    scenes.slice(0, n).reduce((sum, { beatTimes: times }) => sum + times.at(-1)! + GAP_SECONDS, 0),
  )
  const samples = new Float32Array(Math.ceil((starts.at(-1)! + 76) * ANALYSIS_SAMPLE_RATE_HZ))
  scenes.forEach(({ audio }, n) => {
    const first = Math.round(starts[n]! * ANALYSIS_SAMPLE_RATE_HZ)
    const end = n + 1 < starts.length ? Math.round(starts[n + 1]! * ANALYSIS_SAMPLE_RATE_HZ) : samples.length
    samples.set(audio.samples.subarray(0, end - first), first)
  })
  const moved = (timesOf: (scene: (typeof scenes)[number]) => readonly Seconds[]): Seconds[] =>
    scenes.flatMap((scene, n) => timesOf(scene).map((time) => time + starts[n]!))
  return {
    audio: { samples, sampleRate: ANALYSIS_SAMPLE_RATE_HZ },
    beatTimes: moved((scene) => scene.beatTimes),
    downbeatTimes: moved((scene) => scene.downbeatTimes),
    beatsPerBar: 4,
    isConstant: false,
  }
}

type Scored = {
  readonly f: number
  readonly anyOctave: number
  readonly downbeatF: number
  readonly isHalfBeatOff: boolean
  readonly isMetreRight: boolean
  readonly isSteadinessRight: boolean
}

const score = (truth: Case, grid: BeatGrid): Scored => {
  const beats = [...beatTimes(grid)]
  const between = beats.slice(1).map((time, beat) => (time + beats[beat]!) / 2)
  return {
    f: scoreBeats(truth.beatTimes, beats).fMeasure,
    anyOctave: scoreBeatsAnyOctave(truth.beatTimes, beats).fMeasure,
    downbeatF: scoreBeats(truth.downbeatTimes, downbeatTimes(grid)).fMeasure,
    isHalfBeatOff: scoreBeats(truth.beatTimes, between).fMeasure >= RIGHT_F,
    isMetreRight: grid.beatsPerBar === truth.beatsPerBar,
    isSteadinessRight: isConstantTempo(grid) === truth.isConstant,
  }
}

const row = (name: string, scored: readonly Scored[]): string[] => {
  const mean = (of: (one: Scored) => number): string =>
    short(scored.reduce((sum, one) => sum + of(one), 0) / scored.length)
  const count = (is: (one: Scored) => boolean): string => `${scored.filter(is).length} of ${scored.length}`
  return [
    name,
    mean(({ f }) => f),
    mean(({ anyOctave }) => anyOctave),
    mean(({ downbeatF }) => downbeatF),
    count(({ f }) => f >= RIGHT_F),
    count(({ isHalfBeatOff }) => isHalfBeatOff),
    count(({ isMetreRight }) => isMetreRight),
    count(({ isSteadinessRight }) => isSteadinessRight),
  ]
}

/** By the onsets alone: generated pieces sound like no style. */
export const judgeGridCases = (note: (text: string) => void): string => {
  const rows = CASES.map(([name, kind, options], at) => {
    note(name)
    const seeds = Array.from({ length: PER_CASE }, (_, n) => FIRST_SEED + 100 * at + n)
    return row(
      name,
      seeds.map((seed) => {
        const truth = caseOf(kind, seed, options)
        return score(truth, estimateGrid(truth.audio))
      }),
    )
  })
  note('a set')
  const mix = mixOf(MIX_SEED)
  return alignColumns([
    ['generated', 'beat F', 'any octave', 'downbeat F', 'F ≥ .9', 'half a beat off', 'metre right', 'steady or not'],
    ...rows,
    row(`a set of ${MIX_TRACKS} tempi`, [score(mix, estimateGrid(mix.audio))]),
  ])
}
