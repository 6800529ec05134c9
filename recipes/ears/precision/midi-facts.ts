/** What a MIDI file is played with, and where MIDI files hide. */

/** What sounds in a piece, as its score says: numbers of General MIDI. */
export type MidiFacts = {
  /** Programs, from 0, that play a note outside of the drum channel. */
  readonly programs: readonly number[]
  /** Keys of the drum channel. */
  readonly drumKeys: readonly number[]
}

const DRUM_CHANNEL = 9
/** Data bytes after a status byte, by its upper half. */
const DATA_BYTES: Readonly<Record<number, number>> = { 8: 2, 9: 2, 10: 2, 11: 2, 12: 1, 13: 1, 14: 2 }

const isMidi = (bytes: Uint8Array): boolean => String.fromCharCode(...bytes.subarray(0, 4)) === 'MThd'

/** Reads a number of seven bits a byte. @returns the number and where the next byte is */
const variable = (bytes: Uint8Array, at: number): readonly [value: number, next: number] => {
  let value = 0
  for (let next = at; next < bytes.length; next++) {
    value = value * 128 + (bytes[next]! & 127)
    if (bytes[next]! < 128) return [value, next + 1]
  }
  return [value, bytes.length]
}

type Note = {
  readonly tick: number
  readonly channel: number
  readonly key: number
  /** Where its velocity stands. */
  readonly at: number
}
type Change = { readonly tick: number; readonly channel: number; readonly program: number }

/** @param first where the events begin @param end where the next chunk does */
const readTrack = (
  bytes: Uint8Array,
  [first, end]: readonly [number, number],
  notes: Note[],
  changes: Change[],
): void => {
  let [at, tick, status] = [first, 0, 0]
  while (at < end) {
    const [delta, next] = variable(bytes, at)
    tick += delta
    at = next
    if (bytes[at]! >= 128) status = bytes[at++]!
    if (status === 0xff || status === 0xf0 || status === 0xf7) {
      if (status === 0xff) at++
      const [length, body] = variable(bytes, at)
      at = body + length
      continue
    }
    const [kind, channel] = [status >> 4, status & 15]
    const count = DATA_BYTES[kind]
    if (count === undefined) return
    if (kind === 9 && bytes[at + 1]! > 0) notes.push({ tick, channel, key: bytes[at]!, at: at + 1 })
    if (kind === 12) changes.push({ tick, channel, program: bytes[at]! })
    at += count
  }
}

/** @throws Error where the bytes are no MIDI file */
const readEvents = (bytes: Uint8Array): { readonly notes: readonly Note[]; readonly changes: readonly Change[] } => {
  if (!isMidi(bytes)) throw new Error('not a MIDI file')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [notes, changes]: [Note[], Change[]] = [[], []]
  for (let at = 8 + view.getUint32(4); at + 8 <= bytes.length; ) {
    const length = view.getUint32(at + 4)
    if (String.fromCharCode(...bytes.subarray(at, at + 4)) === 'MTrk')
      readTrack(bytes, [at + 8, Math.min(bytes.length, at + 8 + length)], notes, changes)
    at += 8 + length
  }
  return { notes, changes }
}

/** The same piece with its drums silent. */
export const withoutDrums = (bytes: Uint8Array): Uint8Array => {
  const silent = bytes.slice()
  for (const { channel, at } of readEvents(bytes).notes) if (channel === DRUM_CHANNEL) silent[at] = 0
  return silent
}

export const readMidiFacts = (bytes: Uint8Array): MidiFacts => {
  const { notes, changes } = readEvents(bytes)
  const programs = new Set<number>()
  const drumKeys = new Set<number>()
  for (const { tick, channel, key } of notes) {
    if (channel === DRUM_CHANNEL) drumKeys.add(key)
    else {
      const before = changes.filter((change) => change.channel === channel && change.tick <= tick)
      const last = before.reduce<Change | null>(
        (latest, change) => (latest === null || change.tick >= latest.tick ? change : latest),
        null,
      )
      programs.add(last?.program ?? 0)
    }
  }
  const inOrder = (numbers: Set<number>): readonly number[] => [...numbers].sort((a, b) => a - b)
  return { programs: inOrder(programs), drumKeys: inOrder(drumKeys) }
}

/** The MIDI files among the lumps of a WAD, by name. */
export const midiLumps = (bytes: Uint8Array): readonly { readonly name: string; readonly midi: Uint8Array }[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [count, directory] = [view.getUint32(4, true), view.getUint32(8, true)]
  return Array.from({ length: count }, (_, index) => {
    const entry = directory + 16 * index
    const start = view.getUint32(entry, true)
    const name = String.fromCharCode(...bytes.subarray(entry + 8, entry + 16)).replaceAll('\0', '')
    return { name, midi: bytes.subarray(start, start + view.getUint32(entry + 4, true)) }
  }).filter(({ midi }) => isMidi(midi))
}
