/** Cuts off what an encoder put before and behind the sound. Planes are of one channel each. */
export type Trimmer = {
  readonly take: (planes: readonly Float32Array[]) => readonly Float32Array[]
  /** @returns the samples that were held back, where the sound turned out not to end as it was told */
  readonly finish: () => readonly Float32Array[]
}

const join = (one: Float32Array, other: Float32Array): Float32Array => {
  const joined = new Float32Array(one.length + other.length)
  joined.set(one)
  joined.set(other, one.length)
  return joined
}

/** @param total samples a channel with both; null where nobody tells, so that nothing is cut off behind */
export const createTrimmer = ({
  before,
  behind,
  total,
}: {
  readonly before: number
  readonly behind: number
  readonly total: number | null
}): Trimmer => {
  let left = before
  let received = 0
  let held: readonly Float32Array[] = []
  const kept = total === null ? 0 : behind
  const take = (planes: readonly Float32Array[]): readonly Float32Array[] => {
    const length = planes[0]?.length ?? 0
    received += length
    const cut = Math.min(left, length)
    left -= cut
    const all = planes.map((plane, channel) => join(held[channel] ?? new Float32Array(0), plane.subarray(cut)))
    const end = Math.max(0, (all[0]?.length ?? 0) - kept)
    held = all.map((plane) => plane.slice(end))
    return all.map((plane) => plane.subarray(0, end))
  }
  return { take, finish: () => (received === total ? [] : held) }
}
