/** The audio of the bench: the generated demo library, and one five-minute track in three formats. Made once, under `.cache/bench/`. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { writeDemoLibrary } from '../../src/demo/demo-library.ts'
import { renderWav } from '../../src/demo/generate-track.ts'
import { planTrack } from '../../src/demo/track-plan.ts'
import { findFfmpeg } from '../../src/platform/decoding/find-ffmpeg.ts'

export const BENCH_FOLDER = join(import.meta.dirname, '..', '..', '.cache', 'bench')
/** Length of a usual club track. */
export const LONG_TRACK_SECONDS = 300
export const LIBRARY_TRACKS = 20
const LIBRARY_FOLDER = join(BENCH_FOLDER, 'library')
const SEED = 7

export type LongFile = { readonly format: 'WAV' | 'FLAC' | 'MP3'; readonly path: string }

const publish = async (path: string, bytes: Uint8Array): Promise<void> => {
  await writeFile(`${path}.partial`, bytes)
  await rename(`${path}.partial`, path)
}

/** Offset of a chunk's first byte in a RIFF file. */
const findChunk = (bytes: Uint8Array, id: string): number => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 12; at + 8 <= bytes.length; at += 8 + view.getUint32(at + 4, true) + (view.getUint32(at + 4, true) & 1))
    if (Buffer.from(bytes.subarray(at, at + 4)).toString('latin1') === id) return at + 8
  throw new Error(`The generated WAV has no ${id} chunk`)
}

/** What the right channel lags behind, so that both differ as on a record: encoders fold equal channels into one. */
const STEREO_LAG_SECONDS = 0.01

/** Generated tracks last two to three minutes: plays one again from its first beat, on the beat, until the time is full. */
const renderLongTrack = async (): Promise<Uint8Array> => {
  const plan = planTrack(SEED, 'house')
  const wav = await renderWav(plan)
  const view = new DataView(wav.buffer, wav.byteOffset, wav.byteLength)
  const format = findChunk(wav, 'fmt ')
  const [channels, sampleRate, bits] = [
    view.getUint16(format + 2, true),
    view.getUint32(format + 4, true),
    view.getUint16(format + 14, true),
  ]
  if (channels !== 1 || bits !== 16) throw new Error(`The generated WAV has ${channels} channels of ${bits} bits`)
  const data = findChunk(wav, 'data')
  const first = Math.round(plan.firstBeatSeconds * sampleRate)
  const loop = Math.round((plan.sections.at(-1)!.endBeat * 60 * sampleRate) / plan.bpm)
  const sampleAt = (index: number): number =>
    index < 0 ? 0 : view.getInt16(data + 2 * (index < first ? index : first + ((index - first) % loop)), true)
  const frames = LONG_TRACK_SECONDS * sampleRate
  const bytes = Buffer.alloc(44 + 4 * frames)
  bytes.write('RIFF    WAVEfmt ', 'latin1')
  bytes.writeUInt32LE(bytes.length - 8, 4)
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(2, 22)
  bytes.writeUInt32LE(sampleRate, 24)
  bytes.writeUInt32LE(4 * sampleRate, 28)
  bytes.writeUInt16LE(4, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36, 'latin1')
  bytes.writeUInt32LE(4 * frames, 40)
  const lag = Math.round(STEREO_LAG_SECONDS * sampleRate)
  for (let frame = 0; frame < frames; frame++) {
    bytes.writeInt16LE(sampleAt(frame), 44 + 4 * frame)
    bytes.writeInt16LE(sampleAt(frame - lag), 46 + 4 * frame)
  }
  return bytes
}

const ENCODERS = { FLAC: ['-c:a', 'flac'], MP3: ['-c:a', 'libmp3lame', '-b:a', '320k'] } as const

/** @returns null where ffmpeg or its encoder is missing */
const encode = async (wav: string, format: keyof typeof ENCODERS): Promise<LongFile | null> => {
  const path = join(BENCH_FOLDER, `long.${format.toLowerCase()}`)
  if (existsSync(path)) return { format, path }
  const ffmpeg = findFfmpeg()
  if (ffmpeg === null) return null
  const partial = join(BENCH_FOLDER, `partial.${format.toLowerCase()}`)
  try {
    await promisify(execFile)(ffmpeg, ['-v', 'error', '-y', '-i', wav, ...ENCODERS[format], partial])
  } catch {
    await rm(partial, { force: true })
    return null
  }
  await rename(partial, path)
  return { format, path }
}

export type LongFiles = Readonly<Record<LongFile['format'], LongFile | null>>

export const prepareLongFiles = async (): Promise<LongFiles> => {
  await mkdir(BENCH_FOLDER, { recursive: true })
  const path = join(BENCH_FOLDER, 'long.wav')
  if (!existsSync(path)) await publish(path, await renderLongTrack())
  return { WAV: { format: 'WAV', path }, FLAC: await encode(path, 'FLAC'), MP3: await encode(path, 'MP3') }
}

const LONG_LIBRARY_FOLDER = join(BENCH_FOLDER, 'five-minutes')
/** Of each format; each a little softer than the one before, so that they are different recordings. */
const LONG_LIBRARY_TRACKS = 6

/** Tracks of five minutes, as people have them. @returns null where ffmpeg or an encoder is missing */
export const prepareLongLibrary = async (): Promise<{ readonly folder: string; readonly tracks: number } | null> => {
  const { WAV, FLAC, MP3 } = await prepareLongFiles()
  if (FLAC === null || MP3 === null) return null
  const library = { folder: LONG_LIBRARY_FOLDER, tracks: 2 * LONG_LIBRARY_TRACKS }
  if (existsSync(LONG_LIBRARY_FOLDER)) return library
  const partial = `${LONG_LIBRARY_FOLDER}.partial`
  await rm(partial, { recursive: true, force: true })
  await mkdir(partial)
  for (let track = 1; track <= LONG_LIBRARY_TRACKS; track++)
    for (const format of ['FLAC', 'MP3'] as const) {
      const softer = ['-af', `volume=-0.${track}dB`, '-sample_fmt', format === 'FLAC' ? 's16' : 's16p']
      const to = join(partial, `${track}.${format.toLowerCase()}`)
      const options = ['-v', 'error', '-y', '-i', WAV!.path, ...softer, ...ENCODERS[format], to]
      await promisify(execFile)(findFfmpeg()!, options)
    }
  await rename(partial, LONG_LIBRARY_FOLDER)
  return library
}

/** A folder of audio files and their truth. */
export const prepareLibrary = async (
  onProgress: (fraction: number) => void,
): Promise<{ folder: string; truth: string[] }> => {
  await writeDemoLibrary(LIBRARY_FOLDER, { count: LIBRARY_TRACKS, seed: SEED, onProgress })
  const names = await readdir(LIBRARY_FOLDER)
  return {
    folder: LIBRARY_FOLDER,
    truth: names
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => join(LIBRARY_FOLDER, name)),
  }
}
