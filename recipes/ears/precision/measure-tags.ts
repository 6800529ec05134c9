/**
 * From heard pieces to what is known of each tag. The share from which it is shown is chosen by folds: whether it is shown for a piece
 * is decided by the pieces of the other folds alone, and what comes of these decisions is what is claimed.
 */
import { createHash } from 'node:crypto'
import { AUDIBLE_SHARE } from '../../../src/core/tags/audible-share.ts'
import { LEAST_SHOWN_PRECISION } from '../../../src/core/tags/tag-precision.ts'
import { type Evidence, evidenceAt, type Fired } from './expected-precision.ts'
import { INSTRUMENTS, SOUND_FAMILY } from './general-midi-names.ts'
import type { HeardPiece } from './hear-pieces.ts'
import { isDance } from './music-packages.ts'
import { truthOf } from './tag-truth.ts'
import type { Tag } from './truth.ts'

type Known = Evidence & { readonly precision: number }

export type MeasuredTag = {
  readonly name: string
  /** At `AUDIBLE_SHARE`. */
  readonly heard: Known
  readonly shown: { readonly from: number; readonly evidence: Known } | null
}

/** What is chosen as the best of several is worse elsewhere, so more is asked for than is claimed. */
const CHOSEN_PRECISION = LEAST_SHOWN_PRECISION + 0.1
/** Finer steps would be chosen by chance. */
const LEVELS = [AUDIBLE_SHARE, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]
const FOLDS = 5
/** Groups of sounds that are no part of music, and the programs of General MIDI that make such sounds. */
const SOUND_GROUPS = ['sound', 'speech']
const SOUND_PROGRAMS = INSTRUMENTS.slice(-8)

/** Whether a tag is a sound effect or speech, which is not shown of music. */
export const isSound = ({ name, group }: Tag): boolean =>
  SOUND_GROUPS.includes(group) || name === SOUND_FAMILY || SOUND_PROGRAMS.includes(name)

/** Pieces that the network takes for music for most of their time; packages also hold atmospheres. */
export const isMusic = ({ shares }: HeardPiece): boolean => (shares.music ?? 0) >= 0.5

type Asked = Fired & { readonly fold: number; readonly stratum: 'dance' | 'other' | null }

/** Pieces of a package lie in one fold. */
const foldOf = ({ source, id, facts }: HeardPiece): number =>
  createHash('sha256')
    .update(facts.by === 'package' ? source : id)
    .digest()[0]! % FOLDS

const ask = (tag: Tag, piece: HeardPiece): Asked => ({
  domain: piece.facts.by,
  truth: truthOf(tag, piece.facts, piece),
  share: piece.shares[tag.name] ?? 0,
  isProduced: piece.facts.by !== 'score',
  fold: foldOf(piece),
  stratum: piece.facts.by !== 'package' ? null : isDance(piece.source) ? 'dance' : 'other',
})

const evidenceOf = (pieces: readonly Asked[], level: number): Evidence =>
  evidenceAt(level, {
    pieces,
    produced: (['dance', 'other'] as const).map((wanted) => pieces.filter(({ stratum }) => stratum === wanted)),
  })

const isKnown = (evidence: Evidence): evidence is Known => evidence.precision !== null

/** The least share from which a tag looks precise enough; null where none is. */
const chooseLevel = (pieces: readonly Asked[]): number | null =>
  LEVELS.find((level) => (evidenceOf(pieces, level).precision ?? 0) >= CHOSEN_PRECISION) ?? null

/** What comes of showing the tag where the other folds say so. */
const crossFitted = (pieces: readonly Asked[]): Evidence => {
  const levels = Array.from({ length: FOLDS }, (_, fold) => chooseLevel(pieces.filter((piece) => piece.fold !== fold)))
  const decided = pieces.map((piece) => ({ ...piece, share: Number(piece.share >= (levels[piece.fold] ?? Infinity)) }))
  return evidenceOf(decided, 1)
}

/** @returns null where nobody can tell how precise the tag is */
export const measureTag = (tag: Tag, heard: readonly HeardPiece[]): MeasuredTag | null => {
  const pieces = heard.map((piece) => ask(tag, piece))
  const whole = evidenceOf(pieces, AUDIBLE_SHARE)
  if (!isKnown(whole)) return null
  const from = isSound(tag) ? null : chooseLevel(pieces)
  const evidence = from === null ? null : crossFitted(pieces)
  const isShown = evidence !== null && isKnown(evidence) && evidence.precision >= LEAST_SHOWN_PRECISION
  return { name: tag.name, heard: whole, shown: isShown ? { from: from!, evidence } : null }
}
