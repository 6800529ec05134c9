import { snakeCase } from '../../core/support/snake-case.ts'
import type { LibraryOverview } from '../../engine/collection/library-overview.ts'
import type { TrackSearch } from '../../engine/kit/resolve-search.ts'
import { trackFilterText } from './track-search.ts'

type Bar = { readonly tracks: number }

/** What leaves the tracks of a bar, of those that were counted; null where no filter can say it. */
type Narrowing<One> = (bar: One, counted: TrackSearch) => TrackSearch | null

const later = (one: string, other = ''): string => (one > other ? one : other)
const earlier = (one: string, other = one): string => (one < other ? one : other)

const heardIn = (tag: string, { heard = [], heardAny }: TrackSearch): TrackSearch | null => {
  if (!heardAny) return { heard: [...new Set([...heard, tag])] }
  return heard.length === 0 || heard.includes(tag) ? { heard: [tag], heardAny: false } : null
}

/** Figures of the tracks that a search finds, each with the filter that lists what it counts. */
export const overviewDocument = (overview: LibraryOverview, counted: TrackSearch) => {
  const { tempo, keys, energy, labels, heard, ratings, colours, added, ...all } = overview
  const filtered = <One extends Bar>(bars: readonly One[], narrow: Narrowing<One>) =>
    bars.map((bar) => {
      const narrowing = bar.tracks === 0 ? null : narrow(bar, counted)
      return { ...snakeCase(bar), filter: narrowing && trackFilterText({ ...counted, ...narrowing }) }
    })
  return {
    ...all,
    tempo: {
      ...tempo,
      bars: filtered(tempo.bars, ({ fromBpm, toBpm }, { bpmMin = fromBpm, bpmMax = toBpm }) => ({
        bpmMin: Math.max(fromBpm, bpmMin),
        bpmMax: Math.min(toBpm, bpmMax),
      })),
    },
    keys: { ...keys, keys: filtered(keys.keys, ({ camelot }) => ({ camelots: [camelot] })) },
    energy: {
      ...energy,
      levels: filtered(energy.levels, ({ energy: level }) => ({ energyMin: level, energyMax: level })),
    },
    labels: {
      ...labels,
      kinds: filtered(labels.kinds, ({ label }, { labelKinds = [] }) => ({
        labelKinds: [...new Set([...labelKinds, label])],
      })),
    },
    heard: {
      unknown: heard.unknown,
      more_tags: heard.moreTags,
      tags: filtered(heard.tags, ({ tag }, search) => heardIn(tag, search)),
    },
    ratings: filtered(ratings, ({ rating }) => ({ ratingMin: rating, ratingMax: rating })),
    colours: { ...colours, colours: filtered(colours.colours, ({ colour }) => ({ colours: [colour] })) },
    added: {
      ...added,
      bars: filtered(added.bars, ({ from, before }, { addedSince, addedBefore }) => ({
        addedSince: later(from, addedSince),
        addedBefore: earlier(before, addedBefore),
      })),
    },
  }
}
