import type { TrackSort } from '../../core/library/track-sorts.ts'

export const COLUMNS = [
  'title',
  'artist',
  'bpm',
  'tag bpm',
  'key',
  'tag key',
  'energy',
  'duration',
  'sections',
  'labels',
  'rating',
  'colour',
  'my tags',
  'comment',
  'genre',
  'year',
  'added',
  'format',
  'bit rate',
  'loudness',
  'doubtful grid',
  'path',
  'status',
] as const
export type Column = (typeof COLUMNS)[number]

type Heading = {
  readonly name: string
  /** Null: nothing to sort by. */
  readonly sort: TrackSort | null
  /** What it takes at least, in pixels. */
  readonly pixels: number
  /** Its part of the room that is left, 0 for none. */
  readonly share: number
}

export const HEADINGS: Readonly<Record<Column, Heading>> = {
  title: { name: 'Title', sort: 'title', pixels: 130, share: 3 },
  artist: { name: 'Artist', sort: 'artist', pixels: 80, share: 2 },
  bpm: { name: 'BPM', sort: 'bpm', pixels: 56, share: 0 },
  'tag bpm': { name: 'Tag BPM', sort: 'tag_bpm', pixels: 72, share: 0 },
  key: { name: 'Key', sort: 'key', pixels: 92, share: 0 },
  'tag key': { name: 'Tag key', sort: 'tag_key', pixels: 72, share: 0 },
  energy: { name: 'Energy', sort: 'energy', pixels: 72, share: 0 },
  duration: { name: 'Length', sort: 'duration', pixels: 58, share: 0 },
  sections: { name: 'Sections', sort: null, pixels: 90, share: 3 },
  labels: { name: 'Labels', sort: 'labels', pixels: 56, share: 0 },
  rating: { name: 'Rating', sort: 'rating', pixels: 88, share: 0 },
  colour: { name: 'Colour', sort: 'colour', pixels: 92, share: 0 },
  'my tags': { name: 'My tags', sort: 'my_tags', pixels: 110, share: 1 },
  comment: { name: 'Comment', sort: 'comment', pixels: 120, share: 2 },
  genre: { name: 'Genre', sort: 'genre', pixels: 96, share: 1 },
  year: { name: 'Year', sort: 'year', pixels: 52, share: 0 },
  added: { name: 'Date added', sort: 'added', pixels: 96, share: 0 },
  format: { name: 'Format', sort: 'format', pixels: 76, share: 0 },
  'bit rate': { name: 'Bit rate', sort: 'bit_rate', pixels: 84, share: 0 },
  loudness: { name: 'Loudness', sort: 'loudness', pixels: 92, share: 0 },
  'doubtful grid': { name: 'Doubtful grid', sort: 'doubtful_grid', pixels: 104, share: 0 },
  path: { name: 'Path', sort: 'path', pixels: 140, share: 2 },
  status: { name: 'Status', sort: 'status', pixels: 116, share: 1 },
}

/** What is shown until the person chooses. */
export const USUAL_COLUMNS: readonly Column[] = [
  'title',
  'artist',
  'bpm',
  'key',
  'energy',
  'duration',
  'sections',
  'labels',
  'rating',
  'status',
]

/** Widths in pixels that the person gave to columns. */
export type Widths = Readonly<Partial<Record<Column, number>>>

const LEAST_PIXELS = 36
const MOST_PIXELS = 900
/** Between two columns, and at both ends of a row. */
const GAP_PIXELS = 12
const PADDING_PIXELS = 16

export const allowedWidth = (pixels: number): number =>
  Math.round(Math.max(LEAST_PIXELS, Math.min(MOST_PIXELS, pixels)))

export const templateOf = (columns: readonly Column[], widths: Widths): string =>
  columns
    .map((column) => {
      const { pixels, share } = HEADINGS[column]
      const own = widths[column]
      if (own !== undefined) return `${own}px`
      return share === 0 ? `${pixels}px` : `minmax(${pixels}px, ${share}fr)`
    })
    .join(' ')

/** What a row takes at least, in pixels; in less room the table is pushed sideways. */
export const leastWidthOf = (columns: readonly Column[], widths: Widths): number =>
  columns.reduce((sum, column) => sum + (widths[column] ?? HEADINGS[column].pixels), 0) +
  GAP_PIXELS * (columns.length - 1) +
  2 * PADDING_PIXELS

/** Shows a column after the one it usually follows, or hides it; the title always stays. */
export const toggleColumn = (columns: readonly Column[], column: Column): readonly Column[] => {
  if (columns.includes(column)) return column === 'title' ? columns : columns.filter((other) => other !== column)
  const before = COLUMNS.slice(0, COLUMNS.indexOf(column)).toReversed()
  const neighbour = before.find((other) => columns.includes(other))
  return columns.toSpliced(neighbour === undefined ? 0 : columns.indexOf(neighbour) + 1, 0, column)
}

/** @param place where it stands afterwards, from 0; beyond the ends it stands at the end */
export const moveColumn = (columns: readonly Column[], column: Column, place: number): readonly Column[] => {
  const others = columns.filter((other) => other !== column)
  return others.toSpliced(Math.max(0, Math.min(others.length, place)), 0, column)
}

type Edges = { readonly left: number; readonly right: number }

/** Which place a column has that is let go at `x`: it takes that of the heading below it. @param headings in their order */
export const placeAt = (headings: readonly Edges[], x: number): number =>
  Math.max(
    0,
    headings.findLastIndex(({ left }) => x >= left),
  )
