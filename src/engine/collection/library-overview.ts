import { SECTION_KINDS, type SectionKind } from '../../core/labels/section-kind.ts'
import { type Growth, growthBars, type TempoBar, tempoBars } from '../../core/library/library-bars.ts'
import { MOST_STARS, NOTE_COLOURS, type NoteColour } from '../../core/library/track-notes.ts'
import { giveWay } from '../../core/support/give-way.ts'
import type { LibraryFigures } from '../../platform/store/library-figures.ts'
import type { Store } from '../../platform/store/store.ts'
import type { TrackSearch } from '../kit/resolve-search.ts'
import { librarySearch } from './library-search.ts'

/** How a library, or what a search finds of it, spreads over what is known of its tracks. */
export type LibraryOverview = {
  readonly tracks: number
  /** Of the tracks whose length is known. */
  readonly minutes: number
  readonly tempo: { readonly unknown: number; readonly bars: readonly TempoBar[] }
  /** All keys of the wheel: minor ones from 1A, then major ones from 1B. */
  readonly keys: {
    readonly unknown: number
    readonly keys: readonly { readonly camelot: string; readonly tracks: number }[]
  }
  readonly energy: {
    readonly unknown: number
    readonly levels: readonly { readonly energy: number; readonly tracks: number }[]
  }
  readonly labels: {
    readonly unlabelled: number
    readonly kinds: readonly {
      readonly label: SectionKind
      readonly labels: number
      readonly tracks: number
      /** By the main tempo of each track. */
      readonly minutes: number
    }[]
  }
  readonly heard: {
    /** Tracks that no network has heard. */
    readonly unknown: number
    /** The commonest first. */
    readonly tags: readonly { readonly tag: string; readonly group: string; readonly tracks: number }[]
    /** How many more there are. */
    readonly moreTags: number
  }
  /** From 0, which is not rated; the person's own rating, else that of the file. */
  readonly ratings: readonly { readonly rating: number; readonly tracks: number }[]
  readonly colours: {
    readonly none: number
    readonly colours: readonly { readonly colour: NoteColour; readonly tracks: number }[]
  }
  readonly added: Growth
}

const MOST_TAGS = 20
const ENERGIES = Array.from({ length: 10 }, (_, at) => at + 1)
const RATINGS = Array.from({ length: MOST_STARS + 1 }, (_, at) => at)
const CAMELOTS = ['A', 'B'].flatMap((mode) => Array.from({ length: 12 }, (_, hour) => `${hour + 1}${mode}`))

const roundTo = (value: number, decimals: number): number => Math.round(value * 10 ** decimals) / 10 ** decimals

const overviewOf = (figures: LibraryFigures): LibraryOverview => {
  const countIn = <Value>(
    counts: readonly { readonly value: Value; readonly tracks: number }[],
    value: Value,
  ): number => counts.find((one) => one.value === value)?.tracks ?? 0
  const { tempi, camelots, energies, ratings, colours, kinds, tags } = figures
  const common = tags.toSorted((a, b) => b.tracks - a.tracks || a.value.localeCompare(b.value, 'en'))
  return {
    tracks: figures.tracks,
    minutes: roundTo(figures.seconds / 60, 1),
    tempo: {
      unknown: countIn(tempi, null),
      bars: tempoBars(tempi.flatMap(({ value, tracks }) => (value === null ? [] : [{ bpm: value, tracks }]))),
    },
    keys: {
      unknown: countIn(camelots, null),
      keys: CAMELOTS.map((camelot) => ({ camelot, tracks: countIn(camelots, camelot) })),
    },
    energy: {
      unknown: countIn(energies, null),
      levels: ENERGIES.map((energy) => ({ energy, tracks: countIn(energies, energy) })),
    },
    labels: {
      unlabelled: figures.tracks - figures.labelled,
      kinds: SECTION_KINDS.map((label) => {
        const found = kinds.find(({ value }) => value === label)
        return {
          label,
          labels: found?.labels ?? 0,
          tracks: found?.tracks ?? 0,
          minutes: roundTo(found?.minutes ?? 0, 1),
        }
      }),
    },
    heard: {
      unknown: figures.tracks - figures.heard,
      tags: common.slice(0, MOST_TAGS).map(({ value: tag, group, tracks }) => ({ tag, group, tracks })),
      moreTags: Math.max(0, common.length - MOST_TAGS),
    },
    ratings: RATINGS.map((rating) => ({
      rating,
      tracks: countIn(ratings, rating) + (rating === 0 ? countIn(ratings, null) : 0),
    })),
    colours: {
      none: countIn(colours, null),
      colours: NOTE_COLOURS.map((colour, at) => ({ colour, tracks: countIn(colours, at) })),
    },
    added: growthBars(figures.added.map(({ value: day, tracks }) => ({ day, tracks }))),
  }
}

/** Answers with what was counted before, as long as nothing of the library is another. @throws PLAYLIST_NOT_FOUND */
export const overviewCounter = (store: Store): ((search: TrackSearch) => Promise<LibraryOverview>) => {
  let last: { readonly of: string; readonly overview: LibraryOverview } | null = null
  return async (search) => {
    const query = librarySearch(store, search)
    const of = JSON.stringify([store.tracks.revision(), query])
    if (last?.of === of) return last.overview
    const overview = overviewOf(await store.tracks.figures(query, giveWay))
    last = { of, overview }
    return overview
  }
}
