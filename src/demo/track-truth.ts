import type { SectionKind } from '../core/labels/section-kind.ts'
import { type Bpm, beatPeriod, type Seconds } from '../core/units/units.ts'
import { formatKey } from './harmony.ts'
import { DEMO_SAMPLE_RATE_HZ } from './oscillator.ts'
import { trackSamples } from './render-track.ts'
import type { TrackPlan } from './track-plan.ts'

/** What is true of a generated track, in the format of the corpora this project measures on, and its key beside. */
/** Counts up whenever the same plan would sound different: files of an older generator are written anew. */
const GENERATOR_VERSION = 1

export type TrackTruth = {
  readonly id: string
  readonly file: string
  readonly source: 'algiers-demo'
  readonly generator_version: number
  readonly title: string
  readonly artist: string
  readonly licence: 'CC0-1.0'
  readonly genre: string
  readonly duration_seconds: Seconds
  readonly sample_rate: number
  readonly tempo_bpm: Bpm
  readonly tempo_alternatives: readonly Bpm[]
  readonly beats_per_bar: number
  readonly beat_source: string
  readonly beat_times: readonly Seconds[]
  readonly downbeat_times: readonly Seconds[]
  /** As tags write it: "F#m", "C". */
  readonly key: string
  readonly tuning_cents: number
  readonly segments: readonly {
    readonly start: Seconds
    readonly end: Seconds
    readonly label: SectionKind
    readonly confidence: 'high'
    readonly bars: number
    readonly how: string
  }[]
}

const round = (seconds: number): Seconds => Math.round(seconds * 1e5) / 1e5

/** Beats run to the end of the last section; segments cover the file, what comes before beat 0 and the tail included. */
export const describeTruth = (plan: TrackPlan, id: string): TrackTruth => {
  const period = beatPeriod(plan.bpm)
  const timeOf = (beat: number): Seconds => round(plan.firstBeatSeconds + beat * period)
  const beats = plan.sections.at(-1)!.endBeat
  const durationSeconds = trackSamples(plan) / DEMO_SAMPLE_RATE_HZ
  const times = Array.from({ length: beats }, (_, beat) => timeOf(beat))
  return {
    id,
    file: `${id}.wav`,
    source: 'algiers-demo',
    generator_version: GENERATOR_VERSION,
    title: plan.title,
    artist: plan.artist,
    licence: 'CC0-1.0',
    genre: plan.genre,
    duration_seconds: round(durationSeconds),
    sample_rate: DEMO_SAMPLE_RATE_HZ,
    tempo_bpm: plan.bpm,
    tempo_alternatives: [plan.bpm / 2, plan.bpm * 2],
    beats_per_bar: plan.beatsPerBar,
    beat_source: 'exact (generated)',
    beat_times: times,
    downbeat_times: times.filter(
      (_, beat) => (beat - plan.firstDownbeat) % plan.beatsPerBar === 0 && beat >= plan.firstDownbeat,
    ),
    key: formatKey(plan.key),
    tuning_cents: plan.tuningCents,
    segments: plan.sections.map((section, index) => ({
      start: index === 0 ? 0 : timeOf(section.startBeat),
      end: index === plan.sections.length - 1 ? round(durationSeconds) : timeOf(section.endBeat),
      label: section.kind,
      confidence: 'high',
      bars: (section.endBeat - section.startBeat) / plan.beatsPerBar,
      how: 'the plan the track was generated from',
    })),
  }
}
