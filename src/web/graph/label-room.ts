/** What a label covers of the picture, in pixels. */
type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number }

/** Between two labels, so that they do not read as one. */
const GAP = 4

const doTouch = (one: Box, other: Box): boolean =>
  one.left < other.left + other.width + GAP &&
  other.left < one.left + one.width + GAP &&
  one.top < other.top + other.height &&
  other.top < one.top + one.height

/** Keeps labels apart: who comes first is written, and whatever would touch that is not. */
export class LabelRoom {
  #taken: Box[] = []

  /** For a new picture. */
  clear(): void {
    this.#taken = []
  }

  /** Takes the room, where it is free. @returns whether it was */
  take(box: Box): boolean {
    const isFree = !this.#taken.some((other) => doTouch(box, other))
    if (isFree) this.#taken.push(box)
    return isFree
  }
}
