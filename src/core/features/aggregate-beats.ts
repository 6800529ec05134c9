/**
 * @file From values per frame to values per beat.
 * Conventions: a beat takes the frames whose centres lie in it, at least one; results have shape (beats, width), row-major.
 */
export type BeatFrames = { readonly beats: number; readonly beatFrames: Float64Array; readonly frames: number }

/** Number of the first frame whose centre does not lie before this part of a beat, wherever the track ends. */
const frameAt = ({ beatFrames }: BeatFrames, beat: number, part: number): number => {
  const start = beatFrames[beat]!
  return Math.ceil(start + part * (beatFrames[beat + 1]! - start))
}

const firstFrame = (track: BeatFrames, beat: number, from: number): number =>
  Math.max(0, Math.min(track.frames - 1, frameAt(track, beat, from)))

const endFrame = (track: BeatFrames, beat: number, to: number): number =>
  Math.min(track.frames, frameAt(track, beat, to))

/** The frames of a fraction of a beat, `[first, end)`, never empty if the track has frames. */
export const framesBetween = (
  track: BeatFrames,
  beat: number,
  [from, to]: readonly [number, number] = [0, 1],
): readonly [number, number] => {
  const first = firstFrame(track, beat, from)
  return [first, Math.max(first + 1, endFrame(track, beat, to))]
}

/** Mean over each beat, or with `early` over the frames that lie this fraction of a beat earlier. */
export const beatMeans = (track: BeatFrames, values: Float32Array, width = 1, early = 0): Float32Array => {
  const means = new Float32Array(track.beats * width)
  for (let beat = 0; beat < track.beats; beat++) {
    // Not by a pair: it would be thrown away for each beat of some thirty columns.
    const first = firstFrame(track, beat, -early)
    const end = Math.max(first + 1, endFrame(track, beat, 1 - early))
    for (let column = 0; column < width; column++) {
      let sum = 0
      for (let frame = first; frame < end; frame++) sum += values[frame * width + column]!
      means[beat * width + column] = sum / (end - first)
    }
  }
  return means
}

/** Largest value within a part of each beat, e.g. [−0.125, 0.125] around its start. */
export const beatMaxima = (
  track: BeatFrames,
  values: Float32Array,
  part: readonly [number, number] = [0, 1],
): Float32Array =>
  Float32Array.from({ length: track.beats }, (_, beat) => {
    const [first, end] = framesBetween(track, beat, part)
    let highest = Number.NEGATIVE_INFINITY
    for (let frame = first; frame < end; frame++) highest = Math.max(highest, values[frame]!)
    return highest
  })

/** A beat has some twenty frames; for so few nothing is faster than to insert one after the other. */
const FEW = 64

const sort = (values: Float32Array): Float32Array => {
  if (values.length > FEW) return values.sort()
  for (let next = 1; next < values.length; next++) {
    const value = values[next]!
    let at = next
    for (; at > 0 && values[at - 1]! > value; at--) values[at] = values[at - 1]!
    values[at] = value
  }
  return values
}

/** Value below which a share of the values lies, which are put in order. */
export const quantileOf = (values: Float32Array, share: number): number =>
  sort(values)[Math.min(values.length - 1, Math.floor(share * values.length))]!

/** Value below which a share of each beat's frames lies. */
export const beatQuantiles = (track: BeatFrames, values: Float32Array, share: number): Float32Array =>
  Float32Array.from({ length: track.beats }, (_, beat) => {
    const [first, end] = framesBetween(track, beat)
    return quantileOf(values.slice(first, end), share)
  })

/** Puts columns of shape (beats) side by side, shape (beats, columns). */
export const joinColumns = (columns: readonly Float32Array[]): Float32Array => {
  const width = columns.length
  const joined = new Float32Array(width * (columns[0]?.length ?? 0))
  for (let column = 0; column < width; column++) {
    const values = columns[column]!
    for (let beat = 0; beat < values.length; beat++) joined[beat * width + column] = values[beat]!
  }
  return joined
}
