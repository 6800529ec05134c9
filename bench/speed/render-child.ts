/** Renders a long set in a process of its own: `node render-child.ts MINUTES` prints the most memory that it held, in KiB. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { constantGrid } from '../../src/core/beats/constant-grid.fixture.ts'
import type { StereoBlock } from '../../src/core/mixing/deck-reader.ts'
import { planMix } from '../../src/core/mixing/plan-mix.ts'
import { createRandom } from '../../src/core/support/random.ts'
import { MIX_RATE_HZ } from '../../src/platform/decoding/pcm-file-sink.ts'
import { renderMix } from '../../src/platform/mixing/render-mix.ts'
import { writeWav } from '../../src/platform/mixing/wav-writer.ts'
import { peakResidentKib } from './peak-memory.ts'

const minutes = Number(process.argv[2])
const [TRACK_SECONDS, BPM, WINDOW_BEATS] = [300, 124, 64] as const
const TRACK_BEATS = Math.floor((TRACK_SECONDS * BPM) / 60)

async function* noise(seconds: number): AsyncGenerator<StereoBlock> {
  const random = createRandom(1)
  const block = Float32Array.from({ length: MIX_RATE_HZ }, () => 0.2 * (random() - 0.5))
  for (let second = 0; second < seconds; second++) yield [block, block]
}

const folder = await mkdtemp(join(tmpdir(), 'algiers-render-'))
try {
  const path = join(folder, 'track.wav')
  await writeWav(path, MIX_RATE_HZ, noise(TRACK_SECONDS))
  const track = {
    title: 'Track',
    grid: constantGrid(BPM, TRACK_BEATS),
    durationSeconds: TRACK_SECONDS,
    loudnessLufs: -14,
    truePeakDb: -3,
  }
  const playedSeconds = ((TRACK_BEATS - WINDOW_BEATS) * 60) / BPM
  const tracks = Array.from({ length: Math.ceil((minutes * 60) / playedSeconds) + 1 }, () => track)
  const move = {
    fromBeat: TRACK_BEATS - WINDOW_BEATS,
    toBeat: 0,
    beats: WINDOW_BEATS,
    curve: 'bass swap',
    bassSwapBeat: WINDOW_BEATS / 2,
    nudgeMs: 0,
  } as const
  const mix = planMix(
    tracks,
    Array.from({ length: tracks.length - 1 }, () => move),
  )
  const sources = { mix, sources: tracks.map(() => ({ path, folders: [folder] })), folder: join(folder, 'cache') }
  const range = { startSeconds: 0, endSeconds: minutes * 60 }
  await renderMix(sources, range, join(folder, 'set.wav'), { signal: new AbortController().signal, onShare: () => {} })
  process.stdout.write(String(peakResidentKib(process.pid)))
} finally {
  await rm(folder, { recursive: true })
}
