import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { UserError } from '../../core/support/user-error.ts'
import { type ObjectStore, objectKey } from '../../platform/catalogue/object-store.ts'
import { digestOf } from '../../platform/store/digest.ts'

/** Parts fit into a row of the database as well as into a bucket, and a library of any size into memory one after the other. */
const PART_BYTES = 8 * 1024 * 1024

/** Packs a file into objects that are named by what is in them. @returns their digests, in order */
export const putParcel = async (objects: ObjectStore, path: string): Promise<readonly string[]> => {
  const digests: string[] = []
  let [waiting, bytes]: [Uint8Array[], number] = [[], 0]
  const send = async (): Promise<void> => {
    const part = Buffer.concat(waiting)
    ;[waiting, bytes] = [[], 0]
    const digest = digestOf(part)
    await objects.put(objectKey('libraries', digest), part)
    digests.push(digest)
  }
  await pipeline(createReadStream(path), createGzip(), async (packed: AsyncIterable<Uint8Array>) => {
    for await (const piece of packed) {
      waiting.push(piece)
      bytes += piece.byteLength
      if (bytes >= PART_BYTES) await send()
    }
    if (bytes > 0) await send()
  })
  return digests
}

async function* partsOf(objects: ObjectStore, digests: readonly string[]): AsyncGenerator<Buffer, void> {
  for (const digest of digests) {
    const part = await objects.get(objectKey('libraries', digest))
    if (part === null || digestOf(part) !== digest)
      throw new UserError('STORAGE_UNREACHABLE', `A part of the library is not among the derived bytes: ${digest}.`)
    yield part
  }
}

/** Unpacks what `putParcel` packed. Whoever looks sees the whole file or none. @throws STORAGE_UNREACHABLE */
export const takeParcel = async (objects: ObjectStore, digests: readonly string[], path: string): Promise<void> => {
  const partial = `${path}.partial`
  await rm(partial, { force: true })
  const file = createWriteStream(partial, { flags: 'wx', mode: 0o600, flush: true })
  await pipeline(Readable.from(partsOf(objects, digests)), createGunzip(), file)
  await rename(partial, path)
}
