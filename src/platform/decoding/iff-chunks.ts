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
/** Limits the walk through a hostile file. */
const MOST_CHUNKS = 100_000
/** How far a broken size may lead astray. */
const NEARBY_BYTES = 64
const SOUND_CHUNKS = ['fmt ', 'data', 'COMM', 'SSND']
const KNOWN_CHUNKS: ReadonlySet<string> = new Set([
  ...SOUND_CHUNKS,
  ...['LIST', 'fact', 'bext', 'id3 ', 'ID3 ', 'JUNK', 'junk', 'PAD ', 'cue ', 'smpl', 'inst', 'iXML', 'axml', 'chna'],
  ...['ds64', 'PEAK', '_PMX', 'DISP', 'cart', 'acid', 'FVER', 'NAME', 'AUTH', 'ANNO', 'COMT', 'MARK', 'INST', 'APPL'],
])

export const isKnownChunk = (name: string): boolean => KNOWN_CHUNKS.has(name)

const textAt = (bytes: Uint8Array, start: number): string => String.fromCharCode(...bytes.subarray(start, start + 4))
const isName = (text: string): boolean => /^[\x20-\x7e]{4}$/.test(text)

/** The sizes that `ds64` gives of chunks too large for 32 bits. */
const wideSizes = (body: Uint8Array): ReadonlyMap<string, number> => {
  const sizes = new Map<string, number>()
  if (body.length < 16) return sizes
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  sizes.set('data', Number(view.getBigUint64(8, true)))
  for (let at = 28; at + 12 <= body.length; at += 12)
    sizes.set(textAt(body, at), Number(view.getBigUint64(at + 4, true)))
  return sizes
}

/** Whether a pad byte follows a body of odd length: what reads like a chunk tells. */
const isPadded = async (read: ReadBytes, end: number): Promise<boolean> => {
  const next = await read(end, 5)
  const [bare, padded] = [textAt(next, 0), textAt(next, 1)]
  if (isKnownChunk(padded) || isKnownChunk(bare)) return isKnownChunk(padded)
  return isName(padded) || !isName(bare)
}

/** Where the next chunk of sound begins nearby; null where none does. */
const nearbyChunk = async (read: ReadBytes, at: number): Promise<number | null> => {
  const near = await read(at, NEARBY_BYTES)
  for (let offset = 1; offset + 8 <= near.length; offset++)
    if (SOUND_CHUNKS.includes(textAt(near, offset))) return at + offset
  return null
}

/** Walks from chunk to chunk, reading only their heads. @param start of the file's own head, which has 12 bytes */
export async function* walkChunks(
  read: ReadBytes,
  start: number,
  { bigEndian }: { readonly bigEndian: boolean },
): AsyncGenerator<Chunk> {
  let wide: ReadonlyMap<string, number> = new Map()
  let at = start + 12
  for (let count = 0; count < MOST_CHUNKS; count++) {
    const head = await read(at, 8)
    if (head.length < 8) return
    const name = textAt(head, 0)
    const nearby = isName(name) ? null : await nearbyChunk(read, at)
    if (nearby !== null) {
      at = nearby
      continue
    }
    const told = new DataView(head.buffer, head.byteOffset, 8).getUint32(4, !bigEndian)
    const size = told === UNKNOWN_SIZE ? (wide.get(name) ?? told) : told
    if (name === 'ds64') wide = wideSizes(await read(at + 8, Math.min(size, 4096)))
    yield { name, start: at + 8, size }
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
