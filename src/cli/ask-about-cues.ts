import { InvalidArgumentError } from 'commander'
import { type CueAnswer, cueNameKey } from '../core/interop/libraries/cue-meanings.ts'
import { eachOnce, MOST_QUESTIONS } from '../core/interop/libraries/cue-questions.ts'
import { isSectionKind, SECTION_KINDS, type SectionKind } from '../core/labels/section-kind.ts'
import { clock } from '../core/units/clock.ts'
import { countText } from '../core/units/count-text.ts'
import type { AskingLibrary } from '../engine/exchange/bring-in.ts'
import { printable } from './printable.ts'
import type { Ask } from './terminal.ts'

type Question = AskingLibrary['questions'][number]

const NO_SECTION = 'none'
const COLOUR = /^#[0-9a-f]{6}$/i

/** "Ooze=break", "#28e214=none" */
export const parseCueMeaning = (text: string, before: readonly CueAnswer[] = []): readonly CueAnswer[] => {
  const at = text.lastIndexOf('=')
  const [name, kind] = [
    text.slice(0, at).trim(),
    text
      .slice(at + 1)
      .trim()
      .toLowerCase(),
  ]
  const key = COLOUR.test(name) ? name.toLowerCase() : cueNameKey(name)
  if (at === -1 || name === '' || !(isSectionKind(kind) || kind === NO_SECTION))
    throw new InvalidArgumentError(
      `It must be a name and what begins there, such as "Ooze=break": ${SECTION_KINDS.join(', ')} or ${NO_SECTION}.`,
    )
  if (key === null)
    throw new InvalidArgumentError(
      `"${name}" says nothing about what begins there: programs call cues so by themselves.`,
    )
  return [...before, { key, kind: isSectionKind(kind) ? kind : null }]
}

const CHOICES = [...SECTION_KINDS.map((kind, at) => `${at + 1} ${kind}`), '0 no section', 'Enter: leave it open'].join(
  '  ',
)

/** @returns undefined for what is no answer */
const answerOf = (text: string): SectionKind | null | 'open' | undefined => {
  const said = text.trim().toLowerCase()
  if (said === '') return 'open'
  if (said === '0' || said === NO_SECTION) return null
  return SECTION_KINDS.find((kind, at) => said === kind || said === String(at + 1))
}

const questionText = ({ name, colour, cues, tracks, examples }: Question): string => {
  const shown = examples.map(({ title, seconds }) => `“${title}” at ${clock(seconds)}`).join(', ')
  const what = name === null ? `of the colour ${colour}` : `called “${name}”`
  return printable(`What begins at a cue ${what}? ${countText(cues, 'cue')} on ${countText(tracks)}: ${shown}.`)
}

/** Asks what the names and colours stand for that are not understood; whoever leaves one open is asked again the next time. */
export const askAboutCues = async (ask: Ask, libraries: readonly AskingLibrary[]): Promise<readonly CueAnswer[]> => {
  const answers: CueAnswer[] = []
  const asked = libraries.map(({ program, questions }) => ({ program, asked: questions }))
  // No more of them where a folder holds several libraries.
  for (const question of eachOnce(asked).slice(0, MOST_QUESTIONS)) {
    let kind: ReturnType<typeof answerOf>
    for (let prompt = `${questionText(question)}\n  ${CHOICES}\n> `; kind === undefined; prompt = `  ${CHOICES}\n> `)
      kind = answerOf(await ask(prompt))
    if (kind === 'open') continue
    for (const program of question.programs) answers.push({ key: question.key, kind, program })
  }
  return answers
}
