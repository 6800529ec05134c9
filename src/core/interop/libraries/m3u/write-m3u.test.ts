import { posix } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exportedLibraries, exportedTrack } from '../exported-library.fixture.ts'
import { parseText } from '../library-file.fixture.ts'
import { m3uPlaylist } from './m3u-playlist.ts'
import { relativePath, writeM3u } from './write-m3u.ts'

test('lengths, names and paths, whole or from the folder of the list', () => {
  const tracks = [exportedTrack(), exportedTrack({ path: '/Users/dj/b.mp3', artist: null, durationSeconds: null })]
  expect(writeM3u('Friday\nnight', tracks, null)).toBe(
    '#EXTM3U\n#PLAYLIST:Friday night\n#EXTINF:300,The Band - Song\n/Users/dj/Music/Song.mp3\n#EXTINF:-1,Song\n/Users/dj/b.mp3\n',
  )
  expect(writeM3u('Friday', tracks, '/Users/dj/lists')).toContain('\n../Music/Song.mp3\n')
})

test.each([
  ['/a/b', '/a/b/c.mp3', 'c.mp3'],
  ['/a/b', '/a/c.mp3', '../c.mp3'],
  ['D:/a', 'D:/a/b/c.mp3', 'b/c.mp3'],
  ['d:/a', 'D:/b.mp3', '../b.mp3'],
  ['D:/a', 'E:/b.mp3', 'E:/b.mp3'],
  ['//nas/music/a', '//nas/music/b.mp3', '../b.mp3'],
  ['/', '/a.mp3', 'a.mp3'],
])('from %s to %s is %s', (folder, path, expected) => expect(relativePath(folder, path)).toBe(expected))

test('every list comes back through our own reader', () => {
  fc.assert(
    fc.property(exportedLibraries, ({ tracks }) => {
      const { tracks: read, playlists } = parseText(m3uPlaylist, writeM3u('Friday', tracks, null))
      expect(read.map(({ location }) => location.path)).toEqual(tracks.map(({ path }) => path))
      expect(playlists).toEqual([{ name: 'Friday', folders: [], trackKeys: tracks.map(({ path }) => path) }])
    }),
  )
})

test.each([
  ['/Users/dj/ a.mp3', './ a.mp3'],
  ['/Users/dj/\u00a0a/b.mp3', './\u00a0a/b.mp3'],
  ['/Users/dj/#1.mp3', './#1.mp3'],
  ['/Users/dj/x:y.mp3', './x:y.mp3'],
  ['/Users/ a.mp3', '../ a.mp3'],
])('a path that begins like something else is led by the folder of the list: %j', (path, line) => {
  const text = writeM3u('x', [exportedTrack({ path })], '/Users/dj')
  expect(text.split('\n')).toContain(line)
  const [read] = parseText(m3uPlaylist, text).tracks
  expect(posix.resolve('/Users/dj', read!.location.path!)).toBe(path)
})

test.each([
  ['/Users/dj/two\nlines.mp3', 'file:///Users/dj/two%0Alines.mp3'],
  ['D:/Sets/ends in a space ', 'file:///D:/Sets/ends%20in%20a%20space%20'],
])('a path that no line can hold is written as an address: %j', (path, line) => {
  const text = writeM3u('x', [exportedTrack({ path })], '/Users/dj')
  expect(text.split('\n')).toContain(line)
  expect(parseText(m3uPlaylist, text).tracks.map(({ location }) => location.path)).toEqual([path])
})
