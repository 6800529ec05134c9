/**
 * `npm run evaluate -- DIR --similar`: what finds music that belongs together: the vector of the features, the embedding of the network, or both.
 * Queries: one half of a track for the other half, among all halves; a track for the others of its artist, and of its source, among all
 * tracks. Mean average precision of the first ten (Manning, Raghavan and Schütze, "Introduction to Information Retrieval", 2008, §8.4).
 */
import type { FeatureMatrix } from '../../src/core/features/feature-matrix.ts'
import type { SectionKind } from '../../src/core/labels/section-kind.ts'
import { nearestRows } from '../../src/core/similarity/nearest-rows.ts'
import { type Sound, SoundTable, type SoundWeights } from '../../src/core/similarity/sound-table.ts'
import { SOUND_WEIGHTS } from '../../src/core/similarity/sound-weights.ts'
import { trackVector } from '../../src/core/similarity/track-vector.ts'
import { embeddingOf } from '../../src/core/tags/heard-windows.ts'
import { decodeHeardWindows } from '../../src/core/tags/heard-windows-bytes.ts'
import { analyseFile } from '../../src/engine/analysis/analyse-file.ts'
import { SHIPPED_EARS } from '../../src/platform/inference/shipped-ears.ts'
import { WorkerPool } from '../../src/platform/workers/worker-pool.ts'
import type { CorpusTrack } from '../corpus/corpus.ts'
import { alignColumns } from './table.ts'

const FIRST = 10
/** As many as the label doctor shows. */
const BESIDE = 2
const LEAST_SECONDS = 4
const THREADS = 2
const CHOICES: readonly SoundWeights[] = [
  { features: 1, embedding: 0 },
  { features: 0, embedding: 1 },
  { features: 1, embedding: 1 },
  { features: 2, embedding: 1 },
  { features: 1, embedding: 2 },
]

type Section = { readonly track: string; readonly kind: SectionKind; readonly sound: Sound }
type HeardTrack = {
  readonly track: CorpusTrack
  readonly whole: Sound
  readonly halves: readonly [Sound, Sound]
  readonly sections: readonly Section[]
}
/** A sound and what it belongs to; of others of the same group it is sought, unless it has none. */
type Item = { readonly sound: Sound; readonly group: string | null }

/** Rows `[first, end)` of a share of the beats. */
const partOf = ({ columns, beats, values }: FeatureMatrix, [from, to]: readonly [number, number]): FeatureMatrix => {
  const [first, end] = [Math.floor(from * beats), Math.floor(to * beats)]
  return { columns, beats: end - first, values: values.subarray(first * columns.length, end * columns.length) }
}

const hearTracks = async (
  tracks: readonly CorpusTrack[],
  note: (text: string) => void,
): Promise<readonly HeardTrack[]> => {
  const pool = new WorkerPool({ size: THREADS })
  const ears = { folder: SHIPPED_EARS, provider: 'cpu' } as const
  const heard: HeardTrack[] = []
  try {
    for (const track of tracks) {
      note(`hearing ${track.id}`)
      const { features, hearing } = await analyseFile(pool, { path: track.audioPath, grid: null, ears })
      const windows = decodeHeardWindows(hearing!.windows)
      const seconds = windows.count * windows.seconds
      const soundOf = (from: number, to: number): Sound => ({
        features: trackVector(partOf(features, [from, to])),
        embedding: embeddingOf(windows, [from * seconds, to * seconds]),
      })
      const sections = track.segments.flatMap(({ label, counts, start, end }): Section[] =>
        label && counts && end <= seconds && end - start >= LEAST_SECONDS
          ? [{ track: track.id, kind: label, sound: soundOf(start / seconds, end / seconds) }]
          : [],
      )
      heard.push({ track, whole: soundOf(0, 1), halves: [soundOf(0, 0.5), soundOf(0.5, 1)], sections })
    }
  } finally {
    await pool.close()
  }
  return heard
}

/** Of the two sections of other tracks that sound most like a section, the share that are of its kind; and how often the nearest is. */
const sameKind = (sections: readonly Section[], weights: SoundWeights): readonly [number, number] => {
  const table = new SoundTable(
    sections.map(({ sound }) => sound),
    weights,
  )
  let [right, first] = [0, 0]
  for (const [row, { track, kind }] of sections.entries()) {
    const except = new Set([...sections.keys()].filter((other) => sections[other]!.track === track))
    const found = nearestRows(table.distancesFrom(row), { count: BESIDE, except })
    right += found.filter(({ row: other }) => sections[other]!.kind === kind).length
    first += Number(found[0] !== undefined && sections[found[0].row]!.kind === kind)
  }
  return [right / (BESIDE * sections.length), first / sections.length]
}

/** Mean average precision of the first ten, over all items whose group has others. */
const meanAveragePrecision = (items: readonly Item[], weights: SoundWeights): number => {
  const table = new SoundTable(
    items.map(({ sound }) => sound),
    weights,
  )
  const scores: number[] = []
  for (const [row, { group }] of items.entries()) {
    const wanted = group === null ? 0 : items.filter((one) => one.group === group).length - 1
    if (wanted === 0) continue
    const found = nearestRows(table.distancesFrom(row), { count: FIRST, except: new Set([row]) })
    let [right, sum] = [0, 0]
    for (const [place, { row: other }] of found.entries())
      if (items[other]!.group === group) sum += ++right / (place + 1)
    scores.push(sum / Math.min(FIRST, wanted))
  }
  return scores.reduce((sum, score) => sum + score, 0) / scores.length
}

const nameOf = ({ features, embedding }: SoundWeights): string => {
  const isChosen = features === SOUND_WEIGHTS.features && embedding === SOUND_WEIGHTS.embedding
  const name =
    embedding === 0 ? 'features' : features === 0 ? 'embedding' : `features ${features} : embedding ${embedding}`
  return isChosen ? `${name} (in use)` : name
}

export const evaluateSimilar = async (
  tracks: readonly CorpusTrack[],
  note: (text: string) => void,
): Promise<string> => {
  const heard = await hearTracks(tracks, note)
  const halves = heard.flatMap(({ track, halves: both }) => both.map((sound): Item => ({ sound, group: track.id })))
  const wholes = (group: (track: CorpusTrack) => string | null): readonly Item[] =>
    heard.map(({ track, whole }) => ({ sound: whole, group: group(track) }))
  const tasks = [halves, wholes(({ artist }) => artist), wholes(({ source }) => source)]
  const sections = heard.flatMap((one) => one.sections)
  const header = ['compared by', 'other half of the track', 'same artist', 'same source'].map((name, at) =>
    at === 0 ? name : `${name}, mAP@${FIRST}`,
  )
  return alignColumns([
    [...header, `sections: same kind among the ${BESIDE} nearest of other tracks`, 'the nearest of the same kind'],
    ...CHOICES.map((weights) => [
      nameOf(weights),
      ...tasks.map((items) => meanAveragePrecision(items, weights).toFixed(3)),
      ...sameKind(sections, weights).map((share) => share.toFixed(3)),
    ]),
  ])
}
