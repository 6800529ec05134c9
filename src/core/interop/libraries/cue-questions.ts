/** @file What a person is asked about the names and colours of cues: few questions, those that settle most cues first. */
import type { SectionKind } from '../../labels/section-kind.ts'
import type { Seconds } from '../../units/units.ts'
import { sectionKindOfName } from '../section-names.ts'
import { type CueProfile, cueKey, cueNameKey, nameOfEnded } from './cue-meanings.ts'
import type { ForeignCue } from './foreign-library.ts'

/** A cue that shows what a question is about. */
type CueExample = { readonly trackId: number; readonly title: string; readonly seconds: Seconds }

export type CueQuestion = {
  /** By which the answer is kept. */
  readonly key: string
  /** As most of the cues have it; null for a colour. */
  readonly name: string | null
  /** "#rrggbb"; null for a name. */
  readonly colour: string | null
  readonly cues: number
  readonly tracks: number
  readonly examples: readonly CueExample[]
}

/** A name that is understood already, to be looked through and corrected. */
export type KnownCue = Omit<CueQuestion, 'examples'> & {
  readonly kind: SectionKind | null
  /** The person said so; else the table did. */
  readonly isAnswered: boolean
}

export type CuesOfTrack = { readonly trackId: number; readonly title: string; readonly cues: readonly ForeignCue[] }

export const MOST_QUESTIONS = 5
const MOST_EXAMPLES = 3
/** A colour that so large a share of the cues of a pad have, and hardly another pad, is what the pad gives by itself. */
const PAD_SHARE = 0.8
/** Fewer cues do not tell a habit of the person from one of the program. */
const LEAST_OF_PAD = 5

/** Colours that stand for a pad and so say nothing, whatever the program's palette. */
const padColours = (cues: readonly ForeignCue[]): ReadonlySet<string> => {
  const onPads = cues.filter(
    (cue): cue is ForeignCue & { pad: number; colour: string } => cue.pad !== null && cue.colour !== null,
  )
  const ofPad = Map.groupBy(onPads, ({ pad }) => pad)
  const isOfPad = ([, own]: readonly [string, readonly { readonly pad: number }[]]): boolean => {
    const byPad = [...Map.groupBy(own, ({ pad }) => pad)].toSorted(([, a], [, b]) => b.length - a.length)
    const [pad, most] = byPad[0]!
    return (
      most.length >= LEAST_OF_PAD &&
      most.length >= PAD_SHARE * own.length &&
      most.length >= PAD_SHARE * (ofPad.get(pad)?.length ?? 0)
    )
  }
  return new Set([...Map.groupBy(onPads, ({ colour }) => colour)].filter(isOfPad).map(([colour]) => colour))
}

/**
 * What the libraries of a folder ask or know, each name and colour once, with the programs that have it; figures are those of most cues.
 * @param sameAs what is told apart, where that is more than the name or colour
 */
export const eachOnce = <One extends { readonly key: string; readonly cues: number }>(
  libraries: readonly { readonly program: string; readonly asked: readonly One[] }[],
  sameAs: (one: One) => string = ({ key }) => key,
): readonly (One & { readonly programs: readonly string[] })[] => {
  const all = libraries.flatMap(({ program, asked }) => asked.map((one) => ({ one, program })))
  return [...Map.groupBy(all, ({ one }) => sameAs(one)).values()]
    .map((same) => ({
      ...same.toSorted((a, b) => b.one.cues - a.one.cues)[0]!.one,
      programs: [...new Set(same.map(({ program }) => program))],
    }))
    .toSorted((a, b) => b.cues - a.cues)
}

type AskedAbout = {
  readonly questions: readonly CueQuestion[]
  readonly known: readonly KnownCue[]
}

/** Once some questions are answered. */
export const withAnswers = <Asked extends AskedAbout>(asked: Asked, answers: CueProfile): Asked => {
  const answered = asked.questions.filter(({ key }) => answers.has(key))
  return {
    ...asked,
    questions: asked.questions.filter(({ key }) => !answers.has(key)),
    known: [
      ...asked.known,
      ...answered.map(({ examples: _, ...one }) => ({ ...one, kind: answers.get(one.key)!, isAnswered: true })),
    ],
  }
}

type Seen = { readonly cue: ForeignCue; readonly track: CuesOfTrack }

const commonest = (names: readonly string[]): string =>
  [...Map.groupBy(names, (name) => name)].toSorted(([, a], [, b]) => b.length - a.length)[0]![0]

const describe = (key: string, seen: readonly Seen[]): CueQuestion => {
  const names = seen.flatMap(({ cue }) => (cueNameKey(cue.name) === key ? [cue.name!.trim()] : []))
  const ofTracks = [...Map.groupBy(seen, ({ track }) => track.trackId).values()]
  return {
    key,
    name: names.length > 0 ? commonest(names) : null,
    colour: names.length > 0 ? null : key,
    cues: seen.length,
    tracks: ofTracks.length,
    examples: ofTracks
      .slice(0, MOST_EXAMPLES)
      .map(([{ cue, track }]) => ({ trackId: track.trackId, title: track.title, seconds: cue.startSeconds })),
  }
}

/**
 * @returns at most five questions, of what most cues have first; how many more names and colours nobody is asked about; and what is
 * understood already
 */
export const askAboutCues = (
  tracks: readonly CuesOfTrack[],
  profile: CueProfile,
): { readonly questions: readonly CueQuestion[]; readonly unasked: number; readonly known: readonly KnownCue[] } => {
  const ofPads = padColours(tracks.flatMap(({ cues }) => cues))
  const seen = tracks.flatMap((track) =>
    track.cues.flatMap((cue): (Seen & { readonly key: string })[] => {
      const key = cue.isAutomatic || nameOfEnded(cue.name) !== null ? null : cueKey(cue)
      return key === null || ofPads.has(key) ? [] : [{ key, cue, track }]
    }),
  )
  const groups = [...Map.groupBy(seen, ({ key }) => key)]
    .map(([key, own]) => describe(key, own))
    .toSorted((a, b) => b.cues - a.cues || (a.key < b.key ? -1 : 1))
  const byTable = ({ name }: Pick<CueQuestion, 'name'>): SectionKind | null =>
    name === null ? null : sectionKindOfName(name)
  const isOpen = (group: CueQuestion): boolean => !profile.has(group.key) && byTable(group) === null
  const open = groups.filter(isOpen)
  return {
    questions: open.slice(0, MOST_QUESTIONS),
    unasked: Math.max(0, open.length - MOST_QUESTIONS),
    known: groups
      .filter((group) => !isOpen(group))
      .map(({ examples: _, ...group }) => ({
        ...group,
        kind: profile.get(group.key) ?? (profile.has(group.key) ? null : byTable(group)),
        isAnswered: profile.has(group.key),
      })),
  }
}
