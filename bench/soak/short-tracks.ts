import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { wavBytes } from '../../src/platform/decoding/wav-bytes.fixture.ts'

const FILES_A_FOLDER = 100
const SAMPLE_RATE_HZ = 22050
const SECONDS = 8

/** Kicks with a tone that is each file's own: short, but with a beat. */
const writeTrack = (path: string, file: number, bpm: number): void => {
  const beat = (SAMPLE_RATE_HZ * 60) / bpm
  const hertz = 110 + (file % 600) / 4 + Math.floor(file / 600) * 200
  const samples = Float32Array.from({ length: SAMPLE_RATE_HZ * SECONDS }, (_, n) => {
    const since = (n % beat) / SAMPLE_RATE_HZ
    const kick = Math.sin(2 * Math.PI * 60 * since) * Math.exp(-12 * since)
    return 0.6 * kick + 0.25 * Math.sin((2 * Math.PI * hertz * n) / SAMPLE_RATE_HZ)
  })
  writeFileSync(path, wavBytes([samples], { bits: 8, sampleRate: SAMPLE_RATE_HZ }))
}

/** So many short tracks that all sound different, in folders five deep. */
export const writeShortTracks = (folder: string, files: number, bpm: number): void => {
  for (let file = 0; file < files; file++) {
    const crate = join(folder, 'house/deep/vinyl/side a', String(Math.floor(file / FILES_A_FOLDER)))
    mkdirSync(crate, { recursive: true })
    writeTrack(join(crate, `${file}.wav`), file, bpm)
  }
}
