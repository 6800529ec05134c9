import { expect, test } from 'vitest'
import { readEngineLists } from './engine/engine-lists.ts'
import { foldersAround } from './foreign-folders.ts'
import { parseText } from './library-file.fixture.ts'
import { rekordboxXml } from './rekordbox/rekordbox-xml.ts'
import { createWarningTally } from './warning-tally.ts'

test('a ring of folders ends where it closes, and of an endless chain the innermost count', () => {
  const warnings = createWarningTally()
  const nodes = Array.from({ length: 500 }, (_, id) => ({ id, name: `n${id}` }))
  expect(foldersAround(nodes[2]!, ({ id }) => nodes[(id + 1) % 4], warnings)).toEqual(['n1', 'n0', 'n3'])
  const deep = foldersAround(nodes[499]!, ({ id }) => nodes[id - 1], warnings)
  expect([deep.length, deep[0], deep.at(-1)]).toEqual([64, 'n435', 'n498'])
  expect(warnings.list()).toEqual([
    { text: 'A playlist lies in more than 64 folders: the outermost are left out.', place: 'n499', count: 1 },
  ])
})

test('a thousand folders of rekordbox within each other keep their playlist', () => {
  const depth = 1000
  const inside = '<NODE Type="0" Name="F">'.repeat(depth)
  const list = '<NODE Type="1" KeyType="0" Name="P"><TRACK Key="1"/></NODE>'
  const { playlists, warnings } = parseText(
    rekordboxXml,
    `<DJ_PLAYLISTS><COLLECTION><TRACK TrackID="1" Location="file://localhost/a.mp3"/></COLLECTION><PLAYLISTS><NODE Type="0" Name="ROOT">${inside}${list}${'</NODE>'.repeat(depth)}</NODE></PLAYLISTS></DJ_PLAYLISTS>`,
  )
  expect(playlists).toEqual([{ name: 'P', folders: Array<string>(64).fill('F'), trackKeys: ['1'] }])
  expect(warnings).toMatchObject([{ text: expect.stringContaining('64 folders'), place: 'P' }])
})

test('fifty thousand lists of Engine within each other are read, and lists that hold each other once', () => {
  const rows = Array.from({ length: 50_000 }, (_, at) => ({
    id: at + 1,
    parentListId: at,
    title: `L${at}`,
    nextListId: 0,
  }))
  const tables = { Playlist: rows, PlaylistEntity: [{ id: 1, listId: 50_000, trackId: 7, nextEntityId: 0 }] }
  const warnings = createWarningTally()
  const found = readEngineLists(tables, new Set(['7']), warnings)
  expect(found.map(({ name, folders, trackKeys }) => [name, folders.length, trackKeys])).toEqual([
    ['L49999', 64, ['7']],
  ])
  expect(warnings.list()).toMatchObject([{ place: 'L49999', count: 1 }])
  const ring = [
    { id: 1, parentListId: 0, title: 'A', nextListId: 0 },
    { id: 2, parentListId: 1, title: 'B', nextListId: 2 },
  ]
  expect(readEngineLists({ Playlist: ring, PlaylistEntity: [] }, new Set(), warnings).map(({ name }) => name)).toEqual([
    'B',
  ])
})

test('sixty-four folders below the root are kept, and nothing is told', () => {
  const inside = Array.from({ length: 64 }, (_, at) => `<NODE Type="0" Name="F${at}">`).join('')
  const list = '<NODE Type="1" KeyType="0" Name="P"/>'
  const { playlists, warnings } = parseText(
    rekordboxXml,
    `<DJ_PLAYLISTS><COLLECTION/><PLAYLISTS><NODE Type="0" Name="ROOT">${inside}${list}${'</NODE>'.repeat(65)}</PLAYLISTS></DJ_PLAYLISTS>`,
  )
  expect([playlists[0]!.folders.length, playlists[0]!.folders[0], warnings]).toEqual([64, 'F0', []])
})
