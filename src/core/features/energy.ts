/**
 * @file Energy of a track, 1 to 10, and its course bar by bar, from what makes people move rather than from loudness:
 * how much is struck, how far the low band pumps, how bright the sound is and how fast the beat goes.
 * Method: four parts, each from 0 for calm to 1 for driving music (`ANCHORS`), weighted by `WEIGHTS`; none of them changes
 * with the gain. The parts are returned with the figure, so that it can be explained.
 * Conventions: the curve has one value a bar from the first downbeat on, 0 to 1; the track's energy is the mean of the upper
 * half of the bars (a long breakdown does not make a peak-time track calm), mapped linearly to 1 … 10.
 */
import type { BeatGrid } from '../beats/beat-grid.ts'
import { type FeatureMatrix, placeOf } from './feature-matrix.ts'

type EnergyParts = {
  readonly density: number
  readonly pumping: number
  readonly brightness: number
  readonly tempo: number
}

export type EnergyEstimate = {
  /** Whole number, 1 to 10. */
  readonly energy: number
  /** One value a bar, 0 to 1. */
  readonly curve: readonly number[]
  /** Means over the bars that count for `energy`, 0 to 1 each. */
  readonly parts: EnergyParts
}

type Anchor = readonly [calm: number, driving: number]

/** 5th and 95th percentile over the bars of 43 tracks (the project's corpus, mostly dance music); tempo: the range of dance music. */
const ANCHORS: Readonly<Record<keyof EnergyParts, Anchor>> = {
  density: [0, 15.5],
  pumping: [1.2, 22.6],
  brightness: [0.6, 3.9],
  tempo: [80, 180],
}

/** Density and the pulse of the low band weigh most; set by judgement, as there is no truth to fit. */
const WEIGHTS: EnergyParts = { density: 0.35, pumping: 0.3, brightness: 0.2, tempo: 0.15 }

const PART_NAMES = ['density', 'pumping', 'brightness', 'tempo'] as const

const scale = (value: number, [calm, driving]: Anchor): number =>
  Math.max(0, Math.min(1, (value - calm) / (driving - calm)))

const weigh = (parts: EnergyParts): number => PART_NAMES.reduce((sum, name) => sum + WEIGHTS[name] * parts[name], 0)

const tempoAt = (grid: BeatGrid, beat: number): number => {
  const anchor = grid.anchors.findLast(({ beat: from }) => from <= beat) ?? grid.anchors[0]!
  return anchor.bpm
}

/** Parts of the beats `[start, end)`. Density counts onsets per second, so that half and double tempo come out alike. */
const measureParts = (matrix: FeatureMatrix, grid: BeatGrid, [start, end]: readonly [number, number]): EnergyParts => {
  const { columns, values } = matrix
  const mean = (name: string): number => {
    const column = placeOf(matrix, name, 'Energy')
    let sum = 0
    for (let beat = start; beat < end; beat++) sum += values[beat * columns.length + column]!
    return sum / Math.max(1, end - start)
  }
  const bpm = tempoAt(grid, start)
  const struck = mean('density kick') + mean('density snare') + mean('density hat')
  return {
    density: scale((struck * bpm) / 60, ANCHORS.density),
    pumping: scale(mean('onset peak kick'), ANCHORS.pumping),
    brightness: scale(mean('centroid'), ANCHORS.brightness),
    tempo: scale(bpm, ANCHORS.tempo),
  }
}

const meanParts = (bars: readonly EnergyParts[]): EnergyParts => {
  const mean = (name: keyof EnergyParts): number =>
    bars.reduce((sum, bar) => sum + bar[name], 0) / Math.max(1, bars.length)
  return { density: mean('density'), pumping: mean('pumping'), brightness: mean('brightness'), tempo: mean('tempo') }
}

/** A share of the most, as a whole number from 1 to 10. */
export const energyLevel = (share: number): number => 1 + Math.round(9 * share)

export const estimateEnergy = (matrix: FeatureMatrix, grid: BeatGrid): EnergyEstimate => {
  const bars: EnergyParts[] = []
  const first = matrix.beats >= grid.firstDownbeat + grid.beatsPerBar ? grid.firstDownbeat : 0
  for (let start = first; start < matrix.beats; start += grid.beatsPerBar)
    bars.push(measureParts(matrix, grid, [start, Math.min(matrix.beats, start + grid.beatsPerBar)]))
  const upper = [...bars].sort((a, b) => weigh(b) - weigh(a)).slice(0, Math.ceil(bars.length / 2))
  const parts = meanParts(upper)
  return { energy: energyLevel(weigh(parts)), curve: bars.map(weigh), parts }
}
