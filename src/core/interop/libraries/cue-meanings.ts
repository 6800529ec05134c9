/**
 * @file Which kind of section the name or the colour of a cue stands for: by the table of known words, and by what the person has
 * answered before. What programs and checks write by themselves stands for nothing and is never asked about.
 */
import type { SectionKind } from '../../labels/section-kind.ts'
import { bareName, sectionKindOfName } from '../section-names.ts'
import type { ForeignCue } from './foreign-library.ts'

/** What a person has said that names and colours of one program stand for; null: for no section. */
export type CueProfile = ReadonlyMap<string, SectionKind | null>

/** What a person says that a name or a colour of cues stands for, from now on; null: for no section. */
export type CueAnswer = {
  readonly key: string
  readonly kind: SectionKind | null
  /** For cues of this program; for those of all that are brought in where left out. */
  readonly program?: string | undefined
}

/** What answers say of cues of one program. */
export const answersFor = (answers: readonly CueAnswer[], program: string): CueProfile =>
  new Map(
    answers.filter((one) => one.program === undefined || one.program === program).map(({ key, kind }) => [key, kind]),
  )

/** Placeholders, markers and scores that programs write, as bare names: "1.1Bars", "Energy 7", "CUE(Auto)", "Hot Cue A". */
const WRITTEN_BY_PROGRAMS: ReadonlySet<string> = new Set([
  'n n',
  'autogrid',
  'auto grid',
  'beat marker',
  'beatmarker',
  'grid',
  'cue',
  'cue auto',
  'auto cue',
  'hot cue',
  'hotcue',
  'memory',
  'memory cue',
  'loop',
  'auto loop',
  'active loop',
  'saved loop',
  'bars',
  'bar',
  'beat',
  'beats',
  'energy',
  'unnamed',
  'untitled',
  'marker',
  'djdc',
])
/** A single letter names a pad, not a place: "Hot Cue A". */
const PAD_NAME = /^(hot ?cue|cue|pad|loop) [a-p]$/

/** Whether a name says nothing about what begins there. */
const isMeaningless = (bare: string): boolean =>
  /^[a-z]?$/.test(bare) || WRITTEN_BY_PROGRAMS.has(bare) || PAD_NAME.test(bare)
/** Longer texts are comments. */
const LONGEST_NAME = 64

/** Two spellings of one name have this in common; null where a name says nothing. */
export const cueNameKey = (name: string | null): string | null => {
  const bare = name === null || name.length > LONGEST_NAME ? '' : bareName(name)
  return isMeaningless(bare) ? null : bare
}

const AN_END = /^(?:end|ende|fin)(?: of)? (.+)$|^(.+) (?:end|ende|fin)$/

/** "End Break 2", "Intro End": the name of what ends there; null where a name is none of an end. */
export const nameOfEnded = (name: string | null): string | null => {
  const found = AN_END.exec(cueNameKey(name) ?? '')
  return found?.[1] ?? found?.[2] ?? null
}

/** What a person is asked about a cue by: its name, or the colour of one without a name; null where neither says anything. */
export const cueKey = ({ name, colour }: Pick<ForeignCue, 'name' | 'colour'>): string | null =>
  cueNameKey(name) ?? colour

/** The kind of section that begins at a cue; null where it is not known, or none begins. What the person said comes first. */
export const kindOfCue = (cue: Pick<ForeignCue, 'name' | 'colour'>, profile: CueProfile): SectionKind | null => {
  const key = cueKey(cue)
  if (key === null) return null
  const told = profile.get(key)
  if (told !== undefined) return told
  return cueNameKey(cue.name) === null || nameOfEnded(cue.name) !== null ? null : sectionKindOfName(cue.name!)
}
