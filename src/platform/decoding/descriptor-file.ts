import { read } from 'node:fs'
import { basename } from 'node:path'
import { promisify } from 'node:util'
import type { OpenAudio } from './open-audio.ts'
import { readInto } from './read-bytes.ts'
import type { NamedFile } from './tags-protocol.ts'

const readFile = promisify(read)

/** An open file in the form that music-metadata reads in any order; its type is told by its name. */
export class DescriptorFile extends File {
  readonly #request: NamedFile

  constructor(request: NamedFile) {
    super([], request.name)
    this.#request = request
  }

  override get size(): number {
    return this.#request.sizeBytes
  }

  override slice(start = 0, end = this.size): Blob {
    const { descriptor } = this.#request
    const bytes = {
      read: (into: Uint8Array, ...place: [number, number, number]) => readFile(descriptor, into, ...place),
    }
    const part = new Blob([])
    part.arrayBuffer = async () => {
      const read = await readInto(bytes, start, new Uint8Array(end - start))
      return read.slice().buffer
    }
    return part
  }
}

/** An open file of audio in that form. */
export const fileOf = ({ path, descriptor, sizeBytes }: OpenAudio): File =>
  new DescriptorFile({ name: basename(path), descriptor, sizeBytes })
