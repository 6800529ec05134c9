/** Traktor's collection file, version 20, in which every beat marker tells its tempo. */
import { keyInNotation } from '../../../library/key-notation.ts'
import type { ExportedCue, ExportedLibrary, ExportedPlaylist, ExportedTrack } from '../exported-library.ts'
import { writtenAnchors } from '../written-anchors.ts'
import { type FolderTree, folderTree, formatXml, type XmlElement } from '../xml-writer.ts'
import { traktorKeyOf } from './traktor-keys.ts'

const STAR = 51
const MILLISECONDS = 1000
const MEMORY = -1
const NO_NAME = 'n.n.'
const MAC_DISK = 'Macintosh HD'
const BPM_DECIMALS = 6

const open = (
  name: string,
  attributes: XmlElement['attributes'],
  children: readonly XmlElement[] = [],
): XmlElement => ({ name, attributes, children, isOpen: true })

/** The disk of a Mac has a colon where its Finder, and Traktor, show a slash. */
const encodeName = (name: string): string => name.replaceAll(':', '//')

export type TraktorPlace = { readonly volume: string; readonly dir: string; readonly file: string }

/** Windows names the drive or the share; a Mac the disk, which lies under /Volumes where it is not its own. */
export const traktorPlace = (path: string): TraktorPlace => {
  const [, machine, share, below] = /^\/\/([^/]+)\/([^/]+)(\/.*)$/.exec(path) ?? []
  if (below !== undefined) return { ...traktorPlace(below), volume: `\\\\${machine}\\${share}` }
  const [, drive, afterDrive = path] = /^([A-Za-z]:)(\/.*)$/.exec(path) ?? []
  const [, disk, afterDisk = afterDrive] = /^\/Volumes\/([^/]+)(\/.*)$/.exec(afterDrive) ?? []
  const names = afterDisk.split('/').filter((name) => name !== '')
  const folders = names.slice(0, -1).map((name) => `${encodeName(name)}/:`)
  return {
    volume: drive ?? (disk === undefined ? MAC_DISK : encodeName(disk)),
    dir: `/:${folders.join('')}`,
    file: encodeName(names.at(-1) ?? ''),
  }
}

/** By which playlists name a track. */
export const traktorKey = (path: string): string => {
  const { volume, dir, file } = traktorPlace(path)
  return `${volume}${dir}${file}`
}

const milliseconds = (seconds: number): string => (seconds * MILLISECONDS).toFixed(6)

export const traktorCue = ({ name, startSeconds, endSeconds, pad, colour }: ExportedCue): XmlElement =>
  open('CUE_V2', {
    NAME: name === '' ? NO_NAME : name,
    DISPL_ORDER: 0,
    TYPE: endSeconds === null ? 0 : 5,
    START: milliseconds(startSeconds),
    LEN: milliseconds(endSeconds === null ? 0 : endSeconds - startSeconds),
    REPEATS: -1,
    HOTCUE: pad ?? MEMORY,
    COLOR: colour === null ? null : colour.toUpperCase(),
  })

/** A marker without the tempo inside is not read by new versions. */
export const traktorMarkers = ({ grid, durationSeconds }: ExportedTrack): readonly XmlElement[] =>
  grid === null
    ? []
    : writtenAnchors(grid, durationSeconds, { bpm: BPM_DECIMALS, seconds: 9 }).map(({ seconds, bpm }, index) =>
        open(
          'CUE_V2',
          {
            NAME: index === 0 ? 'AutoGrid' : 'Beat Marker',
            DISPL_ORDER: 0,
            TYPE: 4,
            START: milliseconds(seconds),
            LEN: milliseconds(0),
            REPEATS: -1,
            HOTCUE: MEMORY,
          },
          [open('GRID', { BPM: bpm.toFixed(BPM_DECIMALS) })],
        ),
      )

const byTime = (a: ExportedCue, b: ExportedCue): number => a.startSeconds - b.startSeconds

/** "2019-09-03" as "2019/9/3". */
const traktorDate = (date: string | null): string | null =>
  date === null ? null : date.slice(0, 10).split('-').map(Number).join('/')

export const traktorEntry = (track: ExportedTrack): XmlElement => {
  const { volume, dir, file } = traktorPlace(track.path)
  const bpm = track.grid?.anchors[0]?.bpm
  return open('ENTRY', { TITLE: track.title, ARTIST: track.artist }, [
    open('LOCATION', { DIR: dir, FILE: file, VOLUME: volume, VOLUMEID: volume }),
    ...(track.album === null ? [] : [open('ALBUM', { TITLE: track.album })]),
    open('INFO', {
      BITRATE: track.bitRateKbps === null ? null : Math.round(track.bitRateKbps) * 1000,
      GENRE: track.genre,
      COMMENT: track.comment,
      KEY: track.key === null ? null : keyInNotation(track.key, 'open_key'),
      PLAYTIME: track.durationSeconds === null ? null : Math.round(track.durationSeconds),
      PLAYTIME_FLOAT: track.durationSeconds === null ? null : track.durationSeconds.toFixed(6),
      RANKING: track.rating === null ? null : track.rating * STAR,
      IMPORT_DATE: traktorDate(track.addedAt),
      RELEASE_DATE: track.year === null ? null : `${track.year}/1/1`,
      FILESIZE: track.sizeBytes === null ? null : Math.round(track.sizeBytes / 1024),
    }),
    ...(bpm === undefined
      ? []
      : [open('TEMPO', { BPM: bpm.toFixed(BPM_DECIMALS), BPM_QUALITY: (100).toFixed(BPM_DECIMALS) })]),
    ...(track.key === null ? [] : [open('MUSICAL_KEY', { VALUE: traktorKeyOf(track.key) })]),
    ...traktorMarkers(track),
    ...track.cues.toSorted(byTime).map(traktorCue),
  ])
}

/** Traktor tells playlists apart by 32 hexadecimal digits; the same list gets the same ones (FNV-1a). */
const identityOf = (text: string): string =>
  [0, 1, 2, 3]
    .map((seed) => {
      let hash = 0x811c9dc5 ^ seed
      for (const character of text) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193)
      return (hash >>> 0).toString(16).padStart(8, '0')
    })
    .join('')

const playlistNode = (playlist: ExportedPlaylist, keys: ReadonlyMap<number, string>): XmlElement => {
  const entries = playlist.trackIds.flatMap((id) => keys.get(id) ?? [])
  return open('NODE', { TYPE: 'PLAYLIST', NAME: playlist.name }, [
    open(
      'PLAYLIST',
      {
        ENTRIES: entries.length,
        TYPE: 'LIST',
        UUID: identityOf([...playlist.folders, playlist.name].join('\n')),
      },
      entries.map((KEY) => open('ENTRY', {}, [open('PRIMARYKEY', { TYPE: 'TRACK', KEY })])),
    ),
  ])
}

const folderNode = (tree: FolderTree<ExportedPlaylist>, keys: ReadonlyMap<number, string>): XmlElement =>
  open('NODE', { TYPE: 'FOLDER', NAME: tree.name }, [
    open('SUBNODES', { COUNT: tree.folders.length + tree.playlists.length }, [
      ...tree.folders.map((folder) => folderNode(folder, keys)),
      ...tree.playlists.map((playlist) => playlistNode(playlist, keys)),
    ]),
  ])

export const writeTraktorNml = ({ tracks, playlists }: ExportedLibrary): string => {
  const keys = new Map(tracks.map((track) => [track.id, traktorKey(track.path)]))
  const root = open('NML', { VERSION: 20 }, [
    open('HEAD', { COMPANY: 'www.native-instruments.com', PROGRAM: 'Traktor Pro 4' }),
    open('MUSICFOLDERS', {}),
    open('COLLECTION', { ENTRIES: tracks.length }, tracks.map(traktorEntry)),
    open('SETS', { ENTRIES: 0 }),
    open('PLAYLISTS', {}, [folderNode(folderTree('$ROOT', playlists), keys)]),
    open('INDEXING', {}),
  ])
  return `<?xml version="1.0" encoding="UTF-8" standalone="no" ?>\n${formatXml(root)}\n`
}
