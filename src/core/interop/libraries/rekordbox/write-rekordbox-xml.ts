/**
 * rekordbox XML as rekordbox writes it: every number whole where rekordbox has it whole, PRODUCT and PLAYLISTS always there. Readers
 * other than rekordbox refuse less.
 */
import { keyInNotation } from '../../../library/key-notation.ts'
import type { ExportedCue, ExportedLibrary, ExportedPlaylist, ExportedTrack } from '../exported-library.ts'
import { channelsOf, nearestColour } from '../nearest-colour.ts'
import { writtenAnchors } from '../written-anchors.ts'
import { type FolderTree, folderTree, formatXml, type XmlElement } from '../xml-writer.ts'

/** What rekordbox offers for a hot cue, in the order of its picker. */
const PALETTE = [
  '#de44cf',
  '#b432ff',
  '#aa72ff',
  '#6473ff',
  '#305aff',
  '#50b4ff',
  '#00e0ff',
  '#1fa392',
  '#10b176',
  '#28e214',
  '#a5e116',
  '#b4be04',
  '#c3af04',
  '#e0641b',
  '#e62828',
  '#ff127b',
] as const

const KINDS: Readonly<Record<string, string>> = {
  mp3: 'MP3 File',
  wav: 'WAV File',
  flac: 'FLAC File',
  m4a: 'M4A File',
  aif: 'AIFF File',
  aiff: 'AIFF File',
}
const STAR = 51
const MEMORY = -1

/** rekordbox encodes an apostrophe, too. */
const encodeSegment = (segment: string): string =>
  /^[A-Za-z]:$/.test(segment) ? segment : encodeURIComponent(segment.toWellFormed()).replaceAll("'", '%27')

const rekordboxLocation = (path: string): string =>
  `file://localhost/${path.replace(/^\//, '').split('/').map(encodeSegment).join('/')}`

/** "F#m". */
const formatTonality = (key: string): string => keyInNotation(key, 'musical').replace('♯', '#').replace('♭', 'b')

const kindOf = (path: string): string => {
  const extension = path.split('.').at(-1)!.toLowerCase()
  return KINDS[extension] ?? `${extension.toUpperCase()} File`
}

const markOf = ({ pad, startSeconds, endSeconds, name, colour }: ExportedCue): XmlElement => {
  const [Red = null, Green = null, Blue = null] =
    pad === null || colour === null ? [] : channelsOf(nearestColour(colour, PALETTE))
  return {
    name: 'POSITION_MARK',
    attributes: {
      Name: name,
      Type: endSeconds === null ? 0 : 4,
      Start: startSeconds.toFixed(3),
      End: endSeconds === null ? null : endSeconds.toFixed(3),
      Num: pad ?? MEMORY,
      Red,
      Green,
      Blue,
    },
  }
}

/** The marks of a track, which is also what is added to a track that rekordbox knows. */
export const rekordboxMarks = (cues: readonly ExportedCue[]): readonly XmlElement[] =>
  cues.toSorted((a, b) => a.startSeconds - b.startSeconds || (b.pad ?? MEMORY) - (a.pad ?? MEMORY)).map(markOf)

export const rekordboxTempi = ({ grid, durationSeconds }: ExportedTrack): readonly XmlElement[] =>
  grid === null
    ? []
    : writtenAnchors(grid, durationSeconds, { bpm: 2, seconds: 3 }).map(({ seconds, bpm, beatOfBar }) => ({
        name: 'TEMPO',
        attributes: {
          Inizio: seconds.toFixed(3),
          Bpm: bpm.toFixed(2),
          Metro: `${grid.beatsPerBar}/4`,
          Battito: beatOfBar + 1,
        },
      }))

export const rekordboxTrack = (track: ExportedTrack): XmlElement => ({
  name: 'TRACK',
  attributes: {
    TrackID: track.id,
    Name: track.title,
    Artist: track.artist ?? '',
    Composer: '',
    Album: track.album ?? '',
    Grouping: '',
    Genre: track.genre ?? '',
    Kind: kindOf(track.path),
    Size: track.sizeBytes ?? 0,
    TotalTime: Math.round(track.durationSeconds ?? 0),
    DiscNumber: 0,
    TrackNumber: 0,
    Year: track.year ?? 0,
    AverageBpm: (track.grid?.anchors[0]?.bpm ?? 0).toFixed(2),
    DateAdded: track.addedAt?.slice(0, 10) ?? null,
    BitRate: Math.round(track.bitRateKbps ?? 0),
    SampleRate: 0,
    Comments: track.comment ?? '',
    PlayCount: 0,
    Rating: (track.rating ?? 0) * STAR,
    Location: rekordboxLocation(track.path),
    Remixer: '',
    Tonality: track.key === null ? '' : formatTonality(track.key),
    Label: '',
    Mix: '',
  },
  children: [...rekordboxTempi(track), ...rekordboxMarks(track.cues)],
})

const playlistNode = ({ name, trackIds }: ExportedPlaylist): XmlElement => ({
  name: 'NODE',
  attributes: { Name: name, Type: 1, KeyType: 0, Entries: trackIds.length },
  children: trackIds.map((Key) => ({ name: 'TRACK', attributes: { Key } })),
})

const folderNode = ({ name, folders, playlists }: FolderTree<ExportedPlaylist>): XmlElement => ({
  name: 'NODE',
  attributes: { Type: 0, Name: name, Count: folders.length + playlists.length },
  children: [...folders.map(folderNode), ...playlists.map(playlistNode)],
})

/** @param version of Algiers */
export const writeRekordboxXml = ({ tracks, playlists }: ExportedLibrary, version: string): string => {
  const root: XmlElement = {
    name: 'DJ_PLAYLISTS',
    attributes: { Version: '1.0.0' },
    children: [
      { name: 'PRODUCT', attributes: { Name: 'Algiers', Version: version, Company: 'Algiers' } },
      { name: 'COLLECTION', attributes: { Entries: tracks.length }, children: tracks.map(rekordboxTrack) },
      { name: 'PLAYLISTS', attributes: {}, children: [folderNode(folderTree('ROOT', playlists))] },
    ],
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${formatXml(root)}\n`
}
