import { promisify } from 'node:util'
import { crc32, deflateRaw } from 'node:zlib'
import { Zip, type ZipInputFile } from 'fflate'
import { PACKED_AT_S, type PackedFile, sorted } from './entry.ts'

const DEFLATED = 8
const UNIX = 3
const REGULAR_FILE = 0o100000

/** A zip counts in local time and knows no zone: the fields of the packed time, whatever the zone here is. */
const localTime = (seconds: number): Date => {
  const time = new Date(1000 * seconds)
  return new Date(time.getTime() + 60_000 * time.getTimezoneOffset())
}

/** Deflated by Node's own library, many times as fast as fflate does it. */
export const zipOf = async (files: readonly PackedFile[]): Promise<Buffer> => {
  const chunks: Uint8Array[] = []
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    chunks.push(chunk)
  })
  for (const { path, mode, read } of sorted(files)) {
    const bytes = read()
    const file: ZipInputFile = {
      filename: path,
      size: bytes.length,
      crc: crc32(bytes),
      compression: DEFLATED,
      os: UNIX,
      attrs: (REGULAR_FILE | mode) * 2 ** 16,
      mtime: localTime(PACKED_AT_S),
    }
    zip.add(file)
    file.ondata!(null, await promisify(deflateRaw)(bytes, { level: 6 }), true)
  }
  zip.end()
  return Buffer.concat(chunks)
}
