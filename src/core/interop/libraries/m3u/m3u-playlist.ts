/** Playlists as lines of paths: M3U in the encoding of its machine, M3U8 in UTF-8. */
import { UserError } from '../../../support/user-error.ts'
import { type ForeignTrack, UNKNOWN_FOREIGN_TRACK } from '../foreign-library.ts'
import { locationOfPath, locationOfUrl } from '../foreign-location.ts'
import type { LibraryFormat } from '../library-format.ts'
import { MOST_TRACKS } from '../take-track.ts'

const UTF16 = [
  { mark: [0xff, 0xfe], encoding: 'utf-16le' },
  { mark: [0xfe, 0xff], encoding: 'utf-16be' },
] as const

/** Text that is not UTF-8 comes from a program of a Western Windows. */
const decode = (bytes: Uint8Array): string => {
  const utf16 = UTF16.find(({ mark }) => mark.every((byte, at) => bytes[at] === byte))
  if (utf16 !== undefined) return new TextDecoder(utf16.encoding).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

const INFO = /^#EXTINF:\s*(-?\d+(?:\.\d+)?)[^,]*,(.*)$/i
const NAME = /^#PLAYLIST:(.*)$/i
const SEPARATOR = ' - '
const LONGEST_LINE = 32_768
/** Each track has a line about it, too. */
const MOST_LINES = 2 * MOST_TRACKS
const MOST_BYTES = 64 * 2 ** 20
/** A playlist of the web names pieces of streams, not tracks. */
const STREAM = /^#EXT-X-/m

type Told = Pick<ForeignTrack, 'title' | 'artist' | 'durationSeconds'>
const NOTHING_TOLD: Told = { title: null, artist: null, durationSeconds: null }

const readInfo = (line: string): Told => {
  const [, seconds, text = ''] = INFO.exec(line) ?? []
  if (seconds === undefined) return NOTHING_TOLD
  const at = text.indexOf(SEPARATOR)
  const [artist, title] = at < 0 ? ['', text] : [text.slice(0, at), text.slice(at + SEPARATOR.length)]
  return {
    title: title.trim() || null,
    artist: artist.trim() || null,
    durationSeconds: Number(seconds) > 0 ? Number(seconds) : null,
  }
}

const nameOfFile = (path: string): string => (path.split('/').at(-1) ?? path).replace(/\.m3u8?$/i, '')
/** A drive or two slashes tell Windows; in a relative path a backslash does, where there is no slash. */
const forwardSlashes = (line: string): string =>
  line.includes('/') || !line.includes('\\') || line.startsWith('\\\\') ? line : line.replaceAll('\\', '/')

/** Some programs put paths with spaces between quotes. */
const QUOTED = /^"(.+)"$/
const A_URL = /^(?:file|smb|cifs|afp|nfs):/i

const trackOf = (line: string, told: Told): ForeignTrack => ({
  ...UNKNOWN_FOREIGN_TRACK,
  ...told,
  key: line,
  location: A_URL.test(line) ? locationOfUrl(line) : locationOfPath(forwardSlashes(line), 'library'),
})

const read: LibraryFormat['read'] = ({ name: path, bytes }, take) => {
  if (bytes.length > MOST_BYTES) throw new UserError('IMPORT_MALFORMED', 'The file is far larger than a list of paths.')
  const text = decode(bytes.subarray(0, bytes.length))
  if (text.includes('\0')) throw new UserError('IMPORT_MALFORMED', 'Line 1: the file is binary, not a list of paths.')
  const keys = new Set<string>()
  const trackKeys: string[] = []
  let [name, told] = [nameOfFile(path), NOTHING_TOLD]
  const lines = text.split(/\r\n|\r|\n/, MOST_LINES + 1)
  if (lines.length > MOST_LINES)
    throw new UserError('IMPORT_MALFORMED', `The file has more than ${MOST_LINES.toLocaleString('en-GB')} lines.`)
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim().replace(QUOTED, '$1')
    if (line === '') continue
    if (line.length > LONGEST_LINE)
      throw new UserError('IMPORT_MALFORMED', `Line ${index + 1}: it is too long for a path.`)
    if (line.startsWith('#')) {
      name = NAME.exec(line)?.[1]?.trim() || name
      if (INFO.test(line)) told = readInfo(line)
      continue
    }
    if (!keys.has(line)) take(trackOf(line, told))
    keys.add(line)
    trackKeys.push(line)
    told = NOTHING_TOLD
  }
  const playlists = trackKeys.length === 0 ? [] : [{ name, folders: [], trackKeys }]
  return { program: null, version: null, finish: (track) => track, lists: () => ({ playlists, warnings: [] }) }
}

const SNIFFED_BYTES = 4096
const EXTENSION = /\.m3u8?$/i

export const m3uPlaylist: LibraryFormat = {
  name: 'm3u',
  title: 'M3U playlist',
  extensions: ['.m3u', '.m3u8'],
  sniff: ({ name, bytes }) => {
    const head = decode(bytes.subarray(0, SNIFFED_BYTES))
    if (head.includes('\0') || STREAM.test(head)) return false
    return /^\s*#EXTM3U/i.test(head) || (EXTENSION.test(name) && !head.trimStart().startsWith('<'))
  },
  read,
}
