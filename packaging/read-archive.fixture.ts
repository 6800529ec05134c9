import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { unzipSync } from 'fflate'
import { extract } from 'tar-stream'

type ArchivedFile = { readonly mode: number; readonly bytes: Buffer }
/** By path. */
export type Archive = ReadonlyMap<string, ArchivedFile>

const readTarGz = async (path: string): Promise<Archive> => {
  const files = new Map<string, ArchivedFile>()
  const tar = Readable.from([gunzipSync(readFileSync(path))]).pipe(extract())
  for await (const entry of tar) {
    const bytes = await buffer(entry)
    if (entry.header.type === 'file') files.set(entry.header.name, { mode: entry.header.mode!, bytes })
  }
  return files
}

const CENTRAL_HEADER = 0x02014b50
const END_OF_CENTRAL = 0x06054b50
const END_BYTES = 22

/** The Unix modes, which fflate does not read. */
const modesOf = (zip: Buffer): Map<string, number> => {
  const end = zip.length - END_BYTES
  if (zip.readUInt32LE(end) !== END_OF_CENTRAL) throw new Error('The zip does not end as one.')
  const modes = new Map<string, number>()
  for (let at = zip.readUInt32LE(end + 16); zip.readUInt32LE(at) === CENTRAL_HEADER; ) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ]
    modes.set(zip.toString('utf8', at + 46, at + 46 + name), zip.readUInt16LE(at + 40) & 0o777)
    at += 46 + name + extra + comment
  }
  return modes
}

const readZip = (path: string): Archive => {
  const zip = readFileSync(path)
  const modes = modesOf(zip)
  const files = Object.entries(unzipSync(zip)).map(([name, bytes]): [string, ArchivedFile] => [
    name,
    { mode: modes.get(name)!, bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length) },
  ])
  return new Map(files)
}

export const readArchive = async (path: string): Promise<Archive> =>
  path.endsWith('.zip') ? readZip(path) : readTarGz(path)
