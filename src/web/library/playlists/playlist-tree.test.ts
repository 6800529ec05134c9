import { expect, test } from 'vitest'
import { type Playlist, playlistTree, stepOfPlaylist } from './playlist-tree.ts'

const playlist = (id: number, ...folders: string[]): Playlist => ({
  id,
  name: `P${id}`,
  folders,
  filter: null,
  limit: null,
  tracks: 0,
  problem: null,
  import_id: null,
  created_at: '',
  changed_at: '',
})

const LISTS = [playlist(1), playlist(2, 'A', 'B'), playlist(3, 'A'), playlist(4), playlist(5, 'A')]
const tree = playlistTree(LISTS, [['A'], ['A', 'B'], ['C']])

test('folders hold their playlists in order, and those that hold nothing are there', () => {
  expect(tree.playlists.map(({ id }) => id)).toEqual([1, 4])
  expect(tree.folders.map(({ name }) => name)).toEqual(['A', 'C'])
  const [a, c] = tree.folders
  expect(a!.playlists.map(({ id }) => id)).toEqual([3, 5])
  expect(a!.folders.map(({ name, playlists }) => [name, playlists.map(({ id }) => id)])).toEqual([['B', [2]]])
  expect([c!.folders, c!.playlists]).toEqual([[], []])
})

test('a playlist steps past the one beside it, and no further than its folder', () => {
  expect(stepOfPlaylist(tree, LISTS[3]!, -1)).toEqual({ before: 1 })
  expect(stepOfPlaylist(tree, LISTS[0]!, 1)).toEqual({ before: null })
  expect(stepOfPlaylist(tree, LISTS[2]!, -1)).toBeNull()
  expect(stepOfPlaylist(tree, LISTS[4]!, 1)).toBeNull()
})
