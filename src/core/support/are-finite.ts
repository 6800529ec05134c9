/** Whether all are numbers that are not infinite: by a plain loop, since a function for each number takes ten times as long. */
export const areFinite = (values: Float32Array): boolean => {
  for (let at = 0; at < values.length; at++) if (!Number.isFinite(values[at])) return false
  return true
}
