/** Has the shipped network hear pieces of music, and keeps how much of each tag it heard: a line of JSON a piece. */
import { spawn } from 'node:child_process'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { ANALYSIS_SAMPLE_RATE_HZ, type MonoAudio } from '../../../src/core/audio/audio.ts'
import { heardTags } from '../../../src/core/tags/heard-tags.ts'
import type { Ears } from '../../../src/platform/inference/open-ears.ts'
import type { MidiFacts } from './midi-facts.ts'

/** What is known of a piece before anybody hears it. */
export type Facts =
  | ({ readonly by: 'score' } & MidiFacts)
  | { readonly by: 'generator'; readonly sounds: readonly string[] }
  | { readonly by: 'package' }

export type Piece = {
  readonly id: string
  /** What its pieces have in common: a package or a generator. */
  readonly source: string
  readonly facts: Facts
  readonly audio: () => Promise<MonoAudio>
}

export type HeardPiece = Omit<Piece, 'audio'> & {
  readonly seconds: number
  /** By tag: share of the time over its threshold. Tags without a threshold and those never heard are left out. */
  readonly shares: Readonly<Record<string, number>>
}

/** As much as tells what is in a piece; more pieces tell more. */
const MOST_SECONDS = 120
/** Much music begins with less than what follows. */
export const SKIPPED_SECONDS = 20
const LEAST_SECONDS = 20

/** Decodes as the clips of this recipe are decoded; empty when ffmpeg reads nothing. @param from seconds that are left out */
export const decodeFile = async (path: string, from = 0): Promise<MonoAudio> => {
  const input = ['-v', 'error', '-nostdin', '-threads', '1', '-ss', String(from), '-i', path]
  const output = ['-t', String(MOST_SECONDS), '-vn', '-ac', '1', '-ar', String(ANALYSIS_SAMPLE_RATE_HZ), '-f', 's16le']
  const { stdout } = spawn('ffmpeg', [...input, ...output, '-'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const parts: Buffer[] = []
  for await (const part of stdout) parts.push(part as Buffer)
  const bytes = Buffer.concat(parts)
  const samples = new Float32Array(bytes.length >> 1)
  for (let n = 0; n < samples.length; n++) samples[n] = bytes.readInt16LE(2 * n) / 32768
  return { samples, sampleRate: ANALYSIS_SAMPLE_RATE_HZ }
}

export const readHeard = (file: string): readonly HeardPiece[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as HeardPiece)
    : []

/** Goes on where an earlier run ended, and says how many pieces it passed over. */
export const hearPieces = async (ears: Ears, pieces: Iterable<Piece>, file: string): Promise<void> => {
  const done = new Set(readHeard(file).map(({ id }) => id))
  let passedOver = 0
  for (const { audio, ...piece } of pieces) {
    if (done.has(piece.id)) continue
    const { samples, sampleRate } = await audio()
    const heard = { samples: samples.subarray(0, MOST_SECONDS * sampleRate), sampleRate }
    const seconds = heard.samples.length / sampleRate
    if (seconds < LEAST_SECONDS || heard.samples.every((value) => value === 0)) {
      passedOver++
      continue
    }
    const tags = heardTags(await ears.hear(heard), ears.card)
    const shares = Object.fromEntries(tags.flatMap(({ tag, share }) => (share ? [[tag, share]] : [])))
    const line: HeardPiece = { ...piece, seconds: Math.round(seconds), shares }
    appendFileSync(file, `${JSON.stringify(line)}\n`)
    process.stderr.write(`\r${piece.source} ${piece.id.slice(-40).padEnd(40)}`)
  }
  if (passedOver > 0)
    process.stderr.write(`\n${passedOver} passed over: short, silent, or unreadable to ffmpeg or fluidsynth\n`)
}
