/** From heard pieces to what is known of each tag. */
import { AUDIBLE_SHARE } from '../../../src/core/tags/audible-share.ts'
import { LEAST_SHOWN_PRECISION } from '../../../src/core/tags/tag-precision.ts'
import { type Evidence, evidenceAt, type Fired } from './expected-precision.ts'
import { INSTRUMENTS, SOUND_FAMILY } from './general-midi-names.ts'
import type { HeardPiece } from './hear-pieces.ts'
import { isDance } from './music-packages.ts'
import { truthOf } from './tag-truth.ts'
import type { Tag } from './truth.ts'

export type MeasuredTag = {
  readonly name: string
  /** At `AUDIBLE_SHARE`. */
  readonly heard: Evidence & { readonly precision: number }
  readonly shown: { readonly from: number; readonly evidence: Evidence & { readonly precision: number } } | null
}

/** Finer steps would be chosen by chance. */
const LEVELS = [AUDIBLE_SHARE, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]
/** Groups of sounds that are no part of music, and the programs of General MIDI that make such sounds. */
const SOUND_GROUPS = ['sound', 'speech']
const SOUND_PROGRAMS = INSTRUMENTS.slice(-8)

/** Whether a tag is a sound effect or speech, which is not shown of music. */
export const isSound = ({ name, group }: Tag): boolean =>
  SOUND_GROUPS.includes(group) || name === SOUND_FAMILY || SOUND_PROGRAMS.includes(name)

/** Pieces that the network takes for music for most of their time; packages also hold atmospheres. */
export const isMusic = ({ shares }: HeardPiece): boolean => (shares.music ?? 0) >= 0.5

export const evidenceOf = (tag: Tag, heard: readonly HeardPiece[], level: number): Evidence => {
  const fired = (piece: HeardPiece): Fired => ({
    domain: piece.facts.by,
    truth: truthOf(tag, piece.facts, piece),
    share: piece.shares[tag.name] ?? 0,
  })
  const produced = heard.filter(({ facts }) => facts.by === 'package')
  const strata = [produced.filter(({ source }) => isDance(source)), produced.filter(({ source }) => !isDance(source))]
  return evidenceAt(level, { pieces: heard.map(fired), produced: strata.map((stratum) => stratum.map(fired)) })
}

const isKnown = (evidence: Evidence): evidence is Evidence & { precision: number } => evidence.precision !== null

/** @returns null where nobody can tell how precise the tag is */
export const measureTag = (tag: Tag, heard: readonly HeardPiece[]): MeasuredTag | null => {
  const [whole, ...higher] = LEVELS.map((level) => ({ from: level, evidence: evidenceOf(tag, heard, level) }))
  if (!isKnown(whole!.evidence)) return null
  const enough = [whole!, ...higher].find(({ evidence }) => (evidence.precision ?? 0) >= LEAST_SHOWN_PRECISION)
  const shown =
    enough && isKnown(enough.evidence) && !isSound(tag) ? { from: enough.from, evidence: enough.evidence } : null
  return { name: tag.name, heard: whole!.evidence, shown }
}
