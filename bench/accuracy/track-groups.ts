/** Tracks that must not be split between training and judging. */
import type { CorpusTrack } from '../corpus/corpus.ts'

/** Tracks that share a maker, directly or through another track, have the same name. @param makersOf who counts as maker */
export const groupNames = (
  tracks: readonly CorpusTrack[],
  makersOf: (track: CorpusTrack) => readonly string[] = ({ makers }) => makers,
): readonly string[] => {
  const names = tracks.map(({ id }) => id)
  const known = new Map<string, number>()
  tracks.forEach((track, at) => {
    for (const maker of makersOf(track)) {
      const other = known.get(maker)
      known.set(maker, other ?? at)
      if (other === undefined || names[other] === names[at]) continue
      const [from, to] = [names[at]!, names[other]!]
      names.forEach((name, index) => {
        if (name === from) names[index] = to
      })
    }
  })
  return names
}

/** By the artists that are named: a package may hold the music of many. */
export const artistGroups = (tracks: readonly CorpusTrack[]): readonly string[] =>
  groupNames(tracks, ({ makers }) => makers.filter((maker) => maker.startsWith('artist ')))
