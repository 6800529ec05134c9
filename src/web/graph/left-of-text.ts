/** Where words about a point begin, so that the edge of the picture does not cut them: behind it, else before it, else as far left as there is room. */
export const leftOfText = (x: number, gap: number, width: number, room: number): number => {
  if (x + gap + width <= room) return x + gap
  return x - gap - width >= 0 ? x - gap - width : Math.max(0, room - width)
}
