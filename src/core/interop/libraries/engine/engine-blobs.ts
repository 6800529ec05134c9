/**
 * What Engine DJ packs into columns of "PerformanceData": four bytes of length and a zlib stream, except for loops. Big-endian with
 * little-endian parts. https://github.com/xsco/libdjinterop documents the fields.
 */
import { unzlibSync } from 'fflate'
import type { Hertz } from '../../../units/units.ts'
import { ByteReader, EndOfBytes, hexColour } from '../byte-reader.ts'
import type { WarningTally } from '../warning-tally.ts'

/** Beats of a track of hours need a fraction of it. */
const MOST_BYTES = 8 << 20

/** @returns null where the stream is broken or claims to be larger than any real one */
export const inflateBlob = (blob: Uint8Array): Uint8Array | null => {
  if (blob.length <= 4 || blob.length > MOST_BYTES) return null
  const length = new ByteReader(blob, 'big').u32(0)
  if (length === 0 || length > MOST_BYTES) return null
  try {
    // What is longer than it says is cut at the end of the room.
    return unzlibSync(blob.subarray(4), { out: new Uint8Array(length) })
  } catch {
    return null
  }
}

type EngineMarker = { readonly sample: number; readonly beat: number }
export type EngineBeats = { readonly sampleRate: Hertz; readonly markers: readonly EngineMarker[] }

const MARKER_BYTES = 24

const readMarkers = (
  big: ByteReader,
  little: ByteReader,
  at: number,
): readonly [markers: EngineMarker[], end: number] => {
  const count = big.i64(at)
  const room = Math.floor((big.length - at - 8) / MARKER_BYTES)
  if (count < 0 || count > room) throw new EndOfBytes(at, count, big.length)
  const markers = Array.from({ length: count }, (_, index) => {
    const marker = at + 8 + index * MARKER_BYTES
    return { sample: little.f64(marker), beat: little.i64(marker + 8) }
  })
  return [markers, at + 8 + count * MARKER_BYTES]
}

/** Two grids follow each other, as analysed and as adjusted: the latter counts, where there is one. */
export const parseEngineBeats = (bytes: Uint8Array): EngineBeats => {
  const [big, little] = [new ByteReader(bytes, 'big'), new ByteReader(bytes, 'little')]
  const sampleRate = big.f64(0)
  const [analysed, next] = readMarkers(big, little, 17)
  const adjusted = big.has(next, 8) ? readMarkers(big, little, next)[0] : []
  return { sampleRate, markers: adjusted.length > 0 ? adjusted : analysed }
}

export type EngineMark = {
  readonly slot: number
  readonly label: string
  readonly start: number
  readonly end: number | null
  readonly colour: string
}

const UNSET = -1
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

/** Eight hot cues, of which those that are not set have no place; what follows them is for the program itself. */
export const parseQuickCues = (bytes: Uint8Array): EngineMark[] => {
  const reader = new ByteReader(bytes, 'big')
  const count = Math.min(reader.i64(0), reader.length)
  const cues: EngineMark[] = []
  let at = 8
  for (let slot = 0; slot < count; slot += 1) {
    const length = reader.u8(at)
    const [start, colour] = [reader.f64(at + 1 + length), at + 9 + length]
    const label = textOf(reader.slice(at + 1, length))
    if (start !== UNSET && Number.isFinite(start))
      cues.push({
        slot,
        label,
        start,
        end: null,
        colour: hexColour(reader.u8(colour + 1), reader.u8(colour + 2), reader.u8(colour + 3)),
      })
    at = colour + 4
  }
  return cues
}

export const parseEngineLoops = (bytes: Uint8Array): EngineMark[] => {
  const reader = new ByteReader(bytes, 'little')
  const count = Math.min(reader.i64(0), reader.length)
  const loops: EngineMark[] = []
  let at = 8
  for (let slot = 0; slot < count; slot += 1) {
    const length = reader.u8(at)
    const label = textOf(reader.slice(at + 1, length))
    const [start, end] = [reader.f64(at + 1 + length), reader.f64(at + 9 + length)]
    const isSet = reader.u8(at + 17 + length) !== 0 && reader.u8(at + 18 + length) !== 0
    const colour = at + 19 + length
    if (isSet && start !== UNSET && end > start && Number.isFinite(end - start))
      loops.push({
        slot,
        label,
        start,
        end,
        colour: hexColour(reader.u8(colour + 1), reader.u8(colour + 2), reader.u8(colour + 3)),
      })
    at = colour + 4
  }
  return loops
}

/** @returns what `parse` makes of a blob, or null and a warning where it cannot be read */
export const readBlob = <Value>(
  blob: Uint8Array | null,
  parse: (bytes: Uint8Array) => Value,
  place: string | null,
  warnings: WarningTally,
): Value | null => {
  if (blob === null) return null
  try {
    return parse(blob)
  } catch (error) {
    if (!(error instanceof EndOfBytes)) throw error
    warnings.add('Cues or beats of Engine DJ cannot be read: they are left out.', place)
    return null
  }
}
