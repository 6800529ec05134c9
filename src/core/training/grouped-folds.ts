/**
 * @file Folds that keep all labels of a track and all tracks of an artist on one side and spread the classes evenly.
 * Method: greedy stratified group k-fold: groups in order of how unevenly they fill the classes go to the fold where the spread of
 * class shares stays smallest (as scikit-learn's StratifiedGroupKFold, BSD-3; written anew). Seeded: equal groups are shuffled.
 * Conventions: folds are 0 … foldCount − 1; every sample has exactly one.
 */
import { createRandom, shuffle } from '../support/random.ts'

export type FoldRequest = {
  /** Group of each sample: what must not be split. */
  readonly groups: readonly string[]
  /** Class of each sample, 0 ≤ class < classCount. */
  readonly classes: ArrayLike<number>
  readonly classCount: number
  readonly foldCount: number
  readonly seed: number
}

/** The artist if a tag names one, else the track alone: remixes and tracks of one album share their sound. */
export const groupOf = (track: { readonly audioDigest: string; readonly artist: string | null }): string => {
  const artist = track.artist?.normalize('NFKC').trim().toLowerCase() ?? ''
  return artist === '' ? `track ${track.audioDigest}` : `artist ${artist}`
}

const spreadOf = (values: readonly number[]): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
}

/** @returns the fold of each sample; with fewer groups than folds, as many folds as groups */
export const groupedFolds = ({ groups, classes, classCount, foldCount, seed }: FoldRequest): Uint8Array => {
  const counts = new Map<string, number[]>()
  const totals = new Array<number>(classCount).fill(0)
  groups.forEach((group, sample) => {
    const own = counts.get(group) ?? new Array<number>(classCount).fill(0)
    own[classes[sample]!]!++
    totals[classes[sample]!]!++
    counts.set(group, own)
  })
  const folds = Math.max(1, Math.min(foldCount, counts.size))
  const filled = Array.from({ length: folds }, () => new Array<number>(classCount).fill(0))
  const present = totals.flatMap((total, index) => (total > 0 ? [index] : []))
  const foldOfGroup = new Map<string, number>()
  const ordered = shuffle([...counts], createRandom(seed)).sort(([, a], [, b]) => spreadOf(b) - spreadOf(a))
  for (const [group, own] of ordered) {
    const unevenness = filled.map((_, fold) => {
      const shares = present.map((index) =>
        spreadOf(filled.map((held, other) => (held[index]! + (other === fold ? own[index]! : 0)) / totals[index]!)),
      )
      return shares.reduce((sum, share) => sum + share, 0)
    })
    const samplesIn = (fold: number): number => filled[fold]!.reduce((sum, count) => sum + count, 0)
    let best = 0
    for (let fold = 1; fold < folds; fold++) {
      const gap = unevenness[fold]! - unevenness[best]!
      if (gap < -1e-9 || (Math.abs(gap) <= 1e-9 && samplesIn(fold) < samplesIn(best))) best = fold
    }
    foldOfGroup.set(group, best)
    own.forEach((count, index) => {
      filled[best]![index]! += count
    })
  }
  return Uint8Array.from(groups, (group) => foldOfGroup.get(group)!)
}

/** Folds of labels: each has the track that it belongs to, and the place of its kind. */
export const foldsOfLabels = (
  samples: readonly { readonly track: Parameters<typeof groupOf>[0]; readonly target: number }[],
  request: Pick<FoldRequest, 'classCount' | 'foldCount' | 'seed'>,
): Uint8Array =>
  groupedFolds({
    ...request,
    groups: samples.map(({ track }) => groupOf(track)),
    classes: samples.map(({ target }) => target),
  })
