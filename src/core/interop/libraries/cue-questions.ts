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

const countOne = <Name>(counts: Map<Name, number>, name: Name): void =>
  void counts.set(name, (counts.get(name) ?? 0) + 1)

const total = (counts: ReadonlyMap<unknown, number>): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0)

/** The name that was counted most often, of equal ones the first. */
const commonest = <Name>(counts: ReadonlyMap<Name, number>): readonly [Name, number] =>
  [...counts].reduce((most, one) => (one[1] > most[1] ? one : most))

/** Colours that stand for a pad and so say nothing, whatever the program's palette. */
const createPadColours = () => {
  const ofPad = new Map<number, number>()
  const ofColour = new Map<string, Map<number, number>>()
  return {
    add: ({ pad, colour }: ForeignCue): void => {
      if (pad === null || colour === null) return
      countOne(ofPad, pad)
      const pads = ofColour.get(colour) ?? new Map<number, number>()
      countOne(pads, pad)
      ofColour.set(colour, pads)
    },
    has: (colour: string): boolean => {
      const pads = ofColour.get(colour)
      if (pads === undefined) return false
      const [pad, most] = commonest(pads)
      return most >= LEAST_OF_PAD && most >= PAD_SHARE * total(pads) && most >= PAD_SHARE * (ofPad.get(pad) ?? 0)
    },
  }
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

/** What is known of the cues of one name or colour. */
type Seen = { cues: number; tracks: number; readonly names: Map<string, number>; readonly examples: CueExample[] }

const describe = (key: string, { names, ...seen }: Seen): CueQuestion => {
  const [name] = names.size > 0 ? commonest(names) : [null]
  return { key, name, colour: name === null ? key : null, ...seen }
}

type Asked = {
  /** At most five, of what most cues have first. */
  readonly questions: readonly CueQuestion[]
  /** How many more names and colours nobody is asked about. */
  readonly unasked: number
  /** What is understood already. */
  readonly known: readonly KnownCue[]
}

/** Counts the cues of a library, a track at a time; each track is added once. */
export const createCueTally = () => {
  const padColours = createPadColours()
  const byKey = new Map<string, Seen>()
  const add = ({ trackId, title, cues }: CuesOfTrack): void => {
    const inTrack = new Set<Seen>()
    for (const cue of cues) {
      padColours.add(cue)
      const key = cue.isAutomatic || nameOfEnded(cue.name) !== null ? null : cueKey(cue)
      if (key === null) continue
      const seen: Seen = byKey.get(key) ?? { cues: 0, tracks: 0, names: new Map(), examples: [] }
      byKey.set(key, seen)
      seen.cues++
      if (cueNameKey(cue.name) === key) countOne(seen.names, cue.name!.trim())
      if (inTrack.has(seen)) continue
      inTrack.add(seen)
      seen.tracks++
      if (seen.examples.length < MOST_EXAMPLES) seen.examples.push({ trackId, title, seconds: cue.startSeconds })
    }
  }
  const ask = (profile: CueProfile): Asked => {
    const groups = [...byKey]
      .filter(([key]) => !padColours.has(key))
      .map(([key, seen]) => describe(key, seen))
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
  return { add, ask }
}
