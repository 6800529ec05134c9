import type { BeatGrid } from '../beats/beat-grid.ts'
import type { GridAlternative } from '../beats/grid-edit.ts'
import type { QualityCheck } from './checked-track.ts'

/** Calibrated chance that the tempo is right; chords without a pulse reach .4, and of 46 right tempi of the public corpora four stay below. */
const DOUBTFUL_TEMPO = 0.65
/** A beat that is half a beat off is heard at once, so less than nine in ten is worth a look. */
const DOUBTFUL_PHASE = 0.9
/** Bars that are more probably wrong than right. */
const DOUBTFUL_BARS = 0.5
/** Chance that the key is right: the public corpus starts at .47. */
const DOUBTFUL_KEY = 0.45
/** White noise fits a key by .44 at most, the public corpus by .51 at least. */
const POOR_FIT = 0.48
/** Below this all twelve pitch classes sound alike: twelve-tone rows reach .1, the most even track of the public corpus .165. */
const EVEN_CHROMA = 0.14

/** A grid that a person set is certain. */
export const isDoubtfulGrid = ({ tempoConfidence }: Pick<BeatGrid, 'tempoConfidence'>): boolean =>
  tempoConfidence < DOUBTFUL_TEMPO

/** What a grid may well be instead, the most probable first: of decisions that are doubtful, so that somebody should listen. */
export const likelyAlternatives = (grid: BeatGrid): readonly GridAlternative[] => {
  const isDoubtful = {
    tempo: isDoubtfulGrid(grid),
    phase: (grid.phaseConfidence ?? 1) < DOUBTFUL_PHASE,
    bars: grid.downbeatConfidence < DOUBTFUL_BARS,
  }
  // Of a set one track may be doubtful, and the others are not.
  const isSureThere = ({ edit, probability }: GridAlternative): boolean =>
    edit.kind === 'half-beat' && edit.from !== undefined && probability <= 1 - DOUBTFUL_PHASE
  return (grid.alternatives ?? []).filter((one) => isDoubtful[one.doubt] && !isSureThere(one))
}

/** Value: chance that the tempo is right; null where no pulse was found. */
export const checkDoubtfulGrid: QualityCheck = ({ grid }) =>
  grid !== null && !isDoubtfulGrid(grid)
    ? null
    : { code: 'doubtful_grid', severity: 'warning', value: grid?.tempoConfidence ?? null, spans: [] }

/** Value: chance that the beats lie on the beat rather than between two; an edit makes it certain. */
export const checkDoubtfulPhase: QualityCheck = ({ grid }) => {
  const value = grid?.phaseConfidence ?? 1
  return value < DOUBTFUL_PHASE ? { code: 'doubtful_phase', severity: 'warning', value, spans: [] } : null
}

/** Value: chance that metre and bar lines are right. */
export const checkDoubtfulBars: QualityCheck = ({ grid }) => {
  const value = grid?.downbeatConfidence ?? 1
  return value < DOUBTFUL_BARS ? { code: 'doubtful_bars', severity: 'notice', value, spans: [] } : null
}

/** Value: chance that the key is right; null where nothing tonal sounds. */
export const checkDoubtfulKey: QualityCheck = ({ key }) =>
  key !== null && key.confidence >= DOUBTFUL_KEY && key.fit >= POOR_FIT && key.chromaContrast >= EVEN_CHROMA
    ? null
    : { code: 'doubtful_key', severity: 'notice', value: key?.confidence ?? null, spans: [] }
