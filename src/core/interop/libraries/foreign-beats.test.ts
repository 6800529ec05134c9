import { describe, expect, it } from 'vitest'
import { beatsToSeconds } from '../../beats/beat-grid.ts'
import { constantGrid } from '../../beats/constant-grid.fixture.ts'
import { foreignBeatTimes, takeForeignGrid } from './foreign-beats.ts'
import type { ForeignGrid } from './foreign-library.ts'
import { mayHaveOffset, measureImportOffset } from './import-offset.ts'

const own = constantGrid(120, 400)
const taking = { program: 'rekordbox', own, offsetSeconds: 0, durationSeconds: 200 }
const anchored = (...anchors: readonly (readonly [number, number, number | null])[]): ForeignGrid => ({
  anchors: anchors.map(([seconds, bpm, beatOfBar]) => ({ seconds, bpm, beatOfBar })),
  beats: null,
})

describe('a grid of another program', () => {
  it('becomes ours, with beat 0 at the first beat of the track and the bars it counts', () => {
    const grid = takeForeignGrid(anchored([2.25, 120, 2]), taking)!.grid
    expect(grid.anchors).toHaveLength(1)
    expect(beatsToSeconds(grid, 0)).toBeCloseTo(0.25, 9)
    // The beat at 2.25 s is the third of its bar, so a bar begins one second earlier.
    expect((2.25 - 1 - beatsToSeconds(grid, grid.firstDownbeat)) % 2).toBeCloseTo(0, 9)
    expect((grid.firstPhrase - grid.firstDownbeat) % 4).toBe(0)
    expect(grid).toMatchObject({ beatCount: 400, tempoConfidence: 1, downbeatConfidence: 1 })
  })
  it('reaches each of several anchors on a whole beat, also where rounding left it a few milliseconds off', () => {
    const grid = takeForeignGrid(anchored([0.1, 120, 0], [20.112, 120, 0], [60.112, 140, 0]), taking)!.grid
    expect(beatsToSeconds(grid, 40)).toBeCloseTo(20.112, 9)
    expect(beatsToSeconds(grid, 120)).toBeCloseTo(60.112, 9)
    expect(beatsToSeconds(grid, 121)).toBeCloseTo(60.112 + 60 / 140, 9)
    expect(grid.anchors).toHaveLength(3)
  })
  it('gets an odd interval where the tempo breaks off between two beats', () => {
    const grid = takeForeignGrid(anchored([0, 120, 0], [10.2, 120, 0]), taking)!.grid
    expect(beatsToSeconds(grid, 19)).toBeCloseTo(9.5, 9)
    expect(beatsToSeconds(grid, 20)).toBeCloseTo(10.2, 9)
  })
  it('is made of single beats where there are only those', () => {
    const beats = Array.from({ length: 300 }, (_, beat) => Math.round(1000 * (0.3 + (beat * 60) / 126)) / 1000)
    const grid = takeForeignGrid({ anchors: [], beats }, taking)!.grid
    expect(grid.anchors).toHaveLength(1)
    expect(grid.anchors[0]!.bpm).toBeCloseTo(126, 1)
  })
  it('is none where its tempi cannot be', () => {
    for (const bpm of [1, 17_178, Number.NaN, -120]) expect(takeForeignGrid(anchored([0, bpm, 0]), taking)).toBeNull()
  })
})

describe('the offset of another program', () => {
  const theirs = (offset: number, bpm = 120, jitter = 0) =>
    foreignBeatTimes(anchored([0.5 - offset, bpm, 0]), 190).map((time, index) => time + (index % 2 ? jitter : -jitter))
  it('is the median distance of its beats to ours, taken from 4 to 60 ms', () => {
    expect(measureImportOffset(theirs(0.026), own)).toMatchObject({
      seconds: expect.closeTo(0.026, 6),
      isApplied: true,
    })
    expect(measureImportOffset(theirs(-0.048), own)).toMatchObject({
      seconds: expect.closeTo(-0.048, 6),
      isApplied: true,
    })
    for (const offset of [0.003, 0.07, 0]) expect(measureImportOffset(theirs(offset), own)!.isApplied).toBe(false)
  })
  it('is not taken where the distances spread, as they do for another tempo', () => {
    expect(measureImportOffset(theirs(0.026, 120, 0.004), own)!.isApplied).toBe(false)
    expect(measureImportOffset(theirs(0.026, 121), own)!.isApplied).toBe(false)
    expect(measureImportOffset(theirs(0.026).slice(0, 15), own)).toBeNull()
  })
  it('is looked for in MP3 and AAC only', () => {
    expect(['a.mp3', 'a.M4A', 'a.flac', 'a.mp3.wav'].map(mayHaveOffset)).toEqual([true, true, false, false])
  })
})
