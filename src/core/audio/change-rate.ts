/**
 * @file Streaming change of a sample rate by a windowed sinc (Hann window; Smith, "Digital Audio Resampling Home Page", 2002), for the
 * rare file whose rate changes on its way. Zero net delay: output k is the input at time k / `to`. Planes are of one channel each.
 */
import type { Hertz } from '../units/units.ts'
import { greatestCommonDivisor } from './resample.ts'

/** Zero crossings of the sinc on either side. */
const CROSSINGS = 24
/** Rates that people use have a few hundred. */
const MOST_ROWS = 4096

export type RateChanger = {
  readonly push: (planes: readonly Float32Array[]) => readonly Float32Array[]
  /** Returns the rest; the total is ceil(samples · to / from) a channel. */
  readonly finish: () => readonly Float32Array[]
}

export const createRateChanger = (from: Hertz, to: Hertz, channels: number): RateChanger => {
  const cutoff = Math.min(1, to / from)
  const half = Math.ceil(CROSSINGS / cutoff)
  let held = Array.from({ length: channels }, () => new Float32Array(half))
  /** Input index of the first sample that is held. */
  let base = -half
  let received = 0
  let produced = 0

  const tap = (distance: number): number => {
    if (Math.abs(distance) >= half) return 0
    const angle = Math.PI * cutoff * distance
    const window = 0.5 + 0.5 * Math.cos((Math.PI * distance) / half)
    return cutoff * window * (distance === 0 ? 1 : Math.sin(angle) / angle)
  }
  const divisor = greatestCommonDivisor(from, to)
  const rows = new Map<number, Float64Array>()
  /** The weights of the inputs around output `index`, which repeat every `to / divisor` outputs. */
  const weightsOf = (index: number): Float64Array => {
    const phase = (index * (from / divisor)) % (to / divisor)
    const fraction = phase / (to / divisor)
    const row = rows.get(phase) ?? Float64Array.from({ length: 2 * half }, (_, n) => tap(fraction + half - 1 - n))
    if (rows.size < MOST_ROWS) rows.set(phase, row)
    return row
  }
  const produce = (limit: number): readonly Float32Array[] => {
    const last = base + held[0]!.length - 1 - half
    const count = Math.max(0, Math.min(limit, Math.floor((last * to) / from) + 1) - produced)
    const planes = held.map(() => new Float32Array(count))
    for (let n = 0; n < count; n++) {
      const weights = weightsOf(produced + n)
      const first = Math.floor(((produced + n) * (from / divisor)) / (to / divisor)) - half + 1 - base
      for (let channel = 0; channel < channels; channel++) {
        const plane = held[channel]!
        let sum = 0
        for (let tapIndex = 0; tapIndex < weights.length; tapIndex++)
          sum += weights[tapIndex]! * (plane[first + tapIndex] ?? 0)
        planes[channel]![n] = sum
      }
    }
    produced += count
    const dropped = Math.max(0, Math.min(held[0]!.length, Math.floor((produced * from) / to) - half - base))
    held = held.map((plane) => plane.slice(dropped))
    base += dropped
    return planes
  }
  const append = (planes: readonly Float32Array[]): void => {
    held = held.map((plane, channel) => {
      const longer = new Float32Array(plane.length + planes[channel]!.length)
      longer.set(plane)
      longer.set(planes[channel]!, plane.length)
      return longer
    })
  }
  const push = (planes: readonly Float32Array[]): readonly Float32Array[] => {
    received += planes[0]!.length
    append(planes)
    return produce(Number.POSITIVE_INFINITY)
  }
  const finish = (): readonly Float32Array[] => {
    append(held.map(() => new Float32Array(2 * half)))
    return produce(Math.ceil((received * to) / from))
  }
  return { push, finish }
}
