/** What is rendered is on the beats of both grids: clicks of known times are sought in the samples of each deck by itself. */
import { expect, test } from 'vitest'
import { type BeatGrid, beatsToSeconds } from '../../core/beats/beat-grid.ts'
import { constantGrid } from '../../core/beats/constant-grid.fixture.ts'
import { clickNear, clickTrack } from '../../core/mixing/click-track.fixture.ts'
import { createDeckReader } from '../../core/mixing/deck-reader.ts'
import { beatRatio, type MixMove, moveOfWindow } from '../../core/mixing/mix-move.ts'
import { planMix } from '../../core/mixing/plan-mix.ts'
import { mixAt } from '../../core/mixing/time-map.ts'
import { type MixPlaces, mixPlaces } from '../../core/setlist/mix-sides.ts'
import { mixWindow } from '../../core/setlist/mix-windows.ts'
import { createRandom } from '../../core/support/random.ts'
import { openStretcher } from './time-stretch.ts'

type Side = { readonly grid: BeatGrid; readonly places: MixPlaces }

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
/** Played by hand: every bar has a tempo of its own, up to 2 % off. */
const wandering = (bpm: number, beatsPerBar: number, seed: number): BeatGrid => {
  const random = createRandom(seed)
  const anchors: { beat: number; seconds: number; bpm: number }[] = []
  let seconds = 0.3
  for (let beat = 0; beat < 200; beat += beatsPerBar) {
    const own = bpm * (0.98 + 0.04 * random())
    anchors.push({ beat, seconds, bpm: own })
    seconds += (beatsPerBar * 60) / own
  }
  return { ...constantGrid(bpm, 200, 0.3), beatsPerBar, anchors }
}

/** As it is proposed for tracks without sections: their end over their beginning. */
const proposed = (from: BeatGrid, to: BeatGrid): MixMove => {
  const [one, other] = [from, to].map((grid) => ({ grid, places: mixPlaces(grid, []) })) as [Side, Side]
  return moveOfWindow([from, to], { style: 'outro to intro', ...mixWindow('outro to intro', one, other)! }, false)
}
const [waltz, otherWaltz] = [wandering(120, 3, 5), wandering(117, 3, 6)]

const move: MixMove = { fromBeat: 64, toBeat: 16, beats: 32, curve: 'blend', bassSwapBeat: null, nudgeMs: 0 }

test.each([
  ['the same tempo', constantGrid(128, 200, 0.1), constantGrid(128, 200, 0.31), move],
  ['a tempo 3 % higher', constantGrid(124, 200, 0.213), constantGrid(127.7, 200, 0.05), move],
  ['a tempo 8 % lower', constantGrid(132, 200, 0), constantGrid(121.4, 200, 0.7), move],
  ['a tempo a quarter higher', constantGrid(100, 200, 0.2), constantGrid(125, 200, 0.3), move],
  ['half the tempo', constantGrid(173, 200, 0.2), constantGrid(87.1, 200, 0.3), move],
  ['twice the tempo', constantGrid(86, 200, 0.2), constantGrid(173.4, 300, 0.3), { ...move, beats: 32 }],
  ['a tempo that drifts', bent, constantGrid(128.3, 200, 0.11), move],
  ['two tracks that drift', bent, wandering(127, 4, 1), move],
  ['a band into a band', wandering(118, 4, 2), wandering(122, 4, 3), move],
  ['a band into half the tempo', wandering(170, 4, 2), wandering(86, 4, 3), move],
  ['a waltz into four beats a bar', waltz, wandering(123, 4, 4), proposed(waltz, wandering(123, 4, 4))],
  ['four beats a bar into a waltz', bent, waltz, proposed(bent, waltz)],
  ['a waltz into a waltz', waltz, otherWaltz, proposed(waltz, otherWaltz)],
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
