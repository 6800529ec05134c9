import { type ByteReader, decodeUtf16 } from '../byte-reader.ts'
import { readCueName } from '../cue-names.ts'
import type { ForeignCue } from '../foreign-library.ts'
import type { WarningTally } from '../warning-tally.ts'
import type { AnlzPart } from './anlz-file.ts'
import { hotCueColour, markColour } from './cue-colours.ts'

const NOWHERE_MS = 0xffffffff
const LOOP = 2
/** Pads A to P. */
const MOST_PADS = 16

type Place = { readonly pad: number | null; readonly isLoop: boolean; readonly startMs: number; readonly endMs: number }

const toCue = ({ pad, isLoop, startMs, endMs }: Place, comment: string, colour: string | null): ForeignCue => {
  const { name, isAutomatic, isEnd } = readCueName(comment)
  const end = isLoop && endMs !== NOWHERE_MS && endMs > startMs ? endMs / 1000 : null
  return {
    type: isEnd ? 'end' : end === null ? 'cue' : 'loop',
    pad,
    startSeconds: startMs / 1000,
    endSeconds: end,
    name,
    colour,
    isAutomatic,
  }
}

/** @returns undefined for a pad that no rekordbox has */
const padOf = (hotCue: number): number | null | undefined =>
  hotCue === 0 ? null : hotCue <= MOST_PADS ? hotCue - 1 : undefined

/** An entry of PCOB, "PCPT". */
const readPlainCue = (reader: ByteReader, at: number): ForeignCue | null => {
  const pad = padOf(reader.u32(at + 0x0c))
  const [startMs, endMs] = [reader.u32(at + 0x20), reader.u32(at + 0x24)]
  if (pad === undefined || startMs === NOWHERE_MS) return null
  return toCue({ pad, isLoop: reader.u8(at + 0x1c) === LOOP, startMs, endMs }, '', null)
}

/** An entry of PCO2, "PCP2", which may be cut before its comment or its colour. */
const readNamedCue = (reader: ByteReader, at: number, end: number): ForeignCue | null => {
  const pad = padOf(reader.u32(at + 0x0c))
  const [startMs, endMs] = [reader.u32(at + 0x14), reader.u32(at + 0x18)]
  if (pad === undefined || startMs === NOWHERE_MS) return null
  const room = Math.max(0, end - (at + 0x2c))
  const length = room === 0 ? 0 : Math.min(reader.u32(at + 0x28), room)
  const comment = decodeUtf16(reader.bytes.subarray(at + 0x2c, at + 0x2c + length), 'big')
  const colourAt = at + 0x2c + length
  const colour =
    pad === null ? markColour(reader.u8(at + 0x1c)) : hotCueColour(colourAt < end ? reader.u8(colourAt) : 0, pad)
  return toCue({ pad, isLoop: reader.u8(at + 0x10) === LOOP, startMs, endMs }, comment, colour)
}

const LISTS = {
  PCOB: { entry: 'PCPT', leastBytes: 0x28, countAt: 0x12, read: readPlainCue },
  PCO2: { entry: 'PCP2', leastBytes: 0x1d, countAt: 0x10, read: readNamedCue },
} as const

const readList = (
  { name, reader }: AnlzPart & { readonly name: keyof typeof LISTS },
  place: string,
  warnings: WarningTally,
): ForeignCue[] => {
  const { entry, leastBytes, countAt, read } = LISTS[name]
  const cues: ForeignCue[] = []
  if (!reader.has(countAt, 2)) return cues
  const promised = reader.u16(countAt)
  let at = reader.u32(4)
  let seen = 0
  for (; seen < promised && reader.has(at, leastBytes) && reader.fourLetters(at) === entry; seen += 1) {
    const length = reader.u32(at + 8)
    if (length < leastBytes) break
    const cue = read(reader, at, Math.min(at + length, reader.length))
    if (cue !== null) cues.push(cue)
    at += length
  }
  if (seen < promised) warnings.add('A list of cues has fewer than it says.', place)
  return cues
}

/** A pad has one cue; of memory cues the place and the loop tell which is which. */
const identityOf = ({ pad, type, startSeconds, endSeconds }: ForeignCue): string =>
  pad === null ? `${type} ${startSeconds} ${endSeconds}` : `pad ${pad}`

const isList = (part: AnlzPart): part is AnlzPart & { readonly name: keyof typeof LISTS } => part.name in LISTS

/** Cues of all files of a track: each may be in several lists, of which the ones with names and colours win. */
export const anlzCues = (parts: readonly AnlzPart[], place: string, warnings: WarningTally): ForeignCue[] => {
  const cues = new Map<string, ForeignCue>()
  // PCO2 comes before PCOB in the alphabet's order too, but what counts is that it comes first.
  const lists = parts.filter(isList).toSorted((a, b) => a.name.localeCompare(b.name))
  for (const cue of lists.flatMap((part) => readList(part, place, warnings)))
    if (!cues.has(identityOf(cue))) cues.set(identityOf(cue), cue)
  return [...cues.values()].toSorted((a, b) => a.startSeconds - b.startSeconds)
}
