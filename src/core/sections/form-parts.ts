/**
 * @file What the network of form is heard about.
 * Method: it learns all kinds, since that teaches it where sections start, but it is not asked to tell a drop from a verse or a chorus: hardly a song
 * among the tracks that may train it has choruses that people named, so that its guesses would only do harm (decision 0042).
 */
import type { SectionKind } from '../labels/section-kind.ts'

export const FORM_PARTS = [
  ['intro'],
  ['build'],
  ['drop', 'verse', 'chorus'],
  ['break'],
  ['outro'],
] as const satisfies readonly (readonly SectionKind[])[]

export const partOf = (kind: SectionKind): number =>
  FORM_PARTS.findIndex((kinds: readonly SectionKind[]) => kinds.includes(kind))
