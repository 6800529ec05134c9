/** "Serato Markers2": all cues and loops with their names. https://github.com/Holzhaus/serato-tags/blob/main/docs/serato_markers2.md */
import { ByteReader, EndOfBytes } from '../byte-reader.ts'
import { encodeUtf8, joinBytes, wholeNumber } from '../byte-writer.ts'
import type { WarningTally } from '../warning-tally.ts'
import { decodeSeratoBase64, encodeSeratoBase64 } from './serato-base64.ts'
import { LOOP_COLOUR } from './serato-colours.ts'
import { NO_MARKS, NOWHERE_MS, SERATO_PADS, type SeratoCue, type SeratoLoop, type SeratoMarks } from './serato-marks.ts'

const HEADER = [1, 1] as const
/** Serato's frames have no fewer bytes. */
const LEAST_FRAME_BYTES = 470
/** A name as long as a title; the rest of what a file may claim to be one is left out. */
const MOST_NAME_LETTERS = 1000

const hasHeader = (bytes: Uint8Array): boolean => bytes[0] === HEADER[0] && bytes[1] === HEADER[1]

const textUpToNul = (bytes: Uint8Array): string => {
  const end = bytes.indexOf(0)
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end)).slice(0, MOST_NAME_LETTERS)
}

const readCue = (entry: ByteReader): SeratoCue => ({
  pad: entry.u8(1),
  startMs: entry.u32(2),
  colour: entry.u24(7),
  name: textUpToNul(entry.bytes.subarray(12)),
})

const readLoop = (entry: ByteReader): SeratoLoop => ({
  slot: entry.u8(1),
  startMs: entry.u32(2),
  endMs: entry.u32(6),
  isLocked: entry.u8(19) !== 0,
  name: textUpToNul(entry.bytes.subarray(20)),
})

type Gathered = { cues: SeratoCue[]; loops: SeratoLoop[]; trackColour: number | null; isGridLocked: boolean }

const READERS: Readonly<Record<string, (entry: ByteReader, marks: Gathered) => void>> = {
  CUE: (entry, { cues }) => {
    cues.push(readCue(entry))
  },
  LOOP: (entry, { loops }) => {
    loops.push(readLoop(entry))
  },
  COLOR: (entry, marks) => {
    marks.trackColour = entry.u24(1)
  },
  BPMLOCK: (entry, marks) => {
    marks.isGridLocked = entry.u8(0) !== 0
  },
}

type Entry = { readonly name: string; readonly body: Uint8Array; readonly end: number }

/** @returns null at the end of the content */
const entryAt = (content: ByteReader, at: number): Entry | null => {
  const nul = content.bytes.indexOf(0, at)
  if (nul <= at) return null
  const name = new TextDecoder('latin1').decode(content.bytes.subarray(at, nul))
  const length = content.u32(nul + 1)
  return { name, body: content.slice(nul + 5, length), end: nul + 5 + length }
}

/** The content is in base64 after two bytes, but tags of Ogg may have it bare. */
const contentOf = (frame: Uint8Array): Uint8Array => {
  const rest = frame.subarray(HEADER.length)
  const decoded = hasHeader(frame) ? decodeSeratoBase64(rest) : decodeSeratoBase64(frame)
  return hasHeader(decoded) ? decoded.subarray(HEADER.length) : rest
}

/** What all forms of the frame hold: two bytes, then the entries. */
export const markers2Content = (frame: Uint8Array): Uint8Array => joinBytes([Uint8Array.from(HEADER), contentOf(frame)])

const readEntry = ({ name, body }: Entry, marks: Gathered, place: string | null, warnings: WarningTally): void => {
  try {
    READERS[name]?.(new ByteReader(body, 'big'), marks)
  } catch (error) {
    if (!(error instanceof EndOfBytes)) throw error
    warnings.add('A mark of Serato is too short: it is left out.', place)
  }
}

const isKnownPlace = (slot: number, startMs: number): boolean => slot < SERATO_PADS && startMs !== NOWHERE_MS

export const parseMarkers2 = (frame: Uint8Array, place: string | null, warnings: WarningTally): SeratoMarks => {
  const content = new ByteReader(contentOf(frame), 'big')
  const marks: Gathered = { ...NO_MARKS, cues: [], loops: [] }
  let at = 0
  try {
    for (let entry = entryAt(content, at); entry !== null; entry = entryAt(content, at)) {
      readEntry(entry, marks, place, warnings)
      at = entry.end
    }
  } catch (error) {
    if (!(error instanceof EndOfBytes)) throw error
    warnings.add('Marks of Serato end too soon: what is there is read.', place)
  }
  return {
    ...marks,
    cues: marks.cues.filter(({ pad, startMs }) => isKnownPlace(pad, startMs)),
    loops: marks.loops.filter(
      ({ slot, startMs, endMs }) => isKnownPlace(slot, startMs) && endMs !== NOWHERE_MS && endMs > startMs,
    ),
  }
}

const formatEntry = (name: string, body: Uint8Array): Uint8Array =>
  joinBytes([encodeUtf8(`${name}\0`), wholeNumber(body.length, 4), body])

const formatName = (name: string): Uint8Array => encodeUtf8(`${name.replaceAll('\0', ' ')}\0`)

const formatCue = ({ pad, startMs, colour, name }: SeratoCue): Uint8Array =>
  joinBytes([
    joinBytes([wholeNumber(pad, 2), wholeNumber(startMs, 4), wholeNumber(colour, 4), wholeNumber(0, 2)]),
    formatName(name),
  ])

const formatLoop = ({ slot, startMs, endMs, isLocked, name }: SeratoLoop): Uint8Array =>
  joinBytes([
    joinBytes([wholeNumber(slot, 2), wholeNumber(startMs, 4), wholeNumber(endMs, 4), wholeNumber(NOWHERE_MS, 4)]),
    joinBytes([wholeNumber(LOOP_COLOUR, 4), wholeNumber(isLocked ? 1 : 0, 2)]),
    formatName(name),
  ])

/** Entries of the frame as it was that this program does not know, such as flips. */
const keptEntries = (frame: Uint8Array): Uint8Array[] => {
  const content = new ByteReader(contentOf(frame), 'big')
  const kept: Uint8Array[] = []
  try {
    let at = 0
    for (let entry = entryAt(content, at); entry !== null; entry = entryAt(content, at)) {
      if (!(entry.name in READERS)) kept.push(content.bytes.subarray(at, entry.end))
      at = entry.end
    }
  } catch (error) {
    if (!(error instanceof EndOfBytes)) throw error
  }
  return kept
}

/** @param before the frame as it was: what is not known of it stays, and it gets no shorter */
export const formatMarkers2 = (
  { cues, loops, trackColour, isGridLocked }: SeratoMarks,
  before: Uint8Array = new Uint8Array(),
): Uint8Array => {
  const content = joinBytes([
    Uint8Array.from(HEADER),
    ...(trackColour === null ? [] : [formatEntry('COLOR', wholeNumber(trackColour, 4))]),
    ...cues.map((cue) => formatEntry('CUE', formatCue(cue))),
    ...loops.map((loop) => formatEntry('LOOP', formatLoop(loop))),
    formatEntry('BPMLOCK', Uint8Array.of(isGridLocked ? 1 : 0)),
    ...keptEntries(before),
    Uint8Array.of(0),
  ])
  const whole = joinBytes([content, new Uint8Array((3 - (content.length % 3)) % 3)])
  const frame = joinBytes([Uint8Array.from(HEADER), encodeUtf8(encodeSeratoBase64(whole))])
  return joinBytes([frame, new Uint8Array(Math.max(0, LEAST_FRAME_BYTES - frame.length, before.length - frame.length))])
}
