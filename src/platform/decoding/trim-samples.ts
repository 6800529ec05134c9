/** Cuts off what an encoder put before and behind the sound. Planes are of one channel each, and of equal length. */
export type Trimmer = (planes: readonly Float32Array[]) => readonly Float32Array[]

/** @param kept the samples that are passed on, half-open, counted from the first that is taken */
export const createTrimmer = (kept: { readonly from: number; readonly to: number }): Trimmer => {
  let position = 0
  return (planes) => {
    const [from, to] = [Math.max(0, kept.from - position), Math.max(0, kept.to - position)]
    position += planes[0]?.length ?? 0
    return planes.map((plane) => plane.subarray(Math.min(from, plane.length), Math.min(to, plane.length)))
  }
}
