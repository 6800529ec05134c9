import type { SectionKind } from './section-kind.ts'

/** A kind of the person's own, in a lens: a vocabulary beside the seven. Whatever knows only the seven takes it for one of them. */
export type OwnKind = {
  readonly id: number
  readonly name: string
  /** As `#22c55e`. */
  readonly colour: string
  /** Labels with it on the desk; null for none. */
  readonly key: string | null
  readonly mapsTo: SectionKind
}

/** Keys of the desk that nothing else has. */
export const OWN_KIND_KEYS = ['8', '9', 'Q', 'R', 'U', 'X', 'F', 'G'] as const

/** Longer names would not fit on a section. */
export const LONGEST_KIND_NAME = 40

/** Two names that only differ in their letters' case or width are one. */
export const ownNameKey = (name: string): string => name.normalize('NFKC').trim().toLowerCase()

/** Black or white, whichever reads better on a colour (WCAG 2.2, relative luminance). */
export const textOnColour = (colour: string): string => {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  // At this luminance black and white contrast with it equally.
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000000' : '#ffffff'
}
