/** What is rendered is on the beats of both grids: clicks of known times are sought in the samples of each deck by itself. */
import { expect, test } from 'vitest'
import { type BeatGrid, beatsToSeconds } from '../../core/beats/beat-grid.ts'
import { constantGrid } from '../../core/beats/constant-grid.fixture.ts'
import { clickNear, clickTrack } from '../../core/mixing/click-track.fixture.ts'
import { createDeckReader } from '../../core/mixing/deck-reader.ts'
import { beatRatio, type MixMove } from '../../core/mixing/mix-move.ts'
import { planMix } from '../../core/mixing/plan-mix.ts'
import { mixAt } from '../../core/mixing/time-map.ts'
import { openStretcher } from './time-stretch.ts'

const RATE = 44_100
/** The limit that is promised; a click of the time-stretch is spread over about a millisecond. */
const MOST_ERROR_SECONDS = 0.005

const track = (grid: BeatGrid) => ({
  title: 'Clicks',
  grid,
  durationSeconds: beatsToSeconds(grid, grid.beatCount),
  loudnessLufs: null,
  truePeakDb: null,
})

/** Times at which the clicks of both decks sound, of each beat of the window that both have, eight bars around it included. */
const renderClicks = async (from: BeatGrid, to: BeatGrid, move: MixMove) => {
  const mix = planMix([track(from), track(to)], [move])
  const overlap = mix.overlaps[0]!
  const [start, end] = [overlap.startSeconds - 8, overlap.endSeconds + 8]
  const first = Math.round(start * RATE)
  const planes: Float32Array[] = []
  for (const [index, grid] of [from, to].entries()) {
    const stretcher = await openStretcher(RATE)
    const reader = createDeckReader(
      { deck: mix.decks[index]!, source: clickTrack(grid, RATE), stretcher, sampleRate: RATE },
      first,
    )
    planes.push(reader.read(Math.round(end * RATE) - first)[0])
    stretcher.close()
  }
  const clicksOf = (index: number, grid: BeatGrid, firstBeat: number, lastBeat: number) =>
    Array.from({ length: lastBeat - firstBeat + 1 }, (_, n) => {
      const wanted = mixAt(mix.decks[index]!.map, beatsToSeconds(grid, firstBeat + n))
      const found = clickNear(planes[index]!, { seconds: wanted - first / RATE, within: 0.06, sampleRate: RATE })
      return { wanted, heard: found === null ? null : found + first / RATE }
    })
  const ratio = beatRatio(from, to, move)
  return {
    mix,
    ratio,
    out: clicksOf(0, from, move.fromBeat - 8, move.fromBeat + move.beats),
    into: clicksOf(1, to, move.toBeat, move.toBeat + move.beats * ratio + 8),
  }
}

const worst = (clicks: readonly { readonly wanted: number; readonly heard: number | null }[]): number =>
  clicks.reduce(
    (most, { wanted, heard }) => Math.max(most, heard === null ? Number.POSITIVE_INFINITY : Math.abs(heard - wanted)),
    0,
  )

const bent: BeatGrid = {
  ...constantGrid(126, 200, 0.4),
  anchors: [
    { beat: 0, seconds: 0.4, bpm: 126 },
    { beat: 70, seconds: 0.4 + (70 * 60) / 126, bpm: 126.8 },
    { beat: 90, seconds: 0.4 + (70 * 60) / 126 + (20 * 60) / 126.8, bpm: 125.1 },
  ],
}
const move: MixMove = { fromBeat: 64, toBeat: 16, beats: 64, curve: 'blend', bassSwapBeat: null, nudgeMs: 0 }

test.each([
  ['the same tempo', constantGrid(128, 200, 0.1), constantGrid(128, 200, 0.31), move],
  ['a tempo 3 % higher', constantGrid(124, 200, 0.213), constantGrid(127.7, 200, 0.05), move],
  ['a tempo 8 % lower', constantGrid(132, 200, 0), constantGrid(121.4, 200, 0.7), move],
  ['a tempo a quarter higher', constantGrid(100, 200, 0.2), constantGrid(125, 200, 0.3), move],
  ['half the tempo', constantGrid(173, 200, 0.2), constantGrid(87.1, 200, 0.3), move],
  ['twice the tempo', constantGrid(86, 200, 0.2), constantGrid(173.4, 300, 0.3), { ...move, beats: 32 }],
  ['a tempo that drifts', bent, constantGrid(128.3, 200, 0.11), move],
  ['a cut', constantGrid(124, 200, 0.2), constantGrid(129, 200, 0.3), { ...move, beats: 4, curve: 'cut' as const }],
])('%s: the beats of both decks sound together', async (_, from, to, played) => {
  const { mix, ratio, out, into } = await renderClicks(from, to, played)
  expect(worst(out)).toBeLessThan(MOST_ERROR_SECONDS)
  expect(worst(into)).toBeLessThan(MOST_ERROR_SECONDS)
  const window = out.slice(8)
  const apart = window.flatMap(({ heard }, beat) => {
    const other = into[beat * ratio]
    return Number.isInteger(beat * ratio) ? [Math.abs(heard! - other!.heard!)] : []
  })
  expect(apart.length).toBeGreaterThan(played.beats * Math.min(1, ratio))
  expect(Math.max(...apart)).toBeLessThan(MOST_ERROR_SECONDS)
  expect(window.map(({ wanted }) => wanted)).toEqual(
    [...mix.overlaps[0]!.beatSeconds].map((at) => expect.closeTo(at, 9)),
  )
})

test('a nudge makes the next track late by itself', async () => {
  const { out, into } = await renderClicks(constantGrid(124, 200), constantGrid(126, 200, 0.2), {
    ...move,
    nudgeMs: 30,
  })
  const window = out.slice(8)
  for (const [beat, { heard }] of window.entries())
    expect(Math.abs(into[beat]!.heard! - heard! - 0.03)).toBeLessThan(MOST_ERROR_SECONDS)
})
