/** What both of Serato's frames of marks hold, as numbers of the file. */
export type SeratoCue = {
  readonly pad: number
  readonly startMs: number
  /** Stored, 0xRRGGBB. */
  readonly colour: number
  readonly name: string
}
export type SeratoLoop = {
  /** Loops have slots of their own, beside the pads of the cues. */
  readonly slot: number
  readonly startMs: number
  readonly endMs: number
  readonly isLocked: boolean
  readonly name: string
}
export type SeratoMarks = {
  readonly cues: readonly SeratoCue[]
  readonly loops: readonly SeratoLoop[]
  /** Stored, 0xRRGGBB; null where the frame does not say. */
  readonly trackColour: number | null
  readonly isGridLocked: boolean
}

export const NO_MARKS: SeratoMarks = { cues: [], loops: [], trackColour: null, isGridLocked: false }

/** Cues and loops have eight places each. */
export const SERATO_PADS = 8
/** Also stands for a place that is not set, in frames that other programs took for one. */
export const NOWHERE_MS = 0xffffffff
