import { readDate, readTempo, readYear } from '../foreign-fields.ts'
import { type ForeignTrack, UNKNOWN_FOREIGN_TRACK } from '../foreign-library.ts'
import type { WarningTally } from '../warning-tally.ts'
import { chunkNumber, chunkText, readChunks, type SeratoChunk } from './serato-chunks.ts'
import { shownTrackColour } from './serato-colours.ts'

/** "06:22.93", or with hours before it. */
const CLOCK = /^(?:(\d+):)?(\d+):(\d+(?:\.\d+)?)$/

const readClock = (text: string | undefined): number | null => {
  const [, hours = '0', minutes, seconds] = CLOCK.exec(text ?? '') ?? []
  return minutes === undefined ? null : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
}

/** The field has four bytes. */
const LAST_SECOND = 0xffffffff

/** Serato's seconds since 1970, of which the day is told. */
const readAdded = (seconds: number | null): string | null =>
  seconds === null || !(seconds > 0 && seconds <= LAST_SECOND)
    ? null
    : (readDate(new Date(seconds * 1000).toISOString()) ?? null)

/** Paths count from the root of the drive that the library lies on. */
export const seratoPath = (path: string): string => path.replaceAll('\\', '/').replace(/^\/+/, '')

const readTrack = (chunks: readonly SeratoChunk[]): ForeignTrack | null => {
  const found = new Map(chunks.map((chunk) => [chunk.name, chunk]))
  const text = (name: string): string | undefined => {
    const chunk = found.get(name)
    return (chunk && chunkText(chunk)) ?? undefined
  }
  const number = (name: string): number | null => {
    const chunk = found.get(name)
    return chunk === undefined ? null : chunkNumber(chunk)
  }
  const path = text('pfil')
  if (path === undefined) return null
  const colour = number('ulbl')
  return {
    ...UNKNOWN_FOREIGN_TRACK,
    key: seratoPath(path),
    location: { path: seratoPath(path), from: 'volume', streaming: null },
    title: text('tsng') ?? null,
    artist: text('tart') ?? null,
    album: text('talb') ?? null,
    genre: text('tgen') ?? null,
    comment: text('tcom') ?? null,
    year: readYear(text('ttyr')),
    durationSeconds: readClock(text('tlen')),
    bpm: readTempo(text('tbpm')),
    keyName: text('tkey') ?? null,
    colour: colour === null ? null : shownTrackColour(colour & 0xffffff),
    playCount: number('utpc'),
    addedAt: readAdded(number('uadd') ?? (Number(text('tadd')) || null)),
  }
}

/** "database V2": a track in each "otrk". */
export const readSeratoDatabase = (bytes: Uint8Array, place: string, warnings: WarningTally): ForeignTrack[] =>
  readChunks(bytes, place, warnings).flatMap(({ name, body }) => {
    if (name !== 'otrk') return []
    const track = readTrack(readChunks(body, place, warnings))
    if (track === null) warnings.add('A track of Serato has no path: it is left out.', place)
    return track ?? []
  })
