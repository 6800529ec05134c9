import { expect, test } from 'vitest'
import { libraryFile, parseText } from '../library-file.fixture.ts'
import { parseLibrary } from '../parse-library.ts'
import { m3uPlaylist } from './m3u-playlist.ts'

test('names, lengths and paths of every machine', () => {
  const { tracks, playlists } = parseText(
    m3uPlaylist,
    `\ufeff#EXTM3U\r\n#PLAYLIST:Friday\r\n#EXTINF:279,The Band - Song - Live\r\nx:\\Música\\a.mp3\r\n\r\n#EXTINF:-1,Only\r\n..\\b\\c.mp3
../d.mp3\nfile:///Users/dj/e%20f.mp3\nhttp://radio.example/stream\n/g.mp3\n/g.mp3\n`,
    'D:/lists/night.m3u8',
  )
  expect(
    tracks.map(({ location, title, artist, durationSeconds }) => [location, artist, title, durationSeconds]),
  ).toEqual([
    [{ path: 'x:/Música/a.mp3', from: 'root', streaming: null }, 'The Band', 'Song - Live', 279],
    [{ path: '../b/c.mp3', from: 'library', streaming: null }, null, 'Only', null],
    [{ path: '../d.mp3', from: 'library', streaming: null }, null, null, null],
    [{ path: '/Users/dj/e f.mp3', from: 'root', streaming: null }, null, null, null],
    [{ path: null, from: 'nowhere', streaming: 'radio.example' }, null, null, null],
    [{ path: '/g.mp3', from: 'root', streaming: null }, null, null, null],
  ])
  expect(playlists).toEqual([{ name: 'Friday', folders: [], trackKeys: [...tracks.map(({ key }) => key), '/g.mp3'] }])
})

test('paths between quotes, and as URLs of several kinds', () => {
  const { tracks } = parseText(m3uPlaylist, '"C:\\My Music\\a.mp3"\nfile:/b%20c.mp3\nsmb://nas/music/d.mp3\n', 'l.m3u8')
  expect(tracks.map(({ location }) => location.path)).toEqual(['C:/My Music/a.mp3', '/b c.mp3', '//nas/music/d.mp3'])
})

test('without a name of its own a list is called like its file', () => {
  expect(parseText(m3uPlaylist, 'a.mp3', 'D:/lists/Warm up.m3u').playlists[0]!.name).toBe('Warm up')
})

test('Latin text of a Windows, and UTF-16', () => {
  const latin = Uint8Array.from('C:\\Café\\–.mp3'.replace('–', '\u0096'), (c) => c.charCodeAt(0))
  expect(parseLibrary(m3uPlaylist, { name: 'a.m3u', bytes: latin }).tracks[0]!.location.path).toBe('C:/Café/–.mp3')
  const utf16 = Uint8Array.from([0xff, 0xfe, ...[...'é.mp3'].flatMap((c) => [c.charCodeAt(0), 0])])
  expect(parseLibrary(m3uPlaylist, { name: 'a.m3u', bytes: utf16 }).tracks[0]!.location.path).toBe('é.mp3')
})

test('it is recognised by its first line or its name, and lists of streams are not it', () => {
  expect(m3uPlaylist.sniff(libraryFile('a.txt', '#EXTM3U\na.mp3'))).toBe(true)
  expect(m3uPlaylist.sniff(libraryFile('a.m3u', 'a.mp3'))).toBe(true)
  expect(m3uPlaylist.sniff(libraryFile('a.txt', 'a.mp3'))).toBe(false)
  expect(m3uPlaylist.sniff(libraryFile('a.m3u8', '#EXTM3U\n#EXT-X-VERSION:3\n'))).toBe(false)
  expect(m3uPlaylist.sniff(libraryFile('a.m3u', '\0\0'))).toBe(false)
})

test('bytes that are no text are refused', () =>
  expect(() => parseText(m3uPlaylist, 'a\0b')).toThrow(expect.objectContaining({ code: 'IMPORT_MALFORMED' })))
