import { MOST_FOLDERS, tellOfDepth } from '../foreign-folders.ts'
import type { ForeignPlaylist } from '../foreign-library.ts'
import { type ForeignRow, type ForeignTables, rowNumber, rowsBy, rowText } from '../foreign-rows.ts'
import type { WarningTally } from '../warning-tally.ts'

/** Rows that each name the next are put into their order; what the chain does not reach comes after, and a ring ends where it closes. */
const inChain = (rows: readonly ForeignRow[], nextColumn: string): ForeignRow[] => {
  const byId = new Map(rows.map((row) => [rowNumber(row, 'id'), row]))
  const named = new Set(rows.map((row) => rowNumber(row, nextColumn)))
  const ordered = new Set<ForeignRow>()
  for (const first of rows.filter((row) => !named.has(rowNumber(row, 'id'))))
    for (let row: ForeignRow | undefined = first; row !== undefined && !ordered.has(row); ) {
      ordered.add(row)
      row = byId.get(rowNumber(row, nextColumn))
    }
  for (const row of rows) ordered.add(row)
  return [...ordered]
}

/** Before version 2, crates and playlists are tables of their own, or, from 1.18 on, lists of two types in one. */
const OLD_LISTS = [
  { lists: 'Playlist', entries: 'PlaylistTrackList', listId: 'playlistId', type: null, folders: [] },
  { lists: 'Crate', entries: 'CrateTrackList', listId: 'crateId', type: null, folders: ['Crates'] },
  { lists: 'List', entries: 'ListTrackList', listId: 'listId', type: 1, folders: [] },
  { lists: 'List', entries: 'ListTrackList', listId: 'listId', type: 4, folders: ['Crates'] },
] as const

const keysOf = (rows: readonly ForeignRow[], keys: ReadonlySet<string>): string[] =>
  rows.map((row) => String(rowNumber(row, 'trackId'))).filter((key) => keys.has(key))

const readOldLists = (tables: ForeignTables, keys: ReadonlySet<string>): ForeignPlaylist[] =>
  OLD_LISTS.flatMap(({ lists, entries, listId, type, folders }) => {
    const ofType = (rows: readonly ForeignRow[] = [], column: string): readonly ForeignRow[] =>
      type === null ? rows : rows.filter((row) => rowNumber(row, column) === type)
    const tracks = rowsBy(ofType(tables[entries], 'listType'), listId)
    return ofType(tables[lists], 'type').map((list) => {
      const rows = tracks.get(rowNumber(list, 'id') ?? -1) ?? []
      const inOrder = rows.toSorted((a, b) => (rowNumber(a, 'trackNumber') ?? 0) - (rowNumber(b, 'trackNumber') ?? 0))
      return { name: rowText(list, 'title') ?? '', folders, trackKeys: keysOf(inOrder, keys) }
    })
  })

type Listed = { readonly list: ForeignRow; readonly folders: readonly string[]; readonly depth: number }

const readTree = (tables: ForeignTables, keys: ReadonlySet<string>, warnings: WarningTally): ForeignPlaylist[] => {
  const children = rowsBy(tables.Playlist, 'parentListId')
  const entries = rowsBy(tables.PlaylistEntity, 'listId')
  const seen = new Set<ForeignRow>()
  const below = (parent: number, folders: readonly string[], depth: number): Listed[] =>
    inChain(children.get(parent) ?? [], 'nextListId')
      .filter((list) => !seen.has(list))
      .map((list) => ({ list, folders, depth }))
  const found: ForeignPlaylist[] = []
  // The next one is the last: folders may be nested more deeply than calls.
  const waiting = below(0, [], 0).toReversed()
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { list, folders, depth } = next
    if (seen.has(list)) continue
    seen.add(list)
    const id = rowNumber(list, 'id') ?? -1
    const name = rowText(list, 'title') ?? ''
    const trackKeys = keysOf(inChain(entries.get(id) ?? [], 'nextEntityId'), keys)
    const inner = below(id, [...folders, name].slice(-MOST_FOLDERS), depth + 1)
    waiting.push(...inner.toReversed())
    // Every list can hold others; one that holds nothing but others is a folder.
    if (trackKeys.length === 0 && inner.length > 0) continue
    if (depth > MOST_FOLDERS) tellOfDepth(warnings, name)
    found.push({ name, folders, trackKeys })
  }
  return found
}

/** What was played, in `hm.db`. */
const readHistory = (tables: ForeignTables, keys: ReadonlySet<string>): ForeignPlaylist[] => {
  const entries = rowsBy(tables.HistorylistEntity, 'listId')
  return (tables.Historylist ?? []).map((list) => ({
    name: rowText(list, 'title') ?? '',
    folders: ['History'],
    trackKeys: keysOf(entries.get(rowNumber(list, 'id') ?? -1) ?? [], keys),
  }))
}

export const readEngineLists = (
  tables: ForeignTables,
  keys: ReadonlySet<string>,
  warnings: WarningTally,
): ForeignPlaylist[] => [
  ...(OLD_LISTS.some(({ entries }) => (tables[entries] ?? []).length > 0)
    ? readOldLists(tables, keys)
    : readTree(tables, keys, warnings)),
  ...readHistory(tables, keys),
]
