import { mainTempo } from '../../core/beats/main-tempo.ts'
import { type Track, trackTitle } from '../../core/library/track.ts'
import { QUALITY_CHECKS_VERSION } from '../../core/quality/check-quality.ts'
import { checkDuplicate, type Recording } from '../../core/quality/duplicate-audio.ts'
import type { QualityFlag } from '../../core/quality/quality-flag.ts'
import type { Store } from '../../platform/store/store.ts'
import type { AnalysisStatus } from './analysis-state.ts'

/** False for a track that was analysed with older checks. */
export const hasCurrentChecks = ({ analysis }: Pick<AnalysisStatus, 'analysis'>): boolean =>
  analysis?.facts.quality?.version === QUALITY_CHECKS_VERSION

/** Tracks within these margins are looked at more closely. */
const TEMPO_MARGIN_BPM = 0.05
const DURATION_MARGIN_SECONDS = 1

const recordingOf = (store: Store, trackId: number): Recording | null => {
  const analysis = store.analyses.get(trackId)
  const grid = store.grids.current(trackId)
  const track = store.tracks.get(trackId)
  if (analysis === null || grid === null || track === null) return null
  const { durationSeconds, facts } = analysis
  return {
    file: track.locations[0]?.path ?? '',
    track: { trackId, title: trackTitle(track) },
    durationSeconds,
    tempoBpm: mainTempo(grid.grid),
    energyCurve: facts.energyCurve,
    onsets: facts.onsets,
  }
}

/** Flags of the recording, and which other files of the library hold it as well; null until it has been checked. */
export const trackQuality = (store: Store, track: Track): readonly QualityFlag[] | null => {
  const analysis = store.analyses.get(track.id)
  const recording = recordingOf(store, track.id)
  const found = analysis?.facts.quality
  if (found === undefined || recording === null) return null
  const near = store.tracks.find({
    standing: 'present',
    bpmMin: recording.tempoBpm - TEMPO_MARGIN_BPM,
    bpmMax: recording.tempoBpm + TEMPO_MARGIN_BPM,
    durationMin: recording.durationSeconds - DURATION_MARGIN_SECONDS,
    durationMax: recording.durationSeconds + DURATION_MARGIN_SECONDS,
  })
  const others = near.ids.filter((id) => id !== track.id).map((id) => recordingOf(store, id))
  const copies = track.locations
    .filter(({ missingSince }) => missingSince === null)
    .slice(1)
    .map(({ path }) => path)
  const duplicate = checkDuplicate(
    recording,
    others.filter((other) => other !== null),
    copies,
  )
  const heard = store.hearing.flags(track.id, track.audioDigest) ?? []
  return [...found.flags, ...heard, ...(duplicate === null ? [] : [duplicate])]
}
