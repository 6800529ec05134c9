/** What an element TRACK of rekordbox XML and its children say. */
import { readCueName } from '../cue-names.ts'
import {
  formatColour,
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
import {
  type ForeignAnchor,
  type ForeignCue,
  type ForeignCueType,
  type ForeignTrack,
  UNKNOWN_FOREIGN_TRACK,
} from '../foreign-library.ts'
import { locationOfUrl } from '../foreign-location.ts'
import type { WarningTally } from '../warning-tally.ts'
import type { XmlAttributes } from '../xml-reader.ts'

export const readTrack = (attributes: XmlAttributes): ForeignTrack => ({
  ...UNKNOWN_FOREIGN_TRACK,
  key: attributes.TrackID ?? '',
  location: locationOfUrl(attributes.Location ?? ''),
  title: readText(attributes.Name),
  artist: readText(attributes.Artist),
  album: readText(attributes.Album),
  genre: readText(attributes.Genre),
  comment: readText(attributes.Comments),
  year: readYear(attributes.Year),
  durationSeconds: readPositive(attributes.TotalTime),
  sizeBytes: readPositive(attributes.Size),
  bpm: readTempo(attributes.AverageBpm),
  keyName: readText(attributes.Tonality),
  rating: readStarsOf255(attributes.Rating),
  colour: readHexColour(attributes.Colour),
  playCount: readCount(attributes.PlayCount),
  addedAt: readDate(attributes.DateAdded),
})

const BEATS_OF_METRE = /^(\d{1,2})\/\d{1,2}$/

/** @returns null for one without a place or a tempo, which is counted */
export const readTempoMark = (
  { Inizio, Bpm, Metro, Battito }: XmlAttributes,
  place: string,
  warnings: WarningTally,
): ForeignAnchor | null => {
  const [seconds, bpm, battito] = [readNumber(Inizio), readTempo(Bpm), readNumber(Battito)]
  if (seconds === null || bpm === null) {
    warnings.add('A tempo mark without a place or with an impossible tempo was passed over.', place)
    return null
  }
  const beatsPerBar = Number(BEATS_OF_METRE.exec(Metro ?? '')?.[1] ?? 4)
  const isInBar = battito !== null && Number.isInteger(battito) && battito >= 1 && battito <= beatsPerBar
  return { seconds, bpm, beatOfBar: isInBar ? battito - 1 : null }
}

const TYPES: readonly ForeignCueType[] = ['cue', 'fade-in', 'fade-out', 'load', 'loop']
/** rekordbox 6 has pads A to P. */
const MOST_PADS = 16

const readMarkColour = ({ Red, Green, Blue }: XmlAttributes): string | null => {
  const channels = [Red, Green, Blue].map(readNumber)
  return channels.every((channel) => channel !== null && channel >= 0 && channel <= 255)
    ? formatColour(channels as number[])
    : null
}

/** @returns null for one without a place, which is counted */
export const readPositionMark = (
  attributes: XmlAttributes,
  place: string,
  warnings: WarningTally,
): ForeignCue | null => {
  const [startSeconds, type, num] = [attributes.Start, attributes.Type, attributes.Num].map(readNumber)
  if (startSeconds == null) {
    warnings.add('A cue without a place was passed over.', place)
    return null
  }
  const known = TYPES[type ?? 0]
  if (known === undefined) warnings.add('A cue of an unknown type was taken for a point.', place)
  const end = readNumber(attributes.End)
  const isLoop = known === 'loop' && end !== null && end > startSeconds
  if (known === 'loop' && !isLoop) warnings.add('A loop without an end was taken for a point.', place)
  const { name, isAutomatic, isEnd } = readCueName(attributes.Name)
  return {
    type: isEnd ? 'end' : isLoop ? 'loop' : known === undefined || known === 'loop' ? 'cue' : known,
    pad: num != null && Number.isInteger(num) && num >= 0 && num < MOST_PADS ? num : null,
    startSeconds,
    endSeconds: isLoop ? end : null,
    name,
    colour: readMarkColour(attributes),
    isAutomatic,
  }
}
