import type { Column, Sort } from './library-state.ts'

export type TableColumn = 'title' | Column

type Heading = {
  readonly name: string
  /** Null: nothing to sort by. */
  readonly sort: Sort | null
  readonly width: string
}

export const HEADINGS: Readonly<Record<TableColumn, Heading>> = {
  title: { name: 'Title', sort: 'title', width: 'minmax(130px, 3fr)' },
  artist: { name: 'Artist', sort: 'artist', width: 'minmax(80px, 2fr)' },
  bpm: { name: 'BPM', sort: 'bpm', width: '56px' },
  key: { name: 'Key', sort: 'key', width: '92px' },
  energy: { name: 'Energy', sort: 'energy', width: '72px' },
  duration: { name: 'Length', sort: 'duration', width: '58px' },
  sections: { name: 'Sections', sort: null, width: 'minmax(90px, 3fr)' },
  labels: { name: 'Labels', sort: 'labels', width: '56px' },
  status: { name: 'Status', sort: null, width: 'minmax(92px, 1fr)' },
}

export const templateOf = (columns: readonly TableColumn[]): string =>
  columns.map((column) => HEADINGS[column].width).join(' ')
