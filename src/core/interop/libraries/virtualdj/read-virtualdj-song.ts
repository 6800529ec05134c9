/**
 * What the children of an element Song say. Tempi are seconds per beat from version 8 on, but beats per minute in a grid's points;
 * versions 6 and 7 count samples of 44.1 kHz.
 * https://www.virtualdj.com/wiki/VDJ_database.html
 */
import {
  formatColour,
  isSaneTempo,
  readCount,
  readDate,
  readNumber,
  readPositive,
  readText,
  readYear,
} from '../foreign-fields.ts'
import { type ForeignLocation, type ForeignTrack, UNKNOWN_FOREIGN_TRACK } from '../foreign-library.ts'
import { locationOfPath } from '../foreign-location.ts'
import type { XmlAttributes } from '../xml-reader.ts'

export const OLD_SAMPLE_RATE_HZ = 44_100
/** Versions 6 and 7 count frames of a CD, of which no track has as few as others have seconds. */
const CD_FRAMES = 75
const MOST_SECONDS = 3600

/** Two letters after "netsearch://" tell the service. */
const SERVICES: Readonly<Record<string, string>> = {
  bp: 'beatport',
  bs: 'beatsource',
  dz: 'deezer',
  sc: 'soundcloud',
  sp: 'spotify',
  td: 'tidal',
  yt: 'youtube',
}
const NET_SEARCH = /^netsearch:\/\/([a-z]{2})?/i

const locationOfSong = (path: string): ForeignLocation => {
  const found = NET_SEARCH.exec(path)
  if (found === null) return locationOfPath(path)
  return { path: null, from: 'nowhere', streaming: SERVICES[found[1]?.toLowerCase() ?? ''] ?? 'netsearch' }
}

export const readSong = ({ FilePath = '', FileSize }: XmlAttributes): ForeignTrack => ({
  ...UNKNOWN_FOREIGN_TRACK,
  key: FilePath,
  location: locationOfSong(FilePath),
  sizeBytes: readPositive(FileSize),
})

/** Seconds, samples or beats per minute: their ranges are far apart. */
const readVirtualDjTempo = (text: string | undefined): number | null => {
  const value = readPositive(text)
  if (value === null) return null
  return [60 / value, value, (60 * OLD_SAMPLE_RATE_HZ) / value].find(isSaneTempo) ?? null
}

/** Unsigned ARGB as a decimal number. */
export const readArgb = (text: string | undefined): string | null => {
  const value = readPositive(text)
  if (value === null || !Number.isInteger(value) || value > 0xffff_ffff) return null
  return formatColour([(value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff])
}

const readSeen = (text: string | undefined): string | null => {
  const unixSeconds = readPositive(text)
  if (unixSeconds === null) return readDate(text)
  const date = new Date(unixSeconds * 1000)
  return Number.isNaN(date.getTime()) ? null : date.toISOString().slice(0, 10)
}

const readLength = (text: string | undefined): number | null => {
  const length = readPositive(text)
  return length !== null && length > MOST_SECONDS && Number.isInteger(length) ? length / CD_FRAMES : length
}

/** Tags of version 8 on, Display of 6 and 7. */
const readTags = (attributes: XmlAttributes): Partial<ForeignTrack> => ({
  title: readText(attributes.Title),
  artist: readText(attributes.Author),
  album: readText(attributes.Album),
  genre: readText(attributes.Genre),
  year: readYear(attributes.Year),
  keyName: readText(attributes.Key),
  bpm: readVirtualDjTempo(attributes.Bpm),
  rating: readPositive(attributes.Stars) === null ? null : Math.min(5, Math.round(readNumber(attributes.Stars)!)),
})

const readInfos = (attributes: XmlAttributes): Partial<ForeignTrack> => ({
  durationSeconds: readLength(attributes.SongLength),
  playCount: readCount(attributes.PlayCount),
  addedAt: readSeen(attributes.FirstSeen),
  colour: readArgb(attributes.UserColor) ?? readArgb(attributes.Color),
})

/** What the analysis of VirtualDJ found goes before what the tags say. */
const readScan = (attributes: XmlAttributes): Partial<ForeignTrack> => ({
  bpm: readVirtualDjTempo(attributes.Bpm),
  keyName: readText(attributes.Key),
})

const READERS: Readonly<Record<string, (attributes: XmlAttributes) => Partial<ForeignTrack>>> = {
  Tags: readTags,
  Display: readTags,
  Infos: readInfos,
  Scan: readScan,
  BPM: readScan,
}

/** @returns the track with what an element adds to it; nothing that is told is taken back */
export const addToSong = (track: ForeignTrack, element: string, attributes: XmlAttributes): ForeignTrack => {
  const said = READERS[element]?.(attributes) ?? {}
  const told = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null))
  return { ...track, ...told }
}
