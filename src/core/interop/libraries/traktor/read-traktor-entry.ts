/** What an element ENTRY of a Traktor collection and its children say. */
import { readCueName } from '../cue-names.ts'
import {
  readCount,
  readDate,
  readHexColour,
  readNumber,
  readPositive,
  readStarsOf255,
  readTempo,
  readText,
  readYear,
} from '../foreign-fields.ts'
import type { ForeignAnchor, ForeignCue, ForeignCueType, ForeignLocation, ForeignTrack } from '../foreign-library.ts'
import { locationOfPath } from '../foreign-location.ts'
import { gridOfAnchors, sortCues } from '../sort-cues.ts'
import type { WarningTally } from '../warning-tally.ts'
import type { XmlAttributes } from '../xml-reader.ts'
import { nameOfTraktorKey } from './traktor-keys.ts'

/** Colours 1 to 7 of tracks. */
const TRACK_COLOURS = [null, '#ff0000', '#ff8000', '#ffff00', '#00ff00', '#0000ff', '#8000ff', '#ff00ff'] as const

const DRIVE = /^[A-Za-z]:$/
/** A folder of another machine, as Windows writes it. */
const SHARE = /^(?:\\\\|\/\/)[^\\/]/
/** Where a Mac keeps what is on its own disk, and its other disks. */
const MAC_ROOT = /^\/(?:Users|Volumes|Library|Applications|System|private|opt)\//
const MAC_DISK = 'Macintosh HD'

/** Names are separated by "/:"; "//" is a slash in a name, which the disk of a Mac has as a colon. */
const decodeName = (name: string): string => name.replaceAll('//', ':')

export const locationOfEntry = ({ DIR = '', FILE = '', VOLUME = '' }: XmlAttributes): ForeignLocation => {
  const streamed = locationOfPath(FILE)
  if (FILE === '' || streamed.streaming !== null) return streamed
  const folders = DIR.split('/:')
    .filter((name) => name !== '')
    .map(decodeName)
  const path = [...folders, decodeName(FILE)].join('/')
  if (SHARE.test(VOLUME)) return locationOfPath(`${VOLUME}/${path}`)
  if (DRIVE.test(VOLUME)) return { path: `${VOLUME}/${path}`, from: 'root', streaming: null }
  const isOfMac = VOLUME === '' || VOLUME === MAC_DISK || MAC_ROOT.test(`/${path}`)
  return isOfMac ? { path: `/${path}`, from: 'root', streaming: null } : { path, from: 'volume', streaming: null }
}

/** As playlists name a track. */
export const keyOfEntry = ({ DIR = '', FILE = '', VOLUME = '' }: XmlAttributes): string => `${VOLUME}${DIR}${FILE}`

export const readTitle = ({ TITLE, ARTIST }: XmlAttributes): Partial<ForeignTrack> => ({
  title: readText(TITLE),
  artist: readText(ARTIST),
})

export const readInfo = (attributes: XmlAttributes): Partial<ForeignTrack> => ({
  genre: readText(attributes.GENRE),
  comment: readText(attributes.COMMENT),
  keyName: readText(attributes.KEY),
  year: readYear(attributes.RELEASE_DATE),
  durationSeconds: readPositive(attributes.PLAYTIME_FLOAT) ?? readPositive(attributes.PLAYTIME),
  rating: readStarsOf255(attributes.RANKING),
  colour: TRACK_COLOURS[readNumber(attributes.COLOR) ?? 0] ?? null,
  playCount: readCount(attributes.PLAYCOUNT),
  addedAt: readDate(attributes.IMPORT_DATE),
})

export const keyNameOfValue = ({ VALUE }: XmlAttributes): string | null => nameOfTraktorKey(readNumber(VALUE))

/** A CUE_V2 with the tempo of the GRID inside it, from Traktor 4 on. */
export type OpenCue = { readonly attributes: XmlAttributes; gridBpm: string | undefined }

const TYPES: readonly ForeignCueType[] = ['cue', 'fade-in', 'fade-out', 'load', 'cue', 'loop']
const GRID = 4
const PAD_COUNT = 8
const MILLISECONDS = 1000

const readCue = ({ attributes }: OpenCue, place: string, warnings: WarningTally): ForeignCue | null => {
  const [start, type, length, hotcue] = [attributes.START, attributes.TYPE, attributes.LEN, attributes.HOTCUE].map(
    readNumber,
  )
  if (start == null) {
    warnings.add('A cue without a place was passed over.', place)
    return null
  }
  const { name, isAutomatic, isEnd } = readCueName(attributes.NAME)
  const pad = hotcue != null && Number.isInteger(hotcue) && hotcue >= 0 && hotcue < PAD_COUNT ? hotcue : null
  // A beat marker is a cue as well where it lies on a pad, or where a person named it.
  if (type === GRID && pad === null && name === null) return null
  const known = TYPES[type ?? 0]
  if (known === undefined) warnings.add('A cue of an unknown type was taken for a point.', place)
  const [startSeconds, endSeconds] = [start / MILLISECONDS, (start + (length ?? 0)) / MILLISECONDS]
  // Beside a late start a tiny length is none.
  const isLoop = known === 'loop' && endSeconds > startSeconds
  if (known === 'loop' && !isLoop) warnings.add('A loop without an end was taken for a point.', place)
  return {
    type: isEnd ? 'end' : isLoop ? 'loop' : known === undefined || known === 'loop' ? 'cue' : known,
    pad,
    startSeconds,
    endSeconds: isLoop ? endSeconds : null,
    name,
    colour: readHexColour(attributes.COLOR),
    isAutomatic: isAutomatic || (type === GRID && name === null),
  }
}

const readAnchor = (
  { attributes, gridBpm }: OpenCue,
  trackBpm: number | null,
  place: string,
  warnings: WarningTally,
): ForeignAnchor | null => {
  if (readNumber(attributes.TYPE) !== GRID) return null
  const [start, bpm] = [readNumber(attributes.START), readTempo(gridBpm) ?? trackBpm]
  if (start !== null && bpm !== null) return { seconds: start / MILLISECONDS, bpm, beatOfBar: null }
  warnings.add('A beat marker without a place or a possible tempo was passed over.', place)
  return null
}

/** Cues and grid from the children of an entry; a marker without a tempo of its own has that of the track. */
export const readMarks = (
  marks: readonly OpenCue[],
  bpm: number | null,
  place: string,
  warnings: WarningTally,
): Pick<ForeignTrack, 'cues' | 'grid'> => ({
  cues: sortCues(marks.flatMap((mark) => readCue(mark, place, warnings) ?? [])),
  grid: gridOfAnchors(marks.flatMap((mark) => readAnchor(mark, bpm, place, warnings) ?? [])),
})
