/** @file What a person says of names and colours of cues, program by program: the same name may mean one thing here and another there. */
import type { SectionKind } from '../../core/labels/section-kind.ts'

export type GivenAnswer = {
  readonly key: string
  readonly program: string
  /** Null stands for no section. */
  readonly kind: SectionKind | null
}

/** A name or colour, and the programs that have it. */
export type AskedOf = { readonly key: string; readonly programs: readonly string[] }

const isOf = ({ key, program }: GivenAnswer, asked: AskedOf): boolean =>
  key === asked.key && asked.programs.includes(program)

/** @returns what was said for all of the programs alike; undefined where nothing was, or not the same for each */
export const answerTo = (answers: readonly GivenAnswer[], asked: AskedOf): SectionKind | null | undefined => {
  const own = answers.filter((one) => isOf(one, asked))
  const kinds = new Set(own.map(({ kind }) => kind))
  return own.length === asked.programs.length && kinds.size === 1 ? own[0]!.kind : undefined
}

/** @param kind undefined takes back what was said */
export const withAnswer = (
  answers: readonly GivenAnswer[],
  asked: AskedOf,
  kind: SectionKind | null | undefined,
): readonly GivenAnswer[] => [
  ...answers.filter((one) => !isOf(one, asked)),
  ...(kind === undefined ? [] : asked.programs.map((program) => ({ key: asked.key, program, kind }))),
]
