/** `--peers`: makes a Python environment once under `.peers/` and scores what librosa, Essentia and MSAF hear on the same tracks. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { scoreBeats } from '../../src/core/evaluation/beat-f-measure.ts'
import { boundaryHitRate } from '../../src/core/evaluation/boundary-hit-rate.ts'
import { scoreTempo } from '../../src/core/evaluation/tempo-accuracy.ts'
import { alignColumns, short } from '../accuracy/table.ts'
import { type CorpusTrack, referenceBoundaries } from '../corpus/corpus.ts'

const ENVIRONMENT = join(import.meta.dirname, '..', '..', '.peers')
const REQUIREMENTS = join(import.meta.dirname, 'requirements.txt')
const SCRIPT = join(import.meta.dirname, 'peers.py')
const BIN = process.platform === 'win32' ? 'Scripts' : 'bin'
const PYTHONS = ['python3', 'python'] as const

type Estimate = {
  readonly tempo_bpm?: number
  readonly beat_times?: readonly number[]
  readonly boundaries?: readonly number[]
}

export type PeerFigures = {
  readonly peer: string
  readonly acc1: number | null
  readonly acc2: number | null
  readonly exact: number | null
  readonly beatF: number | null
  readonly hitHalfSecond: number | null
  readonly hitThreeSeconds: number | null
}

/** @returns stdout; stderr goes to ours. @throws Error with the exit code, or when the program is not there */
const runProgram = (program: string, args: readonly string[], input: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(chunks).toString())
      else reject(new Error(`${program} ended with exit code ${code}`))
    })
    child.stdin.end(input)
  })

const makeEnvironment = async (): Promise<string> => {
  const python = join(ENVIRONMENT, BIN, process.platform === 'win32' ? 'python.exe' : 'python')
  const installed = join(ENVIRONMENT, 'requirements.txt')
  const wanted = await readFile(REQUIREMENTS, 'utf8')
  if (existsSync(installed) && (await readFile(installed, 'utf8')) === wanted) return python
  process.stderr.write('making a Python environment under .peers/ (once; some minutes)\n')
  let found: string | null = null
  for (const candidate of PYTHONS)
    if (found === null && (await runProgram(candidate, ['-m', 'venv', ENVIRONMENT], '').catch(() => null)) !== null)
      found = candidate
  if (found === null)
    throw new Error(
      'Python 3 with venv was not found on the PATH: install it (Debian: python3-venv) to compare with peers',
    )
  await runProgram(python, ['-m', 'pip', 'install', '--quiet', '-r', REQUIREMENTS], '').catch((error: Error) => {
    throw new Error(`pip could not install the peers (${error.message}): is the network there?`)
  })
  await copyFile(REQUIREMENTS, installed)
  return python
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length

const scorePeer = (
  peer: string,
  tracks: readonly CorpusTrack[],
  estimates: ReadonlyMap<string, Readonly<Record<string, Estimate>>>,
): PeerFigures => {
  const heard = tracks.flatMap((track) => {
    const estimate = estimates.get(track.id)?.[peer]
    return estimate ? [{ track, estimate }] : []
  })
  const tempi = heard.flatMap(({ track, estimate }) =>
    track.tempoBpm !== null && track.beatsCount && estimate.tempo_bpm !== undefined
      ? [{ ...scoreTempo(track.tempoBpm, estimate.tempo_bpm), isConstant: track.hasConstantTempo }]
      : [],
  )
  const hits = (toleranceSeconds: number): number | null =>
    mean(
      heard.flatMap(({ track, estimate }) => {
        if (!estimate.boundaries || track.isSong) return []
        const { scored, ignored } = referenceBoundaries(track)
        const rate = boundaryHitRate(scored, estimate.boundaries, { toleranceSeconds, ignored })
        return rate ? [rate.f] : []
      }),
    )
  return {
    peer,
    acc1: mean(tempi.map(({ accuracy1 }) => Number(accuracy1))),
    acc2: mean(tempi.map(({ accuracy2 }) => Number(accuracy2))),
    exact: mean(tempi.filter(({ isConstant }) => isConstant).map(({ exactAnyOctave }) => Number(exactAnyOctave))),
    beatF: mean(
      heard.flatMap(({ track, estimate }) =>
        track.beatTimes && track.beatsCount && estimate.beat_times
          ? [scoreBeats(track.beatTimes, estimate.beat_times).fMeasure]
          : [],
      ),
    ),
    hitHalfSecond: hits(0.5),
    hitThreeSeconds: hits(3),
  }
}

const format = (figures: readonly PeerFigures[]): string =>
  alignColumns([
    ['peer, run here', 'Acc1', 'Acc2', 'within 0.05 BPM', 'beat F', 'HR.5F (dance)', 'HR3F (dance)'],
    ...figures.map(({ peer, acc1, acc2, exact, beatF, hitHalfSecond, hitThreeSeconds }) => [
      peer,
      ...[acc1, acc2, exact, beatF, hitHalfSecond, hitThreeSeconds].map((value) =>
        value === null ? '–' : short(value),
      ),
    ]),
  ])

/** Never throws: peers are a comparison, not a part of the product. */
export const evaluatePeers = async (
  tracks: readonly CorpusTrack[],
): Promise<{ readonly figures: readonly PeerFigures[]; readonly text: string }> => {
  try {
    const python = await makeEnvironment()
    const input = JSON.stringify(tracks.map(({ id, audioPath }) => ({ id, path: audioPath })))
    const lines = (await runProgram(python, [SCRIPT], input)).split('\n').filter((line) => line.startsWith('{'))
    const estimates = new Map(
      lines.map((line) => {
        const { id, estimates: heard } = JSON.parse(line) as { id: string; estimates: Record<string, Estimate> }
        return [id, heard] as const
      }),
    )
    const peers = [...new Set([...estimates.values()].flatMap((heard) => Object.keys(heard)))]
    const figures = peers.map((peer) => scorePeer(peer, tracks, estimates))
    return { figures, text: format(figures) }
  } catch (error) {
    return { figures: [], text: `Peers were not run: ${(error as Error).message}` }
  }
}
