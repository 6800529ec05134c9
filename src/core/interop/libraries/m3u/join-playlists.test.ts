import { expect, test } from 'vitest'
import { parseText } from '../library-file.fixture.ts'
import { joinPlaylists } from './join-playlists.ts'
import { m3uPlaylist } from './m3u-playlist.ts'

const listed = (folder: string, name: string, text: string) => ({
  folder,
  library: parseText(m3uPlaylist, text, `${folder}/${name}`),
})

test('a track that several lists name is one track, however each writes its path', () => {
  const { tracks, playlists } = joinPlaylists([
    listed('/music/lists', 'Friday.m3u8', '../a.mp3\n../b.mp3\n/elsewhere/c.mp3\nhttp://radio.example/stream\n'),
    listed('/music', 'Saturday.m3u8', '#EXTINF:279,The Band - Song\n./a.mp3\na.mp3\nfile:///elsewhere/c.mp3\n'),
    listed('D:/Sets', 'Sunday.m3u', 'd:\\Sets\\Cafe\u0301.mp3\nCaf\u00e9.mp3\nhttp://radio.example/stream\n'),
  ])
  expect(tracks.map(({ location, title, durationSeconds }) => [location.path, title, durationSeconds])).toEqual([
    ['/music/a.mp3', 'Song', 279],
    ['/music/b.mp3', null, null],
    ['/elsewhere/c.mp3', null, null],
    [null, null, null],
    ['d:/Sets/Cafe\u0301.mp3', null, null],
  ])
  const at = new Map(tracks.map(({ key }, index) => [key, index]))
  expect(playlists.map(({ name, trackKeys }) => [name, trackKeys.map((key) => at.get(key))])).toEqual([
    ['Friday', [0, 1, 2, 3]],
    ['Saturday', [0, 0, 2]],
    ['Sunday', [4, 4, 3]],
  ])
})
