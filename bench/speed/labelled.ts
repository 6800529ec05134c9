/** Labelled tracks of any number of labels, from the cached features of an analysed library. */
import type { FeatureMatrix } from '../../src/core/features/feature-matrix.ts'
import { createRandom, type Random } from '../../src/core/support/random.ts'
import type { TrainingTrack } from '../../src/core/training/label-rows.ts'
import { openStore } from '../../src/platform/store/store.ts'

/** Of the matrix's own spread: makes of a track another one of the same kind. */
const NOISE = 0.1

/** As a training gets them: features from the cache, labels on the grid in force. */
export const readLabelledTracks = (dataDir: string): TrainingTrack[] => {
  const store = openStore(dataDir)
  try {
    return store.tracks.list().flatMap((track) => {
      const analysis = store.analyses.get(track.id)
      const matrix = analysis && store.features.read(analysis)
      const grid = store.grids.current(track.id)?.grid
      if (!matrix || !grid) return []
      const labels = store.labels.list({ trackId: track.id }).map((label) => ({ ...label, id: String(label.id) }))
      return [{ audioDigest: String(track.id), artist: track.tags.artist, matrix, grid, labels }]
    })
  } finally {
    store.close()
  }
}

const disturb = (matrix: FeatureMatrix, random: Random): FeatureMatrix => {
  const width = matrix.columns.length
  const values = matrix.values.slice()
  for (let column = 0; column < width; column++) {
    let sum = 0
    let squares = 0
    for (let at = column; at < values.length; at += width) {
      sum += values[at]!
      squares += values[at]! ** 2
    }
    const spread = Math.sqrt(Math.max(0, squares / matrix.beats - (sum / matrix.beats) ** 2))
    for (let at = column; at < values.length; at += width) values[at]! += (random() - 0.5) * 2 * NOISE * spread
  }
  return { ...matrix, values }
}

/** The tracks once, then disturbed copies of them as tracks of other artists, until there are `count` labels. */
export const takeLabels = (tracks: readonly TrainingTrack[], count: number): TrainingTrack[] => {
  const random = createRandom(count)
  const taken: TrainingTrack[] = []
  let missing = count
  for (let turn = 0; missing > 0; turn++)
    for (const track of tracks) {
      const labels = track.labels.slice(0, missing).map((label) => ({ ...label, id: `${label.id}-${turn}` }))
      if (labels.length === 0) continue
      missing -= labels.length
      const copy = {
        audioDigest: `${track.audioDigest}-${turn}`,
        artist: track.artist && `${track.artist} ${turn}`,
        matrix: disturb(track.matrix, random),
      }
      taken.push(turn === 0 ? { ...track, labels } : { ...track, ...copy, labels })
    }
  return taken
}
