import { expect, test } from 'vitest'
import { libraryFile, parseText } from '../library-file.fixture.ts'
import { itunesXml } from './itunes-xml.ts'

const DOCTYPE =
  '<!DOCTYPE plist PUBLIC "-//Apple Computer//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">'
const library = (tracks: string, playlists = '', doctype = DOCTYPE): string =>
  `<?xml version="1.0" encoding="UTF-8"?>${doctype}<plist version="1.0"><dict>
    <key>Application Version</key><string>12.1.2.27</string><key>Tracks</key><dict>${tracks}</dict>
    <key>Playlists</key><array>${playlists}</array></dict></plist>`
const entry = (id: number, fields: string): string =>
  `<key>${id}</key><dict><key>Track ID</key><integer>${id}</integer>${fields}</dict>`
const items = (...ids: number[]): string =>
  `<key>Playlist Items</key><array>${ids.map((id) => `<dict><key>Track ID</key><integer>${id}</integer></dict>`).join('')}</array>`
const list = (name: string, fields: string): string => `<dict><key>Name</key><string>${name}</string>${fields}</dict>`

test('a track with all that iTunes says of it', () => {
  const { program, version, tracks } = parseText(
    itunesXml,
    library(
      entry(
        638,
        `<key>Name</key><string>❦ (Ripe &#38; Ruin)</string><key>Artist</key><string>alt-J</string><key>Album</key><string>Wave</string>
         <key>Genre</key><string>Alternative</string><key>Comments</key><string>warm</string><key>Size</key><integer>6827195</integer>
         <key>Total Time</key><integer>227082</integer><key>Year</key><integer>2012</integer><key>BPM</key><integer>120</integer>
         <key>Date Added</key><date>2014-04-24T09:28:38Z</date><key>Play Count</key><integer>31</integer><key>Rating</key><integer>80</integer>
         <key>Artwork</key><data>AAAA</data><key>Location</key><string>file://localhost/G:/Alt-J/02%20%E2%9D%A6%20(Ripe%20&#38;%20Ruin).mp3</string>`,
      ),
    ),
  )
  expect({ program, version }).toEqual({ program: 'iTunes', version: '12.1.2.27' })
  expect(tracks).toEqual([
    {
      key: '638',
      location: { path: 'G:/Alt-J/02 ❦ (Ripe & Ruin).mp3', from: 'root', streaming: null },
      title: '❦ (Ripe & Ruin)',
      artist: 'alt-J',
      album: 'Wave',
      genre: 'Alternative',
      comment: 'warm',
      year: 2012,
      durationSeconds: 227.082,
      sizeBytes: 6_827_195,
      bpm: 120,
      keyName: null,
      rating: 4,
      colour: null,
      playCount: 31,
      addedAt: '2014-04-24',
      grid: null,
      cues: [],
      phrases: [],
    },
  ])
})

test('computed stars are nobody’s, and what is only streamed says so', () => {
  const { tracks, warnings } = parseText(
    itunesXml,
    library(
      entry(1, '<key>Rating</key><integer>60</integer><key>Rating Computed</key><true/>') +
        entry(2, '<key>Track Type</key><string>Remote</string>'),
    ),
  )
  expect(tracks.map(({ rating, location }) => [rating, location.streaming])).toEqual([
    [null, null],
    [null, 'apple-music'],
  ])
  expect(warnings).toEqual([{ text: 'A track does not say where its file is.', place: 'track 1', count: 1 }])
})

test('playlists in folders; lists that iTunes makes are told', () => {
  const { playlists, warnings } = parseText(
    itunesXml,
    library(
      entry(1, '<key>Location</key><string>file:///a.mp3</string>'),
      list('Library', `<key>Master</key><true/>${items(1)}`) +
        list('Gigs', '<key>Folder</key><true/><key>Playlist Persistent ID</key><string>F</string>') +
        list('Friday', `<key>Parent Persistent ID</key><string>F</string>${items(1, 1, 7)}`),
    ),
  )
  expect(playlists).toEqual([{ name: 'Friday', folders: ['Gigs'], trackKeys: ['1', '1'] }])
  expect(warnings.map(({ text, place }) => [text, place])).toEqual([
    ['A list that iTunes makes by itself was passed over.', 'Library'],
    ['A playlist names a track that the file does not have.', 'Friday'],
  ])
})

test('the document type of Apple is let through, one with declarations of its own is not', () => {
  expect(itunesXml.sniff(libraryFile('a.xml', library('')))).toBe(true)
  const declaring = DOCTYPE.replace('>', ' [<!ENTITY a "b">]>')
  expect(() => parseText(itunesXml, library('', '', declaring))).toThrow(
    expect.objectContaining({ code: 'IMPORT_MALFORMED', message: expect.stringContaining('document type') }),
  )
})
