import { BARS_PER_PHRASE, type BeatGrid, beatsToSeconds, beatTimes, isConstantTempo } from '../core/beats/beat-grid.ts'
import { mainTempo } from '../core/beats/main-tempo.ts'
import type { TrackFacts } from '../core/quality/track-facts.ts'
import type { Section } from '../core/sections/decode-sections.ts'
import { sectionEnergy } from '../core/sections/section-energy.ts'

/** A stable interface for machines: `docs/cli.md` promises these members, so only additions are allowed. */
export type SectionDocument = {
  readonly start_beat: number
  readonly end_beat: number
  readonly start_seconds: number
  readonly end_seconds: number
  readonly label: string
  readonly confidence: number
  readonly runner_up: string | null
  /** 1 to 10; null where it was not measured. */
  readonly energy: number | null
  readonly probabilities: Readonly<Record<string, number>>
  /** Evidence for the label (weight above 0) and against it, strongest first. */
  readonly evidence: readonly { readonly group: string; readonly weight: number }[]
}

export type AnalysisDocument = {
  readonly file: string
  readonly duration_seconds: number
  readonly tempo_bpm: number
  readonly tempo_confidence: number
  readonly phase_confidence: number | null
  readonly downbeat_confidence: number
  readonly constant_tempo: boolean
  readonly beats_per_bar: number
  readonly beat_times: readonly number[]
  readonly downbeat_times: readonly number[]
  /** Indices into `beat_times`. */
  readonly phrase_beats: readonly number[]
  readonly key: string | null
  readonly camelot: string | null
  readonly tuning_cents: number | null
  readonly key_confidence: number | null
  readonly energy: number | null
  readonly energy_curve: readonly number[]
  readonly loudness_lufs: number | null
  readonly true_peak_db: number | null
  readonly sections: readonly SectionDocument[] | null
}

export type AnalysedFile = {
  readonly file: string
  readonly durationSeconds: number
  readonly grid: BeatGrid
  readonly facts: TrackFacts
  readonly sections: readonly Section[] | null
}

/** Rounds to a microsecond, which is finer than any sample and shorter than a double. */
const round = (value: number): number => Math.round(value * 1e6) / 1e6
const roundOrNull = (value: number | null): number | null =>
  value === null || !Number.isFinite(value) ? null : round(value)

const every = (first: number, step: number, end: number): readonly number[] =>
  Array.from({ length: Math.max(0, Math.ceil((end - first) / step)) }, (_, index) => first + index * step)

export const sectionDocuments = (
  sections: readonly Section[],
  {
    grid,
    durationSeconds,
    energyCurve,
  }: Pick<AnalysedFile, 'grid' | 'durationSeconds'> & { readonly energyCurve: readonly number[] },
): readonly SectionDocument[] =>
  sections.map((section) => ({
    start_beat: section.startBeat,
    end_beat: section.endBeat,
    start_seconds: round(beatsToSeconds(grid, section.startBeat)),
    end_seconds: round(Math.min(durationSeconds, beatsToSeconds(grid, section.endBeat))),
    label: section.kind,
    confidence: round(section.confidence),
    runner_up: section.runnerUp,
    energy: sectionEnergy(energyCurve, grid, section),
    probabilities: Object.fromEntries(
      Object.entries(section.probabilities).map(([kind, share]) => [kind, round(share)]),
    ),
    evidence: section.evidence.map(({ group, weight }) => ({ group, weight: round(weight) })),
  }))

export const analysisDocument = (analysed: AnalysedFile): AnalysisDocument => {
  const { grid, facts } = analysed
  const times = Array.from(beatTimes(grid), round)
  return {
    file: analysed.file,
    duration_seconds: round(analysed.durationSeconds),
    tempo_bpm: round(mainTempo(grid)),
    tempo_confidence: round(grid.tempoConfidence),
    phase_confidence: roundOrNull(grid.phaseConfidence ?? null),
    downbeat_confidence: round(grid.downbeatConfidence),
    constant_tempo: isConstantTempo(grid),
    beats_per_bar: grid.beatsPerBar,
    beat_times: times,
    downbeat_times: every(grid.firstDownbeat, grid.beatsPerBar, grid.beatCount).map((beat) => times[beat]!),
    phrase_beats: every(grid.firstPhrase, BARS_PER_PHRASE * grid.beatsPerBar, grid.beatCount),
    key: facts.key,
    camelot: facts.camelot,
    tuning_cents: roundOrNull(facts.tuningCents),
    key_confidence: roundOrNull(facts.keyConfidence),
    energy: facts.energy,
    energy_curve: facts.energyCurve.map(round),
    loudness_lufs: roundOrNull(facts.loudnessLufs),
    true_peak_db: roundOrNull(facts.truePeakDb),
    sections: analysed.sections && sectionDocuments(analysed.sections, { ...analysed, energyCurve: facts.energyCurve }),
  }
}
