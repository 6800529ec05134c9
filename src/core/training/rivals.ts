/**
 * @file A model beside others that could be used instead of it: earlier versions, the one that ships, and what needs no model at all.
 * Method: every contender is asked only about labels that it cannot know. A version that learnt from a track answers for it with what it said
 * while that track was held out of its own training; where that was not kept, it is not asked.
 */

import { type Contender, type Duel, duel, FEWEST_JUDGED, type JudgedLabel } from '../evaluation/duel.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import type { Span } from '../labels/span.ts'
import { predictSpan, type SectionModel } from '../models/section-model.ts'
import { countText } from '../units/count-text.ts'
import { percentText } from '../units/percent-text.ts'
import type { LabelSample } from './label-rows.ts'

/** What a version may know of the labels that it is judged on. */
export type Knowledge = {
  /** Digests of the tracks that it learnt from. */
  readonly learnt: ReadonlySet<string>
  /** Digests of the tracks that the model it began from learnt from: nothing that it says of them is a fair test. */
  readonly tainted: ReadonlySet<string>
  /** What was said of labels, by `labelKey`, while their tracks were held out of its training; in the order of its kinds. */
  readonly heldOut: ReadonlyMap<string, readonly number[]>
}

export type RivalModel = Knowledge & { readonly version: number; readonly model: SectionModel }

/** A label is the same one as long as it lies in the same music at the same place and means the same. */
export const labelKey = (
  audioDigest: string,
  { kind, startBeat, endBeat }: Span & { readonly kind: SectionKind },
): string => `${audioDigest} ${kind} ${startBeat} ${endBeat}`

/** Whether a version has to be asked, has said it already, or may not be asked about a label. */
export const fairAnswer = (
  { learnt, tainted, heldOut }: Knowledge,
  track: string,
  label: Span & { readonly kind: SectionKind },
): 'ask' | readonly number[] | null => {
  if (tainted.has(track)) return null
  if (!learnt.has(track)) return 'ask'
  return heldOut.get(labelKey(track, label)) ?? null
}

/** A contender beside another one. */
export type Rivalry = {
  /** `v0`, `v3`, `majority`, `position only`, `energy rule`. */
  readonly name: string
  /** Null where it is no version. */
  readonly version: number | null
  /** Kinds that only the first knows, and only the rival. */
  readonly onlyOurs: readonly SectionKind[]
  readonly onlyTheirs: readonly SectionKind[]
  /** Null where there are too few labels that both may be asked about. */
  readonly duel: Duel | null
  /** What this means, in a sentence or two. */
  readonly text: string
}

type NamedContender = Contender & Pick<Rivalry, 'name' | 'version'>

const RIVAL_WORDS: Readonly<Record<string, string>> = {
  v0: 'v0, which ships with Algiers,',
  majority: 'Always guessing the most frequent kind',
  'position only': 'Guessing by position alone',
  'energy rule': 'A simple loudness rule',
}

const listed = (kinds: readonly SectionKind[]): string =>
  kinds.length < 2 ? kinds.join('') : `${kinds.slice(0, -1).join(', ')} and ${kinds.at(-1)}`

const verdictText = (name: string, { verdict, accuracy: [ours, theirs], labels, tracks }: Duel): string => {
  const rival = RIVAL_WORDS[name] ?? name
  const figures = `${percentText(theirs)} right against ${percentText(ours)}, on ${countText(labels, 'label')} of ${countText(tracks)}`
  if (verdict === 'worse') return `${rival} does better on your labels: ${figures}.`
  if (verdict === 'better') return `${rival} does worse on your labels: ${figures}.`
  return `${rival} does about as well on your labels: ${figures}, which may be chance.`
}

const kindsText = ({ duel: fought, onlyOurs, onlyTheirs }: Omit<Rivalry, 'text'>): string =>
  fought === null || onlyOurs.length + onlyTheirs.length === 0
    ? ''
    : ` Compared on ${listed(fought.kinds)}, which both know${onlyTheirs.length > 0 ? `; only the other knows ${listed(onlyTheirs)}` : ''}${
        onlyOurs.length > 0 ? `; only this one knows ${listed(onlyOurs)}` : ''
      }.`

/** Sets a contender beside a rival on the labels that both may be asked about. */
export const rivalryOf = (labels: readonly JudgedLabel[], ours: Contender, rival: NamedContender): Rivalry => {
  const { name, version } = rival
  const rivalry = {
    name,
    version,
    onlyOurs: ours.kinds.filter((kind) => !rival.kinds.includes(kind)),
    onlyTheirs: rival.kinds.filter((kind) => !ours.kinds.includes(kind)),
    duel: duel(labels, ours, rival),
  }
  const text =
    rivalry.duel === null
      ? `${RIVAL_WORDS[name] ?? name} cannot be compared: fewer than ${FEWEST_JUDGED} of your labels are of kinds that both know, on tracks that neither can have learnt from.`
      : verdictText(name, rivalry.duel) + kindsText(rivalry)
  return { ...rivalry, text }
}

/** What a rival says of the labels of a training; null where it may not be asked or reads other features. */
export const rivalContender = (samples: readonly LabelSample[], rival: RivalModel): NamedContender => ({
  name: `v${rival.version}`,
  version: rival.version,
  kinds: rival.model.kinds,
  answers: samples.map(({ track, label }) => {
    const known = fairAnswer(rival, track.audioDigest, label)
    return known === 'ask' ? predictSpan(rival.model, track.context, label) : known
  }),
})

const RANKS = { worse: 0, open: 1, better: 2 } as const
const rankOf = ({ duel: fought }: Rivalry): number => (fought === null ? 3 : RANKS[fought.verdict])

/** Those that do better first. */
export const byVerdict = (rivalries: readonly Rivalry[]): readonly Rivalry[] =>
  rivalries.toSorted((a, b) => rankOf(a) - rankOf(b))
