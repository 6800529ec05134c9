import colours from 'picocolors'
import { isSectionKind, SECTION_COLOURS } from '../core/labels/section-kind.ts'

/** A section kind in its own colour, where the terminal shows colours (it honours NO_COLOR). */
export const kindText = (kind: string, supported = colours.isColorSupported): string => {
  if (!supported || !isSectionKind(kind)) return kind
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(SECTION_COLOURS[kind].slice(at, at + 2), 16))
  return `\u001b[38;2;${red};${green};${blue}m${kind}\u001b[39m`
}
