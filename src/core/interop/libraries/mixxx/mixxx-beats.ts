/** Mixxx's beats: a message of protobuf in a column, whose version tells which. https://github.com/mixxxdj/mixxx/blob/main/src/proto/beats.proto */
import type { Hertz } from '../../../units/units.ts'
import { ByteReader, EndOfBytes } from '../byte-reader.ts'
import { fitBeats } from '../fit-beats.ts'
import { isSaneTempo } from '../foreign-fields.ts'
import type { ForeignGrid } from '../foreign-library.ts'
import type { WarningTally } from '../warning-tally.ts'

type Field = { readonly number: number; readonly value: number | Uint8Array }

const VARINT = 0
const EIGHT_BYTES = 1
const BYTES = 2
const FOUR_BYTES = 5
const MOST_VARINT_BYTES = 10

const readVarint = (reader: ByteReader, at: number): readonly [value: bigint, end: number] => {
  let value = 0n
  for (let index = 0; index < MOST_VARINT_BYTES; index += 1) {
    const byte = reader.u8(at + index)
    value |= BigInt(byte & 0x7f) << BigInt(7 * index)
    if (byte < 0x80) return [value, at + index + 1]
  }
  throw new EndOfBytes(at, MOST_VARINT_BYTES, reader.length)
}

const readFields = (bytes: Uint8Array): Field[] => {
  const reader = new ByteReader(bytes, 'little')
  const fields: Field[] = []
  let at = 0
  while (at < bytes.length) {
    const [tag, start] = readVarint(reader, at)
    const [number, type] = [Number(tag >> 3n), Number(tag & 7n)]
    if (type === VARINT) {
      const [value, end] = readVarint(reader, start)
      fields.push({ number, value: Number(BigInt.asIntN(64, value)) })
      at = end
    } else if (type === EIGHT_BYTES || type === FOUR_BYTES) {
      fields.push({ number, value: type === EIGHT_BYTES ? reader.f64(start) : reader.f32(start) })
      at = start + (type === EIGHT_BYTES ? 8 : 4)
    } else if (type === BYTES) {
      const [length, body] = readVarint(reader, start)
      fields.push({ number, value: reader.slice(body, Number(length)) })
      at = body + Number(length)
    } else throw new EndOfBytes(at, 1, bytes.length)
  }
  return fields
}

/** The first field of a message within a message. */
const innerNumber = (value: number | Uint8Array | undefined): number | null => {
  const inner = value instanceof Uint8Array ? readFields(value).find(({ number }) => number === 1)?.value : undefined
  return typeof inner === 'number' ? inner : null
}

const constantGrid = (fields: readonly Field[], sampleRate: Hertz): ForeignGrid | null => {
  const of = (wanted: number): number | null => innerNumber(fields.find(({ number }) => number === wanted)?.value)
  const [bpm, frame] = [of(1), of(2)]
  return bpm === null || frame === null || !isSaneTempo(bpm)
    ? null
    : { anchors: [{ seconds: frame / sampleRate, bpm, beatOfBar: null }], beats: null }
}

const beatsOf = (fields: readonly Field[], sampleRate: Hertz): number[] =>
  fields
    .flatMap(({ number, value }) => (number === 1 ? (innerNumber(value) ?? []) : []))
    .map((frame) => frame / sampleRate)
    .toSorted((a, b) => a - b)

/** @param version of the column beside it: "BeatGrid-2.0", "BeatMap-1.0" */
export const parseMixxxBeats = (
  bytes: Uint8Array,
  version: string,
  sampleRate: Hertz,
  place: string | null,
  warnings: WarningTally,
): ForeignGrid | null => {
  try {
    const fields = readFields(bytes)
    if (version.startsWith('BeatGrid')) return constantGrid(fields, sampleRate)
    if (version.startsWith('BeatMap')) {
      const grid = fitBeats([...new Set(beatsOf(fields, sampleRate))])
      if (grid === null || grid.anchors.every(({ bpm }) => isSaneTempo(bpm))) return grid
      warnings.add('Beats of Mixxx have a tempo that no music has: they are left out.', place)
      return null
    }
    warnings.add('Beats of Mixxx are of a kind that is not known: they are left out.', place)
  } catch (error) {
    if (!(error instanceof EndOfBytes)) throw error
    warnings.add('Beats of Mixxx cannot be read: they are left out.', place)
  }
  return null
}
