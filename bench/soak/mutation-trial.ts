import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { openApp } from '../../src/app.ts'
import { writeTestTrack } from '../../src/cli/test-track.fixture.ts'
import { createRandom, type Random } from '../../src/core/support/random.ts'

const FIXTURES = join(import.meta.dirname, '../../src/platform/decoding/fixtures')

/** Ways a file goes wrong on disks, in downloads and by hand. */
const MUTATIONS: readonly ((bytes: Buffer, random: Random) => Buffer)[] = [
  (bytes, random) => bytes.subarray(0, Math.floor(random() * bytes.length)),
  (bytes, random) => {
    for (let n = 0; n < 1 + random() * 40; n++) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256)
    return bytes
  },
  // Headers are where sizes and counts stand.
  (bytes, random) => {
    for (let n = 0; n < 1 + random() * 6; n++) bytes[Math.floor(random() * 64)] = Math.floor(random() * 256)
    return bytes
  },
  (bytes, random) => bytes.fill(random() < 0.5 ? 0 : 255, Math.floor(random() * bytes.length)),
  (bytes, random) => {
    const at = Math.floor(random() * bytes.length)
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.floor(random() * at)), bytes.subarray(at)])
  },
  (bytes, random) => Buffer.concat([bytes.subarray(Math.floor(random() * bytes.length)), bytes]),
]

export type MutationReport = {
  readonly files: number
  readonly analysed: number
  /** How often each error was told. */
  readonly codes: Readonly<Record<string, number>>
  /** Files of which nothing is said: neither analysed nor failed. */
  readonly untold: readonly string[]
  readonly slowestSeconds: number
}

/** Damaged files go through scan and analysis; whoever is still there afterwards has not died of them. */
export const mutationTrial = async (files: number, seed = 1): Promise<MutationReport> => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-mutations-'))
  const music = join(folder, 'music')
  mkdirSync(music)
  const random = createRandom(seed)
  writeTestTrack(join(folder, 'whole.wav'), { bpm: 128, seed, rootHz: 55 })
  const originals = [...readdirSync(FIXTURES).map((name) => join(FIXTURES, name)), join(folder, 'whole.wav')]
  for (let file = 0; file < files; file++) {
    const original = originals[file % originals.length]!
    const mutate = MUTATIONS[Math.floor(random() * MUTATIONS.length)]!
    const bytes = mutate(Buffer.from(readFileSync(original)), random)
    writeFileSync(join(music, `${file}${extname(original)}`), bytes)
  }
  const app = await openApp({ dataDir: join(folder, 'data') })
  try {
    await app.collection.addRoot(music)
    let slowest = 0
    let last = performance.now()
    const { failures } = await app.collection.scan({
      onProgress: () => {
        slowest = Math.max(slowest, performance.now() - last)
        last = performance.now()
      },
    })
    const codes: Record<string, number> = {}
    for (const { error } of failures) codes[error.code] = (codes[error.code] ?? 0) + 1
    const tracks = await app.collection.listTracks()
    // Files of the same sound are one track, which fails once.
    const told = tracks.filter(({ state, failure }) => state === 'ok' || failure !== null)
    const details = await Promise.all(told.map(({ id }) => app.collection.track(String(id))))
    const paths = new Set([
      ...failures.map(({ file }) => file),
      ...details.flatMap(({ locations }) => locations.map(({ path }) => path)),
    ])
    return {
      files,
      analysed: tracks.filter(({ state }) => state === 'ok').length,
      codes,
      untold: readdirSync(music).filter((name) => !paths.has(join(music, name))),
      slowestSeconds: slowest / 1000,
    }
  } finally {
    await app.close()
    rmSync(folder, { recursive: true })
  }
}
