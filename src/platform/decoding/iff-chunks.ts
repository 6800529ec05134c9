/**
 * @file Chunks of RIFF/WAVE and IFF/AIFF files as writers really leave them: with pad bytes missing, sizes of a few bytes too little, or
 * 64-bit sizes in `ds64` (EBU Tech 3306, ITU-R BS.2088).
 */

/** @returns fewer bytes than asked for at the end of the file */
export type ReadBytes = (position: number, length: number) => Promise<Uint8Array>

export type Chunk = {
  readonly name: string
  /** Position of the body. */
  readonly start: number
  readonly size: number
}

export const UNKNOWN_SIZE = 0xffffffff
/** Sizes from here on that reach beyond the file are what writers put where they do not know the length. */
export const PLACEHOLDER_BYTES = 0x7fff0000
/** Limits the walk through a hostile file. */
const MOST_CHUNKS = 100_000
/** How far a broken size may lead astray, and how far too far. */
const NEARBY_BYTES = 64
const BACK_BYTES = 8
const SOUND_CHUNKS = ['fmt ', 'data', 'COMM', 'SSND']
const KNOWN_CHUNKS: ReadonlySet<string> = new Set([
  ...SOUND_CHUNKS,
  ...['LIST', 'fact', 'bext', 'id3 ', 'ID3 ', 'JUNK', 'junk', 'PAD ', 'cue ', 'smpl', 'inst', 'iXML', 'axml', 'chna'],
  ...['ds64', 'PEAK', '_PMX', 'DISP', 'cart', 'acid', 'FVER', 'NAME', 'AUTH', 'ANNO', 'COMT', 'MARK', 'INST', 'APPL'],
])

export const isKnownChunk = (name: string): boolean => KNOWN_CHUNKS.has(name)

const textAt = (bytes: Uint8Array, start: number): string => String.fromCharCode(...bytes.subarray(start, start + 4))
/** Whether this may be the name of a chunk. */
export const isName = (text: string): boolean => /^[\x20-\x7e]{4}$/.test(text)

/** The sizes that `ds64` gives of chunks too large for 32 bits. */
const wideSizes = (body: Uint8Array): ReadonlyMap<string, number> => {
  const sizes = new Map<string, number>()
  if (body.length < 16) return sizes
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  for (let at = 28; at + 12 <= body.length; at += 12)
    sizes.set(textAt(body, at), Number(view.getBigUint64(at + 4, true)))
  // It has a place of its own, whatever the table says.
  sizes.set('data', Number(view.getBigUint64(8, true)))
  return sizes
}

/** Whether a pad byte follows a body of odd length: what reads like a chunk tells. */
const isPadded = async (read: ReadBytes, end: number): Promise<boolean> => {
  const next = await read(end, 5)
  const [bare, padded] = [textAt(next, 0), textAt(next, 1)]
  if (isKnownChunk(padded) || isKnownChunk(bare)) return isKnownChunk(padded)
  return isName(padded) || !isName(bare)
}

/** Whether a body of this size lies in the file. */
const isThere = async (read: ReadBytes, start: number, size: number): Promise<boolean> =>
  size > 0 && (await read(start + size - 1, 1)).length === 1

/** Where a chunk of sound begins between two places; null where none does. */
const chunkBetween = async (read: ReadBytes, from: number, to: number): Promise<number | null> => {
  const near = await read(from, to - from + 8)
  for (let offset = 0; offset < to - from && offset + 8 <= near.length; offset++)
    if (SOUND_CHUNKS.includes(textAt(near, offset))) return from + offset
  return null
}

/**
 * Where the walk has to go on if a size led astray to `at`: nearby where what is there is no chunk, and back where a chunk of sound that
 * fits into the file was passed over by a few bytes.
 */
const wayBack = async (
  read: ReadBytes,
  { name, start, size }: Chunk,
  { from, bigEndian }: { readonly from: number; readonly bigEndian: boolean },
): Promise<number | null> => {
  const at = start - 8
  if (isKnownChunk(name)) return null
  if (!isName(name) || !(await isThere(read, start, size))) return chunkBetween(read, from, at + NEARBY_BYTES)
  const passed = await chunkBetween(read, from, at)
  if (passed === null) return null
  const told = await read(passed + 4, 4)
  const length = new DataView(told.buffer, told.byteOffset, 4).getUint32(0, !bigEndian)
  return (await isThere(read, passed + 8, length)) ? passed : null
}

/** Walks from chunk to chunk, reading only their heads. @param start of the file's own head, which has 12 bytes */
export async function* walkChunks(
  read: ReadBytes,
  start: number,
  { bigEndian }: { readonly bigEndian: boolean },
): AsyncGenerator<Chunk> {
  let wide: ReadonlyMap<string, number> = new Map()
  let at = start + 12
  let bodyStart = at
  for (let count = 0; count < MOST_CHUNKS; count++) {
    const head = await read(at, 8)
    if (head.length < 8) return
    const name = textAt(head, 0)
    const told = new DataView(head.buffer, head.byteOffset, 8).getUint32(4, !bigEndian)
    const size = told === UNKNOWN_SIZE ? (wide.get(name) ?? told) : told
    const chunk = { name, start: at + 8, size }
    const back = await wayBack(read, chunk, { from: Math.max(bodyStart, at - BACK_BYTES), bigEndian })
    if (back !== null) {
      at = back
      bodyStart = at + 8
      continue
    }
    bodyStart = at + 8
    if (name === 'ds64') wide = wideSizes(await read(at + 8, Math.min(size, 4096)))
    yield chunk
    const end = at + 8 + size
    at = size % 2 === 1 && (await isPadded(read, end)) ? end + 1 : end
  }
}

/** How far from the end of a file chunks are sought behind sound of unknown length: a large cover fits in. */
const TAIL_BYTES = 4 << 20

/**
 * Where sound of unknown length ends: before the known chunks that reach exactly to the end of the file, if there are any.
 * @param start of the sound
 */
export const endOfOpenSound = async (
  read: ReadBytes,
  { start, sizeBytes, bigEndian }: { readonly start: number; readonly sizeBytes: number; readonly bigEndian: boolean },
): Promise<number> => {
  const from = Math.max(start, sizeBytes - TAIL_BYTES)
  const tail = Buffer.from(await read(from, sizeBytes - from))
  const found = [...KNOWN_CHUNKS].flatMap((name) => {
    const places: number[] = []
    for (let at = tail.indexOf(name); at >= 0; at = tail.indexOf(name, at + 1)) places.push(at)
    return places
  })
  let end = tail.length
  for (const at of found.sort((one, other) => other - one)) {
    if (at + 8 > tail.length) continue
    const next = at + 8 + (bigEndian ? tail.readUInt32BE(at + 4) : tail.readUInt32LE(at + 4))
    if (next === end || (next % 2 !== at % 2 && next + 1 === end)) end = at
  }
  return from + end
}
