import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeTestTrack } from '../../src/cli/test-track.fixture.ts'

const HEADER_BYTES = 44
const RATE_HZ = 22_050
/** A little more than a grid needs. */
export const SMALL_SECONDS = 6
const TEMPLATES = 8
const IN_FOLDER = 250

/** Some seconds of a template, again and again, and in its last samples the number of the file: each is a recording of its own. */
const pieceOf = (template: Buffer, index: number, seconds: number): Buffer => {
  const file = Buffer.alloc(HEADER_BYTES + 2 * RATE_HZ * seconds)
  template.copy(file)
  const music = template.subarray(HEADER_BYTES)
  for (let at = template.length; at < file.length; at += music.length) music.copy(file, at)
  file.writeUInt32LE(file.length - 8, 4)
  file.writeUInt32LE(file.length - HEADER_BYTES, 40)
  for (let bit = 0; bit < 16; bit++) file.writeInt16LE((index >> bit) & 1 ? 2 : -2, file.length - 2 * (bit + 1))
  return file
}

/** Writes so many files of music, no two of the same sound. */
export const writeMusic = (folder: string, count: number, seconds: number = SMALL_SECONDS): void => {
  mkdirSync(folder, { recursive: true })
  const templates = Array.from({ length: TEMPLATES }, (_, seed) => {
    const path = join(folder, 'template.wav')
    writeTestTrack(path, { bpm: 118 + 2 * seed, seed: seed + 1, rootHz: 50 + 3 * seed })
    const bytes = readFileSync(path)
    rmSync(path)
    return bytes
  })
  for (let index = 0; index < count; index++) {
    const within = join(folder, String(Math.floor(index / IN_FOLDER)))
    mkdirSync(within, { recursive: true })
    writeFileSync(join(within, `${index}.wav`), pieceOf(templates[index % TEMPLATES]!, index, seconds))
  }
}
