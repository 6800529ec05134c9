import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { wavBytes } from '../../src/platform/decoding/wav-bytes.fixture.ts'
import { peakResidentKib } from '../speed/peak-memory.ts'

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts')
const FILES_A_FOLDER = 100
const POLL_MS = 50
const MEGABYTE_IN_KIB = 1024

export type ScanReport = {
  readonly files: number
  readonly tracks: number
  readonly scanSeconds: number
  readonly rescanSeconds: number
  /** Highest resident memory of the scanning process; null where the system does not tell. */
  readonly peakMegabytes: number | null
}

const peakOf = (pid: number): number | null => {
  const kib = peakResidentKib(pid)
  return kib === null ? null : kib / MEGABYTE_IN_KIB
}

type Run = {
  readonly seconds: number
  readonly peak: number | null
  readonly document: unknown
}

const algiers = async (dataDir: string, ...args: readonly string[]): Promise<Run> => {
  const begun = performance.now()
  const child = spawn(process.execPath, [MAIN, ...args, '--json'], {
    env: { ...process.env, ALGIERS_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  let peak: number | null = null
  const poll = setInterval(() => {
    peak = peakOf(child.pid!) ?? peak
  }, POLL_MS)
  const [code] = (await once(child, 'close')) as [number]
  clearInterval(poll)
  if (code !== 0) throw new Error(`algiers ${args.join(' ')} ended with ${code}`)
  return { seconds: (performance.now() - begun) / 1000, peak, document: JSON.parse(output) }
}

/** So many small files of different sounds: found and told apart, then found unchanged. */
export const scanTrial = async (files: number): Promise<ScanReport> => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-scan-'))
  const dataDir = join(folder, 'data')
  const music = join(folder, 'music')
  for (let file = 0; file < files; file++) {
    const crate = join(music, String(Math.floor(file / FILES_A_FOLDER)))
    mkdirSync(crate, { recursive: true })
    const samples = Float32Array.from({ length: 2000 }, (_, n) => Math.sin(n * (0.01 + file / 1e5)) / 2)
    writeFileSync(join(crate, `${file}.wav`), wavBytes([samples]))
  }
  try {
    await algiers(dataDir, 'library', 'add', music)
    const scan = await algiers(dataDir, 'library', 'scan', '--no-analyse')
    const rescan = await algiers(dataDir, 'library', 'scan', '--no-analyse')
    const { tracks } = (await algiers(dataDir, 'tracks')).document as { tracks?: readonly unknown[] }
    return {
      files,
      tracks: tracks?.length ?? 0,
      scanSeconds: scan.seconds,
      rescanSeconds: rescan.seconds,
      peakMegabytes: scan.peak,
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
