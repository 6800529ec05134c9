/**
 * @file How far apart the sounds of a library are: of its tracks, or of their sections.
 * Method: a sound has two parts, the vector of its features and the embedding that a network hears. Each dimension of the features is a
 * z-score over the library, so that dimensions that hardly differ do not dominate; the embedding is taken without the library's mean, in
 * units of its spread. Both are weighted and laid side by side, and all Euclidean distances are computed exactly (decision 0013).
 * Conventions: distances are in standard deviations of the library: 0 is the same sound, √2 is usual for two random ones, and figures
 * of different libraries cannot be compared. A part that a sound lacks lies one deviation off, in a direction of its own.
 */
import { compileKernels, createKernelMemory, type KernelMemory } from '../support/kernel-memory.ts'
import { VECTOR_KERNELS_BASE64 } from './vector-kernels.wasm.ts'

const SOUND_PARTS = ['features', 'embedding'] as const
type SoundPart = (typeof SOUND_PARTS)[number]

/** Null where it is unknown. */
export type Sound = { readonly [Part in SoundPart]: Float32Array | null }

export type SoundWeights = { readonly [Part in SoundPart]: number }

type Kernels = {
  readonly measureDistances: (
    ...values: [rows: number, pairs: number, count: number, query: number, to: number]
  ) => void
}

/** A part of a row: where it begins, what is subtracted from each of its numbers, and what they are multiplied by. */
type ScaledPart = {
  readonly part: SoundPart
  readonly first: number
  readonly width: number
  readonly means: Float64Array
  readonly scales: Float64Array
  /** The column that marks the part as missing, and its value then. */
  readonly missing: number
  readonly missingValue: number
}

/** What makes the numbers of sounds distances: records only, so that another thread measures alike. */
export type SoundScale = readonly ScaledPart[]

const PAIR_NUMBERS = 8
const FLOAT_BYTES = 4
/** A dimension that hardly varies would be nothing but rounding. */
const LEAST_RELATIVE_DEVIATION = 1e-6

const compiled = compileKernels(VECTOR_KERNELS_BASE64)

const widthOf = (sounds: readonly Sound[], part: SoundPart): number =>
  sounds.find((sound) => sound[part] !== null)?.[part]?.length ?? 0

/** Mean and standard deviation of each dimension, over the sounds that have the part. */
const momentsOf = (
  sounds: readonly Sound[],
  part: SoundPart,
  width: number,
): { readonly means: Float64Array; readonly deviations: Float64Array } => {
  const [means, deviations] = [new Float64Array(width), new Float64Array(width)]
  const known = sounds.flatMap((sound) => sound[part] ?? [])
  for (const values of known) for (let at = 0; at < width; at++) means[at]! += values[at]! / known.length
  for (const values of known)
    for (let at = 0; at < width; at++) deviations[at]! += (values[at]! - means[at]!) ** 2 / known.length
  return { means, deviations: deviations.map(Math.sqrt) }
}

/** Scales that make half the mean squared distance of two sounds 1 in this part. */
const scalesOf = (part: SoundPart, means: Float64Array, deviations: Float64Array): Float64Array => {
  if (part === 'embedding') {
    const spread = Math.hypot(...deviations)
    return deviations.map(() => (spread > 0 ? 1 / spread : 0))
  }
  return deviations.map((deviation, at) =>
    deviation <= LEAST_RELATIVE_DEVIATION * (1 + Math.abs(means[at]!))
      ? 0
      : 1 / deviation / Math.sqrt(deviations.length),
  )
}

const layOut = (sounds: readonly Sound[], weights: SoundWeights): SoundScale => {
  const used = SOUND_PARTS.filter((part) => weights[part] > 0 && widthOf(sounds, part) > 0)
  const total = used.reduce((sum, part) => sum + weights[part], 0)
  let end = 0
  return used.map((part) => {
    const width = widthOf(sounds, part)
    const { means, deviations } = momentsOf(sounds, part, width)
    const gain = Math.sqrt(weights[part] / total)
    const scales = scalesOf(part, means, deviations).map((scale) => scale * gain)
    const first = end
    end += width + 1
    return { part, first, width, means, scales, missing: first + width, missingValue: gain }
  })
}

/** How far two sounds are apart on a scale; a part of another length than the scale's counts as missing. */
export const soundDistance = (scale: SoundScale, one: Sound, other: Sound): number => {
  let sum = 0
  for (const { part, width, means, scales, missingValue } of scale) {
    const [a, b] = [one[part], other[part]].map((values) => (values?.length === width ? values : null))
    if (!(a || b)) continue
    for (let n = 0; n < width; n++) sum += (((a ? a[n]! : means[n]!) - (b ? b[n]! : means[n]!)) * scales[n]!) ** 2
    if (!(a && b)) sum += missingValue ** 2
  }
  return Math.sqrt(sum)
}

/** Sounds laid out so that any sound, in the table or not, can be compared with all. */
export class SoundTable {
  /** What distances are measured by. */
  readonly scale: SoundScale
  readonly #rows: number
  readonly #width: number
  readonly #memory: KernelMemory<Kernels>
  readonly #places: { readonly rows: number; readonly query: number; readonly distances: number }

  /** @param scale of the sounds themselves, or one that others are measured by, too */
  constructor(sounds: readonly Sound[], weights: SoundWeights, scale: SoundScale = layOut(sounds, weights)) {
    this.scale = scale
    this.#rows = sounds.length
    const columns = this.scale.reduce((sum, { width }) => sum + width + 1, 0)
    this.#width = PAIR_NUMBERS * Math.ceil(columns / PAIR_NUMBERS)
    this.#memory = createKernelMemory<Kernels>(compiled)
    this.#places = {
      rows: this.#memory.place(this.#rows * this.#width * FLOAT_BYTES),
      query: this.#memory.place(this.#width * FLOAT_BYTES),
      distances: this.#memory.place(this.#rows * FLOAT_BYTES),
    }
    const floats = this.#memory.floats()
    for (const [row, sound] of sounds.entries())
      this.#write(sound, floats, this.#places.rows / FLOAT_BYTES + row * this.#width)
  }

  /**
   * @param from a sound, or the row of one @param first row of those that are measured, and the one after the last of them; all when left out
   * @returns the distance of each of them from it, shape (sounds)
   */
  distancesFrom(from: Sound | number, first = 0, end = this.#rows): Float32Array {
    const { rows, query, distances } = this.#places
    this.#place(from)
    const begin = rows + first * this.#width * FLOAT_BYTES
    this.#memory.run.measureDistances(begin, this.#width / PAIR_NUMBERS, end - first, query, distances)
    return this.#memory.floats().slice(distances / FLOAT_BYTES, distances / FLOAT_BYTES + end - first)
  }

  #place(sound: Sound | number): void {
    const floats = this.#memory.floats()
    const at = this.#places.query / FLOAT_BYTES
    const first = this.#places.rows / FLOAT_BYTES
    if (typeof sound === 'number') floats.copyWithin(at, first + sound * this.#width, first + (sound + 1) * this.#width)
    else this.#write(sound, floats, at)
  }

  #write(sound: Sound, to: Float32Array, at: number): void {
    to.fill(0, at, at + this.#width)
    for (const { part, first, width, means, scales, missing, missingValue } of this.scale) {
      const values = sound[part]
      if (values?.length !== width) to[at + missing] = missingValue
      else for (let n = 0; n < width; n++) to[at + first + n] = (values[n]! - means[n]!) * scales[n]!
    }
  }
}
