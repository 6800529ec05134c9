import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PEAKS_FORMAT } from '../audio/waveform-peaks.ts'
import { digestOf } from './digest.ts'
import { readIfThere } from './read-if-there.ts'
import { storageError } from './storage-error.ts'

const SHA256_HEX_LENGTH = 64

/** Waveforms as files by audio digest and format: the bytes of `encodePeaks`, then their SHA-256 in hexadecimal. The folder may be deleted at any time. */
export class PeaksCache {
  readonly #folder: string

  constructor(cacheFolder: string) {
    this.#folder = join(cacheFolder, 'peaks')
  }

  has(audioDigest: string): boolean {
    return existsSync(this.#pathOf(audioDigest))
  }

  /** @returns null when it is not there or damaged */
  read(audioDigest: string): Uint8Array | null {
    const file = readIfThere(this.#pathOf(audioDigest))
    if (file === null) return null
    const bytes = new Uint8Array(file.subarray(0, Math.max(0, file.length - SHA256_HEX_LENGTH)))
    return file.subarray(bytes.length).toString('latin1') === digestOf(bytes) ? bytes : null
  }

  /** Others see the whole file or none. Not synced, since it can be made again. */
  write(audioDigest: string, bytes: Uint8Array): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    const partial = join(this.#folder, `.partial-${randomBytes(6).toString('hex')}`)
    try {
      writeFileSync(partial, Buffer.concat([bytes, Buffer.from(digestOf(bytes), 'latin1')]), { mode: 0o600 })
      renameSync(partial, this.#pathOf(audioDigest))
    } catch (error) {
      throw storageError(error)
    } finally {
      rmSync(partial, { force: true })
    }
  }

  #pathOf(audioDigest: string): string {
    return join(this.#folder, `${digestOf(`${audioDigest}\n${PEAKS_FORMAT}`)}.peaks`)
  }
}
