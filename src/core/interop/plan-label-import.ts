/** @file Plans what becomes of the labels in files on one track. It is pure, so that a dry run is the plan without the writing. */
import type { BeatGrid } from '../beats/beat-grid.ts'
import { type OwnKind, ownNameKey } from '../labels/own-kind.ts'
import { type LabelGround, planAddedLabels } from '../labels/plan-added-labels.ts'
import type { EditedLabel } from '../labels/stored-label.ts'
import type { LabelRequest } from '../labels/validate-label.ts'
import { type ErrorReport, toErrorReport, UserError } from '../support/user-error.ts'
import type { BarPosition, ForeignLabel } from './labelled-track.ts'

export type ImportTally = {
  readonly imported: number
  /** Labels that existed already. */
  readonly unchanged: number
  /** Labels whose names are not section kinds, or that the file itself marks as doubtful. */
  readonly skipped: number
}

/** The outcome of the labels of one file. */
export type ImportOutcome = {
  readonly tally: ImportTally
  /** Names of labels that were skipped because they are no section kinds, each once. */
  readonly unknownNames: readonly string[]
  /** Labels that were skipped because the file marks them as doubtful. */
  readonly doubtful: number
  /** Labels that were refused, and why; of many, the first. */
  readonly refused: readonly Refused[]
  /** How many were refused, by what was wrong with them. */
  readonly refusals: readonly Refusals[]
  /** Of many, the first. */
  readonly warnings: readonly string[]
}

type OwnLabel = { readonly ownKindId?: number }
type Refused = { readonly label: string; readonly error: ErrorReport }
/** Refusals with the same code are the same to a reader, who needs their number. */
export type Refusals = Pick<ErrorReport, 'code' | 'title'> & { readonly count: number }

export type LabelImportPlan = {
  /** All labels of the track after the import. */
  readonly labels: readonly EditedLabel[]
  /** For each file, in the order given. */
  readonly outcomes: readonly ImportOutcome[]
}

/** Kinds of the person's own come before what a name means to everybody. */
const withOwnKind = (foreign: ForeignLabel, ownKinds: readonly OwnKind[]): ForeignLabel & OwnLabel => {
  const name = ownNameKey(foreign.ownName ?? foreign.name)
  const own = ownKinds.find((kind) => ownNameKey(kind.name) === name)
  return own === undefined ? foreign : { ...foreign, kind: own.mapsTo, ownKindId: own.id }
}

const beatOfBar = ({ bar, beat }: BarPosition, { firstDownbeat, beatsPerBar }: BeatGrid): number =>
  Math.round(firstDownbeat + bar * beatsPerBar + beat)

/** A last marker without an end reaches to the end of the track. */
const requestOf = (foreign: ForeignLabel & OwnLabel, grid: BeatGrid): LabelRequest => {
  const { kind, ownKindId } = foreign
  if (foreign.bars !== undefined) {
    const { start, end } = foreign.bars
    const endBeat = end === null ? grid.beatCount : beatOfBar(end, grid)
    return { kind, ownKindId, source: foreign.source ?? 'imported', startBeat: beatOfBar(start, grid), endBeat }
  }
  const hasEnd = foreign.endBeat !== null || foreign.endSeconds !== null
  return {
    kind,
    ownKindId,
    source: foreign.source ?? 'imported',
    startBeat: foreign.startBeat,
    endBeat: hasEnd ? foreign.endBeat : grid.beatCount,
    startSeconds: foreign.startSeconds,
    endSeconds: foreign.endSeconds,
  }
}

const describe = ({ name, startBeat, endBeat, startSeconds, endSeconds, bars }: ForeignLabel): string => {
  if (bars) return `${name} from bar ${bars.start.bar + 1}`
  return startBeat === null ? `${name} ${startSeconds}–${endSeconds} s` : `${name} ${startBeat}–${endBeat}`
}

const LONGEST_SHOWN_NAME = 40
/** A set of six hours with a label every eight beats has as many; what is more is no labels. */
const MOST_TRIED = 5000
/** Nobody reads more of them. */
const MOST_TOLD = 100

/** The track that the labels of files are for. */
export type ImportGround = LabelGround & {
  readonly overlap: 'refuse' | 'trim'
  /** @default none */
  readonly ownKinds?: readonly OwnKind[]
}
type Ground = Omit<ImportGround, 'labels'> & {
  /** How many more refusals and warnings may be told, and how many more labels are tried. */
  readonly room: { readonly refused: number; readonly warnings: number; readonly tried: number }
}

const tooMany = (): UserError =>
  new UserError('IMPORT_MALFORMED', `There are more than ${MOST_TRIED} labels for one track, and no more are taken.`)

const takeFile = (
  existing: readonly EditedLabel[],
  given: readonly ForeignLabel[],
  { overlap, room, ownKinds = [], ...ground }: Ground,
): Pick<LabelImportPlan, 'labels'> & { readonly outcome: ImportOutcome; readonly tried: number } => {
  const file = given.map((foreign) => withOwnKind(foreign, ownKinds))
  const usable = file.filter(({ kind, isDoubtful }) => kind !== null && !isDoubtful)
  const unknown = file.filter(({ kind, isDoubtful }) => kind === null && !isDoubtful)
  let labels = existing
  let [imported, unchanged] = [0, 0]
  const refused: Refused[] = []
  const refusals = new Map<string, Refusals>()
  const warnings: string[] = []
  const refuse = (foreign: ForeignLabel, error: UserError, count = 1): void => {
    const { code, title } = error
    refusals.set(code, { code, title, count: (refusals.get(code)?.count ?? 0) + count })
    if (refused.length < room.refused) refused.push({ label: describe(foreign), error: toErrorReport(error) })
  }
  for (const foreign of usable.slice(0, room.tried))
    try {
      const requests = [requestOf(foreign, ground.grid)]
      const plan = planAddedLabels({ ...ground, labels }, requests, { overlap, keepEqual: true })
      labels = plan.labels
      imported += plan.asked.length
      unchanged += plan.unchanged.length
      const told = plan.warnings.map(({ message }) => `${foreign.name}: ${message}`)
      warnings.push(...told.slice(0, Math.max(0, room.warnings - warnings.length)))
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      refuse(foreign, error)
    }
  const untried = usable[room.tried]
  if (untried !== undefined) refuse(untried, tooMany(), usable.length - room.tried)
  const outcome = {
    tally: { imported, unchanged, skipped: file.length - usable.length },
    unknownNames: [...new Set(unknown.map(({ name }) => name.slice(0, LONGEST_SHOWN_NAME) || '(no name)'))],
    doubtful: file.filter(({ isDoubtful }) => isDoubtful).length,
    refused,
    refusals: [...refusals.values()],
    warnings,
  }
  return { labels, outcome, tried: Math.min(usable.length, room.tried) }
}

/** Takes the labels of files one after the other; a wrong one does not keep the others out. */
export const planLabelImport = (
  { labels: existing, ...ground }: ImportGround,
  files: readonly (readonly ForeignLabel[])[],
): LabelImportPlan => {
  const outcomes: ImportOutcome[] = []
  let labels = existing
  let room = { refused: MOST_TOLD, warnings: MOST_TOLD, tried: MOST_TRIED }
  for (const file of files) {
    const taken = takeFile(labels, file, { ...ground, room })
    outcomes.push(taken.outcome)
    labels = taken.labels
    room = {
      refused: room.refused - taken.outcome.refused.length,
      warnings: room.warnings - taken.outcome.warnings.length,
      tried: room.tried - taken.tried,
    }
  }
  return { labels, outcomes }
}
